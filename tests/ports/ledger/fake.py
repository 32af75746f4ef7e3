"""A ledger in memory, as plain as it can be: lists and dictionaries, and proofs made from all leaves."""

from laag.adapters.keys import verified
from laag.foundation.ports import Became, Found, Head, Receipt
from laag.ledger import merkle
from laag.ledger.apply import Known, Taken, apply
from laag.ledger.canonical import decode
from laag.ledger.genesis import genesis
from laag.ledger.state import State


class MemoryLedger:
    """Forgets everything when it is let go of."""

    def __init__(self, data) -> None:
        self.genesis = data
        self._state = State.begun(genesis(decode(data)))
        self._entries, self._keys = [], {}

    def submit(self, data):
        applied = apply(self._state, data, self._look, verified)
        self._state = applied.state
        match applied.outcome:
            case Taken(index, key):
                self._entries.append(data)
                self._keys[key] = index
                return Receipt(Became.TAKEN, key, index, final_on_log=True)
            case Known(index, key):
                return Receipt(Became.KNOWN, key, index, final_on_log=True)
            case refused:
                return Receipt(Became.REFUSED, why=refused.why, code=refused.code)

    def submit_all(self, entries):
        return [self.submit(one) for one in entries]

    def _look(self, key):
        index = self._keys.get(key)
        return None if index is None else Found(index, self._entries[index])

    def find(self, key):
        return self._look(key)

    def keys(self, prefix):
        return [key for key in self._keys if key.startswith(prefix)]

    def entries(self, first, count):
        return self._entries[first : first + count]

    def head(self):
        return Head(self._state.size, self._state.root, {})

    def proven(self):
        return self.head() if self._state.size else None

    def path(self, index, size):
        return merkle.inclusion(index, size, self._node)

    def consistency(self, old, new):
        return merkle.consistency(old, new, self._node)

    def _node(self, level, place):
        leaves = self._entries[place << level : (place + 1) << level]
        nodes, _ = merkle.grown(merkle.leaf_hash(one) for one in leaves)
        return nodes[level, 0]

    def close(self):
        """There is nothing to let go of."""
