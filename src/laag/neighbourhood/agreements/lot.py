"""Who looks at an appeal: neighbours drawn by lot, by a lot that anybody can draw again."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date

JURORS = 5
FEWEST = 3
"""Fewer are no jury: the appeal is then granted."""


def drawn(members: Sequence[str], member: str, agreement: str, day: date) -> tuple[str, ...]:
    """Five of those who take part and are not the member itself; all of them where there are fewer.

    The lot depends on names and the day alone, so that nobody who appeals can choose the words that draw a kinder one,
    and not on the order in which members are given.

    >>> drawn(["a", "b", "c"], "a", "No car at dinner", date(2026, 1, 14))
    ('b', 'c')
    """
    about = f"{member}\n{agreement}\n{day}\n"

    def lot(name: str) -> bytes:
        return hashlib.sha256((about + name).encode()).digest()

    others = {name for name in members if name != member}
    return tuple(sorted(sorted(others, key=lot)[:JURORS]))
