"""The street's cycle as a state machine: ``(state, step) -> state``, and what is due next.

Nothing here solves or forgets: a step says what homes did and ordered, and applying it clears the market of the day
they ordered for. Applying the same steps again gives the same state, on any machine.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import TypeVar

import numpy as np

from laag.cycle.agent import Work
from laag.cycle.bands import beyond_eur_per_kwh, firm_wh
from laag.cycle.bulletin import Bulletin, LocalPrices, bulletin
from laag.cycle.events import Step, Validated
from laag.cycle.grid_says import GridSays
from laag.cycle.layers import Layers, layers
from laag.cycle.market_day import DayMarket, clear_day
from laag.cycle.own_count import begins_with
from laag.cycle.standing import Word, standing
from laag.cycle.street import Street
from laag.cycle.surprises import surprises_ticks
from laag.cycle.terms import Terms
from laag.cycle.validate import Validation, Wires
from laag.cycle.wants import Began
from laag.foundation.contracts import Ints
from laag.foundation.errors import BadInput
from laag.foundation.ptu import PtuGrid
from laag.foundation.series import Profile, Unit
from laag.gateway.exchange import NationalPrices
from laag.home.calendar import Calendar
from laag.home.forecast import prices_like_recent_days
from laag.home.house import HomeState
from laag.neighbourhood.charter.process import Process, Since
from laag.neighbourhood.grid.network import Floats, Network
from laag.settlement.bands import kw_of

T = TypeVar("T")
HORIZON_PTUS = 196
"""How far a plan looks: from noon to noon two days later, also when a day has 25 hours; so tomorrow's orders know the night after."""
GATE_HOUR = 12
PRICE_MEMORY_PTUS = 9 * 96
"""Published prices from which those not yet published are guessed: a week, and a clock change to spare."""


@dataclass(frozen=True, slots=True, eq=False)
class Run:
    """A street, the rules, and the days to run; what is worth computing once."""

    street: Street
    terms: Terms
    first_day: date
    days: int
    layers: Layers
    calendar: Calendar
    prices: NationalPrices
    wires: Wires | None = None
    """The grid operator's network; ``None``: it takes no part."""
    validation: Validation = Validation()
    later: tuple[Since, ...] = ()
    """Charters that come to hold during the run, in order."""

    def terms_on(self, day: date) -> Terms:
        """With the charter that holds on a day, as in a neighbourhood that lives."""
        return self.terms.under(Process((Since(self.first_day, self.terms.charter), *self.later)).on(day))

    @property
    def last_day(self) -> date:
        """The last day that is settled."""
        return self.first_day + timedelta(days=self.days - 1)

    @property
    def bands_kw(self) -> tuple[int, ...]:
        """What each home subscribes to."""
        return tuple(kw_of(home.connection) for home in self.street.homes)

    @property
    def steps(self) -> int:
        """The opening gate, one step to each gate after it, and the afternoon of the last day."""
        return self.days + 2

    def gate(self, step: int) -> int:
        """The PTU at which a step ends: noon of a day, or for the last step the end of the last day."""
        if step == self.steps - 1:
            return int(self.day(self.last_day).stop)
        return self.noon(self.gate_day(step))

    def gate_day(self, step: int) -> date:
        """The local day in which a step ends."""
        return min(self.first_day + timedelta(days=step - 1), self.last_day)

    def noon(self, day: date) -> int:
        """The PTU in which the gate of this day closes."""
        return self.street.grid.index(
            datetime(day.year, day.month, day.day, GATE_HOUR, tzinfo=self.street.zone)
        )

    def day(self, day: date) -> slice:
        """Where a local day lies on the street's grid."""
        return PtuGrid.day(day, self.street.zone).within(self.street.grid)

    def prices_of(self, span: slice) -> NationalPrices:
        """National prices of some PTUs."""
        every = self.prices
        return NationalPrices(
            every.day_ahead_ticks[span], every.shortage_ticks[span], every.surplus_ticks[span]
        )


def prepare(
    street: Street,
    terms: Terms,
    first_day: date,
    days: int,
    network: Network | None = None,
    validation: Validation = Validation(),  # noqa: B008 - a frozen value
) -> Run:
    """Check that the street covers these days, and a day before them, and look up what never changes."""
    if days < 1:
        raise BadInput(f"{days} days is nothing to run; give at least one")
    wanted = PtuGrid.days(first_day - timedelta(days=1), days + 1, street.zone)
    if wanted.start < street.grid.start or wanted.end > street.grid.end:
        raise BadInput(
            f"the street's data cover {street.grid}, the run needs {wanted} (one day before its first day as well); "
            "choose other days or give longer series"
        )
    nation = street.nation
    exchange = NationalPrices(
        *(_exchange_ticks(p.values) for p in (nation.day_ahead, nation.shortage, nation.surplus))
    )
    seen = street.grid.window(0, len(street.grid) + 3 * HORIZON_PTUS)
    tree = layers(street)
    pumps = {home.house.name for home in street.homes if home.house.heat_pump is not None}
    wires = None if network is None else Wires.of(network, tree.members, validation.power_factors, pumps)
    if terms.policy.bands:
        bands_wh = {home.house.name: firm_wh(kw_of(home.connection), terms.facts) for home in street.homes}
        validation = validation.banded(bands_wh)
    return Run(
        street, terms, first_day, days, tree, Calendar.of(seen, street.zone), exchange, wires, validation
    )


@dataclass(frozen=True, slots=True, eq=False)
class State:
    """After some steps: what each home holds, the markets of today and tomorrow, and the local prices of late."""

    done: int
    homes: tuple[HomeState, ...]
    markets: Mapping[date, DayMarket]
    announced_wh: Mapping[date, Ints]
    local: LocalPrices
    began: Ints | None = None
    """When machines last began, as in ``Step``."""
    validated: Mapping[date, Validated] = field(default_factory=dict)
    """What the grid operator made of a day whose market is cleared."""
    promised_kw: Mapping[date, Floats] = field(default_factory=dict)
    """What homes hold themselves to for it, as in ``Step``."""

    def began_in(self, home: int) -> Began:
        """Of one home."""
        return () if self.began is None else tuple(self.began[home].tolist())


def start(run: Run) -> State:
    """Before the opening gate."""
    homes = tuple(begins_with(home, run.gate(0)) for home in run.street.homes)
    return State(0, homes, {}, {}, LocalPrices.unknown())


@dataclass(frozen=True, slots=True, eq=False)
class Due:
    """What every home does next, and the bulletin to do it by."""

    work: Work
    bulletin: Bulletin


def cleared_last(run: Run, state: State) -> date:
    """The day whose market was cleared when the next step begins: what is validated then."""
    return run.first_day + timedelta(days=state.done - 1)


def due(run: Run, state: State, word: Word | None = None) -> Due | None:
    """The next step's work; ``None`` when the run is complete.

    ``word`` is what the grid operator says of the day that was cleared, if it looked already.
    """
    step = state.done
    if step == run.steps:
        return None
    first, stop = run.gate(max(step - 1, 0)), run.gate(step)
    bid_day = run.first_day + timedelta(days=step)
    today = run.first_day + timedelta(days=step - 1)
    published = run.day(min(today, run.last_day)).stop
    asked = run.day(bid_day) if bid_day <= run.last_day else None
    board = bulletin(
        run.terms,
        run.calendar,
        first,
        _expected_prices(run, first, published, stop + HORIZON_PTUS - first),
        _surprises(run, asked),
        state.markets,
        state.local,
        len(state.homes),
    )
    board = replace(board, grid=_grid_says(run, state, word, first, len(board)))
    if run.terms.policy.bands:
        beyond = beyond_eur_per_kwh(run.terms.facts)
        board = replace(board, band_kw=np.array(run.bands_kw, np.float64), beyond_eur_per_kwh=beyond)
    announce = run.day(today) if run.first_day <= today <= run.last_day else slice(first, first)
    return Due(Work(first, stop, announce, asked), board)


def apply(run: Run, state: State, step: Step) -> State:
    """The state after a step; clears the market of the day that was ordered for."""
    markets, announced, local = dict(state.markets), dict(state.announced_wh), state.local
    day = run.first_day + timedelta(days=state.done)
    if step.announced_wh.shape[1]:
        announced[day - timedelta(days=1)] = step.announced_wh
    if step.orders is not None and run.terms.policy.has_market:
        span = run.day(day)
        market = clear_day(run.layers, run.terms_on(day), run.prices_of(span), span.start, step.orders)
        markets[day] = market
        local = local.learn(market, run.calendar.quarter[span])
    kept = day - timedelta(days=2)
    return replace(
        state,
        done=state.done + 1,
        homes=step.homes,
        markets={d: m for d, m in markets.items() if d >= kept},
        announced_wh={d: a for d, a in announced.items() if d >= kept},
        local=local,
        began=step.began,
        validated=_kept(state.validated, cleared_last(run, state), step.validated, kept),
        promised_kw=_kept(state.promised_kw, cleared_last(run, state), step.promised_kw, kept),
    )


def _kept(known: Mapping[date, T], day: date, new: T | None, since: date) -> Mapping[date, T]:
    found = dict(known) if new is None else {**known, day: new}
    return {one: value for one, value in found.items() if one >= since}


def _grid_says(run: Run, state: State, word: Word | None, first: int, count: int) -> GridSays | None:
    """Where the grid operator takes part: what it says of the day cleared last, and all that still holds of days before it."""
    if run.wires is None:
        return None
    today = None if word is None else (cleared_last(run, state), word)
    homes = len(state.homes)

    def stop_of(day: date) -> int:
        return int(run.day(day).stop)

    return standing(homes, first, count, stop_of, state.validated, state.promised_kw, today)


def _expected_prices(run: Run, first: int, published: int, count: int) -> Ints:
    """Day-ahead ticks from ``first`` on: as published up to ``published``, beyond it like recent days."""
    ticks = run.prices.day_ahead_ticks
    known = ticks[first : min(published, first + count)]
    beyond = count - len(known)
    if beyond <= 0:
        return known
    past = run.street.grid.window(max(published - PRICE_MEMORY_PTUS, 0), published)
    lately = Profile(
        past, np.asarray(ticks[published - len(past) : published] / 100.0, np.float64), Unit.EUR_PER_MWH
    )
    ahead = run.street.grid.window(published, published + beyond)
    expected = prices_like_recent_days(lately, run.calendar, ahead)
    return np.concatenate([known, np.rint(expected * 100).astype(np.int64)])


def _surprises(run: Run, asked: slice | None) -> Ints:
    """How the prices of late missed what was expected of them, for the day that is bid for."""
    if asked is None:
        return np.zeros((0, 0), np.int64)
    return surprises_ticks(
        run.prices.day_ahead_ticks,
        run.calendar,
        asked,
        lambda start, count: _expected_prices(run, start, start, count),
    )


def _exchange_ticks(eur_per_mwh: np.ndarray[tuple[int], np.dtype[np.float64]]) -> Ints:
    if not np.isfinite(eur_per_mwh).all():
        at = int(np.argmin(np.isfinite(eur_per_mwh)))
        raise BadInput(f"the price of PTU {at} is missing; mend the price series before running on it")
    return np.rint(eur_per_mwh * 100).astype(np.int64)
