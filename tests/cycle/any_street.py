"""Small streets of any shape, as messages: who orders, what meters say, which are silent, and what comes late."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from hypothesis import strategies as st

from laag.apps.wiring import Options, terms_of
from laag.cycle import live
from laag.foundation.contracts import ANY_PRICE

FIRST = date(2026, 3, 28)
"""The clock goes forward on the second day."""
PLACE = live.Neighbourhood(
    "Kade", terms_of(Options()), FIRST, (live.Cable("north", 20.0, 20.0), live.Cable("south")), 60.0, 60.0
)


@dataclass(frozen=True)
class Street:
    """What is said of each day, before and after its gate closes, and what comes late."""

    homes: int
    days: int
    seed: int
    silent: bool = False
    late: bool = False

    @property
    def members(self):
        return [f"member-{number:03}" for number in range(self.homes)]

    @property
    def dates(self):
        return [FIRST + timedelta(days=number) for number in range(self.days)]

    @property
    def last(self):
        return self.dates[-1]

    def joins(self):
        cables = ("north", "south", "")
        return [live.Joined(name, FIRST, cables[at % 3]) for at, name in enumerate(self.members)]

    def messages(self, joins=None):
        told = list(self.joins() if joins is None else joins)
        for number, day in enumerate(self.dates):
            told += self.day(day, 10 * number)
        return told

    def day(self, day, number):
        rng = np.random.default_rng([self.seed, day.toordinal()])
        ptus = len(PLACE.grid(day))
        orders, soon, later = [], [], []
        for at, name in enumerate(self.members):
            rows, wh = home(rng, ptus, at)
            orders.append(live.Ordered(name, day, number, rows))
            heard = rng.random(ptus) > (0.3 if self.silent else -1.0)
            soon.append(live.Metered(name, day, number + 1, np.flatnonzero(heard), wh[heard]))
            if self.late and not heard.all():
                later.append(live.Metered(name, day, number + 2, np.flatnonzero(~heard), wh[~heard]))
        day_ahead = rng.integers(-3_000, 20_000, ptus)
        imbalance = live.Imbalanced(day, day_ahead + 4_000, day_ahead - 6_000, "operator")
        prices = live.Priced(day, day_ahead, "exchange")
        again = [*later, live.Settle(day)] if later else []
        return [*orders, live.Closed(day), prices, *soon, imbalance, live.Settle(day), *again]


def home(rng, ptus, at):
    """Orders of a home: what it takes whatever the price, every other with panels, every third with a battery."""
    ptu = np.arange(ptus)
    load = rng.integers(1, 900, ptus)
    parts = [(0, ptu, 1, load, ANY_PRICE)]
    wh = load + rng.integers(-300, 600, ptus)
    if at % 2:
        made = rng.integers(0, 1_500, ptus) * (np.abs(ptu - ptus // 2) < 24)
        sunny = np.flatnonzero(made)
        parts.append((1, sunny, 0, made[sunny], -ANY_PRICE))
        wh -= made
    if at % 3 == 0:
        some = np.flatnonzero(rng.random(ptus) > 0.5)
        parts.append((2, some, int(rng.integers(0, 2)), rng.integers(1, 700, len(some)), 9_000 + 500 * at))
    columns = [
        np.concatenate([np.broadcast_to(part[column], part[1].shape) for part in parts])
        for column in range(5)
    ]
    return live.Rows(*(column.astype(np.int64) for column in columns)), wh


def after(messages, state=None):
    """The state when all was said; nothing of it is refused."""
    state = state or live.begin(PLACE)
    for message in messages:
        state, effects = live.apply(state, message)
        refused = [one.why.en for one in effects if isinstance(one, live.Refused)]
        assert not refused, refused
    return state


def logged(messages):
    """The same as a log would have it, with what came of each."""
    state, events = live.begin(PLACE), []
    for message in messages:
        state, effects = live.apply(state, message)
        events.append(live.to_event(message, live.told_by(effects)))
    return state, events


def streets(**fixed):
    shape = {
        "homes": st.integers(1, 6),
        "days": st.integers(1, 3),
        "seed": st.integers(0, 2**32),
        "silent": st.booleans(),
        "late": st.booleans(),
    }
    return st.builds(Street, **(shape | {name: st.just(value) for name, value in fixed.items()}))
