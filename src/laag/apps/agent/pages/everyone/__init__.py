"""Pages for every household, devices or none: advice from its own meter, a coach, what energy weighs, homes like it, a move."""
