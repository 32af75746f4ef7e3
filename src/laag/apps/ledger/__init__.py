"""The shared record as members run it: its commands, and what its nodes answer over HTTP."""
