"""Two participants that talk without a network: every letter is a value, so that a test may lose, double or turn them round."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import numpy as np

from laag.adapters.keys import Key
from laag.adapters.stores import SqliteLog
from laag.adapters.uftp.agr import Aggregator, Asked, disputes
from laag.adapters.uftp.desk import Desk, Letter
from laag.adapters.uftp.dso import Operator, Timing
from laag.adapters.uftp.participants import Listed, Participant
from laag.adapters.uftp.rules import Rules
from laag.adapters.uftp.translate import Offered, room

POINT = "ean.871685900012636543"
DAY = date(2026, 6, 2)
MORNING = datetime(2026, 6, 1, 8, tzinfo=UTC)
AGR, DSO = "agr.example", "dso.example"
KEYS = {AGR: Key.new(), DSO: Key.new()}
LISTED = Listed(
    [
        Participant.of(AGR, "AGR", "http://127.0.0.1:1/m", KEYS[AGR].public),
        Participant.of(DSO, "DSO", "http://127.0.0.1:2/m", KEYS[DSO].public),
    ]
)
AGR_RULES = Rules({POINT: frozenset({DSO})})
DSO_RULES = Rules({POINT: frozenset({AGR})})
CAPACITY_W = 100_000


def evening(peak_w: int = 120_000, day: date = DAY) -> np.ndarray:
    """A day of 40 kW with two hours above the capacity."""
    watts = np.full(len(AGR_RULES.grid(day)), 40_000)
    watts[72:80] = peak_w
    return watts


def within_capacity(point, grid, watts):
    return room(sum(watts.values()), CAPACITY_W, grid)


def half_price(asked: Asked) -> list[Offered]:
    """Everything that is asked for, and the same energy two hours later."""
    watts = np.where(asked.space.requested, asked.space.low_w + asked.space.high_w, 0)
    watts = watts - np.roll(watts, 8)
    agr = Aggregator(DSO)
    return [Offered(watts, Decimal("2.40"), agr.until(asked, watts), Decimal("0.10"))]


@dataclass
class Pair:
    """An aggregator and a grid operator, their logs, and what is in the post."""

    now: datetime = MORNING
    logs: dict[str, SqliteLog] = field(
        default_factory=lambda: {who: SqliteLog(":memory:") for who in (AGR, DSO)}
    )
    rules: dict[str, Rules] = field(default_factory=lambda: {AGR: AGR_RULES, DSO: DSO_RULES})
    offers: Callable[[Asked], Sequence[Offered]] = half_price
    operator: Operator = field(
        default_factory=lambda: Operator(
            within_capacity,
            lambda *_: evening(100_000),
            timing=Timing(),
            penalty_eur_per_kwh=Decimal("0.30"),
        )
    )

    def __post_init__(self) -> None:
        self.aggregator = Aggregator(DSO)
        self.desks: dict[str, Desk] = {}
        for who in (AGR, DSO):
            self.restart(who)

    def restart(self, who: str) -> None:
        role = "AGR" if who == AGR else "DSO"
        self.desks[who] = Desk(
            who, role, KEYS[who], LISTED, self.rules[who], self.logs[who], disputes if who == AGR else None
        )

    @property
    def agr(self) -> Desk:
        return self.desks[AGR]

    @property
    def dso(self) -> Desk:
        return self.desks[DSO]

    def deliver(self, who: str, letter: Letter) -> None:
        heard = self.desks[letter.peer].hear(letter.envelope, self.now)
        self.desks[who].delivered(letter.id, heard.status, self.now, heard.why)

    def post(self) -> None:
        """Deliver until nothing waits."""
        while any(desk.waiting() for desk in self.desks.values()):
            for who, desk in self.desks.items():
                for letter in desk.waiting():
                    self.deliver(who, letter)

    def act(self) -> None:
        """What both do of their own accord."""
        for due in self.operator.due(self.dso, self.now):
            due.then(self.dso, due.work(), self.now)
        self.aggregator.follow_orders(self.agr, self.now)
        for asked in self.aggregator.open_requests(self.agr, self.now):
            self.aggregator.answer(self.agr, asked.id, self.offers(asked), self.now)

    def settle_down(self) -> None:
        """Until neither has anything more to say at this moment."""
        for _ in range(20):
            self.post()
            self.act()
            if not any(desk.waiting() for desk in self.desks.values()):
                return
        raise AssertionError("they keep talking")

    def until(self, later: timedelta) -> None:
        self.now += later
        self.settle_down()


def prognosed(pair: Pair, watts: np.ndarray | None = None, day: date = DAY) -> None:
    pair.aggregator.prognose(pair.agr, POINT, day, evening(day=day) if watts is None else watts, pair.now)
    pair.settle_down()
