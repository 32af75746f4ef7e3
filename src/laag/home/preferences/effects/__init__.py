"""What wishes make of a house and of what is expected of it."""
