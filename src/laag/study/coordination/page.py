"""The study as one HTML page in both languages: nothing fetched, nothing run, readable on paper."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from importlib.resources import files

from laag.foundation.words import Lang, Said
from laag.study.coordination.picture import picture
from laag.study.coordination.row import Study
from laag.study.coordination.said import columns, sentences, title

HEADING = Said("Drie manieren om samen te plannen", "Three ways to plan together")
SWITCH = Said("Nederlands", "English")
FIGURES = Said("De cijfers", "The figures")
COUNTS = Said("Wat geteld is", "What is counted")
COUNTED = (
    Said(
        "Overal dezelfde huizen, dagen en prijzen: stroom aan de poort van de straat met energiebelasting, zonder btw; slijtage van "
        "batterijen; en wat er aan het eind minder in accu, auto en muren zit dan bij ieder voor zich.",
        "The same homes, days and prices everywhere: energy at the street's gateway with energy tax, without VAT; wear of batteries; and "
        "what battery, car and walls hold less at the end than with each alone.",
    ),
    Said(
        "Wat huizen winnen is gerekend tegen een eigen contract: kopen voor de prijs met belasting, leveren voor de kale prijs. Wat er "
        "aan de poort over is of tekort, is gelijk over de huizen verdeeld.",
        "What homes gain is reckoned against a contract of their own: buying at the price with tax, selling at the bare price. What is over or "
        "short at the gateway is shared by all homes alike.",
    ),
    Said(
        "Iedereen kent de dag zoals hij wordt. In het echt verwachten huizen hem, en blijft er van elke manier minder over.",
        "Everybody knows the day as it will be. In life homes expect it, and less is left of every way.",
    ),
    Said(
        "Bij prijsrondes gaat er per ronde één prijs per kwartier naar elk huis, en komt er terug wat het zou afnemen en wat die dag het "
        "verder kost. Van beide is alleen de som over alle huizen nodig.",
        "In rounds of prices one price per quarter-hour goes to each home, and back comes what it would take and what that day costs it beside. "
        "Of both only the sum over all homes is needed.",
    ),
)
STYLE = """
body { margin: 0; background: var(--paper); color: var(--ink); font: 400 1rem/1.55 var(--sans); font-variant-numeric: tabular-nums; }
main, header { max-width: 74rem; margin: 0 auto; padding: 1rem var(--gap); }
h1, h2 { font-family: var(--serif); font-weight: 400; line-height: 1.15; overflow-wrap: break-word; }
p, li { max-width: 72ch; }
ul { padding-left: 1.2rem; }
input { accent-color: var(--accent); width: 1.1rem; height: 1.1rem; }
fieldset { border: 0; padding: 0; margin: 0; display: flex; gap: 1.5rem; }
fieldset label { display: flex; gap: 0.5rem; align-items: center; min-height: 2.75rem; cursor: pointer; }
:focus-visible { outline: 2.5px solid var(--accent); outline-offset: 3px; border-radius: 3px; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; font-size: 0.9rem; }
th, td { border-bottom: 1px solid var(--line); padding: 0.35rem 0.6rem; text-align: right; vertical-align: top; }
th:first-child { text-align: left; min-width: 11rem; }
th { font-weight: 600; }
figure { margin: 1.5rem 0; max-width: 40rem; }
svg { width: 100%; height: auto; border: 1px solid var(--line); border-radius: 8px; }
body:has(#say-nl:checked) [data-in="en"], body:has(#say-en:checked) [data-in="nl"] { display: none; }
@media print { fieldset { display: none; } }
"""


def page(studies: Sequence[Study]) -> str:
    """The same studies give the same page."""
    palette = (files("laag.foundation") / "palette.css").read_text("utf-8")
    head = (
        '<!doctype html>\n<html lang="nl">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{HEADING.nl} / {HEADING.en}</title>\n<style>{palette}{STYLE}</style>\n</head>\n<body>"
    )
    return "\n".join(
        [
            head,
            '<header><fieldset aria-label="taal / language">',
            *(
                f'<label lang="{lang}"><input type="radio" name="say" id="say-{lang}"{" checked" if lang is Lang.NL else ""}> '
                f"{SWITCH.to(lang)}</label>"
                for lang in Lang
            ),
            "</fieldset></header>\n<main>",
            *(_said(studies, lang) for lang in Lang),
            "</main>\n</body>\n</html>\n",
        ]
    )


def _said(studies: Sequence[Study], lang: Lang) -> str:
    counted = "".join(f"<li>{escape(one.to(lang))}</li>" for one in COUNTED)
    return (
        f'<div lang="{lang}" data-in="{lang}">\n<h1>{HEADING.to(lang)}</h1>\n'
        f"{''.join(_one(study, lang) for study in studies)}\n<h2>{COUNTS.to(lang)}</h2>\n<ul>{counted}</ul>\n</div>"
    )


def _one(study: Study, lang: Lang) -> str:
    name = escape(title(study).to(lang))
    told = "".join(f"<li>{escape(one.to(lang))}</li>" for one in sentences(study))
    (_, *heads), *lines = columns(study, lang)
    first = "".join(f'<th scope="col">{escape(head)}</th>' for head in heads)
    body = "".join(
        f'<tr><th scope="row">{escape(head)}</th>{"".join(f"<td>{escape(cell)}</td>" for cell in line)}</tr>\n'
        for head, *line in lines
    )
    return (
        f"<section>\n<h2>{name}</h2>\n<ul>{told}</ul>\n<figure>{picture(study, lang)}</figure>\n"
        f'<div class="wide" tabindex="0" role="region" aria-label="{FIGURES.to(lang)}: {name}"><table>\n<thead><tr>'
        f"<td></td>{first}</tr></thead>\n<tbody>{body}</tbody></table></div>\n</section>\n"
    )
