"""Heads on their way to the witnesses: each is asked by a thread of its own, so that one that is away delays nobody."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from threading import Event, Thread
from time import monotonic
from types import TracebackType
from typing import Self, TypeVar

from laag.adapters.ledger.embedded.ledger import EmbeddedLedger
from laag.adapters.ledger.store import Signed
from laag.adapters.ledger.store.notes import signed_of
from laag.adapters.ledger.witness.client import Away, Cosigned, Elsewhere, Node, Unsigned
from laag.adapters.ledger.witness.wire import Asked
from laag.foundation.errors import BadInput
from laag.foundation.ports import Clock
from laag.foundation.words import Said
from laag.ledger.checkpoint import checkpoint, note
from laag.ledger.refused import Refusal

log = logging.getLogger("laag.ledger.sequencer")
SOON_S, LATEST_S = 0.05, 10.0
"""How long a witness that did not cosign is left alone: first, and at most. An ask that nobody hears costs next to nothing."""
SKEW_S = 300
FIRST_S = 3.0
"""How long witnesses have to say what they saw before a ledger goes on without having heard them."""
RECOVER = "laag ledger recover"
_IN_THE_LOG = "het logboek van de server zegt waarom"
_NO_ANSWER = f"hij is niet te bereiken, of antwoordt niet zoals het hoort; {_IN_THE_LOG}"
_WILL_NOT = f"hij wil niet tekenen wat hier staat; {_IN_THE_LOG}"
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Standing:
    """How it is with one witness."""

    member: str
    url: str
    size: int = 0
    """Of the last head that it cosigned."""
    why: str = ""
    """Why it did not cosign the newest, as the log has it; empty where nothing stands in the way."""
    why_nl: str = ""
    """The same for those who read Dutch, as far as there are words for it."""
    refuses: bool = False
    """Whether it answered and would not sign, which is more than being away."""
    skew_s: float = 0.0
    """How far its clock is from ours: what it signed is as good, and somebody should set it."""

    @property
    def said(self) -> Said:
        """In a sentence."""
        if self.why:
            return Said(
                f"{self.member} ondertekent nu niet mee: {self.why_nl or _IN_THE_LOG}",
                f"{self.member} does not cosign now: {self.why}",
            )
        if abs(self.skew_s) > SKEW_S:
            return Said(
                f"{self.member} ondertekende {self.size} inschrijvingen; zijn klok wijkt {self.skew_s:.0f} s af",
                f"{self.member} cosigned {self.size} entries; its clock is {self.skew_s:.0f} s off",
            )
        return Said(
            f"{self.member} ondertekende {self.size} inschrijvingen",
            f"{self.member} cosigned {self.size} entries",
        )


class Publisher:
    """Runs while it is entered; ``witnesses`` are the other members' nodes, by member."""

    def __init__(
        self, ledger: EmbeddedLedger, witnesses: Mapping[str, Node], clock: Clock, latest_s: float = LATEST_S
    ) -> None:
        self._ledger, self._clock, self._latest_s = ledger, clock, latest_s
        self._standing = {who: Standing(who, node.url) for who, node in witnesses.items()}
        self._heard = {who: Event() for who in witnesses}
        self._over = Event()
        self._threads = [
            Thread(target=self._follow, args=(who, node), name=f"asks {who}", daemon=True)
            for who, node in witnesses.items()
        ]

    def __enter__(self) -> Self:
        for one in self._threads:
            one.start()
        until_s = monotonic() + FIRST_S
        for (
            heard
        ) in self._heard.values():  # whoever was put back from an old copy hears of it before it signs anew
            heard.wait(max(0.0, until_s - monotonic()))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        self._ledger.wake()
        for one in self._threads:
            one.join(FIRST_S)  # one that waits for an answer goes with the process

    def standing(self) -> tuple[Standing, ...]:
        """How it is with each witness, by member."""
        return tuple(self._standing[who] for who in sorted(self._standing))

    def _follow(self, who: str, node: Node) -> None:
        self._patiently(who, lambda: self._look_back(who, node))
        self._heard[who].set()
        old, wait_s = 0, 0.0
        while not self._over.wait(wait_s):
            size = self._standing[who].size
            if not self._ledger.until_beyond(size, LATEST_S, self._over.is_set):
                continue
            asked = self._patiently(who, lambda: self._ask(who, node, old))  # noqa: B023 - called at once
            old = old if asked is None else asked
            done = self._standing[who].size > size
            wait_s = 0.0 if done else min(max(SOON_S, 2 * wait_s), self._latest_s)
        node.close()

    def _patiently(self, who: str, ask: Callable[[], T]) -> T | None:
        try:
            return ask()
        except (Away, BadInput) as gone:
            self._note(who, why=str(gone), why_nl=_NO_ANSWER)
        except Exception as fault:  # whatever it was, this witness is asked again and the others go on
            log.exception("a witness could not be asked", extra={"witness": who})
            self._note(who, why=f"{type(fault).__name__}: {fault}")
        return None

    def _ask(self, who: str, node: Node, old: int) -> int:
        """Ask for one cosignature; gives how large the log was when this witness last cosigned it."""
        head = self._ledger.signed()
        if head is None:
            return 0
        match node.add_checkpoint(Asked(old, self._ledger.consistency(old, head.size), head.note)):
            case Cosigned(lines):
                return self._take(who, head, lines)
            case Elsewhere(size) if size != old and size <= head.size:
                return size
            case Elsewhere():
                self._look_back(who, node)
                return old
            case Unsigned(_, why):
                self._note(who, why=why, why_nl=_WILL_NOT, refuses=True)
                self._look_back(who, node)
                return old

    def _take(self, who: str, head: Signed, lines: tuple[str, ...]) -> int:
        for line in lines:
            found = self._ledger.cosign(head.size, line)
            if found is not None and found.by == who:
                skew_s = found.time - self._clock.now().timestamp()
                self._note(who, size=head.size, skew_s=skew_s)
                return head.size
        raise Away("what it answers is not its signature under this head")

    def _look_back(self, who: str, node: Node) -> None:
        """Halt where this witness holds a head that this ledger signed and does not lead to."""
        text = node.checkpoint()
        if text is None:
            return
        try:
            signed = note(text.encode())
            size = checkpoint(signed.text).size
            theirs = signed_of(signed, self._ledger.id, self._ledger.members_at(size))
        except Refusal as odd:
            raise Away(f"what it shows is no head of this ledger: {odd}") from odd
        ours = self._ledger.state.size
        if theirs.size <= ours and self._ledger.root_at(theirs.size) == theirs.root:
            return
        why = _rolled_back(who, theirs.size, ours) if theirs.size > ours else _forked(who, theirs.size)
        log.error("the ledger is halted", extra={"why": why.en})
        self._ledger.halt(why)
        self._note(who, why=why.en, why_nl=why.nl, refuses=True)

    def _note(
        self,
        who: str,
        *,
        size: int | None = None,
        why: str = "",
        why_nl: str = "",
        skew_s: float = 0.0,
        refuses: bool = False,
    ) -> None:
        before = self._standing[who]
        if why and why != before.why:
            log.warning("a witness does not cosign", extra={"witness": who, "why": why})
        self._standing[who] = replace(
            before,
            size=before.size if size is None else size,
            why=why,
            why_nl=why_nl,
            refuses=refuses or (before.refuses and size is None),  # it answers otherwise when it signs
            skew_s=skew_s,
        )


def _rolled_back(who: str, theirs: int, ours: int) -> Said:
    return Said(
        f"{who} zag {theirs} inschrijvingen die dit grootboek ondertekende en hier staan er {ours}: het is van een oudere kopie "
        f"teruggezet; haal de andere bij de getuigen op met: {RECOVER}",
        f"{who} saw {theirs} entries that this ledger signed and here are {ours}: it was put back from an older copy; fetch "
        f"the others from its witnesses with: {RECOVER}",
    )


def _forked(who: str, theirs: int) -> Said:
    return Said(
        f"{who} zag bij {theirs} inschrijvingen een andere geschiedenis die dit grootboek ondertekende: het is van een oudere "
        f"kopie teruggezet en ging verder; zet het op die van de getuigen met: {RECOVER}",
        f"{who} saw another history at {theirs} entries that this ledger signed: it was put back from an older copy and went "
        f"on; put it on that of its witnesses with: {RECOVER}",
    )
