"""The ways by name, the figures of each, and what a reader should take away, in Dutch and English."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from laag.foundation.words import Lang, Said, pointed
from laag.study.coordination.row import LOSES_EUR, Row, Study, gap_percent

NAMES = {
    "alone": Said("ieder voor zich", "each alone"),
    "signal": Said("één simpel prijssignaal", "one simple price signal"),
    "prices": Said("samen, met prijsrondes", "together, by rounds of prices"),
    "operator": Said("netbeheerder grijpt in", "grid operator cuts"),
    "peers": Said("buren onderling", "neighbours two by two"),
    "layered": Said("onze markt", "our market"),
    "central": Said("één alwetende planner", "one mind that knows all"),
}
SEASONS = {"winter": Said("winter", "winter"), "summer": Said("zomer", "summer")}

_HEADS: tuple[tuple[Said, Callable[[Row], float], str], ...] = (
    (Said("kosten van de straat, €", "cost of the street, €"), lambda row: row.cost_eur, ".2f"),
    (Said("waarvan stroom en belasting, €", "of which energy and tax, €"), lambda row: row.energy_eur, ".2f"),
    (Said("hoogste afname, kW", "highest import, kW"), lambda row: row.peak_import_kw, ".0f"),
    (Said("hoogste teruglevering, kW", "highest feed-in, kW"), lambda row: row.peak_export_kw, ".0f"),
    (Said("boven de grens, kWh", "beyond the limit, kWh"), lambda row: row.beyond_kwh, ".0f"),
    (
        Said("winst van alle huizen samen, €", "gain of all homes together, €"),
        lambda row: row.gain_eur,
        ".2f",
    ),
    (Said("huizen die verliezen, %", "homes that lose, %"), lambda row: row.losing_percent, ".0f"),
    (Said("Gini van de winst", "Gini of the gains"), lambda row: row.gini, ".2f"),
    (Said("Jain van de winst", "Jain of the gains"), lambda row: row.jain, ".2f"),
    (Said("auto's te kort, kWh", "cars short, kWh"), lambda row: row.car_short_kwh, ".1f"),
    (Said("te koud, graaduren", "too cold, kelvin hours"), lambda row: row.cold_kh, ".1f"),
    (
        Said("verschoven per huis, gemiddeld kW", "moved per home, mean kW"),
        lambda row: row.moved_kw,
        ".2f",
    ),
    (
        Said("verschoven, % van wat door de meters gaat", "moved, % of what passes the meters"),
        lambda row: row.moved_percent,
        ".0f",
    ),
    (Said("rondes", "rounds"), lambda row: row.rounds, ".0f"),
    (Said("berichten", "messages"), lambda row: row.messages, ".0f"),
    (Said("kilobyte, gerekend", "kilobytes, reckoned"), lambda row: row.kilobytes, ".0f"),
    (Said("rekentijd, s van één processor", "time, s of one processor"), lambda row: row.seconds, ".0f"),
)
_OF_GAINS, _HOW_SHARED = range(5, 9), range(7, 9)


def title(study: Study) -> Said:
    """Which homes, which days."""
    season, one = SEASONS[study.season], study.days == 1
    return Said(
        f"{study.homes} huizen, {study.days} {season.nl}{'dag' if one else 'dagen'} vanaf {study.first}",
        f"{study.homes} homes, {study.days} {season.en} {'day' if one else 'days'} from {study.first}",
    )


def columns(study: Study, lang: Lang) -> list[list[str]]:
    """The table: a line per figure, a column per way."""
    lines = [["", *(NAMES[row.way].to(lang) for row in study.rows)]]
    for at, (head, of, shape) in enumerate(_HEADS):
        lines.append(
            [
                head.to(lang),
                *(
                    "-" if _says_nothing(at, i, row) else _number(of(row), shape, lang)
                    for i, row in enumerate(study.rows)
                ),
            ]
        )
    return lines


def _says_nothing(line: int, column: int, row: Row) -> bool:
    """Gains of what the others are compared with, and how a loss is shared."""
    return (line in _OF_GAINS and column == 0) or (line in _HOW_SHARED and row.gain_eur < LOSES_EUR)


def _number(value: float, shape: str, lang: Lang) -> str:
    text = format(value, shape)
    return pointed(text[1:] if text.startswith("-") and not float(text) else text, lang)


def markdown(study: Study) -> str:
    """In English."""
    first, *lines = columns(study, Lang.EN)
    told = [first, ["---", *("---:" for _ in first[1:])], *lines]
    return "\n".join(f"| {' | '.join(line)} |" for line in told)


def optima_markdown(studies: Sequence[Study]) -> str:
    """How near the rounds came, a line per stretch."""
    lines = [
        "| homes, days | worst day from the optimum | all days | by the bound alone | of what could be gained | rounds a day | within 1 % after | s a day |",
        "|---|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for study in studies:
        row = next(one for one in study.rows if one.way == "prices")
        gaps = [gap_percent(one) for one in study.optima]
        paid = sum(abs(one.paid_eur) for one in study.optima)
        bound = max(100 * (one.prices_eur - one.bound_eur) / abs(one.paid_eur) for one in study.optima)
        gained = sum(one.alone_eur - one.prices_eur for one in study.optima)
        could = sum(one.alone_eur - one.central_eur for one in study.optima)
        near = [np.inf if one.near is None else one.near for one in study.optima]
        all_days = (
            100
            * sum(gap * abs(one.paid_eur) for gap, one in zip(gaps, study.optima, strict=True))
            / 100
            / paid
        )
        lines.append(
            f"| {study.homes}, {study.days} in {study.season} | {max(gaps):.2f} % | {all_days:.2f} % | {bound:.2f} % | "
            f"{100 * gained / could:.1f} % | "
            f"{row.rounds / study.days:.0f} | {_between(min(near), max(near))} rounds | {row.seconds / study.days:.1f} |"
        )
    return "\n".join(lines)


def _between(least: float, most: float) -> str:
    return f"{least:.0f}" if least == most else f"{least:.0f} to {most:.0f}"


def sentences(study: Study) -> list[Said]:
    """What the figures say."""
    rows = {row.way: row for row in study.rows}
    alone, together = rows["alone"], rows["prices"]
    told: list[Said] = []

    def say(nl: str, en: str, **numbers: str) -> None:
        told.append(Said(nl, en).filled(numbers, lambda _, text, lang: pointed(text, lang)))

    say(
        "Met prijsrondes kost de straat € {less} minder dan ieder voor zich, bij dezelfde sommen aan dezelfde poort; ieder huis "
        "verschuift daarvoor gemiddeld {moved} kW.",
        "By rounds of prices the street costs €{less} less than each alone, by the same sums at the same gateway; for that each "
        "home moves {moved} kW on average.",
        less=f"{alone.cost_eur - together.cost_eur:.2f}",
        moved=f"{together.moved_kw:.2f}",
    )
    if study.optima:
        say(
            "Zonder dat iemand de huizen kent, komt dat op de slechtste dag tot {gap} % van het best denkbare.",
            "With nobody knowing the homes, that comes within {gap} % of the best there could be, on the worst day.",
            gap=f"{max(study.worst_percent, 0.0):.2f}",
        )
    if "signal" in rows:
        say(
            "Eén simpel prijssignaal maakt een kudde: alle auto's en batterijen kiezen hetzelfde goedkope uur, en de straat vraagt "
            "{herd} kW of geeft {gives} kW tegelijk. Met prijsrondes is het hooguit {peak} kW en {back} kW; de grens is {limit} kW.",
            "One simple price signal makes a herd: all cars and batteries choose the same cheap hour, and the street takes {herd} kW "
            "or gives {gives} kW at once. By rounds of prices it is {peak} kW and {back} kW at most; the limit is {limit} kW.",
            herd=f"{rows['signal'].peak_import_kw:.0f}",
            gives=f"{rows['signal'].peak_export_kw:.0f}",
            peak=f"{together.peak_import_kw:.0f}",
            back=f"{together.peak_export_kw:.0f}",
            limit=f"{study.limit_kw:.0f}",
        )
    if together.losing_percent >= 0.5:
        say(
            "Van de huizen is {lose} % er slechter aan toe dan alleen: wie veel verbruikt op uren dat de kabel vol is en niets kan "
            "verschuiven, betaalt dan meer. Daarover gaat de verdeelsleutel.",
            "Of the homes {lose} % are worse off than alone: who uses much while the cable is full and can move nothing pays more "
            "then. That is what the sharing key is about.",
            lose=f"{together.losing_percent:.0f}",
        )
    return told
