"""A grid operator at its desk: checks prognoses, asks, chooses among offers, orders, settles. What is done follows from the log."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import groupby
from typing import Any

import numpy as np

from laag.adapters.uftp import translate
from laag.adapters.uftp.conversation import Known, Standing
from laag.adapters.uftp.desk import Desk
from laag.adapters.uftp.flexing import chosen_among, left_w
from laag.adapters.uftp.isps import Ints
from laag.adapters.uftp.settling import settled, settlement
from laag.adapters.uftp.translate import Offered, Space
from laag.adapters.uftp.verdict import derived_id
from laag.adapters.uftp.wire import Message
from laag.foundation.ptu import PTU, PtuGrid

Check = Callable[[str, PtuGrid, Mapping[str, Ints]], Space | None]
"""By point, day and each aggregator's watts: what is asked for; ``None`` where the grid bears it."""
Look = Callable[[PtuGrid, Mapping[str, Ints]], str]
"""By day and each aggregator's watts, what was ordered in them: what the grid bears of it, in words."""
Choose = Callable[[Space, Sequence[Offered]], Sequence[tuple[Offered, Decimal]]]
"""Which offers, and how much of each (two decimals)."""
Measured = Callable[[str, str, PtuGrid], Ints | None]
"""By point and aggregator: the watts that were; ``None`` where they are not known yet."""


@dataclass(frozen=True, slots=True)
class Timing:
    """The operator's own deadlines."""

    offers_within: timedelta = timedelta(minutes=30)
    """After a request; then is chosen among what came."""
    rounds: int = 3
    """How often is asked for one point and day."""
    lead: timedelta = PTU
    """Nothing is asked for what begins sooner than this."""
    settle_after: timedelta = timedelta(hours=2)
    """After a day's end, once its measured powers are there."""


@dataclass(frozen=True, slots=True)
class Due:
    """Something to do: work that may take long, away from the desk, and what is then said."""

    step: str
    work: Callable[[], Any]
    then: Callable[[Desk, Any, datetime], None]


@dataclass(frozen=True, slots=True)
class Operator:
    """What a grid operator does of its own accord."""

    check: Check
    measured: Measured = lambda *_: None
    choose: Choose = chosen_among
    timing: Timing = field(default_factory=Timing)
    penalty_eur_per_kwh: Decimal = Decimal(0)
    looks: Mapping[str, Look] = field(default_factory=dict)
    """By point: how it is looked at again after an order; where a point has none, its next prognosis says it."""

    def due(self, desk: Desk, now: datetime) -> list[Due]:
        """What is to be done now; asking twice changes nothing."""
        return [
            *self._checks(desk, now),
            *self._choices(desk, now),
            *self._second_looks(desk, now),
            *self._settlements(desk, now),
        ]

    def _checks(self, desk: Desk, now: datetime) -> Iterator[Due]:
        rules = desk.rules
        for point, day in sorted({(one.point, one.day) for one in desk.books.days("D-Prognosis", mine=False)
                                  if one.stands and one.day is not None}):  # fmt: skip
            if day < rules.today(now) or self._asking(desk, point, day):
                continue
            active = rules.points.get(point, frozenset())
            held = {
                peer: known
                for peer in sorted(active)
                if (known := desk.books.prognosis(peer, point, day)) is not None
            }
            if held.keys() != active and now < rules.gate(day):
                continue  # the others can still come
            refused = [one.id for peer in sorted(active) for one in _refused_orders(desk, peer, point, day)]
            step = "checked/" + derived_id(point, str(day), *(one.id for one in held.values()), *refused)
            if step not in desk.books.done:
                watts = {peer: _expected(desk, one) for peer, one in held.items()}
                yield self._check(desk, point, day, watts, step)

    def _check(self, desk: Desk, point: str, day: date, watts: Mapping[str, Ints], step: str) -> Due:
        grid = desk.rules.grid(day)
        return Due(
            step,
            lambda: self.check(point, grid, watts),
            lambda there, space, now: self._ask(there, point, day, space, step, now),
        )

    def _asking(self, desk: Desk, point: str, day: date) -> bool:
        """Whether a request is out on which nothing was chosen yet."""
        return any(_chosen(one) not in desk.books.done for one in _requests(desk, point, day))

    def _ask(self, desk: Desk, point: str, day: date, space: Space | None, step: str, now: datetime) -> None:
        round_ = max((int(one.message.revision) for one in _requests(desk, point, day)), default=0) + 1
        ahead = None if space is None else _ahead(space, now + self.timing.lead)
        if ahead is None or not ahead.requested.any():
            desk.say_all([], now, step=step, note="clear" if space is None else "too late to ask")
            return
        if round_ > self.timing.rounds:
            desk.say_all([], now, step=step, note=f"not resolved after {self.timing.rounds} requests")
            return
        first = ahead.grid[int(np.argmax(ahead.requested))]
        expires = min(now + self.timing.offers_within, first)
        letters = []
        for peer in sorted(desk.rules.points[point]):
            message = translate.request(point, day, ahead, expires, round_, desk.rules)
            message.message_id = derived_id(desk.domain, "request", point, str(day), str(round_), peer)
            letters.append((message, desk.participant(peer, "AGR")))
        desk.say_all(letters, now, step=step, note=f"asked, request {round_}")

    def _choices(self, desk: Desk, now: datetime) -> Iterator[Due]:
        open_ = [
            one
            for one in desk.books.days("FlexRequest", mine=True)
            if _chosen(one) not in desk.books.done and one.expired(now)
        ]
        for step, requests in groupby(sorted(open_, key=_chosen), key=_chosen):
            yield self._choice(desk, step, list(requests), now)

    def _choice(self, desk: Desk, step: str, requests: list[Known], now: datetime) -> Due:
        space = translate.space_of(requests[0].message, desk.rules)
        offers = {
            (one.peer, one.id): one
            for request in requests
            for one in desk.books.offers_of(request, mine=False)
            if one.standing is Standing.ACCEPTED and not one.expired(now)
        }
        options = [
            replace(option, peer=peer, id=message_id)
            for (peer, message_id), one in offers.items()
            for option in translate.offered(one.message, desk.rules)
        ]

        def order(there: Desk, chosen: Sequence[tuple[Offered, Decimal]], at: datetime) -> None:
            letters, bought = [], []
            for number, (option, factor) in enumerate(chosen, 1):
                offer = there.books.heard(option.peer, option.id)
                if offer is None or offer.standing is not Standing.ACCEPTED or offer.expired(at):
                    continue  # taken back, or past, while it was being chosen
                message = translate.order(
                    offer.message, option.option, factor, _reference(requests[0], number), there.rules
                )
                message.message_id = derived_id(there.domain, "order", step, option.peer, option.id)
                letters.append((message, there.participant(option.peer, "AGR")))
                bought.append((option, factor))
            note = f"{len(letters)} of {len(options)} ordered, {left_w(space, bought)} W stay over"
            there.say_all(letters, at, step=step, note=note)

        return Due(step, lambda: self.choose(space, options), order)

    def _second_looks(self, desk: Desk, now: datetime) -> Iterator[Due]:
        chosen = {
            (_chosen(one), one.point, one.day)
            for one in desk.books.days("FlexRequest", mine=True)
            if one.point in self.looks and one.day is not None and one.day >= desk.rules.today(now)
        }
        for name, point, day in sorted(chosen):
            step = f"looked/{name}"
            if name in desk.books.done and step not in desk.books.done:
                yield self._second_look(desk, point, day, step)

    def _second_look(self, desk: Desk, point: str, day: date, step: str) -> Due:
        active = sorted(desk.rules.points.get(point, ()))
        held = {peer: desk.books.prognosis(peer, point, day) for peer in active}
        watts = {peer: _expected(desk, known) for peer, known in held.items() if known is not None}
        look, grid = self.looks[point], desk.rules.grid(day)

        def keep(there: Desk, said: str, at: datetime) -> None:
            there.say_all([], at, step=step, note=said)

        return Due(step, lambda: look(grid, watts), keep)

    def _settlements(self, desk: Desk, now: datetime) -> Iterator[Due]:
        def of(one: Known) -> tuple[str, str]:
            return one.peer, str(one.day)

        orders = [
            one
            for one in desk.books.days("FlexOrder", mine=True)
            if one.standing is Standing.ACCEPTED
            and one.day is not None
            and desk.books.settled(one.peer, one.message.order_reference) is None
            and now >= desk.rules.grid(one.day).end + self.timing.settle_after
        ]
        for (peer, day), these in groupby(sorted(orders, key=of), key=of):
            yield self._settlement(desk, peer, date.fromisoformat(day), list(these))

    def _settlement(self, desk: Desk, peer: str, day: date, orders: list[Known]) -> Due:
        points = sorted({one.point for one in orders})
        grid = desk.rules.grid(day)
        step = f"settled/{peer}/{day}/" + derived_id(*(one.id for one in orders))

        def tell(there: Desk, actual: Mapping[str, Ints | None], now: datetime) -> None:
            items: list[tuple[Message, Any]] = []
            for point, watts in actual.items():
                if watts is None:
                    return
                mine = [one for one in orders if one.point == point]
                done = settled(
                    [translate.ordered(one.message, there.rules) for one in mine],
                    _baseline(there, peer, point, day),
                    watts,
                    _asked_for(there, peer, point, day),
                    self.penalty_eur_per_kwh,
                )
                items += zip((one.message for one in mine), done, strict=True)
            message = settlement(items, day, day, there.rules)
            message.message_id = derived_id(there.domain, step)
            there.say(message, there.participant(peer, "AGR"), now, step=step)

        return Due(step, lambda: {point: self.measured(point, peer, grid) for point in points}, tell)


def _expected(desk: Desk, held: Known) -> Ints:
    """What a prognosis comes to with what was ordered since."""
    watts = translate.prognosed(held.message, desk.rules)
    assert held.day is not None
    for one in desk.books.orders(held.peer, held.point, held.day, mine=True):
        if one.at > held.at:
            watts = watts + translate.ordered(one.message, desk.rules).watts
    return watts


def _baseline(desk: Desk, peer: str, point: str, day: date) -> Ints:
    """The last prognosis before the first request: what an order is a change of."""
    asked = desk.books.day(peer, point, day, "FlexRequest", mine=True, stands=False)
    first = min(one.at for one in asked)
    before = [one for one in desk.books.day(peer, point, day, "D-Prognosis", mine=False) if one.at <= first]
    return translate.prognosed(max(before, key=lambda one: int(one.message.revision)).message, desk.rules)


def _asked_for(desk: Desk, peer: str, point: str, day: date) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    requested = np.zeros(len(desk.rules.grid(day)), np.bool_)
    for one in desk.books.day(peer, point, day, "FlexRequest", mine=True, stands=False):
        requested |= translate.space_of(one.message, desk.rules).requested
    return requested


def _refused_orders(desk: Desk, peer: str, point: str, day: date) -> list[Known]:
    """What was ordered and will not come, so that the day is looked at again."""
    orders = desk.books.day(peer, point, day, "FlexOrder", mine=True, stands=False)
    return [one for one in orders if one.standing is Standing.REJECTED]


def _requests(desk: Desk, point: str, day: date) -> list[Known]:
    return [
        one
        for peer in sorted(desk.rules.points.get(point, ()))
        for one in desk.books.day(peer, point, day, "FlexRequest", mine=True, stands=False)
    ]


def _chosen(request: Known) -> str:
    return f"chosen/{request.point}/{request.day}/{request.message.revision}"


def _reference(request: Known, number: int) -> str:
    return f"{request.day}/{request.point[-12:]}/{request.message.revision}/{number}"


def _ahead(space: Space, since: datetime) -> Space:
    """Only what lies ahead is asked for."""
    begun = min(max(space.grid.index(since) + 1, 0), len(space.grid))
    past = np.arange(len(space.grid)) < begun
    zero = np.int64(0)
    return Space(
        space.grid,
        space.requested & ~past,
        np.where(past, zero, space.low_w),
        np.where(past, zero, space.high_w),
    )
