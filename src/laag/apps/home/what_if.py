"""The same day with one wish more or less: what that would change."""

from __future__ import annotations

from dataclasses import replace

from rich.console import Console

from laag.adapters.homefile import Asked
from laag.apps.home.day import Day
from laag.apps.home.happenings import ORDER, Happening, happenings
from laag.apps.home.headline import left_in
from laag.apps.home.lines import capital, line, title
from laag.apps.home.sentences import sentence
from laag.apps.home.shortfalls import shortfall
from laag.apps.home.words import said
from laag.foundation.errors import BadInput
from laag.foundation.words import Lang, Said
from laag.home.preferences import Wished, say

_WITH = Said("Stel: {wish}", "What if: {wish}")
_WITHOUT = Said("Stel: niet meer {wish}", "What if: no longer {wish}")
_MORE = Said(
    "Deze dag kost dan {then_eur} in plaats van {now_eur}: {more_eur} meer.",
    "This day then costs {then_eur} instead of {now_eur}: {more_eur} more.",
)
_LESS = Said(
    "Deze dag kost dan {then_eur} in plaats van {now_eur}: {more_eur} minder.",
    "This day then costs {then_eur} instead of {now_eur}: {more_eur} less.",
)
_SAME = Said("Deze dag kost dan evenveel, {now_eur}.", "This day then costs the same, {now_eur}.")
_THEN, _SHORT = (
    Said("Dan verandert", "What then changes"),
    Said("Wat dan niet kan", "What then cannot be met"),
)
_MORE_LEFT = Said(
    "Aan het eind is er dan {left_eur} meer over in {what}.",
    "At its end {left_eur} more is then left in {what}.",
)
_LESS_LEFT = Said(
    "Aan het eind is er dan {left_eur} minder over in {what}.",
    "At its end {left_eur} less is then left in {what}.",
)
_NOW, _INSTEAD = Said("nu", "now"), Said("dan", "then")
_NOTHING = Said("Er verandert niets aan wat er gebeurt.", "Nothing changes in what happens.")
_NOT_THERE = Said(
    "het bestand wenst niet '{wish}'; het wenst: {there}",
    "the file does not wish '{wish}'; it wishes: {there}",
)
_NONE = Said("niets", "nothing")
_ALIKE_KWH = 0.05


def with_wish(asked: Asked, wish: Wished) -> Asked:
    """The same with one wish more."""
    return replace(asked, wishes=(*asked.wishes, wish))


def without_wish(asked: Asked, wish: Wished, lang: Lang) -> Asked:
    """The same with one wish less."""
    left = tuple(one for one in asked.wishes if one != wish)
    if len(left) == len(asked.wishes):
        there = "; ".join(say(one, lang) for one in asked.wishes) or _NONE.to(lang)
        raise BadInput(said(_NOT_THERE, lang, wish=say(wish, lang), there=there))
    return replace(asked, wishes=left)


def show(day: Day, then: Day, wish: Wished, lang: Lang, console: Console) -> None:
    """Print what changes."""
    added = len(then.asked.wishes) > len(day.asked.wishes)
    title(
        console,
        Said(*(said(_WITH if added else _WITHOUT, each, wish=say(wish, each)) for each in Lang)),
        lang,
    )
    line(console, "  ", costs(day.plan.cost_eur, then.plan.cost_eur, lang))
    if words := left(day, day.kept_eur(then.plan) - day.left_eur, lang):
        line(console, "  ", words)
    _changes(day, then, lang, console)
    known = {shortfall(short, day, lang) for short in day.shortfalls}
    short = [shortfall(one, then, lang) for one in then.shortfalls]
    if fresh := [words for words in short if words not in known]:
        title(console, _SHORT, lang)
        for words in fresh:
            line(console, "  ", capital(words))
    for met in then.wished.said:
        if met not in day.wished.said:
            line(console, "  ", met.to(lang))


def costs(now_eur: float, then_eur: float, lang: Lang) -> str:
    """What it then costs, and how much that differs, to the cent as it is written.

    >>> costs(6.4249, 6.0151, Lang.EN)
    'This day then costs €6.02 instead of €6.42: €0.40 less.'
    """
    more_cents = round(100 * then_eur) - round(100 * now_eur)
    sentence = _SAME if not more_cents else _MORE if more_cents > 0 else _LESS
    return said(sentence, lang, then_eur=then_eur, now_eur=now_eur, more_eur=abs(more_cents) / 100)


def left(day: Day, more_eur: float, lang: Lang) -> str:
    """What is then left beyond what is left now, in what it will save; nothing where that is the same."""
    cents = round(100 * more_eur)
    if not cents:
        return ""
    sentence = _MORE_LEFT if cents > 0 else _LESS_LEFT
    return said(sentence, lang, left_eur=abs(cents) / 100, what=left_in(day, lang))


def _changes(day: Day, then: Day, lang: Lang, console: Console) -> None:
    """What no longer happens beside what happens instead, device by device."""
    found = changed(day, then)
    if not found:
        line(console, "  ", _NOTHING.to(lang))
        return
    title(console, _THEN, lang)
    for when, one in found:
        span = f"  {when.to(lang):<5}{then.local(one.first):%H:%M}–{then.local(one.stop):%H:%M}  "
        line(console, span, capital(sentence(one, lang)) + ".")


def changed(day: Day, then: Day) -> list[tuple[Said, Happening]]:
    """What happens now and no longer, and what then happens instead; device by device, by when its first change is."""
    now, later = happenings(day), happenings(then)
    gone = [(_NOW, one) for one in now if not any(_alike(one, other) for other in later)]
    come = [(_INSTEAD, one) for one in later if not any(_alike(one, other) for other in now)]
    both = [*gone, *come]
    begins = {_who(one): min(other.first for _, other in both if _who(other) == _who(one)) for _, one in both}
    # Stable: of one device first all that is now so, then all that would be.
    return sorted(both, key=lambda pair: (begins[_who(pair[1])], _who(pair[1])))


def _who(one: Happening) -> tuple[int, str]:
    return ORDER.index(one.subject), one.name


def _alike(one: Happening, other: Happening) -> bool:
    return (one.subject, one.name, one.first, one.stop) == (
        other.subject,
        other.name,
        other.first,
        other.stop,
    ) and abs(one.energy_kwh - other.energy_kwh) < _ALIKE_KWH
