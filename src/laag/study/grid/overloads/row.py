"""One grid under one load, before and after, as numbers for a table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from laag.foundation.words import Lang, Said, pointed
from laag.study.grid.overloads.compared import Compared
from laag.study.grid.overloads.seen import Seen

Written = Callable[[float, str], str]
"""A number, by its format, in somebody's language."""


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """``load`` says what hangs there; ``seconds`` is what the year took with all that was bought, of a processor."""

    grid: str
    load: Said
    found: Compared
    seconds: float


HEADS = (
    Said("wat erop staat", "what hangs on it"),
    Said("kwartieren te vol, vooraf", "overloaded PTUs, before"),
    Said("daarvan door zon", "of them of sun"),
    Said("takken te vol, vooraf", "branches, before"),
    Said("de volste, vooraf", "fullest, before"),
    Said(
        "kwartieren buiten de spanning, vooraf (laagste-hoogste V)",
        "PTUs out of the band, before (lowest-highest V)",
    ),
    Said("kwartieren te vol, achteraf", "overloaded PTUs, after"),
    Said("daarvan nieuw", "of them new"),
    Said("takken te vol, achteraf", "branches, after"),
    Said("de volste, achteraf", "fullest, after"),
    Said(
        "kwartieren buiten de spanning, achteraf (laagste-hoogste V)",
        "PTUs out of the band, after (lowest-highest V)",
    ),
    Said("dagen waarop iets gevraagd is", "days asked"),
    Said("gekocht (kWh)", "bought (kWh)"),
    Said("betaald (EUR)", "paid (EUR)"),
    Said("ct per kWh", "ct a kWh"),
    Said("niet opgelost (kWh, dagen)", "unresolved (kWh, days)"),
)


def cells(row: Row, lang: Lang = Lang.EN) -> list[str]:
    """In the order of ``HEADS``.

    >>> len(HEADS)
    16
    """

    def said(value: float, shape: str) -> str:
        return pointed(format(value, shape), lang)

    before, after, bought = row.found.before, row.found.after, row.found.bought
    first = [row.load.to(lang), *_sight(before, said), _volts(before, said)]
    if after is None:
        return [*first, *["-"] * 10]
    over, _, branches, worst = _sight(after, said)
    each = said(100 * bought.paid_eur / bought.kwh, ".1f") if bought.kwh else "-"
    left = f"{said(bought.unresolved_kwh, '.0f')}, {said(bought.unresolved_days, 'd')}"
    return [
        *first,
        over,
        said(row.found.new_ptus, "d"),
        branches,
        worst,
        _volts(after, said),
        said(bought.days, "d"),
        said(bought.kwh, ".0f"),
        said(bought.paid_eur, ".0f"),
        each,
        left,
    ]


def _sight(seen: Seen, said: Written) -> list[str]:
    worst = said(100 * seen.worst, ".0f") + " %"
    if seen.unsolved_ptus:
        worst += f" ({said(seen.unsolved_ptus, 'd')} x ?)"
    return [
        said(seen.overloaded_ptus, "d"),
        said(seen.of_sun_ptus, "d"),
        said(seen.overloaded_branches, "d"),
        worst,
    ]


def _volts(seen: Seen, said: Written) -> str:
    return f"{said(seen.out_of_band_ptus, 'd')} ({said(seen.low_v, '.0f')}-{said(seen.high_v, '.0f')})"


def columns(rows: Sequence[Row], lang: Lang = Lang.EN) -> list[list[str]]:
    """The table: a line for each of ``HEADS``, a column for each row; loads of one grid side by side."""
    return [
        [head.to(lang), *line] for head, *line in zip(HEADS, *(cells(row, lang) for row in rows), strict=True)
    ]


def markdown(rows: Sequence[Row]) -> str:
    """A table in English for each grid."""
    grids = dict.fromkeys(row.grid for row in rows)
    return "\n\n".join(_table([row for row in rows if row.grid == grid]) for grid in grids)


def _table(rows: Sequence[Row]) -> str:
    first, *lines = columns(rows)
    told = [[rows[0].grid, *first[1:]], ["---"] * len(first), *lines]
    return "\n".join(f"| {' | '.join(line)} |" for line in told)


def csv(rows: Sequence[Row]) -> str:
    """The same for a spreadsheet: plain numbers, a line per grid and load."""
    names = (
        "grid", "load", "overloaded_ptus_before", "of_sun_before", "branches_before", "fullest_before", "out_of_band_ptus_before",
        "low_v_before", "high_v_before", "overloaded_ptus_after", "new_ptus", "branches_after", "fullest_after",
        "out_of_band_ptus_after", "low_v_after", "high_v_after", "days_asked", "offers", "bought_kwh", "paid_eur",
        "unresolved_kwh", "unresolved_days", "seconds",
    )  # fmt: skip
    lines = [",".join(names)]
    for row in rows:
        before, after, bought = row.found.before, row.found.after or row.found.before, row.found.bought
        told = (
            f'"{row.grid}"', f'"{row.load.en}"', before.overloaded_ptus, before.of_sun_ptus, before.overloaded_branches,
            f"{before.worst:.4f}", before.out_of_band_ptus, f"{before.low_v:.1f}", f"{before.high_v:.1f}",
            after.overloaded_ptus, row.found.new_ptus, after.overloaded_branches, f"{after.worst:.4f}", after.out_of_band_ptus,
            f"{after.low_v:.1f}", f"{after.high_v:.1f}", bought.days, bought.offers, f"{bought.kwh:.1f}",
            f"{bought.paid_eur:.2f}", f"{bought.unresolved_kwh:.1f}", bought.unresolved_days, f"{row.seconds:.1f}",
        )  # fmt: skip
        lines.append(",".join(map(str, told)))
    return "\n".join([*lines, ""])


def sentence(row: Row) -> Said:
    """What a reader should take away of it."""
    before, after, bought = row.found.before, row.found.after, row.found.bought
    where = before.worst_branch
    if after is None:
        return Said(
            f"De kabels en transformatoren dragen dit de hele tijd; {where} is met {_percent(before, Lang.NL)} de volste.",
            f"The wires bear this all the time; {where} is the fullest, {_percent(before, Lang.EN)} full.",
        )
    nl, en = (
        {
            "over": pointed(str(before.overloaded_ptus), lang),
            "all": pointed(str(len(before.overloaded)), lang),
            "band": pointed(str(before.out_of_band_ptus), lang),
            "left": pointed(str(after.overloaded_ptus), lang),
            "still": pointed(str(after.out_of_band_ptus), lang),
            "new": pointed(str(row.found.new_ptus), lang),
            "kwh": pointed(f"{bought.kwh:.0f}", lang),
            "eur": pointed(f"{bought.paid_eur:.0f}", lang),
            "worst": _percent(before, lang),
            "then": _percent(after, lang),
            "where": where,
        }
        for lang in Lang
    )
    return Said(
        "Te vol in {over} van {all} kwartieren (buiten de spanning in {band}); {where} is met {worst} de volste. Met {kwh} kWh "
        "flexibiliteit voor € {eur} blijven er {left} over, waarvan {new} nieuw door inhalen, hooguit {then} vol, en {still} "
        "buiten de spanning.".format(**nl),
        "Too full in {over} of {all} quarter-hours (a voltage out of its band in {band}); {where} is the fullest, {worst}. With "
        "{kwh} kWh of flexibility for €{eur}, {left} remain, {new} of them new from catching up, at most {then} full, and "
        "{still} out of the band.".format(**en),
    )


def _percent(seen: Seen, lang: Lang) -> str:
    return pointed(f"{100 * seen.worst:.0f}", lang) + " %"
