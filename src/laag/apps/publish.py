"""From the event log to what people read: tables, bills, run.json and the report. Nothing is solved again."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import numpy as np

from laag.adapters.tables import TableWriter
from laag.apps import rows, whole
from laag.apps.bills import write as write_bills
from laag.apps.checks import Check, Sums, proofs
from laag.apps.wiring import GRID_OPERATOR
from laag.cycle import replay
from laag.cycle.bands import answered, earned_by
from laag.cycle.day import Run
from laag.cycle.events import STEPPED, Step, from_event
from laag.cycle.pot import grid_pot
from laag.cycle.replay import DayDone
from laag.cycle.street import Home
from laag.foundation.contracts import Ints
from laag.foundation.money import as_euros
from laag.foundation.ports import EventLog
from laag.foundation.ptu import PtuGrid
from laag.foundation.series import wh
from laag.neighbourhood.charter import Charter, digest
from laag.neighbourhood.market import BILATERAL
from laag.neighbourhood.sharing import Facts
from laag.settlement import billing
from laag.settlement.bill import Bill
from laag.settlement.books import Postings, joined, totals
from laag.settlement.charges import Terms as Period
from laag.settlement.day import Settled, side_by_side
from laag.settlement.delivered import Room, rooms
from laag.settlement.insight import MemberPeriod, Stays
from laag.settlement.policy import retail_ticks
from laag.settlement.pooled import Share

ABOUT, TABLES = "run.json", "tables"
CSV_DAYS = 31
"""Up to this many days the tables are also written as CSV: a year of orders would be gigabytes."""


def publish(
    run: Run,
    log: EventLog,
    folder: Path,
    *,
    version: str,
    seed: int | None,
    csv: bool,
    told: Callable[[int, int], None],
) -> tuple[Bill, ...]:
    """Replay the log into ``folder``: its tables, its bills and ``run.json``; returns the bills.

    ``run.json`` goes first and comes back last: where it is, everything beside it is whole and of one run.
    """
    (folder / ABOUT).unlink(missing_ok=True)
    part = folder / f"{TABLES}{whole.PART}"
    shutil.rmtree(part, ignore_errors=True)
    steps = [from_event(event) for event in log.events(STEPPED)]
    sums = Sums(run)
    done: list[DayDone] = []
    with TableWriter(part, csv=csv or run.days <= CSV_DAYS) as tables:
        tables.write("homes", rows.homes(run.street))
        for day in replay.days(run, steps):
            for name, columns in rows.day(run, day).items():
                tables.write(name, columns)
            sums.add(day)
            done.append(day)
            told(len(done), run.days)
        bills, postings = _bills(run, done)
        sums.post(postings)
        tables.write("postings", rows.postings(run, postings))
        tables.write("bills", rows.bills(bills))
    whole.move(part, folder / TABLES)
    write_bills(bills, folder)
    checks = proofs(sums, bills)
    about = _about(run, log, steps, sums, checks, version, seed)
    whole.write(folder / ABOUT, json.dumps(about, indent=1, ensure_ascii=False, sort_keys=True) + "\n")
    return bills


def _bills(run: Run, done: Sequence[DayDone]) -> tuple[tuple[Bill, ...], Postings]:
    settled = side_by_side([day.settled for day in done])
    grid = run.street.grid.window(run.day(run.first_day).start, run.day(run.last_day).stop)
    buy, sell, outside = _prices(run, done)
    members = [_member(run, row, home, grid, buy, sell, done) for row, home in enumerate(run.street.homes)]
    pot = _pot(run, done, settled, buy, sell, outside)
    members = [replace(member, share=pot.get(member.member)) for member in members]
    period = replace(
        Period.over(grid, run.terms.policy, run.terms.facts, GRID_OPERATOR, run.street.zone),
        one_price=not {one.rule for one in _charters(run)} & BILATERAL,
    )
    return billing.bills(replay.accounts(run), settled, members, period, grid, outside, run.street.zone)


def _pot(
    run: Run,
    done: Sequence[DayDone],
    settled: Settled,
    buy: Ints,
    sell: Ints,
    outside: billing.Outside | None,
) -> dict[str, Share]:
    """What the grid operator paid, shared where the charter says so; prices outside are what members would have had alone."""
    paid = np.zeros(len(run.street.homes), np.int64)
    for day in done:
        if day.flex is not None:
            paid += day.flex.ordered.dso_units.sum(axis=1)
    names = replay.accounts(run).members
    alone = (outside.landed_ticks, outside.export_ticks) if outside else (buy // 100, sell // 100)
    facts = Facts(names, net_wh=settled.metered_wh, buy_ticks=alone[0], sell_ticks=alone[1])
    return grid_pot(run.terms.charter, dict(zip(names, paid.tolist(), strict=True)), facts)


def _prices(run: Run, done: Sequence[DayDone]) -> tuple[Ints, Ints, billing.Outside | None]:
    """What one more Wh cost and earned in each PTU, and the prices without neighbours."""
    markets = [day.market for day in done if day.market]
    if markets:
        return (
            np.concatenate([m.buyer_centiticks for m in markets]),
            np.concatenate([m.seller_centiticks for m in markets]),
            billing.Outside(
                np.concatenate([m.landed_ticks for m in markets]),
                np.concatenate([m.export_ticks for m in markets]),
            ),
        )
    day_ahead = run.prices.day_ahead_ticks[run.day(run.first_day).start : run.day(run.last_day).stop]
    buy, sell = retail_ticks(run.terms.policy, run.terms.facts, day_ahead)
    return 100 * buy, 100 * sell, None


def _member(
    run: Run, row: int, home: Home, grid: PtuGrid, buy: Ints, sell: Ints, done: Sequence[DayDone]
) -> MemberPeriod:
    house, first = home.house, run.day(run.first_day).start
    gave = tuple(room for d in done for room in _rooms(run, d, row))

    def energy(name: str, there: object) -> Ints | None:
        return np.concatenate([getattr(d.readings, name)[row] for d in done]) if there else None

    stays = None
    if house.charger:
        here = [s for s in home.sessions if s.departs > first and s.arrives < first + len(grid)]
        stays = Stays(
            np.array([s.arrives - first for s in here], np.int64),
            np.array([s.departs - first for s in here], np.int64),
            int(wh(house.charger.max_kw)),
        )
    return MemberPeriod(
        member=house.name,
        buy_centiticks=buy,
        sell_centiticks=sell,
        connection=home.connection,
        pv_wh=energy("pv_wh", home.pv_kw is not None),
        battery_wh=energy("battery_wh", house.battery),
        ev_wh=energy("ev_wh", house.charger),
        heat_pump_wh=energy("heat_pump_wh", house.heat_pump),
        stays=stays,
        estimated=int(sum(d.readings.silent[row].sum() for d in done)),
        rooms=gave,
        earned=earned_by(answered(gave)) if run.terms.policy.bands else None,
    )


def _rooms(run: Run, day: DayDone, row: int) -> tuple[Room, ...]:
    """What this member gave the grid operator that day."""
    if day.flex is None:
        return ()
    quarter = run.calendar.quarter[day.span]
    return rooms(day.flex.sold, day.flex.ordered.dso_units, day.flex.given_wh, row, quarter)


def _charters(run: Run) -> list[Charter]:
    """All that hold on some day of it."""
    return [run.terms.charter, *(one.charter for one in run.later)]


def _about(
    run: Run,
    log: EventLog,
    steps: Sequence[Step],
    sums: Sums,
    checks: Iterable[Check],
    version: str,
    seed: int | None,
) -> dict[str, Any]:
    street, charter = run.street, run.terms.charter
    kinds = Counter(text.split("|")[1] for step in steps for text in step.shortfalls)
    return {
        "name": street.name,
        "policy": run.terms.policy.name,
        "rule": charter.rule if run.terms.policy.has_market else None,
        "k_percent": charter.k_percent if run.terms.policy.has_market else None,
        "charters": [
            {"since": day.isoformat(), "version": one.version, "digest": digest(one)}
            for day, one in zip((run.first_day, *(one.day for one in run.later)), _charters(run), strict=True)
        ],
        "first_day": run.first_day.isoformat(),
        "last_day": run.last_day.isoformat(),
        "days": run.days,
        "zone": street.zone.key,
        "seed": seed,
        "version": version,
        "members": len(street.homes),
        "sources": {"homes": street.source, "prices": street.nation.source},
        "findings": [asdict(finding) for finding in street.findings],
        "checks": [asdict(check) for check in checks],
        "totals": {
            name: {"amount_units": units, "amount_eur": str(as_euros(units)), "energy_wh": energy}
            for name, (units, energy) in totals(replay.accounts(run), joined(sums.postings)).items()
        },
        "replans": int(sum(step.replans.sum() for step in steps)),
        "shortfalls": dict(sorted(kinds.items())),
        "beyond_capacity": [asdict(cable) for cable in sums.beyond_capacity()],
        "log_digest": log.digest(),
        "figures": [
            {
                "name": f.name,
                "value": f.value,
                "measure": f.measure.value,
                "source": f.source,
                "status": f.status.value,
            }
            for f in run.terms.facts.figures.values()
            if "." not in f.name
        ],
    }
