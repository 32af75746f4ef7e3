"""How far forecasts are off, over real homes."""
