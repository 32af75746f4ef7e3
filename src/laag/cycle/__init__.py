"""PLAN, OPERATE, SETTLE: one day as pure functions of state and events."""
