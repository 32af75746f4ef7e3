"""The door between street and country: what the street cannot balance, bought, sold and announced."""
