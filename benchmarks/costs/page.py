"""The tables of ``docs/ledger-costs.md``."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from benchmarks.costs import prices
from benchmarks.costs.measured import HOMES, TREES, Measured
from benchmarks.costs.reckon import (
    AS_STATED,
    CHAIN,
    EMBEDDED,
    PLAIN,
    SIZES,
    WAYS,
    Cost,
    Size,
    Stake,
    Way,
    cost,
    evidence_bytes,
    of_size,
)

PAGE = Path(__file__).parents[2] / "docs" / "ledger-costs.md"
BEGIN, END = "<!-- computed by python -m benchmarks.ledger_costs -->\n", "<!-- end -->\n"


def written(page: str, told: Measured) -> str:
    """The page with these tables in their place."""
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    return before + BEGIN + "\n" + tables(told) + "\n" + END + after


def tables(told: Measured) -> str:
    """All of them."""
    parts = (
        ("Stated", _stated()),
        (f"Measured on {told.date} ({told.machine})", _measured(told)),
        ("EUR per home and month, people included (machines only)", _costs(told)),
        ("What stands behind it", _behind(told)),
        ("Where somebody doubts a figure", _doubts(told)),
    )
    return "\n".join(f"## {title}\n\n{table}" for title, table in parts)


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _stated() -> str:
    rows = [[one.what, f"{one.value:g} {one.unit}".strip(), one.source] for one in prices.STATED]
    evidence = "none" if way.plain else f"{evidence_bytes(way, size, told):,.0f} bytes"
    return [
        f"{size.homes:,}",
        named,
        f"{one.load.machines:,}",
        f"{one.load.total_s:,.0f}",
        f"{one.load.gb:,.0f}",
        evidence,
    ]


def _doubts(told: Measured) -> str:
    doubts = (
        ("as stated", AS_STATED),
        ("people cost twice as much, or take twice as long", replace(AS_STATED, hour_eur=2 * AS_STATED.hour_eur)),
        ("servers and disks cost three times as much", replace(AS_STATED, server_eur=3 * AS_STATED.server_eur, disk_eur=3 * AS_STATED.disk_eur)),
        ("the record is kept for one year", replace(AS_STATED, months=12.0)),
        ("nobody trades during the day: four roots instead of 196", replace(AS_STATED, quiet=True)),
    )  # fmt: skip
    cells = [(way, size) for size in SIZES for way in (EMBEDDED, CHAIN, PLAIN)]
    head = ("", *(f"{_short(way)}, {size.homes:,}" for way, size in cells))
    return _table(
        head, [[name, *(_all(way, size, told, stake) for way, size in cells)] for name, stake in doubts]
    )


def _short(way: Way) -> str:
    return "plain" if way.plain else "chain" if way.chain else "embedded"


def _all(way: Way, size: Size, told: Measured, stake: Stake) -> str:
    return _two(cost(way, size, told, stake).all)


def _eur(one: Cost) -> str:
    return f"{_two(one.all)} ({_two(one.machines)})"


def _two(eur: float) -> str:
    """Cents from ten cents on, else as many digits as say something."""
    return f"{eur:.2f}" if eur >= 0.1 else f"{eur:.4f}"
