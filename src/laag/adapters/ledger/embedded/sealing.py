"""How the sequencer signs: with the key that the ledger knows it by at that size, and never so that it could sign no more."""

from __future__ import annotations

from collections.abc import Sequence

from laag.adapters.keys import Key
from laag.adapters.ledger.store import Signed, Store
from laag.adapters.ledger.store.log import Log
from laag.adapters.ledger.store.notes import sealed
from laag.foundation.errors import BadInput, Unfinished
from laag.foundation.words import Said
from laag.ledger.apply import Applied, Taken
from laag.ledger.checkpoint import Checkpoint
from laag.ledger.refused import Code, Refused
from laag.ledger.rules import Look
from laag.ledger.state import State

_LAST_KEY = Said(
    "hierna zou wie de volgorde bepaalt niets meer kunnen ondertekenen; geef hem eerst de nieuwe sleutel in zijn instellingen",
    "after this the sequencer could sign nothing more; give it the new key in its settings first",
)


class Halted(Unfinished):
    """The ledger takes nothing until somebody looked at it; nothing that it holds is lost."""

    def __init__(self, why: Said) -> None:
        super().__init__(why.en)
        self.why = why


class Sealing(Log):
    """A log whose heads are signed by one of its operators."""

    def __init__(self, store: Store, keys: Sequence[Key]) -> None:
        super().__init__(store)
        self._keys = {key.public: key for key in keys}
        if self._signer(self.state) is None:
            raise BadInput(
                f"none of the {len(self._keys)} keys given is an operator's of ledger {self.genesis.name}; give the key of "
                + " or ".join(one.id for one in self.state.operators())
            )

    def seal(self, state: State) -> Signed:
        """The head of a state, signed."""
        signer = self._signer(state)
        assert signer is not None, "``one`` sees to it that there is always a key"
        return sealed(Checkpoint(state.ledger, state.size, state.root), signer)

    def one(self, state: State, data: bytes, look: Look) -> Applied:
        """What becomes of one entry; one that would leave the sequencer without a key is refused."""
        applied = super().one(state, data, look)
        if isinstance(applied.outcome, Taken) and self._signer(applied.state) is None:
            return Applied(state, Refused(Code.CHANGE, _LAST_KEY))
        return applied

    def _signer(self, state: State) -> Key | None:
        mine = (self._keys.get(one.key) for one in state.operators())
        return next((key for key in mine if key is not None), None)
