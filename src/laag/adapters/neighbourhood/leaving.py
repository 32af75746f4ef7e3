"""The one door out of a home: whatever leaves it is held against the register and what its household agreed to.

``leaves`` raises ``Stays`` where something may not go. A home that lives on catches it, keeps the message back and tells
its household: a fault in a new version must not stop the heating, and must not pass unseen either.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from urllib.parse import parse_qsl

from pydantic import BaseModel

from laag.adapters.neighbourhood import wire
from laag.adapters.neighbourhood.bindings import BINDINGS, Bindings, Bound, field_of, parts
from laag.adapters.neighbourhood.calls import Call, call_of
from laag.foundation.data import GROUNDS, PURPOSE_WORDS, Field, Ground, Purpose
from laag.foundation.errors import BadInput
from laag.foundation.register import REGISTER
from laag.foundation.words import Said

May = Callable[[Purpose], bool]
"""Whether the household lets its data be used for this."""
KINDS: Mapping[str, type[BaseModel]] = {
    str(one.model_fields["kind"].default): one
    for one in (wire.Orders, wire.Amendments, wire.Readings, wire.Offers, wire.Consents, wire.Tellings)
}
_SIGNED = ("laag-member", "laag-at", "laag-signature")


class Stays(BadInput):
    """This does not leave the home; ``why`` is what its household reads."""

    def __init__(self, why: Said) -> None:
        super().__init__(why.en)
        self.why = why


def unasked(purpose: Purpose) -> bool:
    """What goes without a yes of the household: what taking part needs, the law asks, or somebody does on purpose.

    >>> unasked(Purpose.SETTLEMENT), unasked(Purpose.RESEARCH), unasked(Purpose.ADVERTISING)
    (True, False, False)
    """
    return GROUNDS[purpose] not in {Ground.CONSENT, Ground.NEVER}


def passes(names: Iterable[str], purpose: Purpose, may: May = unasked) -> None:
    """Fields by their names in the register: each registered for this purpose, and the purpose allowed; else ``Stays``."""
    _allowed(purpose, may)
    for name in names:
        _registered(REGISTER.get(name), name, purpose)


def leaves(message: BaseModel | str, purpose: Purpose | None = None, may: May = unasked) -> str:
    """A message as it goes, where all of it may; a message that was written before is read again first.

    >>> leaves('{"kind":"readings","name":"Jansen"}')
    Traceback (most recent call last):
    laag.adapters.neighbourhood.leaving.Stays: readings.name is not in the register of what leaves a home, so it stays here
    """
    text = message if isinstance(message, str) else message.model_dump_json()
    kind = _kind(text) if isinstance(message, str) else type(message)
    bound = _bound(kind, BINDINGS)
    if purpose is not None and purpose is not bound.purpose:
        raise Stays(
            Said(
                f"{kind.__name__} gaat {PURPOSE_WORDS[bound.purpose].nl}, niet {PURPOSE_WORDS[purpose].nl}",
                f"{kind.__name__} goes {PURPOSE_WORDS[bound.purpose].en}, not {PURPOSE_WORDS[purpose].en}",
            )
        )
    _walks(json.loads(text), kind, may)
    return text


def call_leaves(
    method: str, target: str, body: bytes = b"", *, signed: bool = False, may: May = unasked
) -> Call:
    """A call as it goes, by its path below the root with its query: one that is known, for a purpose that is allowed."""
    path, _, query = target.partition("?")
    call = call_of(method, path)
    if call is None:
        raise Stays(
            Said(
                f"dit huis kent de vraag {method} {path} niet, en stelt hem dus niet",
                f"this home knows no call {method} {path}, and so does not make it",
            )
        )
    asked = [name for name, _ in parse_qsl(query, keep_blank_values=True)]
    if more := sorted(set(asked) - call.query):
        raise _unknown(f"call.{more[0]}")
    carried = [*asked, *(_SIGNED if signed else ())]
    passes((f"call.{name}" for name in carried), call.purpose, may)
    if body and call.body is None:
        raise _unknown(f"call {method} {path}")
    if body and call.body is wire.Messages:
        given = json.loads(body)
        if more := sorted(set(given) - {"messages"}):
            raise _unknown(f"messages.{more[0]}")
        for one in given["messages"]:
            _walks(one, _kind_of(one), may)
    elif body and call.body is not None:
        _walks(json.loads(body), call.body, may)
    return call


def seen(given: Mapping[str, object], kind: type[BaseModel], bindings: Bindings = BINDINGS) -> list[Field]:
    """Every field of a body as it stands in the register, of its parts as well; ``Stays`` at one that does not.

    It is read from what was said, not from the class: a field that somebody added on the way is found too.
    """
    group, purpose = _bound(kind, bindings)
    found = []
    for name, value in given.items():
        within = list(parts(kind, name)) if name in kind.model_fields else []
        field = field_of(group, name)
        if field is not None or not within:
            found.append(_registered(field, f"{group}.{name}", purpose))
        for one in _rows(value) if within else ():
            found += seen(one, _which(one, within), bindings)
    return found


def _walks(given: Mapping[str, object], kind: type[BaseModel], may: May) -> None:
    _allowed(_bound(kind, BINDINGS).purpose, may)
    seen(given, kind)


def _rows(value: object) -> list[Mapping[str, object]]:
    if isinstance(value, Mapping):
        return [value]
    return [one for one in value if isinstance(one, Mapping)] if isinstance(value, list) else []


def _which(one: Mapping[str, object], within: list[type[BaseModel]]) -> type[BaseModel]:
    return _kind_of(one) if len(within) > 1 else within[0]


def _kind(text: str) -> type[BaseModel]:
    return _kind_of(json.loads(text))


def _kind_of(given: Mapping[str, object]) -> type[BaseModel]:
    kind = KINDS.get(str(given.get("kind")))
    if kind is None:
        raise _unknown(f"messages.{given.get('kind')}")
    return kind


def _bound(kind: type[BaseModel], bindings: Bindings) -> Bound:
    if kind not in bindings:
        raise _unknown(kind.__name__)
    return bindings[kind]


def _registered(field: Field | None, name: str, purpose: Purpose) -> Field:
    if field is None:
        raise _unknown(name)
    if not field.serves(purpose):
        raise Stays(
            Said(
                f"{field.name} mag niet worden gebruikt {PURPOSE_WORDS[purpose].nl}, en blijft dus hier",
                f"{field.name} may not be used {PURPOSE_WORDS[purpose].en}, so it stays here",
            )
        )
    return field


def _allowed(purpose: Purpose, may: May) -> None:
    if not may(purpose):
        raise Stays(
            Said(
                f"dit huis geeft geen gegevens {PURPOSE_WORDS[purpose].nl}; op de pagina Mijn gegevens kan dat anders",
                f"this home gives no data {PURPOSE_WORDS[purpose].en}; the page My data can change that",
            )
        )


def _unknown(name: str) -> Stays:
    return Stays(
        Said(
            f"{name} staat niet in het register van wat een huis verlaat, en blijft dus hier",
            f"{name} is not in the register of what leaves a home, so it stays here",
        )
    )
