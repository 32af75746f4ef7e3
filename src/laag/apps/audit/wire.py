"""A day's bundle as lines of JSON, so that neither who sends nor who receives has to hold all of it at once."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from laag.adapters.stores import codec
from laag.apps.audit.bundle import WHO, Again, Bundle, Tree, of_day, trees_of
from laag.apps.audit.record import Reads, Record, read_record, record_of
from laag.apps.street.ledger.kept import Secrets
from laag.foundation.errors import BadInput
from laag.foundation.ports import Event, Records

VERSION = 1
_IS_EVENT = b'{"event":'
"""So begins a line with sorted names that is one."""


def lines(events: Iterator[Event], day: date, records: Records, ledger: Reads) -> Iterator[bytes]:
    """One JSON object each, from one pass over a log; the last says how many events there were: half an answer is no answer."""
    yield _line(kind="record", record=record_of(ledger, day).words())
    street = Secrets(records).street()
    yield _line(
        kind="audit", version=VERSION, day=day.isoformat(), street=street.hex(), opened=_event(next(events))
    )
    count, few = 0, list[Event]()
    for count, event in enumerate(of_day(events, day), 1):  # noqa: B007 - told at the end
        yield _line(kind="event", event=_event(event))
        if event.kind in WHO:
            few.append(event)
    for key, tree in trees_of(few, day, records, ledger):
        leaves = None if tree.leaves is None else base64.b64encode(b"".join(tree.leaves)).decode()
        salts = {home: one.hex() for home, one in tree.salts.items()}
        yield _line(kind="tree", key=key, leaves=leaves, salts=salts, late=tree.late)
    yield _line(kind="end", events=count)


def read(said: Iterable[bytes]) -> Bundle:
    """The bundle in lines that can be read again; what is not one is refused in a sentence."""
    about, record, trees, ended = None, None, dict[str, Tree](), None
    count = 0
    try:
        for line in said:
            if line.startswith(_IS_EVENT):
                count += 1
                continue
            one = json.loads(line)
            match one["kind"]:
                case "audit":
                    about = _about(one)
                case "record":
                    record = read_record(one["record"])
                case "tree":
                    trees[one["key"]] = _tree(one)
                case "end":
                    ended = one["events"]
        return _whole(said, about, record, trees, complete=ended == count)
    except (ValueError, KeyError, TypeError, AttributeError) as odd:
        raise _no_audit(odd) from odd


def _no_audit(odd: Exception) -> BadInput:
    return BadInput(f"what was answered is no day to audit ({odd}); ask again, or update laag")


def _whole(
    said: Iterable[bytes],
    about: tuple[date, bytes, Event] | None,
    record: Record | None,
    trees: dict[str, Tree],
    *,
    complete: bool,
) -> Bundle:
    if about is None or record is None or not complete:
        raise BadInput("the answer ended before it was whole; ask again")
    day, street, opened = about
    return Bundle(day, opened, Again(lambda: _events(said)), street, trees, record)


def _events(said: Iterable[bytes]) -> Iterator[Event]:
    for line in said:
        if line.startswith(_IS_EVENT):
            try:
                event = _read_event(json.loads(line)["event"])
            except (ValueError, KeyError, TypeError) as odd:
                raise _no_audit(odd) from odd
            yield event


def _about(one: dict[str, Any]) -> tuple[date, bytes, Event]:
    if one["version"] != VERSION:
        raise BadInput(f"the neighbourhood answers in version {one['version']}; update laag, or ask it to")
    return date.fromisoformat(one["day"]), bytes.fromhex(one["street"]), _read_event(one["opened"])


def _tree(one: dict[str, Any]) -> Tree:
    whole = None if one["leaves"] is None else base64.b64decode(one["leaves"], validate=True)
    leaves = None if whole is None else tuple(whole[at : at + 32] for at in range(0, len(whole), 32))
    return Tree(leaves, {home: bytes.fromhex(salt) for home, salt in one["salts"].items()}, bool(one["late"]))


def _event(event: Event) -> list[str]:
    return [event.kind, event.key, base64.b64encode(codec.encode(event)).decode()]


def _read_event(said: list[str]) -> Event:
    kind, key, data = said
    return codec.decode(kind, key, base64.b64decode(data, validate=True))


def _line(**words: Any) -> bytes:
    return json.dumps(words, sort_keys=True, separators=(",", ":")).encode() + b"\n"
