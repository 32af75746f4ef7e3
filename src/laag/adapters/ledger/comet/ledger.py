"""The ledger of a chain, as a member's programs see it: through the node beside them."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from threading import Event, Thread
from time import monotonic
from types import TracebackType
from typing import Any, Self

from laag.adapters.ledger.comet.asking import Asking
from laag.adapters.ledger.comet.outbox import Outbox, Waiting
from laag.adapters.ledger.comet.outcome import receipt
from laag.adapters.ledger.comet.rpc import Asked, Away
from laag.foundation.errors import BadInput, LaagError
from laag.foundation.ports import Became, Receipt
from laag.ledger.entries import read
from laag.ledger.merkle import leaf_hash
from laag.ledger.refused import Code, Refusal

log = logging.getLogger(__name__)
_FOR_EVER = {Code.WRITTEN, Code.STALE_VOTE}
"""What was accepted once and is refused for this will not be taken any more."""
_KEYS_AT_ONCE = 500
_LOOK_AT_LEAST_EVERY_S = 0.05


class CometLedger(Asking):
    """Entries go into an outbox, to the node, and out of the outbox once they are in a block.

    ``submit`` waits for that, for as long as ``patience_s``; what is not in a block by then is handed in again in the
    background, and by the next ``CometLedger`` on the same outbox.
    """

    def __init__(
        self,
        node: str,
        genesis: bytes,
        outbox: Path | str,
        *,
        patience_s: float = 10.0,
        look_every_s: float = 0.02,
    ) -> None:
        super().__init__(node, genesis)
        self.outbox = Outbox(outbox)
        self._patience_s = patience_s
        self._look_every_s = look_every_s
        self._stopping = Event()
        self._again = Thread(target=self._hand_in_again, name="ledger outbox", daemon=True)
        self._again.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Stop; what waits is handed in when the outbox is opened again."""
        self._stopping.set()
        self._again.join()
        self._rpc.close()
        self.outbox.close()

    def submit(self, data: bytes) -> Receipt:
        """Hand in one entry."""
        return self.submit_all([data])[0]

    def submit_all(self, entries: Sequence[bytes]) -> list[Receipt]:
        """Hand in several, in this order."""
        became = {data: _read(data) for data in entries}
        ours = [(one.key, data) for data, one in became.items() if one.key]
        known = self._settled(ours)
        became |= {data: _known(one) for data, one in known.items()}
        ours = [(key, data) for key, data in ours if data not in known]
        self.outbox.put(ours)
        became |= self._handed_in([data for _, data in ours])
        became |= self._placed([one for one in ours if became[one[1]].became is not Became.REFUSED])
        self.outbox.done(
            data for data, one in became.items() if one.final_on_log or one.became is Became.REFUSED
        )
        return [became[data] for data in entries]

    def pass_on(self, entries: Sequence[bytes]) -> list[Receipt]:
        """Hand in what others keep until it is final: none of it is kept here and nobody waits; raises ``Away``."""
        became = {data: _read(data) for data in entries}
        ours = [(one.key, data) for data, one in became.items() if one.key]
        known = self._settled(ours)
        became |= {data: _known(one) for data, one in known.items()}
        became |= self._answered([data for _, data in ours if data not in known])
        return [became[data] for data in entries]

    def _handed_in(self, entries: Sequence[bytes]) -> dict[bytes, Receipt]:
        """What the node says to each; nothing of those that it has already, and nothing at all where it is away."""
        try:
            return self._answered(entries)
        except Away as away:
            log.info("%s", away)
            return {}

    def _answered(self, entries: Sequence[bytes]) -> dict[bytes, Receipt]:
        answers = self._rpc.broadcast(entries)
        return {data: _said(one) for data, one in zip(entries, answers, strict=True) if "error" not in one}

    def _placed(self, entries: Sequence[tuple[str, bytes]]) -> dict[bytes, Receipt]:
        """What became of these, once that is known of all or patience is at its end."""
        until = monotonic() + self._patience_s
        settled: dict[bytes, Receipt] = {}
        left = list(entries)
        pause_s = self._look_every_s
        while left:
            # The last of many is asked for first: while it does not stand, most others do not either.
            last = self._settled(left[-1:])
            late = monotonic() > until
            if last or late:
                settled |= last | self._settled([one for one in left if one[1] not in last])
                left = [one for one in left if one[1] not in settled]
            if left and (late or self._stopping.wait(pause_s)):
                break
            pause_s = min(1.3 * pause_s, _LOOK_AT_LEAST_EVERY_S)
        return settled

    def _settled(self, entries: Sequence[tuple[str, bytes]]) -> dict[bytes, Receipt]:
        """Of those whose keys are written: their places, or that something else stands there."""
        found: dict[bytes, Receipt] = {}
        try:
            for first in range(0, len(entries), _KEYS_AT_ONCE):
                some = entries[first : first + _KEYS_AT_ONCE]
                places = self._ask("places", "\n".join(key for key, _ in some))
                for (key, data), place in zip(some, places, strict=True):
                    if place is not None and place[1] == leaf_hash(data).hex():
                        found[data] = Receipt(Became.TAKEN, key, place[0], final_on_log=True)
                    elif place is not None:
                        found[data] = receipt(self._ask("judge", data.decode("ascii")))
        except (Away, Asked) as away:
            log.info("%s", away)
        return found

    def _hand_in_again(self) -> None:
        seen: set[int] = set()
        while not self._stopping.wait(1.0):
            try:
                waiting = self.outbox.waiting()
                self._again_in([one for one in waiting if one.number in seen])
                seen = {one.number for one in waiting}
            except LaagError as fault:
                log.warning("%s", fault)

    def _again_in(self, waiting: Sequence[Waiting]) -> None:
        if not waiting:
            return
        said = self._settled([(one.key, one.data) for one in waiting])
        left = [one.data for one in waiting if one.data not in said]
        said |= {
            data: one
            for data, one in self._handed_in(left).items()
            if one.became is Became.REFUSED and one.code in _FOR_EVER
        }
        for one in waiting:
            if one.data in said and (why := said[one.data].why):
                log.warning("%s is not on the ledger and will not be: %s", one.key, why.en)
                self.outbox.refused(one, said[one.data].code, why.en)
        self.outbox.done(data for data, one in said.items() if one.final_on_log)


def _read(data: bytes) -> Receipt:
    """The key of an entry; a refusal where it has none."""
    try:
        return Receipt(Became.TAKEN, read(data).entry.key)
    except Refusal as no:
        return Receipt(Became.REFUSED, why=no.refused.why, code=no.refused.code)


def _known(one: Receipt) -> Receipt:
    """What stands there already was not taken by this."""
    return replace(one, became=Became.KNOWN) if one.final_on_log else one


def _said(answer: dict[str, Any]) -> Receipt:
    try:
        return receipt(answer["log"])
    except (ValueError, KeyError) as odd:
        raise BadInput(
            f"a node answers otherwise than laag's ({answer}); is it a node of another ledger?"
        ) from odd
