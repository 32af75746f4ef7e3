"""What one home's page costs a large neighbourhood: `python -m benchmarks.live.bills [--homes 2000] [--days 35]`.

Every tenth meter is late, so that every day is corrected. One home's bill is worked out by itself, with its benefit under
other rules, and beside it as one of everybody's, from all quarter-hours of the period: the same bill, to the last unit.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import fields, replace
from datetime import date, timedelta
from pathlib import Path
from time import process_time
from typing import TypeVar

import numpy as np

from benchmarks.live.homes import FIRST, Home, templates
from benchmarks.live.restart import TICKS, _within, memory_mb
from benchmarks.live.server import configured
from laag.adapters.keys import Key
from laag.apps.street.config import read
from laag.apps.street.together import Together, others
from laag.cycle import live
from laag.cycle.live import views
from laag.foundation.ptu import PtuGrid
from laag.settlement import billing
from laag.settlement.bill import Bill
from laag.settlement.charges import Terms
from laag.settlement.day import Settled
from laag.settlement.insight import MemberPeriod

Answer = TypeVar("Answer")
LATE = 10
"""One in so many meters tells the end of its day after the settlement,"""
SILENT = 50
"""and one in so many homes sends no orders for a day."""


def said(homes: list[Home], days: int, place: live.Neighbourhood) -> Iterator[live.Message]:
    """Everything, in the order of a clock."""
    for home in homes:
        yield live.Joined(home.member, FIRST, home.cable)
    for n, day in ((n, FIRST + timedelta(days=n)) for n in range(days)):
        ptus = len(place.grid(day))
        ticks, number, at = TICKS + 50 * np.arange(ptus), 3 * n, np.arange(ptus)
        for home in homes:
            if (home.number + n) % SILENT:
                yield live.Ordered(home.member, day, number, _within(home.rows(day), ptus))
        yield live.Closed(day)
        yield live.Priced(day, ticks, "exchange")
        wh = {home: home.offtake_wh(day)[np.minimum(at, 95)] for home in homes}
        late = [home for home in homes if home.number % LATE == 0]
        for home in homes:
            heard = at[:80] if home in late else at
            yield live.Metered(home.member, day, number + 1, heard, wh[home][heard])
        yield live.Imbalanced(day, ticks + 500, ticks - 500, "operator")
        yield live.Settle(day)
        for home in late:
            yield live.Metered(home.member, day, number + 2, at[80:], wh[home][80:])
        yield live.Settle(day)


def lived(homes: list[Home], days: int, place: live.Neighbourhood) -> live.Live:
    """The state after all of it."""
    state = live.begin(place)
    for message in said(homes, days, place):
        state, effects = live.apply(state, message)
        for effect in effects:
            if isinstance(effect, live.Refused):
                raise SystemExit(effect.why.en)
    return state


def among_everybody(state: live.Live, first: date, last: date) -> tuple[Bill, ...]:
    """All bills, from all quarter-hours: how it is done where all of them are wanted, and how one was worked out before."""
    period = views.period(state, first, last)
    assert period is not None
    terms, known = state.neighbourhood.terms, period.wholes[0].known
    # All take part all along here; rows are then put in the order of names.
    order = np.array([known.row_of[one.member] for one in period.joined])
    wide: dict[str, list[np.ndarray[tuple[int, ...], np.dtype[np.int64]]]] = {
        one.name: [] for one in fields(Settled)
    }
    landed, export = [], []
    for day in period.wholes:
        for name, columns in wide.items():
            columns.append(getattr(day.done.settled, name)[order])
        landed.append(day.market.landed_ticks)
        export.append(day.market.export_ticks)
    outside = billing.Outside(np.concatenate(landed), np.concatenate(export))
    nothing = np.zeros(0, np.int64)
    made, _ = billing.bills(
        period.accounts,
        Settled(**{name: np.concatenate(columns, axis=1) for name, columns in wide.items()}),
        [MemberPeriod(one.member, nothing, nothing, one.connection) for one in period.joined],
        Terms(terms.policy, terms.facts, first, len(period.days), state.neighbourhood.grid_operator),
        PtuGrid(state.neighbourhood.grid(first).start, len(outside.landed_ticks)),
        outside,
    )
    return made


def measured(what: str, ask: Callable[[], Answer]) -> tuple[Answer, float]:
    """An answer and a processor's seconds; printed with the most that was held meanwhile, beyond what was held before."""
    # What was held at most is counted from here.
    Path("/proc/self/clear_refs").write_text("5")
    held, began = memory_mb("VmRSS"), process_time()
    answer = ask()
    took = process_time() - began
    print(f"  {what}: {took:.3f} s, {memory_mb('VmHWM') - held:.0f} MB for a moment", flush=True)
    return answer, took


def _apart(bill: Bill) -> Bill:
    """Without the lines that say how readings came about, and their order."""
    return replace(
        bill, lines=tuple(line for line in bill.lines if line.code not in {"estimated", "unordered"})
    )


def main() -> int:
    """Print it."""
    ask = argparse.ArgumentParser(prog="python -m benchmarks.live.bills", description=__doc__)
    ask.add_argument("--homes", type=int, default=2_000)
    ask.add_argument("--days", type=int, default=35)
    ask.add_argument("--alone", action="store_true", help="leave out everybody's, which takes memory")
    given = ask.parse_args()
    templates()
    with tempfile.TemporaryDirectory(prefix="laag-bills-") as folder:
        place = read(configured(Path(folder), f"{folder}/street.sqlite")).place
    homes = [Home(number, Key.new()) for number in range(given.homes)]
    began = process_time()
    state = lived(homes, given.days, place)
    print(
        f"{given.homes:,} homes, {given.days} days; told in {process_time() - began:.0f} s of a processor, {memory_mb('VmRSS'):.0f} MB"
    )
    member, last = homes[7].member, FIRST + timedelta(days=given.days - 1)

    def page() -> views.MemberBill | None:
        period = views.period(state, FIRST, last)
        assert period is not None
        views.benefit_of(period, member, others())
        return views.bill_of(period, member)

    mine, alone = measured("one home's bill and its benefit", page)
    measured("the same of its last day", lambda: views.bill(state, member, last, last))
    measured("its day, from the quarter-hours", lambda: views.day_of(state, member, FIRST))
    measured(
        "beside homes like it, 31 days",
        lambda: views.like_mine(state, member, last - timedelta(days=30), last),
    )
    measured("the street's benefit, once for each settled day", lambda: Together().said(state))
    measured("all that is held of it but the log", lambda: views.export(state, [], member))
    if given.alone:
        return 0
    everybody, together = measured(
        "everybody's bill, from all quarter-hours", lambda: among_everybody(state, FIRST, last)
    )
    assert mine is not None
    (theirs,) = (one for one in everybody if one.member == member)
    if _apart(theirs) != _apart(mine.bill):
        raise SystemExit("the two bills differ")
    print(f"  the same bill, {together / alone:.0f} times as soon")
    return 0


if __name__ == "__main__":
    sys.exit(main())
