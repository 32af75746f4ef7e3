"""From what a home has measured to what it expects."""

from laag.home.forecast.simple import (
    TYPICAL_DAY,
    UNKNOWN_LOAD_KW,
    Record,
    load_kw,
    outdoor_c,
    outlook,
    panels,
    prices_like_recent_days,
    sky,
    sun_w_m2,
)

__all__ = [
    "TYPICAL_DAY",
    "UNKNOWN_LOAD_KW",
    "Record",
    "load_kw",
    "outdoor_c",
    "outlook",
    "panels",
    "prices_like_recent_days",
    "sky",
    "sun_w_m2",
]
