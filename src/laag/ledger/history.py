"""Who the members were at each size of a log, from its votes and rotations alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from laag.foundation.ports import Found
from laag.ledger.entries import Rotate, Vote, read
from laag.ledger.evidence import Placed
from laag.ledger.genesis import Genesis
from laag.ledger.refused import Code, NeedsUpgrade, Refusal
from laag.ledger.rules import Verify, changed, judged
from laag.ledger.state import State


@dataclass(frozen=True, slots=True)
class History:
    """The state after the genesis and after each step; each has the size of the log at which it began to hold."""

    states: tuple[State, ...]

    def latest(self, size: int) -> State:
        """What holds after all of it, in a log of this size."""
        return replace(self.states[-1], size=size).due()

    def at(self, size: int) -> State:
        """What held when the log had this size."""
        return replace(next(one for one in reversed(self.states) if one.size <= size), size=size).due()


def history(genesis: Genesis, steps: Sequence[Placed], verify: Verify, knows: int) -> History:
    """Every step taken by the rules; a refusal says which one does not hold."""
    states = [State.begun(genesis)]
    written: dict[str, Found] = {}
    for step in steps:
        try:
            states.append(_after(states[-1], step, written, verify, knows))
        except Refusal as no:
            why = no.refused.why
            raise not_a_step(step.index, why.nl, why.en) from no
    return History(tuple(states))


def _after(state: State, step: Placed, written: dict[str, Found], verify: Verify, knows: int) -> State:
    signed = read(step.data)
    if step.index < state.size or not isinstance(signed.entry, Vote | Rotate):
        raise Refusal(
            Code.STEP,
            "het is geen stem of sleutelwissel die na de vorige komt",
            "it is no vote or rotation that comes after the one before",
        )
    then = replace(state, size=step.index).due()
    if then.app > knows:
        raise NeedsUpgrade(then.app, knows)
    if judged(then, signed, written.get, verify) is not None:
        raise Refusal(Code.STEP, "het staat er twee keer", "it is there twice")
    after = replace(changed(then, signed.entry, written.get), size=step.index + 1).due()
    written[signed.entry.key] = Found(step.index, step.data)
    return after


def not_a_step(index: int, nl: str, en: str) -> Refusal:
    """The refusal of a step in evidence."""
    return Refusal(
        Code.STEP,
        f"inschrijving {index}, die zou zeggen wie de leden zijn, klopt niet: {nl}",
        f"entry {index}, which would say who the members are, does not hold: {en}",
    )
