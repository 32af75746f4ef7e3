"""What a household wants from one gate to the next: put into every plan of its home, and into what it lives by."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from laag.cycle.own_count import counted, linked
from laag.cycle.street import Home
from laag.foundation.ptu import PtuGrid
from laag.home.calendar import Calendar
from laag.home.defaults import Measured, holding, usual_day
from laag.home.devices import Job
from laag.home.house import HomeState, House
from laag.home.ladder import shifted
from laag.home.operate import Actual, Operated
from laag.home.outlook import Floats, Outlook
from laag.home.preferences import Applied, Meant, Signals, SliderWeights, UsualDay, Wished, applied
from laag.home.preferences.wishes import ChargeWhen

MEASURED_PTUS = 4 * 7 * 96
"""By how much of its past a household is recognised: four weeks."""
NEVER = -1
Began = tuple[int, ...]
"""The PTU of the street's grid in which each machine of the house last began, or ``NEVER``."""


@dataclass(frozen=True, slots=True, eq=False)
class Asks:
    """What holds in a home, by what was known at the gate."""

    home: Home
    calendar: Calendar
    """Of the street's grid, and beyond its end as far as plans look."""
    meant: tuple[Meant[Wished], ...]
    weights: SliderWeights
    usual_day: UsualDay | None
    began: Began
    sun_w_m2: Callable[[PtuGrid], Floats]
    """The sun to expect at the start of a grid: asked where a wish is about it."""

    def into(
        self, ahead: Outlook, held: HomeState, jobs: tuple[Job, ...] | None = None
    ) -> tuple[House, Outlook]:
        """The house and what it expects with all wishes in them; ``jobs`` of the street's grid, where they are set."""
        done = self.came(ahead, held)
        if jobs is None:
            return done.house, done.outlook
        now = self.calendar.grid.index(ahead.grid.start)
        return done.house, replace(done.outlook, jobs=tuple(job.shifted(-now) for job in jobs))

    def came(self, ahead: Outlook, held: HomeState) -> Applied:
        """What comes of all wishes in a plan made now: what each does, and which gives way to which."""
        return self._applied(replace(ahead, sessions=linked(ahead.sessions, held)), held)

    def lives_by(self, actual: Actual, ahead: Outlook, stop: int) -> tuple[House, Actual]:
        """The house, and what happens up to PTU ``stop``, with the stays, programmes, warmth and claims that hold then.

        ``ahead`` is what the home expects now; nothing of what happens changes what is planned.
        """
        now = actual.grid.index(ahead.grid.start)
        here, part = slice(now, stop), slice(0, stop - now)
        stays = [stay for stay in counted(self.home.sessions) if stay.departs > now and stay.arrives < stop]
        real = replace(
            ahead,
            load_kw=_begins(ahead.load_kw, actual.load_kw[here]),
            pv_kw=_begins(ahead.pv_kw, actual.pv_kw[here]),
            outdoor_c=_begins(ahead.outdoor_c, actual.outdoor_c[here]),
            sessions=tuple(stay.shifted(-now) for stay in stays),
        )
        done = self._applied(real, None)
        low_c = None
        if done.outlook.comfort_low_c is not None:
            low_c = np.full(len(actual.grid), np.nan)
            low_c[here] = done.outlook.comfort_low_c[part]
        return done.house, replace(
            actual,
            sessions=tuple(stay.shifted(now) for stay in done.outlook.sessions),
            jobs=tuple(job.shifted(now) for job in done.outlook.jobs),
            claims=tuple(shifted(claim, now) for claim in done.outlook.claims),
            comfort_low_c=low_c,
        )

    def after(self, actual: Actual, operated: Operated) -> Asks:
        """The same household, knowing which of its machines were begun."""
        last = dict(zip((one.name for one in self.home.house.appliances), self.began, strict=True))
        for which, ptu in operated.watch.began:
            name = actual.jobs[which].appliance.name
            last[name] = max(last[name], ptu)
        return replace(self, began=tuple(last.values()))

    def _applied(self, outlook: Outlook, held: HomeState | None) -> Applied:
        house = self.home.house
        of_the_sun = any(isinstance(one.wish, ChargeWhen) for one in self.meant)
        begun = {
            machine.name: self.calendar.grid[ptu]
            for machine, ptu in zip(house.appliances, self.began, strict=True)
            if ptu != NEVER
        }
        return applied(
            self.meant,
            house,
            self.calendar,
            outlook,
            signals=Signals(self.sun_w_m2(outlook.grid) if of_the_sun else None),
            usual_day=self.usual_day,
            state=held,
            begun=begun,
            weights=self.weights,
        )


def asks(
    home: Home, calendar: Calendar, now: int, began: Began, sun_w_m2: Callable[[PtuGrid], Floats]
) -> Asks | None:
    """What holds in a home by what is known at PTU ``now``; ``None`` where nobody spoke for it.

    Who the household is and what its car usually needs is taken from what was measured before ``now``.
    """
    wants, house = home.wants, home.house
    if wants is None:
        return None
    meant: tuple[Meant[Wished], ...] = tuple(Meant(wish) for wish in wants.wishes)
    weights = SliderWeights()
    if wants.defaults is not None:
        past = slice(max(now - MEASURED_PTUS, 0), now)
        seen = Measured.of(
            home.load_kw.values[past], calendar.on(calendar.grid.window(past.start, past.stop))
        )
        held = holding(wants.wishes, wants.defaults, house, household=wants.household, measured=seen)
        meant = tuple(one for one in held.meant if not one.default or one.wish.ABOUT not in wants.settled)
        weights = wants.defaults.weights
    ended = [stay for stay in counted(home.sessions) if stay.departs <= now]
    usual = usual_day(ended, calendar) if house.charger is not None else None
    none_yet = (NEVER,) * len(house.appliances)
    known = tuple(last for last, _ in zip((*began, *none_yet), none_yet, strict=False))
    return Asks(home, calendar, meant, weights, usual, known, sun_w_m2)


def _begins(expected: Floats, measured: Floats) -> Floats:
    """What is expected, begun with what was measured."""
    return np.concatenate([measured, expected[len(measured) :]])
