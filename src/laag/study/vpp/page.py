"""The study as one HTML page in both languages: nothing fetched, nothing run, readable on paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from importlib.resources import files

from laag.foundation.words import Lang, Said, pointed
from laag.study.grid.overloads.page import STYLE, SWITCH
from laag.study.vpp.outcome import Outcome
from laag.study.vpp.picture import picture
from laag.study.vpp.said import columns, devices, sentence, window

HEADING = Said("De buurt als één energiecentrale", "The street as one power plant")
FIGURES = Said("De cijfers", "The figures")
WHO = Said("Wie er wat van krijgt", "Who gets what of it")
WHO_SAID = Said(
    "Per soort huis wat elk huis gemiddeld kreeg, zoals het handvest het verdeelt: eerst wat een huis vroeg, dan een deel naar wie gaf, "
    "de rest met de verdeelsleutel. Alle delen en het buurtfonds zijn samen precies wat er verdiend is. Groepen van minder dan tien "
    "huizen staan er alleen omdat deze huizen niet bestaan.",
    "By kind of home what each got on average, as the charter shares it: first what a home asked, then a part to those who gave, the "
    "rest by the key. All parts and the community fund together are exactly what was earned. Groups of fewer than ten homes are "
    "shown only because these homes do not exist.",
)
COUNTS = Said("Wat geteld is", "What is counted")
COUNTED = (
    Said(
        "Kosten thuis: wat huizen meer betaalden op hun eigen rekening en aan slijtage, min wat er meer in batterij, auto en muren over was. "
        "Per huis: per huis dat iets kan sturen. Voorkennis: wat dezelfde huizen hadden overgehouden als alle prijzen, zon en ritten bekend "
        "waren. 9 van 10 keer: hoe zulke weken uiteenlopen, naar hoe de dagen hierin uiteenlopen. Op hun woord: hetzelfde, geteld als aangekondigd min gemeten; wat "
        "later terugkomt zit daar niet in.",
        "Cost at home: what homes paid more on their own bills and in wear, less what more was left in battery, car and walls. Per home: "
        "per home that can steer something. Foresight: what the same homes would have had left over with all prices, sun and trips "
        "known. 9 times in 10: how such weeks differ, as the days in it differ. By their word: the same, counted as announced less metered; "
        "what comes back later is not in that.",
    ),
    Said(
        "Dezelfde huizen leven dezelfde dagen twee keer: zonder dat iemand iets vraagt, en gevraagd. Verdiend is het verschil in wat "
        "de leverancier op de onbalansmarkt betaalt; wat later terugkomt betaalt daar zijn eigen prijs en telt dus mee.",
        "The same homes live the same days twice: with nobody asking, and asked. Earned is the difference in what the supplier pays "
        "on the imbalance market; what comes back later pays its own price there, and so counts.",
    ),
    Said(
        "Per kwartier wordt alleen gebruikt wat dan bekend is. De gewoonten van de prijs zijn geleerd uit de twee maanden ervoor.",
        "In each quarter-hour only what is known by then is used. The habits of the price are learnt from the two months before.",
    ),
    Said(
        "Huizen plannen op hun eigen contract (dynamisch, regels van 2027, met belasting en btw). Hun hogere rekening en de slijtage van "
        "batterijen zijn eraf.",
        "Homes plan by their own contract (dynamic, the rules of 2027, with tax and VAT). Their higher bills and the wear of batteries "
        "are taken off.",
    ),
    Said(
        "Het gaat ook mis: auto's vertrekken, verwachtingen kloppen niet, een huis begint twee minuten te laat, en in drie van de "
        "honderd gevallen hoort het niets.",
        "Things go wrong as well: cars leave, forecasts miss, a home starts two minutes late, and in three of a hundred cases it "
        "hears nothing.",
    ),
)
Groups = Mapping[str, tuple[int, float]]


def page(rows: Sequence[Outcome], groups: Groups, name: Said, source: str) -> str:
    """The same rows give the same page. ``groups``: homes of each kind, and EUR that each got in all windows together."""
    palette = (files("laag.foundation") / "palette.css").read_text("utf-8")
    parts = [
        '<!doctype html>\n<html lang="nl">\n<head>\n<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n<link rel="icon" href="data:,">',
        f"<title>laag: {escape(name.nl)}</title>\n<style>{palette}{STYLE}</style>\n</head>\n<body>",
        '<header><fieldset aria-label="taal / language">',
        *(
            f'<label lang="{lang}"><input type="radio" name="say" id="say-{lang}"{" checked" if lang is Lang.NL else ""}> '
            f"{SWITCH.to(lang)}</label>"
            for lang in Lang
        ),
        "</fieldset></header>\n<main>",
        *(_said(rows, groups, name, source, lang) for lang in Lang),
        "</main>\n</body>\n</html>\n",
    ]
    return "\n".join(parts)


def _said(rows: Sequence[Outcome], groups: Groups, name: Said, source: str, lang: Lang) -> str:
    told = "".join(
        f"<li><strong>{escape(window(row).to(lang))}.</strong> {escape(sentence(row).to(lang))} "
        f"{escape(devices(row, lang))}</li>"
        for row in rows
    )
    counted = "".join(f"<li>{escape(one.to(lang))}</li>" for one in COUNTED)
    return (
        f'<div lang="{lang}" data-in="{lang}">\n<h1>{HEADING.to(lang)}</h1>\n<p>{escape(name.to(lang))}; {escape(source)}</p>\n<ul>{told}</ul>\n'
        f"<figure>{picture(rows, lang)}</figure>\n<h2>{FIGURES.to(lang)}</h2>\n{_table(columns(rows, lang))}\n"
        f"<h2>{WHO.to(lang)}</h2>\n<p>{escape(WHO_SAID.to(lang))}</p>\n{_table(_by_group(groups, lang))}\n"
        f"<h2>{COUNTS.to(lang)}</h2>\n<ul>{counted}</ul>\n</div>"
    )


DUTCH_KIND = (
    ("owner", "koop"),
    ("tenant", "huur"),
    ("no devices", "geen apparaten"),
    ("heat pump", "warmtepomp"),
    ("battery", "batterij"),
    ("EV", "auto"),
    ("PV", "panelen"),
)


def _by_group(groups: Groups, lang: Lang) -> list[list[str]]:
    heads = Said("soort huis", "kind of home"), Said("huizen", "homes"), Said("per huis, €", "per home, €")
    lines = [
        [_kind(group, lang), str(count), pointed(f"{eur:.2f}", lang)]
        for group, (count, eur) in groups.items()
    ]
    return [[head.to(lang) for head in heads], *lines]


def _kind(group: str, lang: Lang) -> str:
    if lang is Lang.NL:
        for english, dutch in DUTCH_KIND:
            group = group.replace(english, dutch)
    return group


def _table(lines: Sequence[Sequence[str]]) -> str:
    (first, *heads), *rows = lines
    top = "".join(f'<th scope="col">{escape(head)}</th>' for head in heads)
    body = "".join(
        f'<tr><th scope="row">{escape(head)}</th>{"".join(f"<td>{escape(cell)}</td>" for cell in line)}</tr>\n'
        for head, *line in rows
    )
    return (
        f'<div class="wide" tabindex="0" role="region" aria-label="{escape(first)}"><table>\n<thead><tr><th scope="col">{escape(first)}'
        f"</th>{top}</tr></thead>\n<tbody>{body}</tbody></table></div>\n"
    )
