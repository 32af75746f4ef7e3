"""The words everyone shares: time, numbers with units, exact money, and what layers say to each other."""
