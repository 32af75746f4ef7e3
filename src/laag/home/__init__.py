"""One connection: the devices behind it, the plan for its day, and the orders that follow."""
