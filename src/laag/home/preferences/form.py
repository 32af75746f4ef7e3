"""The form of a sentence: fixed words, blanks, what may be left out, what may be said otherwise.

    car at {percent} by {by_quarter}[ {days}]

``{name}`` is a blank, ``[...]`` may be left out, ``(a|b)`` may be either; of those the first is what is said back.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from laag.foundation.words import Lang
from laag.home.preferences.blanks import Blank

_TOKEN = re.compile(r"\{(\w+)\}|([\[\](|)])|([^{}\[\](|)]+)")


@dataclass(frozen=True, slots=True)
class Words:
    """Fixed words, as they are written."""

    text: str


@dataclass(frozen=True, slots=True)
class Gap:
    """Where a blank stands."""

    name: str


@dataclass(frozen=True, slots=True)
class Maybe:
    """What may be left out."""

    inner: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Either:
    """What may be said in several ways."""

    ways: tuple[tuple[Node, ...], ...]


Node = Words | Gap | Maybe | Either


@cache
def parsed(form: str) -> tuple[Node, ...]:
    """The parts of a form.

    >>> parsed("car[ at {percent}]")
    (Words(text='car'), Maybe(inner=(Words(text=' at '), Gap(name='percent'))))
    """
    nodes, rest = _ways(list(_TOKEN.finditer(form)), "")
    assert not rest, f"{form} closes what it did not open"
    return nodes[0]


def _ways(
    tokens: list[re.Match[str]], closing: str
) -> tuple[tuple[tuple[Node, ...], ...], list[re.Match[str]]]:
    """The alternatives up to the closing bracket, and what comes after it."""
    ways: list[list[Node]] = [[]]
    while tokens:
        token, tokens = tokens[0], tokens[1:]
        name, bracket, words = token.groups()
        if name:
            ways[-1].append(Gap(name))
        elif words:
            ways[-1].append(Words(words))
        elif bracket == "[":
            inner, tokens = _ways(tokens, "]")
            ways[-1].append(Maybe(inner[0]))
        elif bracket == "(":
            several, tokens = _ways(tokens, ")")
            ways[-1].append(Either(several))
        elif bracket == "|":
            ways.append([])
        else:
            assert bracket == closing, f"{bracket} closes nothing"
            break
    return tuple(tuple(way) for way in ways), tokens


def names(nodes: tuple[Node, ...]) -> frozenset[str]:
    """The blanks in a form."""
    found: set[str] = set()
    for node in nodes:
        match node:
            case Gap(name):
                found.add(name)
            case Maybe(inner):
                found |= names(inner)
            case Either(ways):
                found |= {name for way in ways for name in names(way)}
    return frozenset(found)


def written(nodes: tuple[Node, ...], words: Mapping[str, str]) -> str:
    """The sentence with these words in its blanks; an optional part whose blanks have no words is left out.

    >>> written(parsed("(car|ev) at {percent}[ {days}]"), {"percent": "80 %"})
    'car at 80 %'
    """
    said: list[str] = []
    for node in nodes:
        match node:
            case Words(text):
                said.append(text)
            case Gap(name):
                said.append(words[name])
            case Maybe(inner):
                if names(inner) and names(inner) <= words.keys():
                    said.append(written(inner, words))
            case Either(ways):
                said.append(written(ways[0], words))
    return "".join(said)


@dataclass(slots=True)
class Reach:
    """How far a line was understood."""

    at: int = 0

    def note(self, at: int) -> None:
        """Somebody came this far."""
        self.at = max(self.at, at)


Heard = tuple[int, Mapping[str, str]]


def heard(
    nodes: tuple[Node, ...], line: str, at: int, blanks: Mapping[str, Blank[object]], lang: Lang, reach: Reach
) -> Iterator[Heard]:
    """Every way to read the line from ``at`` on by this form: where each ends, and the words in its blanks."""
    if not nodes:
        reach.note(at)
        yield at, {}
        return
    first, rest = nodes[0], nodes[1:]
    for end, found in _first(first, line, at, blanks, lang, reach):
        reach.note(end)
        for stop, later in heard(rest, line, end, blanks, lang, reach):
            yield stop, {**found, **later}


def _first(
    node: Node, line: str, at: int, blanks: Mapping[str, Blank[object]], lang: Lang, reach: Reach
) -> Iterator[Heard]:
    match node:
        case Words(text):
            if line.startswith(text.lower(), at):
                yield at + len(text), {}
            else:
                reach.note(at + _alike(text.lower(), line[at:]))
        case Gap(name):
            if found := _pattern(blanks[name], lang).match(line, at):
                yield found.end(), {name: found[0]}
        case Maybe(inner):
            yield from heard(inner, line, at, blanks, lang, reach)
            yield at, {}
        case Either(ways):
            for way in ways:
                yield from heard(way, line, at, blanks, lang, reach)


@cache
def _pattern(blank: Blank[object], lang: Lang) -> re.Pattern[str]:
    return re.compile(blank.pattern(lang))


def _alike(text: str, line: str) -> int:
    """How many characters of whole words the two begin with alike."""
    same = 0
    while same < min(len(text), len(line)) and text[same] == line[same]:
        same += 1
    ends = same == len(line) or not line[same].isalnum()
    whole = same if ends and (same == len(text) or not text[same].isalnum()) else text[:same].rfind(" ") + 1
    return max(whole, 0)
