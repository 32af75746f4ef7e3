"""A street that lives: a server and its homes, each a process of its own, on one clock."""
