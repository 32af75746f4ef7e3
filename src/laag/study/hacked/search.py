"""Every attack, with and without caution; of those with a period, the one that does most."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from laag.study.hacked.attacks import ATTACKS, PERIODS_S, Attack, swinging
from laag.study.hacked.bounds import Bound, bound
from laag.study.hacked.lived import BARE, PROTECTED, Lived, lived
from laag.study.hacked.street import Victim

BARE_S = 90
"""Without protection all is over within seconds."""
SEARCHED = 60
"""Homes on which a period is searched for; the worst is then lived by all."""


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """One attack's largest steps, and what cannot be exceeded."""

    attack: Attack
    bare: Lived
    protected: Lived
    bound: Bound


def studied(
    street: Sequence[Victim],
    seconds: int = 240,
    tells: Callable[[str], None] = lambda _: None,
) -> tuple[Found, ...]:
    """All attacks on this street."""
    attacks = (*ATTACKS, worst_period(street[:SEARCHED], seconds))
    found = []
    for attack in attacks:
        tells(attack.name)
        long_s = 2 * seconds if attack.timed else seconds
        found.append(
            Found(
                attack,
                lived(street, attack, BARE, BARE_S),
                lived(street, attack, PROTECTED, long_s),
                bound(street, attack),
            )
        )
    return tuple(found)


def worst_period(street: Sequence[Victim], seconds: int) -> Attack:
    """The swinging that moves a protected street most within a minute."""
    tried = [
        (lived(street, swinging(period), PROTECTED, seconds).steps_kw()[-1], -period) for period in PERIODS_S
    ]
    return swinging(-max(tried)[1])
