"""Keys with which homes sign what they say (Ed25519)."""

from laag.adapters.keys.keys import Key, verified

__all__ = ["Key", "verified"]
