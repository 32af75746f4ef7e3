"""The national markets as a street meets them: day-ahead prices and the price of imbalance."""
