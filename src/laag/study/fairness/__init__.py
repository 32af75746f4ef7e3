"""Who gains in the built-in street: by devices, by whose home it is and by cable, before and after each key."""
