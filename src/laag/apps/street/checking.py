"""Whether signatures are right, found out for many messages at once: a signature is half the work of a message.

Verifying lets other threads run meanwhile, so that two processors do it in half the time.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor
from itertools import chain

from laag.adapters.keys import verified
from laag.adapters.neighbourhood.signing import message_bytes
from laag.adapters.neighbourhood.wire import Amendments, Consents, Offers, Orders, Readings, Tellings

Signature = Orders | Amendments | Readings | Offers | Consents | Tellings
Right = Callable[[str, Signature], bool]
"""Whether a message carries the signature of this key."""
AT_ONCE = 64


def right(key: str, wire: Signature) -> bool:
    """Verified now."""
    return verified(key, wire.signature, message_bytes(wire))


def beforehand(wires: Sequence[Signature], keys: Mapping[str, str], helpers: Executor) -> Right:
    """The same, verified already for those whose key is known."""
    if len(wires) <= AT_ONCE:
        return right

    def some(first: int) -> list[tuple[int, tuple[str, bool]]]:
        mine = ((one, keys.get(one.member)) for one in wires[first : first + AT_ONCE])
        return [(id(one), (key, right(key, one))) for one, key in mine if key is not None]

    found = dict(chain.from_iterable(helpers.map(some, range(0, len(wires), AT_ONCE))))

    def known(key: str, wire: Signature) -> bool:
        # A key that came in the same batch was not known beforehand.
        with_key, was_right = found.get(id(wire), (None, False))
        return was_right if with_key == key else right(key, wire)

    return known
