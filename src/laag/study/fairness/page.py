"""The study as one HTML page in both languages: nothing fetched, nothing run, readable on paper."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from importlib.resources import files

from laag.foundation.words import Lang, Said
from laag.study.fairness.gains import Found
from laag.study.fairness.picture import groups_picture, lorenz_picture
from laag.study.fairness.tables import WAYS, by_group, from_whom, sentences, unequal
from laag.study.grid.overloads.page import STYLE, SWITCH

HEADING = Said("Wie wint er?", "Who gains?")
FIGURES = Said("Gemiddeld per huis", "On average, a home")
WHOSE = Said("Wie wint er door wiens sturing?", "Who gains by whose control?")
WHOSE_TOLD = Said(
    "Elke rij: wat een huis van elke groep gemiddeld wint, tegen marktprijzen, doordat deze groep stuurt.",
    "Each row: what a home of each group gains on average, at market prices, because this group controls its devices.",
)
UNEQUAL = Said("Hoe gelijk is de pot verdeeld?", "How equally is the pot shared?")
COUNTS = Said("Wat geteld is", "What is counted")
COUNTED = (
    Said(
        "Zelf: wat een huis minder betaalt bij zijn leverancier doordat het stuurt, vergeleken met meteen laden en een accu die rust.",
        "Itself: what a home pays its supplier less because it controls its devices, beside charging at once and a battery that rests.",
    ),
    Said(
        "De anderen: wat de ene rekening van de hele straat daardoor verandert, min wat dat huis zelf wint.",
        "The others: what that changes on the one bill of the whole street, less what that home itself gains.",
    ),
    Said(
        "Samen handelen: het verschil tussen de prijs om te kopen en om te verkopen, voor wat buren in hetzelfde kwartier aan "
        "elkaar geven. De markt en elke sleutel verdelen dezelfde pot.",
        "Trading together: the gap between the prices to buy and to sell, for what neighbours give each other in the same "
        "quarter-hour. The market and each key share the same pot.",
    ),
    Said(
        "Groepen van minder dan tien huizen staan samen met een andere groep. Inkomen is van niemand bekend.",
        "Groups of fewer than ten homes stand together with another. Nobody's income is known.",
    ),
    Said(
        "Huizen, weer en prijzen zijn gemodelleerd, zonder btw en zonder netkosten. Wat accu en auto aan het eind bewaren, telt niet mee.",
        "Homes, weather and prices are modelled, without VAT and grid charges. What batteries and cars hold at the end does not count.",
    ),
)


def page(found: Found, name: Said) -> str:
    """The same figures give the same page."""
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
        *(_said(found, name, lang) for lang in Lang),
        "</main>\n</body>\n</html>\n",
    ]
    return "\n".join(parts)


def _said(found: Found, name: Said, lang: Lang) -> str:
    told = "".join(f"<li>{escape(one.to(lang))}</li>" for one in sentences(found))
    counted = "".join(f"<li>{escape(one.to(lang))}</li>" for one in COUNTED)
    tables = "".join(_table(by_group(found, way, lang), said.to(lang)) for way, said in WAYS.items())
    return "\n".join(
        [
            f'<div lang="{lang}" data-in="{lang}">',
            f"<h1>{HEADING.to(lang)}</h1>\n<p>{escape(name.to(lang))}</p>\n<ul>{told}</ul>",
            f"<figure>{groups_picture(found, lang)}</figure>",
            f"<h2>{FIGURES.to(lang)}</h2>\n{tables}",
            f"<h2>{WHOSE.to(lang)}</h2>\n<p>{WHOSE_TOLD.to(lang)}</p>\n{_table(from_whom(found, lang), WHOSE.to(lang))}",
            f"<h2>{UNEQUAL.to(lang)}</h2>\n<figure>{lorenz_picture(found, lang)}</figure>",
            f"{_table(unequal(found, lang), UNEQUAL.to(lang))}",
            f"<h2>{COUNTS.to(lang)}</h2>\n<ul>{counted}</ul>\n</div>",
        ]
    )


def _table(rows: Sequence[Sequence[str]], name: str) -> str:
    head, *lines = rows
    first = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in head[1:])
    corner = f'<th scope="col">{escape(head[0])}</th>' if head[0] else "<td></td>"
    body = "".join(
        f'<tr><th scope="row">{escape(cell)}</th>{"".join(f"<td>{escape(one)}</td>" for one in line)}</tr>\n'
        for cell, *line in lines
    )
    return (
        f'<div class="wide" tabindex="0" role="region" aria-label="{escape(name)}"><table><caption>{escape(name)}</caption>\n'
        f"<thead><tr>{corner}{first}</tr></thead>\n<tbody>{body}</tbody></table></div>\n"
    )
