"""Asking somebody else's server, with a limit on how long and how much; what goes wrong is said without the address."""

from laag.adapters.fetch.fetch import Answer, Away, Unfetched, asking, fetch

__all__ = ["Answer", "Away", "Unfetched", "asking", "fetch"]
