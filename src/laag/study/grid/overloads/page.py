"""The study as one HTML page in both languages: nothing fetched, nothing run, readable on paper."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from importlib.resources import files

from laag.foundation.words import Lang, Said
from laag.study.grid.overloads.picture import picture
from laag.study.grid.overloads.row import Row, columns, sentence

HEADING = Said("Het net voor en na flexibiliteit", "The wires before and after flexibility")
SWITCH = Said("Nederlands", "English")
COUNTS = Said("Wat geteld is", "What is counted")
TABLE = Said("De cijfers", "The figures")
COUNTED = (
    Said(
        "Van elk kwartier is de stroom door elke kabel en transformator uitgerekend. Te vol is meer stroom dan waarvoor "
        "de kabel gemaakt is; de spanning hoort tussen 207 en 253 V te blijven.",
        "For every quarter-hour the current in every cable and transformer is computed. Overloaded is more current than "
        "a cable is rated for; voltages belong between 207 and 253 V.",
    ),
    Said(
        "Dag voor dag koopt de netbeheerder wat nodig is van wie iets kan verschuiven, het goedkoopste eerst dat samen helpt. Wat "
        "verschoven is, komt later terug en telt mee. Daarna is alles opnieuw uitgerekend.",
        "Day by day the grid operator buys what is needed from those who can move something: the cheapest that resolves it "
        "together. What was moved comes back later, and counts. Then all of it is computed again.",
    ),
    Said(
        "Weer, prijzen en gedrag zijn gemodelleerd of komen uit een profiel. Niemand heeft dit gemeten, en de huizen kennen de "
        "uren die komen precies: in het echt blijft er meer over.",
        "Weather, prices and behaviour are modelled or come from a profile. Nobody measured this, and homes know the hours "
        "ahead exactly: in life more is left over.",
    ),
)
STYLE = """
body { margin: 0; background: var(--paper); color: var(--ink); font: 400 1rem/1.55 var(--sans); font-variant-numeric: tabular-nums; }
main, header { max-width: 74rem; margin: 0 auto; padding: 1rem var(--gap); }
h1, h2 { font-family: var(--serif); font-weight: 400; line-height: 1.15; }
p, li { max-width: 72ch; }
input { accent-color: var(--accent); width: 1.1rem; height: 1.1rem; }
fieldset { border: 0; padding: 0; margin: 0; display: flex; gap: 1.5rem; }
fieldset label { display: flex; gap: 0.5rem; align-items: center; min-height: 2.75rem; cursor: pointer; }
:focus-visible { outline: 2.5px solid var(--accent); outline-offset: 3px; border-radius: 3px; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; font-size: 0.9rem; }
caption { text-align: left; color: var(--soft); padding-bottom: 0.4rem; }
th, td { border-bottom: 1px solid var(--line); padding: 0.35rem 0.6rem; text-align: right; vertical-align: top; }
th:first-child { text-align: left; min-width: 14rem; }
th { font-weight: 600; }
figure { margin: 1.5rem 0; }
svg { width: 100%; height: auto; border: 1px solid var(--line); border-radius: 8px; }
body:has(#say-nl:checked) [data-in="en"], body:has(#say-en:checked) [data-in="nl"] { display: none; }
@media print { fieldset { display: none; } }
"""


def page(rows: Sequence[Row], name: str) -> str:
    """The same rows give the same page."""
    palette = (files("laag.foundation") / "palette.css").read_text("utf-8")
    parts = [
        '<!doctype html>\n<html lang="nl">\n<head>\n<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n<link rel="icon" href="data:,">',
        f"<title>laag: {escape(name)}</title>\n<style>{palette}{STYLE}</style>\n</head>\n<body>",
        '<header><fieldset aria-label="taal / language">',
        *(
            f'<label lang="{lang}"><input type="radio" name="say" id="say-{lang}"{" checked" if lang is Lang.NL else ""}> '
            f"{SWITCH.to(lang)}</label>"
            for lang in Lang
        ),
        "</fieldset></header>\n<main>",
        *(_said(rows, name, lang) for lang in Lang),
        "</main>\n</body>\n</html>\n",
    ]
    return "\n".join(parts)


def _said(rows: Sequence[Row], name: str, lang: Lang) -> str:
    told = "".join(
        f"<li><strong>{escape(f'{row.grid}: {row.load.to(lang)}')}.</strong> {escape(sentence(row).to(lang))}</li>"
        for row in rows
    )
    grids = dict.fromkeys(row.grid for row in rows)
    tables = "".join(_table([row for row in rows if row.grid == grid], lang) for grid in grids)
    counted = "".join(f"<li>{escape(one.to(lang))}</li>" for one in COUNTED)
    return (
        f'<div lang="{lang}" data-in="{lang}">\n<h1>{HEADING.to(lang)}</h1>\n<p>{escape(name)}</p>\n<ul>{told}</ul>\n'
        f"<figure>{picture(rows, lang)}</figure>\n<h2>{TABLE.to(lang)}</h2>\n"
        f"{tables}\n<h2>{COUNTS.to(lang)}</h2>\n<ul>{counted}</ul>\n</div>"
    )


def _table(rows: Sequence[Row], lang: Lang) -> str:
    (_, *heads), *lines = columns(rows, lang)
    grid = escape(rows[0].grid)
    first = "".join(f'<th scope="col">{escape(head)}</th>' for head in heads)
    body = "".join(
        f'<tr><th scope="row">{escape(head)}</th>{"".join(f"<td>{escape(cell)}</td>" for cell in line)}</tr>\n'
        for head, *line in lines
    )
    return (
        f'<div class="wide" tabindex="0" role="region" aria-label="{grid}"><table>\n<thead><tr><th scope="col">{grid}</th>{first}'
        f"</tr></thead>\n<tbody>{body}</tbody></table></div>\n"
    )
