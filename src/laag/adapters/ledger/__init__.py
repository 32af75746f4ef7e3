"""The shared record behind its port: one sequencer whom witnesses watch, or a chain of validators."""
