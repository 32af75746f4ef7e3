"""Attacks on answers about homes together: what somebody who knows nearly everything finds out of one quarter-hour."""
