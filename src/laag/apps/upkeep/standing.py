"""What a log comes to under this version: what each day was cleared and booked at, and where each account stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from laag.apps.street.kept import OPENED, REFUSED
from laag.cycle import live
from laag.cycle.fingerprint import fingerprint
from laag.foundation.ports import Event
from laag.foundation.words import Lang, Said
from laag.settlement.words import euros

NOTES = frozenset({OPENED, REFUSED, "looked"})
"""Events that change no account."""
MOST_SAID = 20

_RESULTS = {
    "clearing": Said("een andere markt", "another market"),
    "postings": Said("andere boekingen", "other postings"),
    "revision": Said("een andere herziening", "another revision"),
}


@dataclass(frozen=True, slots=True)
class Standing:
    """Equal standings are equal markets, equal bookings and equal accounts."""

    events: int
    days: Mapping[str, str]
    """By day: a digest of every result that it ever had, in their order."""
    accounts: Mapping[str, tuple[int, int]]
    """By name: 1e-8 EUR paid and Wh taken, since the beginning."""
    otherwise: tuple[Said, ...] = ()
    """Where a result is another than the log says it was."""

    @property
    def digest(self) -> str:
        """One hash over days and accounts."""
        return fingerprint((dict(self.days), {name: tuple(one) for name, one in self.accounts.items()}))


def standing(events: Iterable[Event], place: live.Neighbourhood) -> Standing:
    """Fold a whole log, and hold every result against what the log says of it."""
    state, count = live.begin(place), 0
    days: dict[str, str] = {}
    accounts: dict[str, tuple[int, int]] = {}
    otherwise: list[Said] = []
    for count, event in enumerate(events, 1):
        if event.kind in NOTES:
            continue
        try:
            state, effects = live.apply(state, live.from_event(event))
        except Exception as fault:  # noqa: BLE001 - however a version falls over its past, that is what it is asked
            otherwise.append(_fell(count, event, fault))
            break
        otherwise += [
            Said(f"gebeurtenis {count}: {one.nl}", f"event {count}: {one.en}")
            for one in _held(event, effects)
        ]
        for effect in effects:
            if isinstance(effect, live.Cleared | live.RoundCleared | live.DaySettled):
                day = effect.day.isoformat()
                days[day] = fingerprint((days.get(day), live.told_by([effect])))
            if isinstance(effect, live.DaySettled):
                _book(accounts, effect)
    return Standing(count, days, accounts, tuple(otherwise[:MOST_SAID]))


def _fell(count: int, event: Event, fault: Exception) -> Said:
    about, why = f"{count} ({event.kind} {event.key})", f"{type(fault).__name__}: {fault}"
    return Said(
        f"gebeurtenis {about} kan deze versie niet volgen: {why}",
        f"event {about} cannot be followed by this version: {why}",
    )


def _held(event: Event, effects: tuple[live.Effect, ...]) -> Iterator[Said]:
    about = f"{event.kind} {event.key}"
    for effect in effects:
        if isinstance(effect, live.Refused):
            yield Said(
                f"{about} wordt door deze versie niet aangenomen: {effect.why.nl}",
                f"{about} is not taken by this version: {effect.why.en}",
            )
    for name, value in live.told_by(effects).items():
        if event.facts.get(name, value) != value:
            what = _RESULTS.get(name, Said(name, name))
            yield Said(
                f"{about} geeft {what.nl} dan toen het werd opgeschreven",
                f"{about} gives {what.en} than when it was written",
            )


def _book(accounts: dict[str, tuple[int, int]], done: live.DaySettled) -> None:
    names, postings = done.accounts.names, done.postings
    units, wh = np.zeros((2, len(names)), np.int64)
    np.add.at(units, postings.account, postings.amount_units)
    np.add.at(wh, postings.account, postings.energy_wh)
    for name, paid, taken in zip(names, units.tolist(), wh.tolist(), strict=True):
        before = accounts.get(name, (0, 0))
        accounts[name] = before[0] + paid, before[1] + taken


def differences(before: Standing, after: Standing) -> tuple[Said, ...]:
    """What comes out otherwise, in sentences; none where an upgrade changes nothing.

    >>> one = Standing(1, {}, {"member/ann": (123_000_000, 0)})
    >>> [said.en for said in differences(one, Standing(1, {}, {"member/ann": (120_000_000, 0)}))]
    ['member/ann stood at €1.23 and would stand at €1.20']
    """
    found = list(after.otherwise)
    if before.events != after.events:
        found.append(
            Said(
                f"er waren {before.events} gebeurtenissen en er zijn er nu {after.events}",
                f"there were {before.events} events and there are {after.events} now",
            )
        )
    found += [
        Said(f"{day} komt anders uit", f"{day} comes out otherwise")
        for day in sorted(before.days.keys() | after.days.keys())
        if before.days.get(day) != after.days.get(day)
    ]
    for name in sorted(before.accounts.keys() | after.accounts.keys()):
        was, now = before.accounts.get(name, (0, 0)), after.accounts.get(name, (0, 0))
        if was != now:
            found.append(_account(name, was, now))
    return tuple(found)


def _account(name: str, was: tuple[int, int], now: tuple[int, int]) -> Said:
    def shown(one: tuple[int, int], lang: Lang) -> str:
        # Below a cent, or in energy only, euros would read the same.
        if euros(was[0], lang) == euros(now[0], lang):
            return f"{one[0]}e-8 EUR, {one[1]} Wh"
        return euros(one[0], lang)

    return Said(
        f"{name} stond op {shown(was, Lang.NL)} en zou op {shown(now, Lang.NL)} staan",
        f"{name} stood at {shown(was, Lang.EN)} and would stand at {shown(now, Lang.EN)}",
    )
