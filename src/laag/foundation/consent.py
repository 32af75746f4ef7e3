"""What a household says yes to: a purpose, the fields that it covers, and a last day."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from laag.foundation.data import GROUNDS, Field, Ground, Purpose, Scale
from laag.foundation.register import REGISTER

LONGEST_DAYS = 366
"""A yes ends by itself after a year at most, and is then asked again."""
ASKED = tuple(purpose for purpose, ground in GROUNDS.items() if ground is Ground.CONSENT)
"""For these a household is asked."""


def covered(purpose: Purpose, register: Mapping[str, Field] = REGISTER) -> tuple[Field, ...]:
    """What of a home a purpose uses, in the order of their names.

    >>> [field.name for field in covered(Purpose.RESEARCH)]
    ['orders.device', 'orders.quantity_wh', 'orders.side', 'readings.ptu', 'readings.wh']
    """
    narrow = (Scale.DEVICE, Scale.HOME)
    envelope = ("envelope", "call", "consents")
    return tuple(
        field
        for name, field in sorted(register.items())
        if field.serves(purpose) and field.scale in narrow and field.group not in envelope
    )


def scope(purpose: Purpose, register: Mapping[str, Field] = REGISTER) -> str:
    """The fingerprint of what a yes covers: a field more, or one that is kept longer, and it is another.

    Words are no part of it, so that a spelling that is put right asks nobody again.
    """
    lines = [purpose.value]
    lines += [
        f"{one.name} {one.kind.value} {one.scale.value} {one.to.value} {one.keeps}"
        for one in covered(purpose, register)
    ]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
