"""What people start: the command line, and the place where everything meets."""
