"""By which rules an entry is taken, and what it changes of the members; version 1, the only one so far."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TypeAlias

from laag.foundation.ports import Found
from laag.ledger.changes import Change, Join, Remove, Upgrade
from laag.ledger.entries import Attest, Dispute, Entry, Rotate, Signed, Vote, read
from laag.ledger.members import Member, held_together, quorum
from laag.ledger.refused import Code, Refusal
from laag.ledger.state import State

Look: TypeAlias = Callable[[str], Found | None]
"""What was written under a key."""
Verify: TypeAlias = Callable[[str, str, bytes], bool]
"""Whether the holder of a public key (hex) made this signature (hex) over these bytes."""


def judged(state: State, signed: Signed, look: Look, verify: Verify) -> int | None:
    """Where it stands already, or ``None`` if it may be taken; else a refusal."""
    entry = signed.entry
    _of_this(state, entry.ledger)
    if there := look(entry.key):
        if read(there.data).said == signed.said:
            return there.index
        raise Refusal(
            Code.WRITTEN,
            f"onder {entry.key} staat al iets anders en dat verandert niet; schrijf een correctie met de volgende versie",
            f"something else stands under {entry.key} and does not change; write a correction as the next version",
        )
    signed_by_writer(state, signed, verify)
    _in_order(entry, look)
    _by_kind(state, entry, look, verify)
    return None


def signed_by_writer(state: State, signed: Signed, verify: Verify) -> None:
    """Refuse what is of another ledger, of no member, not this member's to write, or not signed by it."""
    entry = signed.entry
    _of_this(state, entry.ledger)
    member = _writer(state, entry)
    if not verify(member.key, signed.signature, signed.signed):
        raise Refusal(
            Code.SIGNATURE,
            f"{entry.key} is na ondertekening veranderd, of niet door {member.id} met de huidige sleutel ondertekend",
            f"{entry.key} was altered after it was signed, or was not signed by {member.id} with its present key",
        )


def changed(state: State, entry: Entry, look: Look) -> State:
    """The state with what an entry that was taken changes of the members; ``look`` need not find the entry itself."""
    match entry:
        case Vote() if _votes(state, entry, look) >= quorum(len(state.members)):
            return replace(_made(state, entry.change), changes=state.changes + 1)
        case Rotate():
            return replace(state, members=_rotated(state, entry))
        case _:
            return state


def _of_this(state: State, ledger: str) -> None:
    if ledger != state.ledger:
        raise Refusal(
            Code.OTHER_LEDGER,
            f"dit is voor grootboek {ledger[:12]}… geschreven en dit is {state.ledger[:12]}…; schrijf het opnieuw voor dit",
            f"this was written for ledger {ledger[:12]}… and this is {state.ledger[:12]}…; write it anew for this one",
        )


def _writer(state: State, entry: Entry) -> Member:
    member = state.member(entry.by)
    if member is None:
        raise Refusal(
            Code.UNKNOWN_MEMBER,
            f"{entry.by} is geen lid van dit grootboek; leden zijn {', '.join(one.id for one in state.members)}",
            f"{entry.by} is no member of this ledger; members are {', '.join(one.id for one in state.members)}",
        )
    if entry.role and entry.role not in member.roles:
        raise Refusal(
            Code.ROLE,
            f"{entry.by} schrijft {entry.kind}, wat aan een lid met de rol {entry.role} is",
            f"{entry.by} writes {entry.kind}, which is for a member with the role {entry.role}",
        )
    return member


def _in_order(entry: Entry, look: Look) -> None:
    for key in entry.needs:
        if look(key) is None:
            raise Refusal(
                Code.OUT_OF_ORDER,
                f"{entry.key} volgt op {key}, dat er niet is; schrijf dat eerst",
                f"{entry.key} follows on {key}, which is not there; write that first",
            )


def _by_kind(state: State, entry: Entry, look: Look, verify: Verify) -> None:
    match entry:
        case Attest() | Dispute():
            _about(entry, look)
        case Vote():
            _vote(state, entry)
        case Rotate():
            if not verify(entry.new_key, entry.proof, entry.proved):
                raise Refusal(
                    Code.SIGNATURE,
                    f"{entry.key} is niet ondertekend met de nieuwe sleutel; wie wisselt toont dat die van hem is",
                    f"{entry.key} is not signed with the new key; who rotates shows that it is theirs",
                )
            _rotated(state, entry)
        case _:
            pass


def _about(entry: Attest | Dispute, look: Look) -> None:
    found = look(entry.target)
    target = read(found.data).entry if found else None
    if target is None or isinstance(target, Attest | Dispute | Vote | Rotate):
        raise Refusal(
            Code.OUT_OF_ORDER,
            f"{entry.target} is niets om na te rekenen; noem een boek, verrekening, meting of anker",
            f"{entry.target} is nothing to recompute; name a book, clearing, metering, settlement or anchor",
        )
    if isinstance(entry, Attest) and entry.root != target.root:
        raise Refusal(
            Code.OTHER_ROOT,
            f"{entry.by} rekende {entry.root[:12]}… uit en {entry.target} zegt {target.root[:12]}…; bestrijd het met een dispute",
            f"{entry.by} computed {entry.root[:12]}… and {entry.target} says {target.root[:12]}…; dispute it",
        )


def _vote(state: State, entry: Vote) -> None:
    if entry.at != state.changes:
        raise Refusal(
            Code.STALE_VOTE,
            f"{entry.by} stemt na {entry.at} wijzigingen en er zijn er {state.changes}; stem opnieuw als het nog nodig is",
            f"{entry.by} votes after {entry.at} changes and there were {state.changes}; vote anew if it is still needed",
        )
    _made(state, entry.change)


def _votes(state: State, vote: Vote, look: Look) -> int:
    """How many of today's members voted for it, this one included."""
    return sum(one.id == vote.by or look(vote.key_of(one.id)) is not None for one in state.members)


def _made(state: State, change: Change) -> State:
    match change:
        case Join(member):
            return replace(state, members=held_together((*state.members, member)))
        case Remove(member):
            left = [one for one in state.members if one.id != member]
            if len(left) == len(state.members):
                raise Refusal(
                    Code.CHANGE,
                    f"{member} is geen lid en kan er niet uit",
                    f"{member} is no member and cannot leave",
                )
            return replace(state, members=held_together(left))
        case Upgrade(app, _):
            if app != state.app + 1:
                raise Refusal(
                    Code.CHANGE,
                    f"na versie {state.app} van de regels komt {state.app + 1} en niet {app}",
                    f"after version {state.app} of the rules comes {state.app + 1} and not {app}",
                )
            return replace(state, coming=change)


def _rotated(state: State, entry: Rotate) -> tuple[Member, ...]:
    return held_together(
        [replace(one, key=entry.new_key, node=entry.new_node) if one.id == entry.by else one
         for one in state.members]
    )  # fmt: skip
