"""A home beside homes like it, and beside itself before; never beside so few that somebody could be recognised."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from laag.cycle.live.state import Live
from laag.cycle.live.views.period import Period, before, period
from laag.cycle.live.views.sentences import both, tell
from laag.foundation.contracts import Ints
from laag.foundation.words import Said
from laag.home.devices import Device
from laag.settlement.sums import Used
from laag.settlement.words import Numbers

LEAST_OTHERS = 10
"""As many others as there must be in a group before anything is said of it."""

_NAMED = {
    Device.PV: Said("zonnepanelen", "solar panels"),
    Device.BATTERY: Said("een batterij", "a battery"),
    Device.EV: Said("een laadpaal", "a charger"),
    Device.HEAT_PUMP: Said("een warmtepomp", "a heat pump"),
}
_LOOKED_AT = (tuple(_NAMED), (Device.EV, Device.HEAT_PUMP), (Device.HEAT_PUMP,), ())
"""The most alike first; what is left of it where too few are, and last the whole street."""

_HOMES_WITH = Said("huizen met {kinds}", "homes with {kinds}")
_HOMES_WITHOUT = Said("huizen zonder {kinds}", "homes without {kinds}")
_ALL_HOMES = Said("alle andere huizen in de straat", "all other homes in the street")
_BESIDE = Said(
    "Je nam per dag {mine_wh} af en leverde {given_wh}; {count} {group} namen gemiddeld {theirs_wh} af en leverden {fed_in_wh}.",
    "You took {mine_wh} a day and fed in {given_wh}; {count} {group} took {theirs_wh} on average and fed in {fed_in_wh}.",
)
_TOO_FEW = Said(
    "Er zijn nog geen tien andere huizen om mee te vergelijken; met minder zou je zien hoe een bepaalde buur leeft.",
    "There are not yet ten other homes to compare with; with fewer you would see how a certain neighbour lives.",
)
_EARLIER = Said(
    "In dezelfde dagen van {first} tot en met {last} nam je per dag {earlier_wh} af.",
    "On the same days from {first} through {last} you took {earlier_wh} a day.",
)


@dataclass(frozen=True, slots=True)
class Beside:
    """Mean Wh per day of a group of at least ten others."""

    homes: int
    group: Said
    taken_wh: int
    given_wh: int


@dataclass(frozen=True, slots=True)
class Before:
    """The same home on as many days earlier."""

    first: date
    last: date
    taken_wh: int
    given_wh: int


@dataclass(frozen=True, slots=True)
class Likeness:
    """Mean Wh per day of a home, beside others and beside itself."""

    days: int
    taken_wh: int
    given_wh: int
    others: Beside | None
    """``None`` where there are too few."""
    earlier: Before | None
    said: Said


def like_mine(
    state: Live, member: str, first: date, last: date, earlier: tuple[Period, ...] = ()
) -> Likeness | None:
    """A home from ``first`` to ``last``; ``None`` where it took part on no settled day of these.

    Beside the same weekdays before, as far as they are in the state; ``earlier`` are periods from the log, such as last
    year's, of which the first in which the home took part is taken instead.
    """
    lived = period(state, first, last)
    row = lived.row(member) if lived else None
    if lived is None or row is None:
        return None
    last_time = period(state, *before(first, last))
    past = next(
        (one for one in (*earlier, last_time) if one is not None and one.row(member) is not None), None
    )
    taken, given = _per_day(lived, row)
    others, back = _beside(lived, row), _before(past, member)
    return Likeness(int(lived.here[row].sum()), taken, given, others, back, _said(taken, given, others, back))


def _per_day(lived: Period, row: int) -> tuple[int, int]:
    used, days = Used(*lived.used[row].tolist()), int(lived.here[row].sum())
    return used.taken_wh // days, used.given_wh // days


def _before(past: Period | None, member: str) -> Before | None:
    row = past.row(member) if past else None
    if past is None or row is None:
        return None
    return Before(past.days[0], past.days[-1], *_per_day(past, row))


def _beside(lived: Period, row: int) -> Beside | None:
    kinds, days = _kinds(lived), lived.here.sum(axis=1)
    for looked_at in _LOOKED_AT:
        seen = kinds & sum(1 << one for one in looked_at)
        alike = np.flatnonzero(seen == seen[row])
        others = alike[alike != row]
        if len(others) >= LEAST_OTHERS:
            each = lived.used[others, :2] // days[others, None]
            taken, given = (each.sum(axis=0) // len(others)).tolist()
            mine = frozenset(one for one in looked_at if seen[row] >> one & 1)
            return Beside(len(others), _group(looked_at, mine), taken, given)
    return None


def _kinds(lived: Period) -> Ints:
    """For which devices each member ordered; what nobody orders for is not seen."""
    kinds = np.zeros(len(lived.joined), np.int64)
    for day, there in zip(lived.wholes, lived.rows, strict=True):
        kinds[there] |= day.tally.devices
    return kinds


def _group(looked_at: tuple[Device, ...], mine: frozenset[Device]) -> Said:
    if not looked_at:
        return _ALL_HOMES
    there = [_NAMED[kind] for kind in looked_at if kind in mine]
    if not there:
        absent = [Said(_NAMED[kind].nl.removeprefix("een "), _NAMED[kind].en) for kind in looked_at]
        return _with(_HOMES_WITHOUT, _listed(absent, Said("of", "or")))
    return _with(_HOMES_WITH, _listed(there, Said("en", "and")))


def _with(said: Said, kinds: Said) -> Said:
    return Said(said.nl.replace("{kinds}", kinds.nl), said.en.replace("{kinds}", kinds.en))


def _listed(kinds: list[Said], link: Said) -> Said:
    def one(words: list[str], word: str) -> str:
        return f" {word} ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)

    return Said(one([kind.nl for kind in kinds], link.nl), one([kind.en for kind in kinds], link.en))


def _said(taken: int, given: int, others: Beside | None, earlier: Before | None) -> Said:
    parts = [_TOO_FEW]
    if others:
        beside = Said(
            _BESIDE.nl.replace("{group}", others.group.nl), _BESIDE.en.replace("{group}", others.group.en)
        )
        parts = [
            tell(
                beside,
                {
                    "mine_wh": taken,
                    "given_wh": given,
                    "count": others.homes,
                    "theirs_wh": others.taken_wh,
                    "fed_in_wh": others.given_wh,
                },
            )
        ]
    if earlier:
        numbers: Numbers = {
            "first": str(earlier.first),
            "last": str(earlier.last),
            "earlier_wh": earlier.taken_wh,
        }
        parts.append(tell(_EARLIER, numbers))
    return both(*parts)
