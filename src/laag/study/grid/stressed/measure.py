"""From the log of a run to what it left to wires, homes and purses."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta

import numpy as np

from laag.cycle import replay
from laag.cycle.day import Run
from laag.cycle.events import Step, Validated
from laag.cycle.replay import DayDone
from laag.cycle.validate import Wires
from laag.foundation.contracts import NO_LIMIT_WH, Flags, Ints
from laag.foundation.errors import BadInput
from laag.foundation.money import UNITS_PER_EUR
from laag.foundation.ptu import PTU_HOURS
from laag.neighbourhood.grid.trouble import elements, outside
from laag.study.grid.stressed.outcomes import Bought, Group, Lack, Outcome, Seen


def outcome(name: str, run: Run, steps: Sequence[Step], bills: Mapping[str, int]) -> Outcome:
    """Measure a run that was lived on wires; ``bills`` is what each member pays in all, in units."""
    if run.wires is None:
        raise BadInput(f"{name} was lived on no network; give one to prepare, and its wires can be looked at")
    done = list(replay.days(run, steps))
    made = [_made(run, steps, day) for day in done]
    metered_wh = np.hstack([day.readings.offtake_wh for day in done])
    agreed_wh = np.hstack([day.cleared_wh for day in done])
    limited_wh = [_limits(run, day, made[i : i + 2]) for i, day in enumerate(done)]
    limited = np.stack([_limited(one) for one in limited_wh])
    return Outcome(
        name,
        planned=Seen.of(run.wires, agreed_wh),
        metered=Seen.of(run.wires, metered_wh),
        moved_ptus=int((_overloaded(run.wires, metered_wh) & ~_overloaded(run.wires, agreed_wh)).sum()),
        bought=_bought(done, made),
        limited_ptus=int(limited.sum()),
        held_back_kwh=sum(_held_back_wh(day, one) for day, one in zip(done, limited_wh, strict=True)) / 1000,
        taken_kwh=float(metered_wh.sum() / 1000),
        held_kwh=_held_kwh(done[-1]),
        curtailed_kwh=_curtailed_kwh(run, done),
        lacks=lacks((text for step in steps for text in step.shortfalls), run.day(run.first_day).start),
        bill_eur=sum(bills.values()) / UNITS_PER_EUR / len(bills),
        groups=_groups(
            run, bills, np.stack([_sold_wh(day) for day in done]).sum(axis=0), limited.sum(axis=0)
        ),
    )


def _overloaded(wires: Wires, offtake_wh: Ints) -> Flags:
    """By PTU, whether a branch is over."""
    seen = wires.flow(offtake_wh)
    branch = [one.branch is not None for one in elements(wires.network, per_phase=seen.per_phase)]
    return np.asarray(outside(seen, wires.network)[:, branch].any(axis=1), np.bool_)


def lacks(said: Iterable[str], since: int) -> dict[str, Lack]:
    """By kind, of what a run's steps say from this PTU on.

    >>> lacks(["home|ev|2.500|kWh|96|why", "home|ev|1.000|kWh|95|why"], 96)
    {'ev': Lack(times=1, amount=2.5, unit='kWh')}
    """
    times: Counter[str] = Counter()
    amount: dict[str, float] = defaultdict(float)
    units = {}
    for text in said:
        _, kind, much, unit, ptu, _ = text.split("|", 5)
        if int(ptu) >= since:
            times[kind] += 1
            amount[kind] += float(much)
            units[kind] = unit
    return {kind: Lack(times[kind], round(amount[kind], 3), units[kind]) for kind in sorted(times)}


def _made(run: Run, steps: Sequence[Step], day: DayDone) -> Validated | None:
    """What the grid operator made of this day: the step after the clearing holds it."""
    return steps[(day.day - run.first_day + timedelta(days=1)).days].validated


def _limits(run: Run, day: DayDone, made: Sequence[Validated | None]) -> Ints:
    """``(2, members, ptus)`` of a day: as it was made of the day itself, and of the evening before the next."""
    ptus = day.cleared_wh.shape[1]
    found = np.full((2, *day.cleared_wh.shape), NO_LIMIT_WH, np.int64)
    if made[0] is not None:
        found = made[0].last(ptus).limited_wh.copy()
    if len(made) > 1 and made[1] is not None:
        tomorrow = run.day(day.day + timedelta(days=1))
        evening = made[1].evening(tomorrow.stop - tomorrow.start).limited_wh
        late = found[:, :, ptus - evening.shape[2] :]
        np.minimum(late, evening, out=late)
    return found


def _limited(limits_wh: Ints) -> Ints:
    """By member, in how many PTUs."""
    return np.asarray((limits_wh < NO_LIMIT_WH).any(axis=0).sum(axis=1), np.int64)


def _sold_wh(day: DayDone) -> Ints:
    if day.flex is None:
        return np.zeros(len(day.cleared_wh), np.int64)
    return np.asarray(np.abs(day.flex.sold.bought_wh).sum(axis=1), np.int64)


def _held_back_wh(day: DayDone, limits_wh: Ints) -> int:
    then_wh = day.cleared_wh
    if day.flex is not None:
        then_wh = then_wh - day.flex.sold.bought_wh + day.flex.sold.comes_back_wh
    return int(np.maximum(np.stack([then_wh, -then_wh]) - limits_wh, 0).sum())


def _bought(done: Sequence[DayDone], made: Sequence[Validated | None]) -> Bought:
    wh = given = paid = 0
    for day in done:
        if day.flex is not None:
            wh += int(np.abs(day.flex.sold.bought_wh).sum())
            given += int(day.flex.given_wh.sum())
            paid += int(day.flex.ordered.dso_units.sum())
    offers = sum(one.offers for one in made if one is not None)
    unresolved = sum(one.unresolved_kwh for one in made if one is not None)
    return Bought(offers, wh / 1000, given / wh if wh else None, paid / UNITS_PER_EUR, unresolved)


def _held_kwh(last: DayDone) -> float:
    levels = last.readings.stored_kwh[:, -1], last.readings.ev_stored_kwh[:, -1]
    return float(sum(np.nansum(level) for level in levels))


def _curtailed_kwh(run: Run, done: Sequence[DayDone]) -> float:
    given_kwh = sum(float(-day.readings.pv_wh.sum() / 1000) for day in done)
    roofs = [home.pv_kw.values for home in run.street.homes if home.pv_kw is not None]
    could_kwh = sum(float(roof[day.span].sum() * PTU_HOURS) for day in done for roof in roofs)
    return max(could_kwh - given_kwh, 0.0)


def _groups(run: Run, bills: Mapping[str, int], sold_wh: Ints, limited: Ints) -> dict[str, Group]:
    rows: dict[str, list[int]] = defaultdict(list)
    for row, home in enumerate(run.street.homes):
        rows[home.group].append(row)
    members = run.layers.members
    return {
        group: Group(
            len(some),
            sum(bills[members[row]] for row in some) / UNITS_PER_EUR / len(some),
            float(sold_wh[some].sum() / 1000),
            int(limited[some].sum()),
        )
        for group, some in sorted(rows.items())
    }
