"""What the grid does to the market, and the market to the grid."""
