"""One step of live control on its way: what each device is wanted to do so far, and why."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from math import exp

from laag.home.devices import Device
from laag.home.house import HomeState, House
from laag.home.operate.bounds import UNBOUND, Bounds, within
from laag.home.operate.caution import drawn
from laag.home.operate.dispatch import Dispatch, Now
from laag.home.operate.guard import SAME_KW, Guard
from laag.home.operate.heard import Heard
from laag.home.operate.instruct import Because, Instruction, Why
from laag.home.operate.memory import Live, Memory
from laag.home.operate.pace import ramped
from laag.home.operate.reach import Reach
from laag.home.operate.row import Row, unplanned_stay
from laag.home.operate.sensed import Sensed
from laag.home.physics import NO_LIMIT, Around, Held, WholePhysics, Wish
from laag.home.physics.fuses import BATTERY, CAR, ELEMENT, ROOMS, SUN, WATER

STEP_S = 5.0
"""What the first step is taken to last; no step counts for more than twelve times this."""
LONGEST_S = 900.0
"""Nor for more than this in how far a home may have moved meanwhile."""


class Step:
    """Stages in their order: ``follows``, ``is_bound``, ``wants``, ``keeps_pace``, ``keeps_safe``, ``told``."""

    def __init__(
        self,
        now: datetime,
        house: House,
        state: HomeState,
        heard: Heard,
        memory: Memory,
        secret: float,
        settings: Live,
        *,
        blind: bool,
    ) -> None:
        self.now, self.house, self.heard, self.memory = now, house, heard, memory
        self.secret, self.settings, self.blind = secret, settings, blind
        self.held = Held(
            state.stored_kwh,
            state.ev_stored_kwh,
            state.indoor_c,
            state.tank_c,
            state.hot_ago_ptus,
            state.pump_ran_ptus,
        )
        self.physics = WholePhysics(house)
        self.dispatch = Dispatch(house, self.physics, settings.absorbing)
        self.reach = Reach(house, self.physics, heard, memory, settings.pace, state.stored_kwh)
        gone = (now - memory.at).total_seconds() if memory.at is not None else STEP_S
        self.gone_s = min(max(gone, 0.0), 12 * STEP_S)
        self.since_s = min(max(gone, 0.0), LONGEST_S)
        there = {
            Device.PV: house.pv is not None and house.pv.curtailable,
            Device.BATTERY: house.battery is not None,
            Device.EV: house.charger is not None and heard.car_here,
            Device.HEAT_PUMP: self.physics.warms_rooms,
            Device.WATER: house.tank is not None,
        }
        self.devices = [device for device, is_there in there.items() if is_there]
        self.kw: dict[Device, float] = {}
        self.because: dict[Device, Because] = {}
        self.element_kw = 0.0

    def follows(self, newest: Row | None) -> None:
        """The plan's row in force, and what nobody steers."""
        self.following = self.memory.following.turned(
            newest, self.now, self.secret, self.settings.pace.prices_s, self.settings.caution
        )
        self.row = self.following.row
        sensed = Sensed(self.house, self.heard, self.memory, self.row, self.now)
        self.sun_kw = sensed.sun_kw(self.settings.pace.least_kw)
        self.rest_kw = (
            sensed.expected_rest_kw()
            if self.blind
            else sensed.measured_rest_kw(self.devices, 2 * self.settings.pace.least_kw)
        )

        fades = exp(-self.gone_s / self.settings.calm_s)
        self.highest_kw = _fading(self.rest_kw, self.memory.highest_kw, fades, max)
        self.lowest_kw = _fading(self.rest_kw, self.memory.lowest_kw, fades, min)

    def is_bound(self, asked: Bounds) -> None:
        """What claims leave free, by this home's own way into them."""
        carried = (
            self.rest_kw[0] - self.sun_kw + sum(self.reach.last_kw(d) for d in self.devices if d != Device.PV)
        )
        self.eased = self.memory.eased.towards(
            asked,
            self.now,
            self.reach.flows(carried, self.devices),
            self.reach.could_flow(),
            self.secret,
            self.settings.pace,
            self.settings.caution,
        )
        self.bounds = self.eased.bounds(self.now)

    def wants(self) -> None:
        """Plan, need and merit order."""
        row, stay, left = self.row, None, 0
        if self.heard.car_here:
            stay = row.stay if row is not None else None
            left = row.left_ptus if stay is not None and row is not None else 0
            stay = stay or unplanned_stay(self.house, self.held.ev_stored_kwh)
        now = self.seen = Now(
            self.rest_kw[0],
            self.sun_kw,
            self.heard.outdoor_c,
            self.heard.gains_kw,
            self.heard.low_c,
            self.held,
            stay,
            left,
        )
        wish = row.wish if row is not None else self._simple(now)
        self._says(wish, wish, Because(Why.PLAN if row is not None else Why.SIMPLE), always=True)
        if self.blind:
            self._says(wish, wish, Because(Why.BLIND, {"silent_s": self.heard.meter.age_s}), always=True)
        if self.following.is_held(self.now):
            because = Because(Why.CALM, {"turn_count": len(self.following.turns)})
            self._says(wish, wish, because, always=True)
        elif self.following.due is not None:
            left_s = (self.following.due - self.now).total_seconds()
            self._says(wish, wish, Because(Why.WAITS, {"left_s": left_s}), always=True)
        if (left_s := self.eased.left_s(self.now)) > 0:
            self._says(wish, wish, Because(Why.WAITS_LIMIT, {"left_s": left_s}), always=True)
        wish = self._needed(wish, now)
        if self.bounds is not UNBOUND:
            wish = within(wish, self.bounds, self.dispatch.needed(now))
        wish = self._as_promised(wish, now)
        wish, self.absorbs = self._absorbed(wish, now)
        self.element_kw = wish.element_kw
        self.kw = {device: _of(wish, device) for device in self.devices}
        self._returns()

    def keeps_pace(self) -> None:
        """No change too small to tell, none too soon after the last switch, none faster than its ramp."""
        pace = self.settings.pace
        before, after, wanted = {}, {}, {}
        for device in self.devices:
            gives, takes = self.reach.range_kw(device)
            most = max(gives, takes)
            last = min(max(self.reach.paced_kw(device), -gives), takes)
            target = min(max(self.kw[device], -gives), takes)
            aim = self.reach.paused(device, last, target, self.now)
            if abs(aim - last) < self.reach.least_kw(device) and (aim != 0 or last == 0):
                aim = last
            if abs(aim - target) > SAME_KW:
                self.because[device] = Because(Why.STEADY, {"wanted_kw": target})
            kw = ramped(last, aim, most, self.gone_s, pace)
            if abs(kw - aim) > SAME_KW:
                self.because[device] = Because(Why.RAMP, {"wanted_kw": aim})
            before[device], after[device], wanted[device] = last, kw, aim
        self._governs(before, after, wanted)

    def _governs(
        self, before: dict[Device, float], after: dict[Device, float], wanted: dict[Device, float]
    ) -> None:
        """All moves together no faster than the home allows, but for what makes up for its own load."""
        memory = self.memory
        changed_kw = 0.0
        if memory.rest_kw and not self.blind:
            changed_kw = (self.rest_kw[0] - self.sun_kw) - (memory.rest_kw[0] - memory.sun_kw)
        budget = memory.budget.after(changed_kw, self.since_s)
        moves = [
            self._at_the_meter(device, after[device]) - self._at_the_meter(device, before[device])
            for device in self.devices
        ]
        governed, self.budget = budget.governed(moves, self.since_s, self.settings.caution)
        for device, asked_kw, kw in zip(self.devices, moves, governed, strict=True):
            if abs(kw - asked_kw) > SAME_KW:
                turned = -kw if device is Device.PV else kw
                base = before[device] if device is not Device.PV else min(before[device], self.sun_kw)
                after[device] = base + turned
                self.because[device] = Because(Why.SLOWLY, {"wanted_kw": wanted[device]})
            most = max(self.reach.range_kw(device))
            whole = device is Device.PV and after[device] >= most - SAME_KW
            self.kw[device] = NO_LIMIT if whole else after[device]
        self.paced = dict(self.kw)

    def _at_the_meter(self, device: Device, kw: float) -> float:
        return -min(kw, self.sun_kw) if device is Device.PV else kw

    def _returns(self) -> None:
        """After a power cut nothing takes before its own moment; what gives may give."""
        back_at, caution = self.heard.back_at, self.settings.caution
        if back_at is None or (self.now - back_at).total_seconds() >= caution.back_s:
            return
        for device in self.devices:
            wait_s = caution.back_s * drawn(self.secret, f"back {device.name}", back_at)
            left_s = wait_s - (self.now - back_at).total_seconds()
            if device is not Device.PV and left_s > 0 and self.kw[device] > 0:
                self.kw[device] = 0.0
                self.because[device] = Because(Why.RETURNS, {"left_s": left_s})

    def keeps_safe(self) -> None:
        """Claimed limits, the connection and its phases, whatever was wanted; then whole amperes."""
        stay, settings = self.seen.stay, self.settings
        guard = Guard(
            self.house,
            self.physics,
            self.bounds,
            settings.blind_share if self.blind else settings.fuse_share,
            self.highest_kw,
            self.lowest_kw,
        )
        around = Around(
            0.0,
            *self.seen[1:5],
            car_here=Device.EV in self.devices,
            reserve_kwh=self.bounds.reserve_kwh,
            car_reserve_kwh=stay.least_kwh if stay is not None else 0.0,
            car_need_kw=self.dispatch.car_floor_kw(self.seen) if stay is not None else 0.0,
        )
        wanted = self._listed()
        too_full = guard.too_full(wanted)
        kw = guard.safe(wanted, self.held, around)
        for device, place in ((Device.BATTERY, BATTERY), (Device.HEAT_PUMP, ROOMS)):
            guard.leave(kw, place, self.memory.told_kw.get(device), self.settings.pace.least_kw)
        if kw[CAR] < wanted[CAR] - SAME_KW:
            guard.leave(kw, CAR, self.memory.told_kw.get(Device.EV), 1.5 * self.reach.one_ampere_kw())
        self._unlisted(kw, wanted, too_full)

    def told(self) -> tuple[tuple[Instruction, ...], Memory]:
        """The instructions, and what to remember of them."""
        memory, kw = self.memory, self.kw
        told = tuple(Instruction(device, kw[device], self.because[device]) for device in sorted(kw))
        changed = {d for d in kw if kw[d] != memory.told_kw.get(d)}
        switched = {d for d in kw if (kw[d] > 0) != (memory.told_kw.get(d, 0.0) > 0)}
        return told, replace(
            memory,
            at=self.now,
            told_kw=dict(sorted(kw.items())),
            paced_kw={d: self.paced[d] for d in sorted(kw) if self.reach.rounds(d, self.paced[d], kw[d])},
            told_at={**memory.told_at, **dict.fromkeys(sorted(changed), self.now)},
            switched_at={**memory.switched_at, **dict.fromkeys(sorted(switched), self.now)},
            following=self.following,
            eased=self.eased,
            budget=self.budget,
            absorbs=self.absorbs,
            sun_kw=memory.sun_kw if self.blind else self.sun_kw,
            rest_kw=memory.rest_kw if self.blind else self.rest_kw,
            highest_kw=self.highest_kw,
            lowest_kw=self.lowest_kw,
        )

    def _simple(self, now: Now) -> Wish:
        """Without a plan: the battery rests, the car charges at once, thermostats hold."""
        rooms = self.physics.holding_kw(self.held.indoor_c, now.outdoor_c, now.gains_kw, now.low_c)
        water, element = self.physics.keeping_hot_kw(self.held, now.outdoor_c, 0.0)
        return Wish(
            ev_kw=self.physics.ev_max if now.stay is not None else 0.0,
            heat_pump_kw=rooms,
            water_kw=water,
            element_kw=element,
        )

    def _needed(self, wish: Wish, now: Now) -> Wish:
        """Warm rooms, a car that is ready."""
        row, asked = self.row, wish
        if self.physics.warms_rooms and not (row is not None and row.rooms_are_firm):
            wish = self.dispatch.for_the_rooms(wish, now)
            self._says(asked, wish, Because(Why.COMFORT, {"indoor_c": self.held.indoor_c}))
        before, after = (row.in_car_before_kwh, row.in_car_kwh) if row is not None else (NO_LIMIT, NO_LIMIT)
        firm = row.car_is_firm if row is not None else False
        ready = wish._replace(ev_kw=self.dispatch.for_the_car(wish.ev_kw, now, before, after, firm=firm))
        if now.stay is not None:
            self._says(wish, ready, Because(Why.READY, {"wanted_kwh": now.stay.wanted_kwh}))
        return ready

    def _absorbed(self, wish: Wish, now: Now) -> tuple[Wish, bool]:
        row = self.row
        if self.blind or row is None or row.worth is None:
            return wish, False
        moved, kw = self.dispatch.absorbed(
            wish, now, row.offtake_kw, row.prices, row.worth, self.bounds, goes_on=self.memory.absorbs
        )
        price = row.prices[1] if kw < 0 else row.prices[2]
        self._says(wish, moved, Because(Why.ABSORBS, {"unforeseen_kw": -kw, "price_eur_per_kwh": price}))
        return moved, kw != 0.0

    def _as_promised(self, wish: Wish, now: Now) -> Wish:
        """What was sold to the grid operator, as far as devices can."""
        bounds = self.bounds
        if not bounds.sold:
            return wish
        row = self.row if not self.blind else None
        moved, _ = self.dispatch.as_promised(wish, now, bounds, row.worth if row is not None else None)
        promised_kw = bounds.import_kw if bounds.import_kw < 0 else -bounds.export_kw
        self._says(wish, moved, Because(Why.PROMISED, {"promised_kw": promised_kw}))
        return moved

    def _says(self, before: Wish, after: Wish, because: Because, *, always: bool = False) -> None:
        for device in self.devices:
            if always or abs(_of(after, device) - _of(before, device)) > SAME_KW:
                self.because[device] = because

    def _listed(self) -> list[float]:
        """The powers in the order in which fuses count them."""
        kw = [0.0] * 8
        kw[SUN] = -min(self.sun_kw, self.kw.get(Device.PV, NO_LIMIT))
        kw[BATTERY] = self.kw.get(Device.BATTERY, 0.0)
        kw[CAR] = self.kw.get(Device.EV, 0.0)
        kw[ROOMS] = self.kw.get(Device.HEAT_PUMP, 0.0)
        water = self.kw.get(Device.WATER, 0.0)
        kw[ELEMENT] = min(self.element_kw, water)
        kw[WATER] = water - kw[ELEMENT]
        return kw

    def _unlisted(self, kw: list[float], wanted: list[float], too_full: Because | None) -> None:
        """The safe powers back to their devices, and why they are not what was wanted."""
        places = {
            Device.BATTERY: (BATTERY,),
            Device.EV: (CAR,),
            Device.HEAT_PUMP: (ROOMS,),
            Device.WATER: (WATER, ELEMENT),
        }
        for device in self.devices:
            if device is Device.PV:
                if kw[SUN] > wanted[SUN] + SAME_KW:
                    self.kw[device], self.because[device] = -kw[SUN], too_full or Because(Why.PLAN)
                continue
            was, now = (sum(powers[place] for place in places[device]) for powers in (wanted, kw))
            self.kw[device] = now
            if abs(now - was) <= SAME_KW:
                continue
            one = self.reach.one_ampere_kw()
            rounded = device is Device.EV and (too_full is None or abs(now - was) < one)
            self.because[device] = (
                Because(Why.AMPERES, {"current_a": now / one}) if rounded or too_full is None else too_full
            )


def _fading(
    now_kw: tuple[float, ...],
    before_kw: tuple[float, ...],
    share: float,
    further: Callable[[float, float], float],
) -> tuple[float, ...]:
    """The furthest lately: what is now, or what was, fading towards it."""
    if len(before_kw) != len(now_kw):
        return now_kw
    return tuple(
        further(now, now + (before - now) * share) for now, before in zip(now_kw, before_kw, strict=True)
    )


def _of(wish: Wish, device: Device) -> float:
    return {
        Device.PV: wish.pv_most_kw,
        Device.BATTERY: wish.battery_kw,
        Device.EV: wish.ev_kw,
        Device.HEAT_PUMP: wish.heat_pump_kw,
        Device.WATER: wish.water_kw,
    }[device]
