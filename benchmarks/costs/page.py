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
    hours = [
        [f"hours a month for {size.homes:,} homes, all parties together", f"{size.hours:,g}", f"{prices.ASSUMED}: {size.who}"]
        for size in SIZES
    ]  # fmt: skip
    return _table(("what", "how much", "from where"), [*rows, *hours])


def _measured(told: Measured) -> str:
    entries = 4 * TREES
    rows = [
        (f"roots that a street of {HOMES} homes commits on its busiest day, traded in every quarter-hour", f"{TREES}"),
        ("entries, with the attestations of the three other members", f"{entries}"),
        ("signatures made for them: entries, heads, cosignatures", f"{entries + told.heads + 3 * told.heads:,}"),
        ("a processor's time for an entry at the sequencer", f"{told.entry_ms:g} ms"),
        ("for an entry at each witness, with what it costs to ask it", f"{told.witness_ms:g} ms"),
        ("checking one signature, within these", f"{told.signature_ms:g} ms"),
        ("an entry", f"{told.entry_bytes:g} bytes"),
        ("an entry in the file, with its part of tree, heads and cosignatures", f"{told.stored_bytes:,g} bytes"),
        ("a day of such a street, at each member", f"{entries * told.stored_bytes / 1e6:.2f} MB"),
        ("leaves that its operator keeps of a day, for evidence", f"{told.leaves_bytes / 1e6:.2f} MB"),
        ("evidence of one bill", f"{told.evidence_bytes:,g} bytes"),
        ("a validator of four: a processor's time for a block", f"{1000 * told.chain.block_s:.0f} ms"),
        ("while nothing happens, an hour", f"{told.chain.idle_s_per_hour:g} s"),
        ("a block on its disk, with all that is written before it is sure", f"{told.chain.block_bytes:,g} bytes"),
    ]  # fmt: skip
    return _table(("what", "how much"), rows)


def _costs(told: Measured) -> str:
    rows = [
        [way.name + (", four members; seven for a country" if way is CHAIN else ""), *(_eur(cost(way, size, told)) for size in SIZES)]
        for way in WAYS
    ]  # fmt: skip
    return _table(("", *(f"{size.homes:,} homes" for size in SIZES)), rows)


def _behind(told: Measured) -> str:
    head = (
        "homes",
        "record",
        "parties' machines",
        "a processor's seconds a day, all",
        "GB on all disks",
        "evidence of a bill",
    )
    return _table(head, [_row(way, size, told) for size in SIZES for way in WAYS])


def _row(way: Way, size: Size, told: Measured) -> list[str]:
    one = cost(way, size, told)
    at = of_size(way, size)
    named = f"chain, {at.members} members" if way.chain else way.name
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
