"""What ways of living the same days leave, side by side: a column for each, as Markdown."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from laag.study.grid.stressed.outcomes import Outcome, Seen

Says = Callable[[Outcome], str]


def table(found: Sequence[Outcome], reference: str) -> str:
    """Wires, homes and money; then by household group what a home pays more than under ``reference``."""
    kinds = sorted({kind for one in found for kind in one.lacks})
    rows = [*_ROWS, *((_named(kind, found), _lack(kind)) for kind in kinds)]
    if not kinds:
        rows.append(("not served", lambda _: "nothing"))
    first = _lines(["", *(one.name for one in found)], [[name, *map(says, found)] for name, says in rows])
    base = next((one for one in found if one.name == reference), None)
    if base is None:
        return first
    others = [one for one in found if one is not base]
    heads = ["EUR per home", "homes", reference, *(one.name for one in others)]
    groups = [
        [group, str(had.homes), f"{had.bill_eur:.2f}"]
        + [f"{one.groups[group].bill_eur - had.bill_eur:+.2f}" for one in others]
        for group, had in base.groups.items()
    ]
    every = ["all", str(sum(one.homes for one in base.groups.values())), f"{base.bill_eur:.2f}"]
    groups.append(every + [f"{one.bill_eur - base.bill_eur:+.2f}" for one in others])
    return f"{first}\n\n{_lines(heads, groups)}"


def _lines(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (heads, ["---"] * len(heads), *rows))


def _over(seen: Seen) -> str:
    if not seen.overloaded_ptus:
        return f"0 ({seen.worst_loading:.0%})"
    return f"{seen.overloaded_ptus} on {seen.overloaded_branches} ({seen.worst_loading:.0%})"


def _volts(seen: Seen) -> str:
    return f"{seen.low_v:.0f}-{seen.high_v:.0f} ({seen.outside_band_ptus})"


def _delivered(one: Outcome) -> str:
    share = one.bought.delivered_share
    return "-" if share is None else f"{share:.0%}"


def _named(kind: str, found: Sequence[Outcome]) -> str:
    unit = next(one.lacks[kind].unit for one in found if kind in one.lacks)
    return f"not served: {kind} (times, {unit})"


def _lack(kind: str) -> Says:
    def says(one: Outcome) -> str:
        lack = one.lacks.get(kind)
        return "0" if lack is None else f"{lack.times}, {lack.amount:.1f}"

    return says


_ROWS: tuple[tuple[str, Says], ...] = (
    ("agreed: peak (kW)", lambda one: f"{one.planned.peak_kw:.0f}"),
    ("agreed: overloaded PTUs, branches, fullest", lambda one: _over(one.planned)),
    ("metered: peak (kW)", lambda one: f"{one.metered.peak_kw:.0f}"),
    ("metered: overloaded PTUs, branches, fullest", lambda one: _over(one.metered)),
    ("of these PTUs, not overloaded as agreed", lambda one: str(one.moved_ptus)),
    ("metered: volts (PTUs out of the band)", lambda one: _volts(one.metered)),
    ("offers", lambda one: str(one.bought.offers)),
    ("bought (kWh)", lambda one: f"{one.bought.kwh:.1f}"),
    ("of it delivered", _delivered),
    ("paid for it (EUR)", lambda one: f"{one.bought.paid_eur:.2f}"),
    ("limited (home-PTUs)", lambda one: str(one.limited_ptus)),
    ("of what was agreed, above a limit (kWh)", lambda one: f"{one.held_back_kwh:.1f}"),
    ("taken by all homes (kWh)", lambda one: f"{one.taken_kwh:.0f}"),
    ("left in batteries and cars at the end (kWh)", lambda one: f"{one.held_kwh:.0f}"),
    ("sun curtailed (kWh)", lambda one: f"{one.curtailed_kwh:.1f}"),
    ("bill of a home (EUR)", lambda one: f"{one.bill_eur:.2f}"),
)
