"""A run's published tables added up again, with pyarrow and whole Python numbers and not a line of what wrote them.

Every claim of ``docs/tables.md`` that a stranger could check is a residue here, and must be zero.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pyarrow.parquet as pq

UNITS_PER_CENT = 1_000_000
PTU = timedelta(minutes=15)
LEVIED_PER_PTU = {"clearing", "flexibility", "deviation"}
DEVICES = ("load_wh", "pv_wh", "battery_wh", "ev_wh", "heat_pump_wh")
KEEPS_LIMITS = ("layered", "literal", "pay_as_bid")
"""Rules that promise nobody a worse price than their limit (``market.md`` section 2)."""


@dataclass(frozen=True)
class Published:
    """A finished run's folder."""

    folder: Path

    @cached_property
    def about(self) -> dict[str, Any]:
        said: dict[str, Any] = json.loads((self.folder / "run.json").read_text("utf-8"))
        return said

    @cached_property
    def has_market(self) -> bool:
        return self.about["rule"] is not None

    def column(self, table: str, name: str) -> list[Any]:
        read = pq.read_table(self.folder / "tables" / f"{table}.parquet", columns=[name])
        return list(read.column(name).to_pylist())

    def rows(self, table: str, *names: str) -> Iterator[tuple[Any, ...]]:
        read = pq.read_table(self.folder / "tables" / f"{table}.parquet", columns=list(names))
        return zip(*(read.column(name).to_pylist() for name in names), strict=True)

    def total(self, table: str, name: str) -> int:
        return sum(self.column(table, name))


def residues(folder: Path) -> dict[str, int]:
    """What is left of every claim, by the claim's name; a claim that holds leaves zero."""
    run = Published(folder)
    found = {
        "checks that failed": sum(not check["passed"] for check in run.about["checks"]),
        "quarter-hours missing or too many": _quarters(run),
        **_books(run),
        **_meters(run),
        **_bills(run),
        **_nation(run),
    }
    return found | _market(run) if run.has_market else found


def _quarters(run: Published) -> int:
    """Every local day has the quarter-hours that its clock gives it, in every table that has one row each."""
    zone = ZoneInfo(run.about["zone"])
    day = datetime.fromisoformat(run.about["first_day"])
    wanted: Counter[Any] = Counter()
    for _ in range(run.about["days"]):
        at = day.replace(tzinfo=zone).astimezone(UTC)
        day += timedelta(days=1)
        while at < day.replace(tzinfo=zone).astimezone(UTC):
            wanted[at] += 1
            at += PTU
    tables = {"prices": 1, "gateway": 1, "readings": run.about["members"]}
    return sum(
        (Counter(run.column(table, "ptu_start")) - Counter(dict.fromkeys(wanted, times))).total()
        + (Counter(dict.fromkeys(wanted, times)) - Counter(run.column(table, "ptu_start"))).total()
        for table, times in tables.items()
    )


def _books(run: Published) -> dict[str, int]:
    money: defaultdict[int, int] = defaultdict(int)
    energy: defaultdict[int, int] = defaultdict(int)
    for entry, units, wh in run.rows("postings", "entry", "amount_units", "energy_wh"):
        money[entry] += units
        energy[entry] += wh
    return {
        "entries in money": sum(map(abs, money.values())),
        "entries in energy": sum(map(abs, energy.values())),
    }


def accounts(folder: Path) -> dict[str, int]:
    """What each account paid (+) or received (-) in all."""
    paid: defaultdict[str, int] = defaultdict(int)
    for account, units in Published(folder).rows("postings", "account", "amount_units"):
        paid[account] += units
    return dict(paid)


def _meters(run: Published) -> dict[str, int]:
    devices, wrong_side, metered = 0, 0, defaultdict[datetime, int](int)
    for at, offtake, *each in run.rows("readings", "ptu_start", "offtake_wh", *DEVICES):
        load, pv, _, car, pump = each
        devices += abs(offtake - sum(each))
        wrong_side += max(-load, 0) + max(pv, 0) + max(-car, 0) + max(-pump, 0)
        metered[at] += offtake
    street = dict(run.rows("gateway", "ptu_start", "metered_wh"))
    return {
        "meters against devices": devices,
        "devices on the wrong side of zero": wrong_side,
        "street meter against homes": sum(abs(street[at] - wh) for at, wh in metered.items()),
        "stores below empty or above full": _stores(run),
    }


def _stores(run: Published) -> int:
    """How many states of charge are impossible."""
    capacity = dict(run.rows("homes", "member", "battery_kwh"))
    return sum(
        not -1e-6 <= stored <= (capacity[member] or 0) + 1e-6
        for member, stored in run.rows("readings", "member", "stored_kwh")
        if stored is not None
    )


def _bills(run: Published) -> dict[str, int]:
    lines: defaultdict[str, int] = defaultdict(int)
    totals: dict[str, int] = {}
    for member, code, units in run.rows("bills", "member", "code", "amount_units"):
        if code == "total":
            totals[member] = units
        else:
            lines[member] += units
    books = accounts(run.folder)
    others = sum(units for name, units in books.items() if not name.startswith("member/"))
    return {
        "members without a bill": run.about["members"] - len(totals),
        "bills against their lines": sum(abs(totals[member] - lines[member]) for member in totals),
        "bills beside whole cents": sum(units % UNITS_PER_CENT for units in totals.values()),
        "bills against their accounts": sum(
            abs(books.get(f"member/{member}", 0) - units) for member, units in totals.items()
        ),
        "bills against everybody else's accounts": abs(sum(totals.values()) + others),
        "totals of run.json against the postings": sum(
            abs(said["amount_units"] - books.get(name, 0)) for name, said in run.about["totals"].items()
        ),
    }


def _nation(run: Published) -> dict[str, int]:
    prices = {
        at: rest
        for at, *rest in run.rows("prices", "ptu_start", "day_ahead_ticks", "shortage_ticks", "surplus_ticks")
    }
    left = dict.fromkeys(("deviation", "day ahead", "imbalance"), 0)
    for at, nominated, metered, deviation, auction, settled in run.rows(
        "gateway", "ptu_start", "nominated_wh", "metered_wh", "deviation_wh", "day_ahead_units", "imbalance_units"
    ):  # fmt: skip
        ahead, shortage, surplus = prices[at]
        left["deviation"] += abs(deviation - (metered - nominated))
        left["day ahead"] += abs(auction - nominated * ahead)
        left["imbalance"] += abs(settled - deviation * (shortage if deviation > 0 else surplus))
    books = accounts(run.folder)
    return {
        "deviation at the gateway": left["deviation"],
        "energy bought day-ahead at its price": left["day ahead"],
        "imbalance at its price": left["imbalance"],
        "account of the exchange": abs(
            books.get("nation/day_ahead", 0) + run.total("gateway", "day_ahead_units")
        ),
        "account of imbalance": abs(
            books.get("nation/imbalance", 0) + run.total("gateway", "imbalance_units")
        ),
    }


def _market(run: Published) -> dict[str, int]:
    bought, traded = _fills(run)
    closed, levy_ticks, crossing, beyond = dict(traded), {}, defaultdict[datetime, int](int), 0
    for at, layer, taken, given, levy, gateway, fund, rent, rate, most, least in run.rows(
        "clearings", "ptu_start", "layer", "imported_wh", "exported_wh", "levy_units", "gateway_units",
        "fund_units", "rent_units", "levy_ticks", "import_max_wh", "export_max_wh",
    ):  # fmt: skip
        closed[at] = closed.get(at, 0) - rent
        beyond += max(taken - most, 0) if most is not None else 0
        beyond += max(given - least, 0) if least is not None else 0
        if layer == "street":
            closed[at] += gateway + fund - levy
            levy_ticks[at], crossing[at] = rate, taken - given
    nominated = dict(run.rows("gateway", "ptu_start", "nominated_wh"))
    tax = sum(
        units
        for cause, account, units in run.rows("postings", "cause", "account", "amount_units")
        if account == "tax/energy" and cause in LEVIED_PER_PTU
    )
    due = {at: levy_ticks[at] * max(wh, 0) for at, wh in run.rows("gateway", "ptu_start", "metered_wh")}
    return {
        "money of the market in each quarter-hour": sum(map(abs, closed.values())),
        "energy of the market in each quarter-hour": sum(
            abs(crossing[at] - nominated[at]) + abs(bought.get(at, 0) - nominated[at]) for at in nominated
        ),
        "cleared beside what was filled": _cleared(run),
        "through a cable above its capacity": beyond,
        "fills beyond their order's quantity or limit": _limits(run),
        "energy tax against what came in": abs(tax + sum(due.values())),
        "energy tax of the gateway's table": abs(run.total("gateway", "levy_units") - sum(due.values())),
    }


def _sides(run: Published) -> dict[tuple[datetime, str], tuple[int, int, int | None]]:
    """+1 for a purchase and -1 for a sale, the quantity and the limit, by quarter-hour and order."""
    return {
        (at, order): (1 if side == "buy" else -1, quantity, limit)
        for at, order, side, quantity, limit in run.rows(
            "orders", "ptu_start", "order_id", "side", "quantity_wh", "limit_ticks"
        )
    }


def _fills(run: Published) -> tuple[dict[datetime, int], dict[datetime, int]]:
    """Net Wh bought and units paid by all members, per quarter-hour."""
    sides = _sides(run)
    energy, money = defaultdict[datetime, int](int), defaultdict[datetime, int](int)
    for at, order, wh, units in run.rows("fills", "ptu_start", "order_id", "wh", "units"):
        energy[at] += sides[at, order][0] * wh
        money[at] += units
    return energy, money


def _cleared(run: Published) -> int:
    """Readings repeat what each member's orders traded."""
    sides, filled = _sides(run), defaultdict[tuple[datetime, str], int](int)
    for at, member, order, wh in run.rows("fills", "ptu_start", "member", "order_id", "wh"):
        filled[at, member] += sides[at, order][0] * wh
    return sum(
        abs(cleared - filled.get((at, member), 0))
        for at, member, cleared in run.rows("readings", "ptu_start", "member", "cleared_wh")
    )


def _limits(run: Published) -> int:
    """Fills larger than ordered; and where the rule promises it, paid beyond the limit by more than the last unit."""
    sides, beyond = _sides(run), 0
    promised = run.about["rule"] in KEEPS_LIMITS
    for at, order, wh, units in run.rows("fills", "ptu_start", "order_id", "wh", "units"):
        side, quantity, limit = sides[at, order]
        beyond += wh > quantity
        beyond += promised and limit is not None and units > side * limit * wh + 1
    return beyond


@dataclass(frozen=True)
class Figures:
    """What a run was like."""

    homes: int
    quarters: int
    negative: int
    """Quarter-hours with a day-ahead price below zero."""
    used_kwh: float
    made_kwh: float
    imported_kwh: float
    exported_kwh: float
    strayed_kwh: float
    """The street's metered energy beside its announced position, either way."""
    rationed: int
    """Quarter-hours in which the street's gateway or a cable was full."""
    day_ahead_eur: float
    imbalance_eur: float
    tax_eur: float
    """Energy tax on what came in, without reduction."""
    network_eur: float
    bills_eur: float


def figures(folder: Path) -> Figures:
    """Read from the tables alone."""
    run = Published(folder)
    metered = run.column("gateway", "metered_wh")
    full = {at for at, rationed in run.rows("clearings", "ptu_start", "rationed") if rationed}
    return Figures(
        homes=run.about["members"],
        quarters=len(metered),
        negative=sum(ticks < 0 for ticks in run.column("prices", "day_ahead_ticks")),
        used_kwh=sum(run.total("readings", name) for name in ("load_wh", "ev_wh", "heat_pump_wh")) / 1000,
        made_kwh=-run.total("readings", "pv_wh") / 1000,
        imported_kwh=sum(max(wh, 0) for wh in metered) / 1000,
        exported_kwh=-sum(min(wh, 0) for wh in metered) / 1000,
        strayed_kwh=sum(map(abs, run.column("gateway", "deviation_wh"))) / 1000,
        rationed=len(full),
        day_ahead_eur=run.total("gateway", "day_ahead_units") / 1e8,
        imbalance_eur=run.total("gateway", "imbalance_units") / 1e8,
        tax_eur=run.total("gateway", "levy_units") / 1e8,
        network_eur=-accounts(folder)["dso"] / 1e8,
        bills_eur=sum(u for code, u in run.rows("bills", "code", "amount_units") if code == "total") / 1e8,
    )


def prices_out_of_place(folder: Path) -> dict[str, int]:
    """Where no gateway or cable was full: prices beyond what the outside asks and pays, by how many quarter-hours."""
    run = Published(folder)
    full = {at for at, rationed in run.rows("clearings", "ptu_start", "rationed") if rationed}
    found = dict.fromkeys(
        ("price below export", "price above landed", "buyers above landed", "sellers below export"), 0
    )
    for at, layer, price, asks, pays, levy, bought, sold, paid, received in run.rows(
        "clearings", "ptu_start", "layer", "price_centiticks", "import_ticks", "export_ticks", "levy_ticks",
        "bought_wh", "sold_wh", "buyers_units", "sellers_units",
    ):  # fmt: skip
        if layer != "street" or at in full:
            continue
        found["price below export"] += price < 100 * pays
        found["price above landed"] += price > 100 * (asks + levy)
        found["buyers above landed"] += paid > (asks + levy) * bought
        found["sellers below export"] += received < pays * sold
    return found


def by_sign_of_price(folder: Path, device: str) -> tuple[int, int]:
    """What a kind of device took in all (Wh) while the day-ahead price was below zero, and while it was not."""
    run = Published(folder)
    ticks = dict(run.rows("prices", "ptu_start", "day_ahead_ticks"))
    below = above = 0
    for at, wh in run.rows("readings", "ptu_start", f"{device}_wh"):
        if ticks[at] < 0:
            below += wh
        else:
            above += wh
    return below, above
