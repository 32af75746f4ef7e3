"""A community as one power plant on real prices of imbalance: what it earns, what of its word it keeps, who gets it."""
