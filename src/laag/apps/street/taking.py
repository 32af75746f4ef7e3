"""What becomes of what is said to a neighbourhood: one step of its state, and the event that tells of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import lru_cache

import numpy as np

from laag.adapters.neighbourhood.signing import SKEW_S
from laag.adapters.neighbourhood.wire import Amendments, Consents, Offers, Orders, Readings, Tellings
from laag.apps.street.checking import Right, Signature, right
from laag.apps.street.kept import Kept, Refusal
from laag.cycle import live
from laag.foundation.consent import ASKED, scope
from laag.foundation.contracts import Ints
from laag.foundation.data import Purpose
from laag.foundation.ports import Event, Scalar
from laag.foundation.ptu import PTU
from laag.foundation.words import Said

_FORGED = Said(
    "de handtekening klopt niet; onderteken met de sleutel waarmee dit huis lid werd",
    "the signature is not right; sign with the key with which this home became a member",
)
_STRANGER = Said("wie dit stuurt is geen lid", "whoever sends this is no member")
_FUTURE = Said(
    "een kwartier is nog niet voorbij; stuur wat gemeten is, en zet de klok gelijk",
    "a quarter-hour is not over yet; send what was measured, and set the clock right",
)
_PAST = Said(
    "de netbeheerder wacht niet meer op een antwoord; er is niets doorgegeven",
    "the grid operator waits for answers no longer; nothing was passed on",
)


_ASTRAY = Said(
    "een toestemming geldt vanaf vandaag; zet de klok van dit huis gelijk en zeg het opnieuw",
    "a consent holds from today on; set the clock of this home right and say it again",
)
_OUTDATED = Said(
    "het register van de buurt zegt van dit doel iets anders dan dat van dit huis; werk een van beide bij en geef het opnieuw",
    "the neighbourhood's register says something else of this purpose than this home's; update one of the two and give it again",
)


@dataclass(frozen=True, slots=True)
class Signed:
    """A home says something."""

    wire: Signature


@dataclass(frozen=True, slots=True, eq=False)
class Told:
    """The server itself says something: the clock, the operator, a source of prices."""

    message: live.Message
    more: Mapping[str, Scalar] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False)
class Noted:
    """Something that changes nothing but is kept: who looked."""

    event: Event


@dataclass(frozen=True, slots=True)
class Unread:
    """Something that cannot be read, by whom it says it is from."""

    member: str
    day: str
    number: int
    why: Said


Ask = Signed | Told | Noted | Unread


@dataclass(frozen=True, slots=True, eq=False)
class Taken:
    """It is in the log, and this followed."""

    message: live.Message | None
    effects: tuple[live.Effect, ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """It came before."""


@dataclass(frozen=True, slots=True)
class NotTaken:
    """It is refused."""

    why: Said


@dataclass(frozen=True, slots=True)
class Failed:
    """A fault of ours; nothing was done."""

    fault: Exception


Outcome = Taken | Known | NotTaken | Failed
MayNote = Callable[[str], bool]
"""Whether one more refusal of this member is written down: nobody fills a disk with nonsense."""


def take(
    kept: Kept, ask: Ask, now: datetime, may_note: MayNote, is_right: Right = right
) -> tuple[Kept, Outcome, Event | None]:
    """What is known after it, what became of it, and what the log is to hold of it."""
    match ask:
        case Signed(wire=wire):
            return _signed(kept, wire, now, may_note, is_right)
        case Told(message=message, more=more):
            return _message(kept, message, more)
        case Noted(event=event):
            return kept.after_note(), Taken(None), event
        case Unread(member=member, day=day, number=number, why=why):
            return _refused(kept, Refusal(member, day, number, why, _stamp(now)), may_note)


def _signed(
    kept: Kept, wire: Signature, now: datetime, may_note: MayNote, is_right: Right
) -> tuple[Kept, Outcome, Event | None]:
    def no(why: Said, *, signed: bool = True) -> tuple[Kept, Outcome, Event | None]:
        one = Refusal(wire.member, wire.day.isoformat(), wire.number, why, _stamp(now), signed)
        return _refused(kept, one, may_note)

    key = kept.keys.get(wire.member)
    if key is None:
        return no(_STRANGER, signed=False)
    if not is_right(key, wire):
        return no(_FORGED, signed=False)
    if wire.number <= kept.live.numbers.get(wire.member, -1):
        # What was refused is not known because something later was taken: a home that asks again is told again.
        again = kept.refusal(wire.member, wire.number)
        return kept, Known() if again is None else NotTaken(again), None
    if isinstance(wire, Readings) and not _over(kept, wire, now):
        return no(_FUTURE)
    if isinstance(wire, Offers) and _is_past(kept, wire, now):
        return no(_PAST)
    if isinstance(wire, Consents) and (why := _scope(kept, wire, now)) is not None:
        return no(why)
    if isinstance(wire, Amendments) and (late := _late(kept, wire, now)) is not None:
        return no(late)
    more = {"signature": wire.signature, "came": _stamp(now)}
    after, outcome, event = _message(kept, _plain(wire), more)
    return no(outcome.why) if isinstance(outcome, NotTaken) else (after, outcome, event)


def _over(kept: Kept, wire: Readings, now: datetime) -> bool:
    if not kept.live.day(wire.day).closed:
        return True  # refused for that
    grid = kept.live.neighbourhood.grid(wire.day)
    # What the day does not have is refused for that, not for being in the future.
    last = max((ptu for ptu in wire.ptu if ptu < len(grid)), default=-1)
    return grid.start + (last + 1) * PTU <= now + timedelta(seconds=SKEW_S)


def _is_past(kept: Kept, wire: Offers, now: datetime) -> bool:
    """Whether the grid operator waits no longer; a request that is not there is refused for that."""
    one = kept.live.day(wire.day).askings.get(wire.request)
    return one is not None and now >= one.asked.until


def _scope(kept: Kept, wire: Consents, now: datetime) -> Said | None:
    """A yes is of today, and to what the register says now; taking one back is always heard."""
    today = now.astimezone(kept.live.neighbourhood.zone).date()
    one = kept.live.members.get(wire.member)
    begins = one is not None and wire.day == one.joined.first_day > today
    if abs((wire.day - today).days) > 1 and not begins:
        return _ASTRAY
    if wire.until is None or wire.purpose not in ASKED:  # refused for that
        return None
    return None if wire.scope == scope(Purpose(wire.purpose)) else _OUTDATED


def _late(kept: Kept, wire: Amendments, now: datetime) -> Said | None:
    """Why it comes too late for a round, also for one that nobody amended and so nobody closed."""
    if kept.live.day(wire.day).market is None:
        return None  # refused for that
    place = kept.live.neighbourhood
    grid = place.grid(wire.day)
    first = min((ptu for ptu in wire.ptu if 0 <= ptu < len(grid)), default=len(grid) - 1)
    gate = live.round_gate(place, wire.day, first)
    if now < gate:
        return None
    closed = min(first + (now - gate) // PTU, len(grid) - 1)
    return Said(
        f"kwartier {closed} van {wire.day} is niet meer te wijzigen; laat kwartieren tot en met {closed} weg",
        f"quarter-hour {closed} of {wire.day} cannot be amended any more; leave out quarter-hours up to {closed}",
    )


def _message(
    kept: Kept, message: live.Message, more: Mapping[str, Scalar]
) -> tuple[Kept, Outcome, Event | None]:
    state, effects = live.apply(kept.live, message)
    for effect in effects:
        if isinstance(effect, live.Refused):
            return kept, NotTaken(effect.why), None
    key = more.get("public_key")
    event = live.to_event(message, {**more, **live.told_by(effects)} if effects else more)
    after = kept.after(message, state, effects, None if key is None else str(key))
    return after, Taken(message, effects), event


def _refused(kept: Kept, one: Refusal, may_note: MayNote) -> tuple[Kept, Outcome, Event | None]:
    if not may_note(one.member if one.member in kept.keys else ""):
        return kept, NotTaken(one.why), None
    return kept.with_refusal(one), NotTaken(one.why), one.event()


def _plain(wire: Signature) -> live.Message:
    def column(values: list[int]) -> Ints:
        return np.array(values, np.int64)

    match wire:
        case Orders() | Amendments():
            rows = live.Rows(
                column(wire.device),
                column(wire.ptu),
                column(wire.side),
                column(wire.quantity_wh),
                column(wire.limit_ticks),
            )
            said = live.Ordered if isinstance(wire, Orders) else live.Amended
            return said(wire.member, wire.day, wire.number, rows)
        case Readings():
            return live.Metered(wire.member, wire.day, wire.number, column(wire.ptu), column(wire.wh))
        case Consents(until=None):
            return live.ConsentWithdrawn(wire.member, wire.day, wire.number, wire.purpose)
        case Consents(until=until):
            assert until is not None
            return live.Consented(wire.member, wire.day, wire.number, wire.purpose, until, wire.scope or "")
        case Tellings():
            return live.Took(wire.member, wire.day, wire.number, wire.agreement, wire.wh, wire.because)
        case Offers():
            steps = live.Steps(
                column([wh for row in wire.less_wh for wh in row]),
                column(wire.price_ticks),
                column(wire.rebound_step),
                column(wire.rebound_ptu),
                column(wire.rebound_wh),
            )
            return live.Offered(
                wire.member, wire.day, wire.number, wire.request, wire.ptu, wire.least_permille, steps
            )


@lru_cache(8)  # one for all that was said at once
def _stamp(now: datetime) -> str:
    return now.astimezone(UTC).isoformat(timespec="milliseconds")
