"""A stretch of a real day, quarter-hour by quarter-hour: follow the plan, absorb what it did not foresee, plan again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import astuple, dataclass
from typing import cast

import numpy as np

from laag.foundation.ptu import PTU_HOURS
from laag.home.devices import EvSession, Job
from laag.home.house import HomeState, House
from laag.home.operate.absorb import Absorbing
from laag.home.operate.bounds import UNBOUND, Bounds, bounds_at, within
from laag.home.operate.caution import Caution, bounded
from laag.home.operate.dispatch import Dispatch, Now
from laag.home.operate.in_force import InForce
from laag.home.operate.lived import Actual, Operated, Replanned, Watch
from laag.home.operate.programmes import Programmes
from laag.home.operate.series import Series
from laag.home.operate.stays import Stays
from laag.home.physics import (
    NO_LIMIT,
    Around,
    Flow,
    Held,
    Physics,
    WholeFlow,
    WholePhysics,
    Wish,
    columns_of,
    is_plain,
    sound,
)
from laag.home.plan import Plan

Begun = tuple[EvSession, ...]
_Plain = Callable[[int, HomeState, Begun], Plan]
_WithJobs = Callable[[int, HomeState, Begun, tuple[Job, ...]], Plan]
Replan = _Plain | _WithJobs
"""(PTU of the actual grid, state at its start, the stays that have begun) -> the plan from that PTU on; a home with
programmes to run is asked with those still wanted, too, a running one with ``started``."""


@dataclass(frozen=True, slots=True)
class Triggers:
    """When what is measured departs so far from the plan that it is made again.

    Six measured weeks with real prices: while the battery absorbs, half a kWh keeps 96 % of what foresight gains
    (93 % with panels), 2 kWh one percentage point less for half the plans. A heat pump's home gains 2.5 points by 0.2 K
    instead of 1 K, for 8 % more plans (``benchmarks/absorbing.py``).
    """

    drift_kwh: float = 0.5
    """Energy not foreseen, summed since the last plan, whoever took it."""
    drift_k: float = 0.2
    """Indoor temperature off the plan's."""
    rest_ptus: int = 4
    """Not more often than this, but for a car that comes or goes."""


def stretch(
    house: House,
    state: HomeState,
    plan: Plan,
    actual: Actual,
    start: int,
    stop: int,
    replan: Replan,
    *,
    triggers: Triggers = Triggers(),
    watch: Watch = Watch(),  # noqa: B008 - a frozen value
    absorbing: Absorbing | None = Absorbing(),  # noqa: B008
    caution: Caution = Caution(),  # noqa: B008
) -> Operated:
    """Live PTUs ``start`` to ``stop`` of the actual grid, beginning with ``plan`` in force.

    At the start of each PTU the home knows what happened before it and whether the car is there. When that departs
    from the plan it plans again, at most once an hour (a car's arrival or departure cannot wait), and follows the new
    plan from this PTU on. Within the PTU its cheapest device takes what the plan did not foresee (``absorbing``;
    ``None``: it is left to the connection). A household tells the car's real departure and need on arrival: a stay is
    known once begun.
    """
    return _Day(house, state, plan, actual, start, stop, replan, triggers, watch, absorbing, caution).live()


class _Day:
    """The loop's memory; plain floats, for it runs two million times a year for a street."""

    def __init__(
        self,
        house: House,
        state: HomeState,
        plan: Plan,
        actual: Actual,
        start: int,
        stop: int,
        replan: Replan,
        triggers: Triggers,
        watch: Watch,
        absorbing: Absorbing | None,
        caution: Caution,
    ) -> None:
        state, _ = sound(house, state)
        self.house, self.actual, self.start, self.stop = house, actual, start, stop
        self.replan, self.triggers = replan, triggers
        self.physics = Physics(house) if is_plain(house) else WholePhysics(house)
        self.held: tuple[float, ...] = astuple(state)
        self.steers = (
            house.battery is not None
            or house.charger is not None
            or house.tank is not None
            or self.physics.pump_max > 0
        )
        self.dispatch = Dispatch(house, self.physics, absorbing)
        self.absorbing = self.steers and absorbing is not None
        self.absorbs = watch.absorbs
        self.claims = bounded(actual.claims, caution)
        self.drift_kwh, self.planned_at = watch.drift_kwh, watch.planned_at
        sessions = actual.sessions if house.charger is not None else ()
        self.stays = Stays(sessions, start, self.physics.car_capacity)
        self.programmes = Programmes(actual.jobs, watch.began)
        self.replanned: list[Replanned] = []
        self.follow(plan)

    def follow(self, plan: Plan) -> None:
        """Put a plan in force."""
        self.plan = InForce(plan, self.house, self.actual.grid.index(plan.grid.start), self.stop)

    def live(self) -> Operated:
        around = Series(self.house, self.actual, self.start, self.stop)
        rows: list[tuple[float, ...]] = []
        for ptu in range(self.start, self.stop):
            in_car_kwh = self.stays.turn(ptu, self.held[1])
            if in_car_kwh != self.held[1]:
                self.held = (self.held[0], in_car_kwh, *self.held[2:])
            self.reconsider(ptu)
            rows.append(self.quarter(ptu, around))
        self.stays.end(self.stop, self.held[1])
        return self.told(rows)

    def quarter(self, ptu: int, around: Series) -> tuple[float, ...]:
        """One PTU: what is wanted, what was not foreseen, what happens; its row in the order of ``_ROW``, then the flow."""
        i, plan, stay = ptu - self.start, self.plan, self.stays.here
        at = ptu - plan.offset
        planned = 0 <= at < plan.count
        load_kw, sun_kw = around.load[i], around.sun[i]
        if load_kw != load_kw:  # noqa: PLR0124 - nan: a silent meter
            load_kw = plan.load[at] if planned else plan.load[-1] if plan.load else 0.0
        if sun_kw != sun_kw:  # noqa: PLR0124
            sun_kw = plan.pv[at] if planned else 0.0
        running_kw = self.programmes.power_kw(ptu, plan.plan, plan.offset) if self.programmes.jobs else 0.0
        bounds = self.bounded(ptu) if self.claims else UNBOUND
        now = Now(
            load_kw + running_kw,
            sun_kw,
            around.outdoor[i],
            around.gains[i],
            around.low[i],
            self.held,
            stay,
            stay.departs - ptu - 1 if stay is not None else 0,
        )
        kept_kw = absorbed_kw = 0.0
        if planned:
            expected_kw = plan.offtake[at]
            wish = self.wanted(plan.wish(at), now, at)
            if bounds is not UNBOUND:
                wish = within(wish, bounds, self.dispatch.needed(now))
            if bounds.sold:
                wish, kept_kw = self.dispatch.as_promised(wish, now, bounds, plan.worth(at))
            if self.absorbing and (worth := plan.worth(at)) is not None:
                wish, absorbed_kw = self.dispatch.absorbed(
                    wish, now, expected_kw, plan.prices[at], worth, bounds, goes_on=self.absorbs
                )
                self.absorbs = absorbed_kw != 0.0
        else:
            wish = self.simple(now)
            expected_kw = load_kw + wish.heat_pump_kw
            if bounds.sold:
                wish, kept_kw = self.dispatch.as_promised(wish, now, bounds, None)
        absorbed_kw += kept_kw
        flow = self.happens(wish, now, load_kw, running_kw, around.drawn[i], bounds.reserve_kwh)
        self.drift_kwh += (flow.offtake_kw - expected_kw - absorbed_kw) * PTU_HOURS
        return (load_kw, expected_kw, absorbed_kw, stay is not None, *flow)

    def wanted(self, wish: Wish, now: Now, at: int) -> Wish:
        """What the plan wants, made right for the car that is there and the warmth that is not."""
        plan = self.plan
        if self.physics.pump_max and not plan.rooms_are_firm[at]:
            wish = self.dispatch.for_the_rooms(wish, now)
        if now.stay is None:
            return wish if wish.ev_kw == 0 else wish._replace(ev_kw=0.0)
        before = plan.in_car[at - 1] if at > 0 else NO_LIMIT
        ev_kw = self.dispatch.for_the_car(wish.ev_kw, now, before, plan.in_car[at], firm=plan.car_is_firm[at])
        return wish if ev_kw == wish.ev_kw else wish._replace(ev_kw=ev_kw)

    def simple(self, now: Now) -> Wish:
        """Beyond the plan: a home that does not plan."""
        holding = self.physics.holding_kw(now.held[2], now.outdoor_c, now.gains_kw, now.low_c)
        wants = (
            max(now.stay.wanted_kwh - now.held[1], 0.0) / self.physics.car_per_kw
            if now.stay is not None
            else 0.0
        )
        return Wish(ev_kw=wants, heat_pump_kw=holding)

    def bounded(self, ptu: int) -> Bounds:
        """What claims leave free; what law and emergency say holds like the fuse."""
        if not self.claims:
            return UNBOUND
        bounds = bounds_at(self.claims, ptu)
        self.physics.limit(
            min(self.house.import_max_kw, bounds.must_import_kw),
            min(self.house.export_max_kw, bounds.must_export_kw),
        )
        return bounds

    def happens(
        self, wish: Wish, now: Now, load_kw: float, running_kw: float, drawn_kw: float, reserve_kwh: float
    ) -> Flow | WholeFlow:
        physics, stay = self.physics, self.stays.here
        need_kw = self.dispatch.car_floor_kw(now) if stay is not None else 0.0
        if isinstance(physics, WholePhysics):
            around = Around(
                load_kw,
                *now[1:5],
                car_here=stay is not None,
                reserve_kwh=reserve_kwh,
                car_reserve_kwh=stay.least_kwh if stay is not None else 0.0,
                car_most_kwh=stay.most_kwh if stay is not None else NO_LIMIT,
                car_need_kw=need_kw,
                drawn_kw=drawn_kw,
                appliance_kw=running_kw,
            )
            whole = physics.whole(Held._make(self.held), wish, around)
            self.held = whole[-6:]
            return whole
        flow = physics.happens(
            self.held,
            wish,
            *now[:5],
            car_here=stay is not None,
            reserve_kwh=reserve_kwh,
            car_need_kw=need_kw,
        )
        self.held = flow[5:]
        return flow

    def reconsider(self, ptu: int) -> None:
        """Plan again when something has departed from the plan."""
        why = self.departed(ptu) if self.steers else ""
        if not why:
            return
        self.replanned.append(Replanned(ptu, why))
        self.follow(self.asked(ptu))
        self.drift_kwh, self.planned_at = 0.0, ptu

    def asked(self, ptu: int) -> Plan:
        """A new plan from this PTU on."""
        known = (ptu, _state(self.held), self.stays.begun)
        if self.programmes.jobs:
            return cast("_WithJobs", self.replan)(*known, self.programmes.ahead(ptu))
        return cast("_Plain", self.replan)(*known)

    def departed(self, ptu: int) -> str:
        """Why the plan no longer fits; empty when it does."""
        plan, stay = self.plan, self.stays.here
        at = ptu - plan.offset
        if stay is not None and stay.arrives == ptu and not self.expected(stay):
            return "the car arrived"
        if ptu - self.planned_at < self.triggers.rest_ptus:
            return ""
        if not 0 <= at < plan.count:
            return "the plan ended"
        if abs(self.drift_kwh) > self.triggers.drift_kwh:
            return f"{self.drift_kwh:+.1f} kWh beside the plan"
        if stay is None and plan.wish(at).ev_kw > 0:
            return "the car is not there"
        if stay is not None and not any(one.present(at) for one in plan.plan.sessions):
            return "the car is there"
        if self.physics.heated and at > 0 and abs(self.held[2] - plan.indoor[at - 1]) > self.triggers.drift_k:
            return f"{self.held[2]:.1f} °C indoors"
        return ""

    def expected(self, stay: EvSession) -> bool:
        """Whether the plan in force goes by this very stay."""
        came = stay.shifted(-self.plan.offset)
        goes_on = 0.0 if stay.used_kwh == 0 else None
        return any(
            (s.arrives, s.departs, s.stored_kwh, s.wanted_kwh, s.used_kwh)
            == (came.arrives, came.departs, came.stored_kwh, came.wanted_kwh, goes_on)
            for s in self.plan.plan.sessions
        )

    def told(self, rows: list[tuple[float, ...]]) -> Operated:
        column = columns_of(self.house, rows, _ROW)
        return Operated(
            load_kw=column["load_kw"],
            pv_kw=column["pv_kw"],
            battery_kw=column["battery_kw"],
            ev_kw=column["ev_kw"],
            heat_pump_kw=column["heat_pump_kw"],
            offtake_kw=column["offtake_kw"],
            planned_kw=column["planned_kw"],
            absorbed_kw=column["absorbed_kw"],
            stored_kwh=column["stored_kwh"],
            ev_stored_kwh=np.where(column["car_here"] > 0, column["ev_stored_kwh"], np.nan),
            indoor_c=column["indoor_c"],
            water_kw=column["water_kw"],
            element_kw=column["element_kw"],
            appliance_kw=column["appliance_kw"],
            gas_kw=column["gas_kw"],
            tank_c=column["tank_c"],
            estimated=np.isnan(self.actual.load_kw[self.start : self.stop]),
            replanned=tuple(self.replanned),
            shortfalls=(*self.stays.shortfalls, *self.programmes.missed),
            state=_state(self.held),
            plan=self.plan.plan,
            watch=Watch(
                self.drift_kwh, self.planned_at, self.absorbs, tuple(sorted(self.programmes.began.items()))
            ),
        )


def _state(held: tuple[float, ...]) -> HomeState:
    stored, in_car, indoor, *rest = held
    if not rest:
        return HomeState(stored, in_car, indoor)
    tank, hot_ago, ran = rest
    return HomeState(stored, in_car, indoor, tank, int(hot_ago), int(ran))


_ROW = ("load_kw", "planned_kw", "absorbed_kw", "car_here")
