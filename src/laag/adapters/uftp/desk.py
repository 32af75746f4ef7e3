"""Where one participant's messages are heard, kept and said: what was answered is on disk before the answer leaves.

Everything is in one append-only log: ``uftp-heard`` with the raw signed message and the verdict, ``uftp-said`` with what
we signed, ``uftp-delivered`` when the other side took it, ``uftp-step`` for what was done of our own accord. Whoever
starts again reads the log and goes on; ids follow from what they are about, so that nothing is said twice.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

import shapeshifter_uftp.uftp as u

from laag.adapters.keys import Key
from laag.adapters.uftp.conversation import Books, Known, Standing
from laag.adapters.uftp.guard import Unreadable
from laag.adapters.uftp.judging import Case, day_of
from laag.adapters.uftp.leaving import STREET, leaves
from laag.adapters.uftp.participants import Participant, Participants
from laag.adapters.uftp.rules import Rules
from laag.adapters.uftp.signing import opened, sealed, unsealed
from laag.adapters.uftp.verdict import Disputes, answer_to, derived_id, judged
from laag.adapters.uftp.wire import VERSION, Message, kind_of, read, written
from laag.foundation.errors import BadInput
from laag.foundation.ports import Event, EventLog

HEARD, SAID, DELIVERED, STEP = "uftp-heard", "uftp-said", "uftp-delivered", "uftp-step"


@dataclass(frozen=True, slots=True)
class Heard:
    """What the transport answers, and what became of the message."""

    status: int
    why: str = ""
    known: Known | None = None
    """``None`` where nothing was kept."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A sealed message on its way."""

    id: str
    peer: str
    role: str
    envelope: bytes
    at: datetime


class Desk:
    """One participant in one role; one thread at a time."""

    def __init__(
        self,
        domain: str,
        role: str,
        key: Key,
        participants: Participants,
        rules: Rules,
        log: EventLog,
        disputes: Disputes | None = None,
    ) -> None:
        self.domain, self.role, self.rules = domain, role, rules
        self.books = Books()
        self._key, self._participants, self._log, self._disputes = key, participants, log, disputes
        self._waiting: dict[str, Letter] = {}
        for event in log.events():
            self._remember(event)

    def hear(self, envelope: bytes, now: datetime) -> Heard:
        """Judge what came in and keep it with its answer; only then may the transport say that it was taken."""
        try:
            domain, role, body = opened(envelope)
        except Unreadable as odd:
            return Heard(400, str(odd))
        sender = self._participants.find(domain, role)
        if sender is None:
            return Heard(419, f"no key is known of {role} {domain}; ask {self.domain} to list it")
        data = unsealed(body, sender.public_keys)
        if data is None:
            return Heard(401, f"the signature is not of {role} {domain}")
        try:
            message = read(data)
        except Unreadable as odd:
            return Heard(400, str(odd))
        before = self.books.heard(domain, message.message_id)
        if before is not None and (before.data == data or before.message == message):
            self._say_again(domain, role, before.answer)
            return Heard(200, "", before)
        return self._take(envelope, data, message, sender, now, twice=before is not None)

    def say(self, message: Message, to: Participant, now: datetime, *, step: str = "") -> str:
        """Sign a message and keep it, to be sent; its id."""
        return self.say_all([(message, to)], now, step=step)[0]

    def say_all(
        self,
        messages: Sequence[tuple[Message, Participant]],
        now: datetime,
        *,
        step: str = "",
        note: str = "",
    ) -> list[str]:
        """Several, and the step that was taken with them: all or none. A step that was taken says nothing."""
        if step and step in self.books.done:
            return []
        letters = [self._letter(message, to, now) for message, to in messages]
        fresh = [one for one in letters if self.books.said(one[1].peer, one[1].id) is None]
        events = [_said(letter, known, letter.envelope, self._key.public) for letter, known in fresh]
        if step:
            events.append(Event(STEP, step, {"at": now.isoformat(), "note": note}, {}))
        if events:
            self._log.append(events)
        for letter, known in fresh:
            self._waits(letter)
            self.books.says(known)
        if step:
            self.books.done[step] = note
        return [letter.id for letter, _ in letters]

    def waiting(self) -> list[Letter]:
        """What was said and not delivered, in order."""
        return list(self._waiting.values())

    def delivered(self, letter_id: str, status: int, now: datetime, why: str = "") -> None:
        """The other side has it, or will never take it."""
        if letter_id in self._waiting:
            event = Event(DELIVERED, letter_id, {"at": now.isoformat(), "status": status, "why": why}, {})
            self._log.append([event])
            self._remember(event)

    def participant(self, domain: str, role: str) -> Participant:
        """Whoever we speak to."""
        found = self._participants.find(domain, role)
        if found is None:
            raise BadInput(f"no {role} {domain} is known; list it among the participants")
        return found

    def _take(
        self,
        envelope: bytes,
        data: bytes,
        message: Message,
        sender: Participant,
        now: datetime,
        *,
        twice: bool,
    ) -> Heard:
        case = Case(
            self.books,
            self.rules,
            self.domain,
            self.role,
            sender.domain,
            sender.role,
            message,
            now,
            sender.barred,
        )
        verdict = judged(case, twice=twice)
        answer = answer_to(case, verdict, self._disputes, salt=data.decode() if twice else "")
        letter = None
        if answer is not None:
            letter, answered = self._letter(answer, sender, now)
            if self.books.said(sender.domain, letter.id) is not None:
                self._waits(letter)  # the same refusal of the same message
                return Heard(200, verdict.why)
        known = replace(
            known_of(message, data, sender.domain, now),
            standing=verdict.standing,
            why=verdict.why,
            answer="" if letter is None else letter.id,
        )
        events = [_heard(known, envelope, sender, unsealer(envelope, sender))]
        if letter is not None:
            events.append(_said(letter, answered, letter.envelope, self._key.public))
        self._log.append(events)
        self.books.hears(known)
        if letter is not None:
            self._waits(letter)
            self.books.says(answered)
        return Heard(200, verdict.why, known)

    def _say_again(self, peer: str, role: str, answer: str) -> None:
        said = self.books.said(peer, answer)
        if said is not None:  # Ed25519 signs the same words the same way
            envelope = sealed(said.data, self.domain, self.role, self._key)
            self._waits(Letter(said.id, peer, role, envelope, said.at))

    def _letter(self, message: Message, to: Participant, now: datetime) -> tuple[Letter, Known]:
        message.version = VERSION
        message.sender_domain, message.recipient_domain = self.domain, to.domain
        message.time_stamp = message.time_stamp or now.isoformat()
        message.message_id = message.message_id or derived_id(self.domain, now.isoformat(), repr(message))
        message.conversation_id = message.conversation_id or derived_id("conversation", message.message_id)
        if self.role == STREET:
            leaves(message)
        data = written(message)
        envelope = sealed(data, self.domain, self.role, self._key)
        known = known_of(message, data, to.domain, now)
        return Letter(known.id, to.domain, to.role, envelope, now), known

    def _waits(self, letter: Letter) -> None:
        self._waiting[letter.id] = letter

    def _remember(self, event: Event) -> None:
        facts = event.facts
        if event.kind in {HEARD, SAID}:
            known = known_from(event)
            if event.kind == HEARD:
                self.books.hears(known)
            else:
                self.books.says(known)
                envelope = str(facts["raw"]).encode()
                self._waits(Letter(known.id, known.peer, str(facts["role"]), envelope, known.at))
        elif event.kind == DELIVERED:
            self._waiting.pop(event.key, None)
            if facts["status"] != 200:
                self.books.loses(event.key, f"it was not delivered ({facts['status']} {facts['why']})")
        elif event.kind == STEP:
            self.books.done[event.key] = str(facts["note"])


def known_of(message: Message, data: bytes, peer: str, at: datetime) -> Known:
    """A message as it is kept, before anything became of it."""
    kind = kind_of(message)
    whole = isinstance(message, u.FlexMessage)
    return Known(
        message.message_id.lower(),
        peer,
        kind.name,
        at,
        data,
        Standing.NOTED if kind.is_answer else Standing.SENT,
        point=message.congestion_point if whole else "",
        day=day_of(message) if whole else None,
    )


def unsealer(envelope: bytes, sender: Participant) -> str:
    """With which of a sender's keys an envelope opens."""
    _, _, body = opened(envelope)
    return next((key for key in sender.public_keys if unsealed(body, (key,)) is not None), "")


def verified_messages(log: EventLog) -> Iterator[tuple[Event, bool]]:
    """Every kept message, and whether its raw envelope still carries the signature and the message that were judged."""
    for event in log.events():
        if event.kind in {HEARD, SAID}:
            _, _, body = opened(str(event.facts["raw"]).encode())
            data = unsealed(body, (str(event.facts["public_key"]),))
            yield event, data is not None and read(data).message_id.lower() == event.key


def _heard(known: Known, envelope: bytes, sender: Participant, public_key: str) -> Event:
    facts: dict[str, Any] = {
        **_facts(known, envelope, sender.role, public_key),
        "standing": str(known.standing),
        "why": known.why,
        "answer": known.answer,
    }
    return Event(HEARD, known.id, facts, {})


def _said(letter: Letter, known: Known, envelope: bytes, public_key: str) -> Event:
    return Event(SAID, known.id, _facts(known, envelope, letter.role, public_key), {})


def _facts(known: Known, envelope: bytes, role: str, public_key: str) -> dict[str, Any]:
    return {
        "peer": known.peer,
        "role": role,
        "type": known.kind,
        "at": known.at.isoformat(),
        "point": known.point,
        "day": str(known.day or ""),
        "public_key": public_key,
        "raw": envelope.decode(),
    }


def known_from(event: Event) -> Known:
    """A message as the log has it."""
    facts = event.facts
    _, _, body = opened(str(facts["raw"]).encode())
    day = str(facts["day"])
    heard = event.kind == HEARD
    kind = str(facts["type"])
    standing = Standing(str(facts["standing"])) if heard else _standing_said(kind)
    return Known(
        event.key,
        str(facts["peer"]),
        kind,
        datetime.fromisoformat(str(facts["at"])),
        body[64:],
        standing,
        str(facts["why"]) if heard else "",
        str(facts["point"]),
        date.fromisoformat(day) if day else None,
        str(facts["answer"]) if heard else "",
    )


def _standing_said(kind: str) -> Standing:
    return Standing.NOTED if kind.endswith("Response") else Standing.SENT
