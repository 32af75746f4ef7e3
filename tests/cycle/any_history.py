"""What any street is told over some days, with much that comes late, twice, from strangers, or again."""

import random
from dataclasses import replace
from datetime import timedelta

import numpy as np
from hypothesis import strategies as st
from tests.cycle.any_street import PLACE
from tests.cycle.test_live_intraday import Amending

from laag.cycle import live
from laag.cycle.fingerprint import fingerprint
from laag.cycle.live.state import Details


@st.composite
def histories(draw, days=3):
    """Messages, some of which are refused."""
    street = Amending(
        draw(st.integers(1, 4)),
        draw(st.integers(1, days)),
        draw(st.integers(0, 2**32)),
        silent=draw(st.booleans()),
        late=draw(st.booleans()),
    )
    dice = random.Random(draw(st.integers(0, 2**32)))
    told = street.messages()
    for _ in range(draw(st.integers(0, 12))):
        told.insert(dice.randint(street.homes, len(told)), dice.choice(_OTHERS)(street, dice))
    return _numbered([*told, *(live.Settle(day) for day in street.dates)])


def _late(street, dice):
    ptu = np.array(sorted(dice.sample(range(92), dice.randint(1, 9))))
    wh = np.array([dice.randint(-3_000, 3_000) for _ in ptu])
    return live.Metered(dice.choice([*street.members, "stranger"]), dice.choice(street.dates), 0, ptu, wh)


def _prices(street, dice):
    day = dice.choice(street.dates)
    ticks = np.random.default_rng(dice.randint(0, 99)).integers(-5_000, 30_000, len(PLACE.grid(day)))
    return live.Imbalanced(day, ticks + 10, ticks - 10, "operator", expected=dice.random() < 0.3)


def _repeats(street, dice):
    return live.Metered(dice.choice(street.members), street.last, -1, np.array([0]), np.array([1]))


_OTHERS = (
    _late,
    _late,
    _prices,
    _repeats,
    lambda street, dice: live.Settle(dice.choice(street.dates)),
    lambda street, dice: live.Left(
        dice.choice(street.members), dice.choice([*street.dates, street.last + timedelta(days=1)])
    ),
    lambda street, dice: live.Joined(
        dice.choice([*street.members, "newcomer"]), dice.choice(street.dates), "south"
    ),
)


def _numbered(told):
    """Each member's numbers rise, but for what is said to have come before."""
    numbers, counted = {}, []
    for one in told:
        if getattr(one, "number", -1) >= 0:
            numbers[one.member] = number = numbers.get(one.member, -1) + 1
            one = replace(one, number=number)  # noqa: PLW2901 - the same with its number
        counted.append(one)
    return counted


def folded(told, state=None):
    """The state after all of them, and what each came to."""
    state, became = state or live.begin(PLACE), []
    for one in told:
        state, effects = live.apply(state, one)
        why = [effect.why.en for effect in effects if isinstance(effect, live.Refused)]
        became.append((why, live.told_by(effects)))
    return state, became


def everything(state):
    """One name for all that is known, wherever it is kept."""
    return fingerprint(
        (
            dict(state.members),
            list(state.members),
            dict(state.numbers),
            {
                day: (replace(known, details=Details()), known.details.whole(), list(known.orders))
                for day, known in state.days.items()
            },
        )
    )
