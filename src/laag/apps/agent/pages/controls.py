"""A wish as its own sentence with controls in the blanks, and back from what a form sent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from starlette.datastructures import QueryParams

from laag.foundation.words import Lang, Said
from laag.home.preferences import Wished, of_plain, to_plain
from laag.home.preferences.blanks import Control, Plain
from laag.home.preferences.form import Either, Gap, Maybe, Node, Words, names, parsed
from laag.home.preferences.plain import BY_NAME
from laag.home.preferences.wishes.wished import blanks, named, required

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
KIND = "wish"
_ENDING = "_quarter"


@dataclass(frozen=True, slots=True)
class Part:
    """Words of a sentence, or a control where a blank was."""

    words: str = ""
    name: str = ""
    control: Control | None = None
    value: Plain = None
    needed: bool = False


@dataclass(frozen=True, slots=True)
class Form:
    """One wish to fill in."""

    kind: str
    about: Said
    parts: tuple[Part, ...]
    says: Said


def form_of(wish: Wished, lang: Lang, says: Said) -> Form:
    """The sentence of this wish with its values in it."""
    kind = type(wish)
    return Form(named(kind), kind.ABOUT.called, tuple(_parts(_longest(kind, lang), wish)), says)


def wish_of(sent: QueryParams) -> Wished:
    """The wish that a form sent; ``BadInput`` where it cannot be meant."""
    kind = sent.get(KIND, "")
    fields = _fields(kind)
    plain: dict[str, Plain] = {KIND: kind}
    for name, (control, needed) in fields.items():
        value = _sent(sent, name, control)
        if value is not None or needed:
            plain[name] = value
    return of_plain(plain)


def _fields(kind: str) -> Mapping[str, tuple[Control, bool]]:
    known = BY_NAME.get(kind)
    if known is None:
        return {}
    needed = required(known)
    return {_key(name): (blank.control, name in needed) for name, blank in blanks(known).items()}


def _sent(sent: QueryParams, name: str, control: Control) -> Plain:
    """What a control sent, as plain data; ``None`` where it was left open."""
    if control.kind == "days":
        return [day for day in _DAYS if day in sent.getlist(name)] or None
    if control.kind == "switch":
        return True if sent.get(name) else None
    text = (sent.get(name) or "").strip()
    if not text:
        return None
    return _number(text) if control.kind == "slider" else text


def _number(text: str) -> Plain:
    try:
        number = float(text.replace(",", "."))
    except ValueError:
        return text
    return int(number) if number.is_integer() else number


def _longest(kind: type[Wished], lang: Lang) -> tuple[Node, ...]:
    """The sentence with most blanks; of those the first, which is the one that is said back."""
    return max(map(parsed, kind.FORMS[lang]), key=lambda nodes: len(names(nodes)))


def _parts(nodes: Sequence[Node], wish: Wished) -> Iterator[Part]:
    for node in nodes:
        match node:
            case Words(text):
                yield Part(words=text)
            case Gap(name):
                yield _gap(wish, name)
            case Maybe(inner):
                if names(inner):
                    yield from _parts(inner, wish)
            case Either(ways):
                yield from _parts(ways[0], wish)


def _gap(wish: Wished, name: str) -> Part:
    kind = type(wish)
    value: Any = to_plain(wish).get(_key(name))
    control = blanks(kind)[name].control
    if control.kind == "days" and value is None:
        value = []
    return Part("", _key(name), control, value, name in required(kind))


def _key(field: str) -> str:
    return field.removesuffix(_ENDING)
