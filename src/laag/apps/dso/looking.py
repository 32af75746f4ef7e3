"""What was said and heard, read from the log while its program runs or not."""

from __future__ import annotations

from pathlib import Path

from laag.adapters.stores import open_log
from laag.adapters.uftp.conversation import Books, Known, Standing
from laag.adapters.uftp.desk import HEARD, SAID, known_from, verified_messages
from laag.foundation.errors import BadInput


def messages(store: str, raw: str | None) -> int:
    """A line for each message, or one as it was signed."""
    _there(store)
    with open_log(store) as log:
        kept = [event for event in log.events() if event.kind in {HEARD, SAID}]
    if raw is not None:
        found = [event for event in kept if event.key == raw.lower()]
        if not found:
            raise BadInput(f"no message {raw} is kept in {store}; see the list without --raw")
        print(str(found[-1].facts["raw"]))
        return 0
    books = Books()
    for event in kept:
        (books.hears if event.kind == HEARD else books.says)(known_from(event))
    for event in kept:
        one = known_from(event)
        now = books.heard(one.peer, one.id) if event.kind == HEARD else books.said(one.peer, one.id)
        print(_line(now or one, heard=event.kind == HEARD))
    return 0


def verify(store: str) -> int:
    """0 where the log is whole and every signature is good."""
    _there(store)
    with open_log(store) as log:
        events = log.verify()
        wrong = [event.key for event, whole in verified_messages(log) if not whole]
        count = sum(1 for event in log.events() if event.kind in {HEARD, SAID})
    for key in wrong:
        print(f"the message {key} does not carry the signature under which it was taken")
    print(f"{events} events, {count} messages, {count - len(wrong)} of them signed as they were taken")
    return 1 if wrong else 0


def _line(one: Known, *, heard: bool) -> str:
    way = "from" if heard else "to"
    about = f" {one.point} {one.day}" if one.day else ""
    stands = "" if one.standing is Standing.NOTED else f" {one.standing}"
    return f"{one.at:%Y-%m-%d %H:%M:%S} {way} {one.peer}: {one.kind}{about}{stands}{': ' + one.why if one.why else ''} ({one.id})"


def _there(store: str) -> None:
    if "://" not in store and not Path(store).exists():
        raise BadInput(f"there is no store at {store}; it is named in the settings, uftp.sqlite unless told")
