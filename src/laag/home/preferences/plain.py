"""A wish as plain data, for a page or a file, and what a page needs to let somebody fill it in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from laag.foundation.errors import BadInput
from laag.foundation.words import Lang, Said
from laag.home.preferences.blanks import Control, Plain
from laag.home.preferences.sentences import example, say
from laag.home.preferences.wishes import KINDS, Wished
from laag.home.preferences.wishes.wished import blanks, named, required, unsaid

BY_NAME = {named(kind): kind for kind in KINDS}


def to_plain(wish: Wished) -> dict[str, Plain]:
    """The wish as data that JSON and TOML can hold; ``of_plain`` gives it back.

    >>> from laag.home.preferences.sentences import parse
    >>> to_plain(parse("car at 80 % by 07:00 at weekends"))
    {'wish': 'car_by', 'percent': 80, 'by': '07:00', 'days': ['sat', 'sun']}
    """
    kind = type(wish)
    sent: dict[str, Plain] = {"wish": named(kind)}
    for name, blank in blanks(kind).items():
        value = getattr(wish, name)
        if name not in unsaid(kind) or value != unsaid(kind)[name]:
            sent[_key(name)] = blank.plain(value)
    return sent


def of_plain(sent: Mapping[str, Plain]) -> Wished:
    """The wish that this data is.

    >>> of_plain({"wish": "keep_stored", "percent": 20})
    KeepStored(percent=20)
    """
    kind = BY_NAME.get(str(sent.get("wish")))
    if kind is None:
        raise BadInput(f"there is no wish {sent.get('wish')!r}; there are {', '.join(BY_NAME)}")
    fields = {_key(name): name for name in blanks(kind)}
    needed = {_key(name) for name in required(kind)}
    given = sent.keys() - {"wish"}
    if given - fields.keys() or needed - given:
        raise BadInput(
            f"a {named(kind)} needs {_listed(needed)} and may have {_listed(fields.keys() - needed)}; it was given {_listed(given)}"
        )
    return kind(**{fields[key]: blanks(kind)[fields[key]].of_plain(sent[key]) for key in given})


@dataclass(frozen=True, slots=True)
class Card:
    """One kind of wish on a page: its name in data, what it is about, a sentence, and a control per blank."""

    wish: str
    about: Said
    example: Said
    controls: tuple[tuple[str, Control, bool], ...]
    """Name in data, control, and whether it must be filled in."""


def cards() -> tuple[Card, ...]:
    """All kinds, in the order of a page.

    >>> card = cards()[0]
    >>> card.example.nl, [(name, control.kind, control.unit) for name, control, _ in card.controls]
    ('auto op 80 % om 07:00 op werkdagen', [('percent', 'slider', '%'), ('by', 'clock', 'quarter'), ('days', 'days', '')])
    """
    return tuple(
        Card(
            named(kind),
            kind.ABOUT.called,
            Said(say(example(kind), Lang.NL), say(example(kind), Lang.EN)),
            tuple(
                (_key(name), blank.control, name in required(kind)) for name, blank in blanks(kind).items()
            ),
        )
        for kind in KINDS
    )


def _key(field: str) -> str:
    """The field's name in data; a time there is hours and minutes, not a quarter."""
    return field.removesuffix("_quarter")


def _listed(keys: object) -> str:
    assert isinstance(keys, set | frozenset)
    return ", ".join(sorted(keys)) or "nothing"
