"""Which known name somebody meant who wrote another."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name most like it; ``None`` where none is like it.

    >>> nearest("quorm_percent", ["quorum_percent", "majority_percent"])
    'quorum_percent'
    """
    found = get_close_matches(name, list(known), n=1, cutoff=0.6)
    return found[0] if found else None
