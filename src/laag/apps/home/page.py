"""A planned day on a terminal: what it costs, how it looks, what happens and what could not be met."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Console
from rich.table import Table
from rich.text import Text

from laag.apps.home import chart
from laag.apps.home.because import because
from laag.apps.home.day import Day
from laag.apps.home.happenings import happenings
from laag.apps.home.headline import amounts, period
from laag.apps.home.lines import capital, line, title
from laag.apps.home.mended import assumed
from laag.apps.home.rows import rows
from laag.apps.home.sentences import sentence, wish
from laag.apps.home.shortfalls import shortfall
from laag.apps.home.words import day as day_in_words
from laag.foundation.words import Lang, Said

_LABEL, _RANGE = 16, 12
_DAY_HOURS = 24

_HAPPENS, _SHORT, _WISHED, _ASSUMED = (
    Said("Wat er gebeurt", "What happens"),
    Said("Wat niet kon", "What could not be met"),
    Said("Wat is gewenst", "What is wished"),
    Said("Wat is aangenomen", "What was assumed"),
)
_NOTHING = Said("Er valt niets te regelen.", "There is nothing to arrange.")
_MET = Said("Alles wat gewenst is, kan.", "Everything that is wished for can be done.")
_NOT_ALL = Said(
    "Niet alles wat gewenst is, kan; hieronder staat wat toegeeft.",
    "Not everything that is wished for can be done; what gives way is below.",
)


def show(day: Day, lang: Lang, console: Console) -> None:
    """Print the page."""
    _header(day, lang, console)
    for picture in _charts(day, lang, console):
        console.print(picture, no_wrap=True, crop=True, overflow="crop")
    title(console, _HAPPENS, lang)
    found = happenings(day)
    date = day.local(0).date()
    for one in found:
        begins = day.local(one.first)
        if begins.date() != date:
            date = begins.date()
            console.print(f"  {day_in_words(begins, lang)}")
        span = f"  {begins:%H:%M}–{day.local(one.stop):%H:%M}  "
        line(console, span, capital(sentence(one, lang)) + ".")
        if why := because(day, one, lang):
            line(console, " " * len(span), why, style="dim")
    if not found:
        line(console, "  ", _NOTHING.to(lang))
    if day.shortfalls:
        title(console, _SHORT, lang)
        for short in day.shortfalls:
            line(console, "  ", capital(shortfall(short, day, lang)))
    else:
        console.print()
        line(console, "", (_NOT_ALL if day.gives_way else _MET).to(lang))
    if day.meant:
        title(console, _WISHED, lang)
        if day.held is not None:
            line(console, "  ", day.held.said[0].to(lang))
        for meant in day.meant:
            line(console, "  ", wish(meant, lang))
        for met in day.wished.said:
            line(console, "  ", capital(met.to(lang)))
    if taken := list(assumed(day, lang)):
        title(console, _ASSUMED, lang)
        for words in taken:
            line(console, "  ", words)


def _header(day: Day, lang: Lang, console: Console) -> None:
    console.print(Text(day.house.name, style="bold"))
    console.print(period(day, lang))
    console.print()
    table = Table.grid(padding=(0, 2))
    table.add_column()
    table.add_column(justify="right", no_wrap=True)
    *before, gain = amounts(day, lang)
    for name, amount in before:
        table.add_row(name, amount)
    table.add_row(gain[0], Text(gain[1], style="bold"))
    console.print(table)
    console.print()


def _charts(day: Day, lang: Lang, console: Console) -> Iterator[Text]:
    """One chart, or one per 24 hours where all of it does not fit."""
    count, room = len(day.plan), max(console.width - _LABEL - _RANGE - 2, _DAY_HOURS)
    span = count if count <= chart.PTUS_PER_HOUR * room else _DAY_HOURS * chart.PTUS_PER_HOUR
    per = chart.ptus_per_character(span, room)
    blocks = chart.BLOCKS if _has_blocks(console) else chart.PLAIN
    seen = list(rows(day, lang))
    for first in range(0, count, span):
        part = slice(first, min(first + span, count))
        text = Text(" " * _LABEL + chart.hours(day.outlook.quarter[part].tolist(), per).rstrip() + "\n")
        for row in seen:
            drawn = chart.drawn(row.values[part], per, row.low, row.high, blocks)
            text.append(f"{row.name:<{_LABEL}}{drawn}  {row.range}\n")
        text.rstrip()
        yield text


def _has_blocks(console: Console) -> bool:
    try:
        (chart.BLOCKS + chart.ABSENT).encode(console.encoding)
    except UnicodeEncodeError:
        return False
    return True
