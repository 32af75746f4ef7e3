"""A street of 24 homes on two cables that lived sixteen days, all of which said yes to research before the first."""

from dataclasses import replace
from datetime import date, timedelta
from functools import cache

import numpy as np

from laag.apps.wiring import Options, terms_of
from laag.cycle import live
from laag.cycle.live.messages_consent import Consented, ConsentWithdrawn
from laag.foundation.consent import scope
from laag.foundation.data import Purpose
from laag.neighbourhood.charter.parts import DataTable

FIRST, DAYS = date(2026, 3, 2), 16
DAY = timedelta(days=1)
LAST = FIRST + DAY * (DAYS - 1)
NORTH, SOUTH = [f"n-{n:02d}" for n in range(12)], [f"s-{n:02d}" for n in range(12)]
NAMES = NORTH + SOUTH
QUESTIONS = ("taken-total", "homes-by-use", "homes-that-give", "wanted-by-device", "imported-by-day")


def place(questions=QUESTIONS, epsilon_milli=300, floor_homes=10):
    """Under a charter that approves some questions."""
    terms = terms_of(Options(policy="layered", rule="layered"))
    data = DataTable(
        purposes=("research",), questions=questions, epsilon_milli=epsilon_milli, floor_homes=floor_homes
    )
    terms = replace(terms, charter=replace(terms.charter, data=data))
    return live.Neighbourhood("Kade", terms, FIRST, (live.Cable("north"), live.Cable("south")))


def consented(member, number, day=FIRST, days=100):
    return Consented(member, day, number, "research", day + DAY * days, scope(Purpose.RESEARCH))


def withdrawn(member, number, day):
    return ConsentWithdrawn(member, day, number, "research")


def taken_wh(name, day, ptus):
    """What a home took: its own rhythm, the same on any machine."""
    row = NAMES.index(name) if name in NAMES else 7
    at = np.arange(ptus)
    return (
        40 + 11 * row + (at * (row + 3) + day.toordinal()) % 61 - 600 * ((row == 3) & (at > 40) & (at < 60))
    )


def rows(quantity_wh=700, device=3):
    column = np.array([1], np.int64)
    return live.Rows(device * column, 40 * column, column, quantity_wh * column, 30_000 * column)


def joins(who=NAMES):
    return [live.Joined(name, FIRST, "north" if name in NORTH else "south") for name in who]


def day_of(here, day, who, number):
    """Everything that is said of a day, until it is settled."""
    ptus = len(here.grid(day))
    ticks = np.full(ptus, 8_000, np.int64)
    every = np.arange(ptus)
    return [
        *(live.Ordered(name, day, number, rows()) for name in who),
        live.Closed(day),
        live.Priced(day, ticks, "exchange"),
        *(live.Metered(name, day, number + 1, every, taken_wh(name, day, ptus)) for name in who),
        live.Imbalanced(day, ticks, ticks, "operator"),
        live.Settle(day),
    ]


def told(here=None, days=DAYS, who=NAMES):
    """All of it, in order."""
    here = here or place()
    plain = [*joins(who), *(consented(name, 0) for name in who)]
    for n in range(days):
        plain += day_of(here, FIRST + DAY * n, who, 1 + 2 * n)
    return plain


@cache
def lived(epsilon_milli=300, questions=QUESTIONS):
    """The state after them."""
    return folded(told(place(questions, epsilon_milli)), live.begin(place(questions, epsilon_milli)))


def folded(messages, state):
    for message in messages:
        state, effects = live.apply(state, message)
        refused = [one for one in effects if isinstance(one, live.Refused)]
        assert not refused, refused[0].why.en
    return state
