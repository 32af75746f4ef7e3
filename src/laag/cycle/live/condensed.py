"""A state as pieces of bytes, and back: a day of which nothing changed is the same piece as before."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from laag.cycle.live.neighbourhood import Neighbourhood
from laag.cycle.live.packing import Packer, Unpacker, bound, loose
from laag.cycle.live.put_away import TYPES, PutAway
from laag.cycle.live.spread import Filed
from laag.cycle.live.state import Day, Details, Live

_NOTHING = Details()


@dataclass(frozen=True, slots=True, eq=False)
class CondensedDay:
    """A day as two pieces: what is asked often, and its details."""

    known: Day
    light: PutAway
    details: PutAway

    @classmethod
    def of(cls, known: Day, before: CondensedDay | None = None) -> CondensedDay:
        """A day; ``before`` is what it was earlier, of which what stayed is taken."""
        if before is not None and before.known is known:
            return before
        if before is not None and before.known.details is known.details:
            details = before.details
        else:
            details = known.details if isinstance(known.details, PutAway) else PutAway.of(known.details)
        return cls(known, PutAway.read(packed(replace(known, details=_NOTHING))), details)


@dataclass(frozen=True, slots=True, eq=False)
class Condensed:
    """A state as bytes."""

    tree: bytes
    days: Mapping[date, CondensedDay]

    @property
    def pieces(self) -> dict[str, bytes]:
        """What the tree names."""
        both = (piece for day in self.days.values() for piece in (day.light, day.details))
        return {piece.name: piece.data for piece in both}


def condensed(state: Live, before: Mapping[date, CondensedDay]) -> Condensed:
    """A state; of the days ``before`` what stayed the same is taken."""
    days = {day: CondensedDay.of(known, before.get(day)) for day, known in state.days.items()}
    names = {
        day: (one.light.name, one.details.name, isinstance(one.known.details, PutAway))
        for day, one in days.items()
    }
    return Condensed(
        packed(
            (
                state.members,
                state.numbers,
                state.answers,
                state.changing,
                state.agreements,
                state.expected,
                state.supporting,
                names,
            )
        ),
        days,
    )


def expanded(tree: bytes | memoryview, piece: Callable[[str], bytes], place: Neighbourhood) -> Live:
    """What was condensed; ``piece`` gives the bytes of a name."""
    members, numbers, answers, changing, agreements, expected, supporting, names = unpacked(tree)
    days: dict[date, Day] = {}
    before = Day()
    for day, (light, details, is_away) in names.items():
        away = PutAway(details, piece(details))
        known: Day = replace(unpacked(piece(light)), details=away if is_away else away.whole())
        if known.members == before.members:  # the same values need room once
            known = _like(known, before)
        days[day] = before = known
    return Live(place, members, days, numbers, answers, changing, agreements, expected, supporting)


def packed(value: object) -> bytes:
    """One value."""
    packer = Packer()
    tree = packer.tree(value)
    return bound([tree, *packer.columns])


def unpacked(data: bytes | memoryview, more: Mapping[str, Any] | None = None) -> Any:
    """The value that was packed; of these types as well."""
    tree, *columns = loose(data)
    return Unpacker(columns, {**TYPES, **(more or {})}).value(tree)


def _like(known: Day, before: Day) -> Day:
    metered, measured, row_of = known.metered, known.measured, before.row_of
    return replace(
        known,
        members=before.members,
        row_of=row_of,
        metered=replace(metered, row_of=row_of) if isinstance(metered, Filed) else metered,
        measured=replace(measured, row_of=row_of) if isinstance(measured, Filed) else measured,
    )
