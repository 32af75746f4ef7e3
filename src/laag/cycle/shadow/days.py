"""Which of our own days a proposal is tried on, and what those lack that are left out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from laag.cycle.live.state import Day, Live
from laag.foundation.words import Said

LACKS = {
    "gate": Said("de markt van die dag is nog open", "its market is still open"),
    "day_ahead": Said("de day-aheadprijzen ontbreken", "its day-ahead prices are missing"),
    "imbalance": Said("de onbalansprijzen ontbreken", "its imbalance prices are missing"),
    "settlement": Said("die dag is nog niet verrekend", "it is not settled yet"),
    "fault": Said("die dag was niet opnieuw te berekenen", "it could not be worked out again"),
    "nobody": Said("er deed nog niemand mee", "nobody took part yet"),
}
"""What a day that was left out is missing."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """The newest settled days, and those between them and now that could not be used."""

    days: tuple[date, ...]
    missing: tuple[tuple[date, str], ...]
    """With the name of what each lacks."""


def chosen(state: Live, today: date, most: int) -> Chosen:
    """Up to ``most`` of the newest days before ``today``; a day that cannot be used makes room for none before it."""
    place = state.neighbourhood
    first = max(place.first_day, today - timedelta(days=most))
    every = [first + timedelta(days=at) for at in range(max((today - first).days, 0))]
    lacking = {day: _lacks(state.day(day)) for day in every}
    return Chosen(
        tuple(day for day, lack in lacking.items() if not lack),
        tuple((day, lack) for day, lack in lacking.items() if lack),
    )


def _lacks(known: Day) -> str:
    if known.is_settled:
        return "" if known.members else "nobody"
    if not known.closed:
        return "gate"
    if known.day_ahead_ticks is None:
        return "day_ahead"
    return "imbalance" if known.imbalance_ticks is None else "settlement"
