"""Other members' nodes, which sign a checkpoint only where it goes on from what they saw, and holds what may stand there."""
