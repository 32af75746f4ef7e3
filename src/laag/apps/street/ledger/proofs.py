"""A home's own lines on the ledger, each with its evidence, or with the reason why there is none yet."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from threading import Lock
from typing import Literal

from laag.adapters.ledger.evidence import Unproven
from laag.adapters.ledger.framing import Framing
from laag.adapters.neighbourhood.committed import OwnProof, Stands
from laag.adapters.neighbourhood.wire import Both
from laag.apps.street.ledger.committing import Committing, root_in
from laag.apps.street.ledger.making import root
from laag.cycle.commit import Commit, at_hand, keys_at, shown
from laag.cycle.live import Live
from laag.cycle.live.state import Day
from laag.foundation.errors import BadInput, LaagError
from laag.foundation.words import Said
from laag.ledger.entries import read
from laag.ledger.evidence import Evidence, Shown

Kind = Literal["settle", "meter", "book", "clear"]
Market = Literal["day-ahead", "intraday"]
_AT_HAND = 8
"""Days whose lines stay at hand: after a settlement every home asks for the same one."""

LATE = Said(
    "Dit boek stond pas in het grootboek toen de prijzen al bekend waren: dat er toen niets meer aan is veranderd, bewijst het niet.",
    "This book came onto the ledger when the prices were known already: it does not prove that nothing was changed in it since.",
)
WAITS = Said(
    "Dit staat nog niet in het grootboek, dat nu niet bereikbaar is of net nog niet was gevraagd; het wordt vanzelf aangeboden.",
    "This is not on the ledger yet, which is away now or was just now not asked; it is handed in by itself.",
)
TOO_FEW = Said(
    "Dit staat in het grootboek; nog niet genoeg leden hebben de nieuwste stand ondertekend.",
    "This is on the ledger; members enough have not signed its newest head yet.",
)
ERASED = Said(
    "Het geheim van dit huis is op verzoek gewist: dat deze regel van dit huis was, kan niemand meer laten zien of nagaan.",
    "This home's secret was erased at its wish: that this line was this home's, nobody can show or confirm any more.",
)
WRONG = Said(
    "Wat in het grootboek staat, is niet wat hier uit het logboek komt; de beheerder moet dit uitzoeken, en een lid kan de dag narekenen.",
    "What stands on the ledger is not what comes out of the log here; the operator has to look into it, and a member can audit the day.",
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a home asks for."""

    member: str
    kind: Kind
    market: Market = "day-ahead"
    since: int = 0
    """The size of the head that it saw last."""


class Proofs:
    """Days' lines are made again once and asked for by many."""

    def __init__(self, committing: Committing) -> None:
        self._committing = committing
        self._framing = Framing(committing.ledger)
        self._at_hand: OrderedDict[tuple[date, str], tuple[object, Mapping[str, Commit]]] = OrderedDict()
        self._turn = Lock()

    def of(self, state: Live, asked: Asked, days: Sequence[date]) -> Iterator[OwnProof]:
        """The newest version for each day, and of rounds each one that this home had a part in."""
        began = self._committing.began() or date.min
        for day in (day for day in days if day >= began):
            for commit in self._commits(state, day, asked).values():
                if asked.member in commit.lines:
                    yield self._proof(commit, asked, day)

    def _commits(self, state: Live, day: date, asked: Asked) -> Mapping[str, Commit]:
        known, which = state.day(day), f"{asked.kind} {asked.market}"
        as_of = _as_of(known)
        with self._turn:
            was, commits = self._at_hand.get((day, which), (None, {}))
            if was == as_of:
                self._at_hand.move_to_end((day, which))
                return commits
        made = self._made(state, day, asked)
        with self._turn:
            self._at_hand[day, which] = as_of, made
            while len(self._at_hand) > _AT_HAND:
                self._at_hand.popitem(last=False)
        return made

    def _made(self, state: Live, day: date, asked: Asked) -> Mapping[str, Commit]:
        """Of a day that the state has forgotten, from the log."""
        if day in state.days:
            return {one.key: one for one in at_hand(state, day, _wanted(keys_at(state, day), asked))}
        told = {one.key: one for one in self._committing.retell(day)}
        return {key: told[key] for key in _wanted(tuple(told), asked)}

    def _proof(self, commit: Commit, asked: Asked, day: date) -> OwnProof:
        found = self._found(commit, asked)
        late = self._committing.making.trees.late(commit.key)
        if isinstance(found, Evidence):
            stands, why, words = Stands.PROVEN, _both(LATE) if late else None, dict(found.words())
        else:
            stands, why, words = found[0], _both(found[1]), None
        return OwnProof(
            key=commit.key,
            kind=commit.kind,
            day=day,
            version=commit.version,
            stands=stands,
            evidence=words,
            since=self._committing.waits(commit.key) if stands is Stands.WAITING else None,
            late=late,
            why=why,
        )

    def _found(self, commit: Commit, asked: Asked) -> Evidence | tuple[Stands, Said]:
        making, ledger = self._committing.making, self._committing.ledger
        try:
            there, tree = ledger.find(commit.key), making.trees.get(commit.key)
        except (LaagError, OSError):
            return Stands.WAITING, WAITS
        if there is None or tree is None:
            return (Stands.WAITING, WAITS) if there is None else (Stands.WRONG, WRONG)
        if root_in(read(there.data).entry) != root(tree.leaves).hex():
            return Stands.WRONG, WRONG
        secret = making.secrets.of(asked.member)
        if secret is None:
            return Stands.ERASED, ERASED
        try:
            mine = shown(commit, asked.member, secret, tree.leaves)
        except BadInput:
            return Stands.WRONG, WRONG
        return self._evidence(commit.key, mine, asked.since)

    def _evidence(self, key: str, mine: Shown, since: int) -> Evidence | tuple[Stands, Said]:
        try:
            found = self._framing.evidence_of(key, mine, since)
        except (LaagError, OSError):
            return Stands.WRITTEN, TOO_FEW
        return (Stands.WRITTEN, TOO_FEW) if found is None or isinstance(found, Unproven) else found


def _wanted(keys: Sequence[str], asked: Asked) -> list[str]:
    """Of books and clearings those of the market asked for; of readings and settlements the newest.

    >>> _wanted(("meter/2026-06-01/1", "settle/2026-06-01/1", "settle/2026-06-01/2"), Asked("m-1", "settle"))
    ['settle/2026-06-01/2']
    """
    if asked.kind in {"book", "clear"}:
        return [key for key in keys if key.startswith(f"{asked.kind}/{asked.market}/")]
    return [key for key in keys if key.startswith(f"{asked.kind}/")][-1:]


def _as_of(known: Day) -> object:
    """What of a day its commitments follow from: another reading alone changes none."""
    return known.closed, known.is_cleared, known.revision, len(known.rounds)


def _both(said: Said) -> Both:
    return Both(nl=said.nl, en=said.en)
