"""One layer: its charter, its market and its limits."""
