"""What the pages of a home say, in Dutch and in English."""
