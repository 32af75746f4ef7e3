"""A neighbourhood as an aggregator: what its grid operator is told, asks and orders, on one line."""
