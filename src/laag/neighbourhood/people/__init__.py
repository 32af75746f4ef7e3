"""Who takes part: kinds of members, homes beside homes like them, and help out of the common fund."""
