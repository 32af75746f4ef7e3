"""A ledger's name, short enough to read to the neighbours."""

from __future__ import annotations

_SIGNS = "0123456789abcdefghjkmnpqrstvwxyz"
"""No i, l, o or u: nobody has to ask which one it was."""
_GROUPS, _LONG = 4, 5


def spoken(ledger: str) -> str:
    """The first hundred bits of a ledger's id, in four groups: whoever has the same four has the same ledger.

    >>> spoken("e5e87a88d5e180f51dd4d01a731fd5a5c4e59565ad71373898bbb97e3f615b56")
    'wqm7n-26nw6-0fa7e-mt0d7'
    """
    bits = int(ledger, 16) >> (4 * len(ledger) - 5 * _GROUPS * _LONG)
    signs = [_SIGNS[bits >> 5 * at & 31] for at in reversed(range(_GROUPS * _LONG))]
    return "-".join("".join(signs[at : at + _LONG]) for at in range(0, len(signs), _LONG))
