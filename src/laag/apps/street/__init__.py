"""A neighbourhood's server: members, market, prices and settlement on the clock; pages are hung on it."""
