"""The grid operator's side of flexibility, as a program of its own: `laag dso`; and the aggregator's, to be held by whoever has homes."""
