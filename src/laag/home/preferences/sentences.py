"""From a line in plain words to a wish, and back."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache

from laag.foundation.errors import BadInput
from laag.foundation.words import Lang, Said
from laag.home.preferences.blanks import Stop, Unfit
from laag.home.preferences.form import Gap, Node, Reach, heard, names, parsed, written
from laag.home.preferences.wishes import KINDS, Slider, Wished
from laag.home.preferences.wishes.wished import blanks, once_per_kind, unsaid

NEAREST = 3
"""How many sentences are shown to somebody who was not understood."""
_HINTS = {
    Lang.NL: {
        Stop.MONEY: {"goedkoop", "goedkoper", "goedkoopst", "goedkoopste", "geld", "kosten", "rekening"},
        Stop.GREEN: {"groen", "groene", "duurzaam", "klimaat"},
    },
    Lang.EN: {
        Stop.MONEY: {"cheap", "cheaper", "cheapest", "cheaply", "money", "costs", "bill"},
        Stop.GREEN: {"green", "greener", "greenest", "sustainable", "climate"},
    },
}
"""Words by which people ask for an end of the slider without its sentence."""


@dataclass(frozen=True, slots=True)
class Misheard:
    """A line that is no wish: how far it was understood, what may be wrong with the rest, and what would be."""

    line: str
    understood: str
    rest: str
    why: Said | None
    nearest: tuple[str, ...]
    lang: Lang
    """The language it seems to be in."""

    @property
    def said(self) -> Said:
        """In a sentence."""
        nearest = "; ".join(f"'{each}'" for each in self.nearest)
        if self.why is not None:
            return Said(
                f"'{self.line}': {self.why.nl}; zo kan het: {nearest}",
                f"'{self.line}': {self.why.en}; this can be: {nearest}",
            )
        if not self.understood:
            return Said(
                f"'{self.line}' wordt niet begrepen; wel bijvoorbeeld: {nearest}",
                f"'{self.line}' is not understood; these are, for example: {nearest}",
            )
        rest = self.rest or "…"
        return Said(
            f"'{self.line}' wordt begrepen tot en met '{self.understood}', niet '{rest}'; wel bijvoorbeeld: {nearest}",
            f"'{self.line}' is understood up to '{self.understood}', not '{rest}'; these are, for example: {nearest}",
        )


def parse(line: str) -> Wished:
    """The wish that a line of Dutch or English says.

    >>> parse("car at 80 % by seven on weekdays")
    CarBy(percent=80, by_quarter=28, days=(0, 1, 2, 3, 4))
    >>> parse("woonkamer 20 graden van zeven tot tien, 's nachts 17") == parse(
    ...     "living room 20 °C from 07:00 to 22:00, 17 °C at night")
    True
    """
    wish = hear(line)
    if isinstance(wish, Misheard):
        raise BadInput(wish.said.to(wish.lang))
    return wish


def hear(line: str) -> Wished | Misheard:
    """The wish that a line says, or what was not understood of it.

    >>> hear("car at 80 % by sevn").said.en
    "'car at 80 % by sevn' is understood up to 'car at 80 % by', not 'sevn'; these are, for example: 'car at 80 % by 07:00 on weekdays'; 'car at most 80 % unless I travel'; 'car keeps at least 30 %'"
    """
    plain = _plain(line)
    tries: list[_Try] = []
    for kind, lang, nodes in _forms():
        tried = _tried(kind, lang, nodes, plain)
        if tried.wish is not None:
            return tried.wish
        tries.append(tried)
    return _misheard(line.strip(), plain, tries)


def say(wish: Wished, lang: Lang | str = Lang.EN) -> str:
    """The sentence for a wish, always the same one; ``parse`` gives the wish back.

    >>> say(parse("heat pump on when I am home, off above 20 °C outside"), "nl")
    'warmtepomp aan als ik thuis ben, uit boven 20 °C buiten'
    """
    lang = Lang(lang)
    kind = type(wish)
    usual = unsaid(kind)
    values = {name: getattr(wish, name) for name in blanks(kind)}
    meant = {name for name, value in values.items() if name not in usual or value != usual[name]}
    nodes = next(nodes for nodes in map(parsed, wish.FORMS[lang]) if meant <= names(nodes))
    meant |= {node.name for node in nodes if isinstance(node, Gap)}
    return written(nodes, {name: blanks(kind)[name].write(values[name], lang) for name in meant})


@dataclass(frozen=True, slots=True)
class _Try:
    """What came of reading a line by one form."""

    kind: type[Wished]
    lang: Lang
    reached: int
    wish: Wished | None = None
    why: Said | None = None


def _tried(kind: type[Wished], lang: Lang, nodes: tuple[Node, ...], line: str) -> _Try:
    reach = Reach()
    for end, words in heard(nodes, line, 0, blanks(kind), lang, reach):
        if end < len(line):
            continue
        try:
            values = {name: blanks(kind)[name].read(said, lang) for name, said in words.items()}
            return _Try(kind, lang, end, kind.heard(values, words))
        except Unfit as unfit:
            return _Try(kind, lang, end, why=unfit.said)
        except BadInput as bad:
            return _Try(kind, lang, end, why=Said(str(bad), str(bad)))
    return _Try(kind, lang, reach.at)


@cache
def _forms() -> tuple[tuple[type[Wished], Lang, tuple[Node, ...]], ...]:
    return tuple((kind, lang, parsed(form)) for kind in KINDS for lang in Lang for form in kind.FORMS[lang])


@once_per_kind
def example(kind: type[Wished]) -> Wished:
    """A wish of this kind."""
    return parse(kind.EXAMPLE)


def _plain(line: str) -> str:
    """In lower case, with one space between words and no full stop."""
    words = " ".join(line.lower().replace("’", "'").replace("‘", "'").split())
    return re.sub(r" ?,(?!\d) ?", ", ", words).rstrip(" .!;")


def _misheard(line: str, plain: str, tries: list[_Try]) -> Misheard:
    """Nearest is what is understood but cannot be meant, then what is understood furthest, then what looks alike."""
    furthest: dict[tuple[type[Wished], Lang], _Try] = {}
    for tried in tries:
        best = furthest.setdefault((tried.kind, tried.lang), tried)
        if (tried.why is not None, tried.reached) > (best.why is not None, best.reached):
            furthest[tried.kind, tried.lang] = tried

    def nearness(tried: _Try) -> tuple[bool, int, float]:
        shown = say(example(tried.kind), tried.lang).lower()
        return tried.why is not None, tried.reached, SequenceMatcher(None, plain, shown).ratio()

    ranked = sorted(furthest.values(), key=nearness, reverse=True)
    best = ranked[0]
    reached = _whole_words(plain, best.reached)
    hint = _hint(plain) if best.why is None and " " not in plain[:reached].strip() else None
    lang = best.lang if hint is None else hint[0]
    nearest = [say(example(tried.kind), tried.lang) for tried in ranked if tried.lang is lang]
    if hint is not None:
        # One word in common with some other sentence, such as "I", is no understanding.
        reached, nearest = 0, [say(Slider(hint[1]), lang), *nearest]
    understood, rest = plain[:reached].strip(" ,"), plain[reached:].strip()
    return Misheard(line, understood, rest, best.why, tuple(dict.fromkeys(nearest))[:NEAREST], lang)


def _hint(line: str) -> tuple[Lang, Stop] | None:
    """The end of the slider that a line seems to ask for."""
    words = set(re.findall(r"\w+", line))
    found = ((lang, stop) for lang, stops in _HINTS.items() for stop, hints in stops.items() if words & hints)
    return next(found, None)


def _whole_words(line: str, at: int) -> int:
    """Back to the end of a word, so that no word is cut in two."""
    while 0 < at < len(line) and line[at - 1].isalnum() and line[at].isalnum():
        at -= 1
    return at
