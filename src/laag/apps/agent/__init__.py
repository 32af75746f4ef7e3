"""The agent of one home: it measures, plans, steers, and speaks with the neighbourhood."""
