"""A plan as its reasons look at it: what a kWh costs in each quarter-hour, where there is room, what comes from the sun."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from laag.foundation.contracts import Flags
from laag.foundation.ptu import PTU_HOURS
from laag.home.devices import Device, Wiring
from laag.home.devices.wiring import Shares
from laag.home.house import House
from laag.home.ladder import Claim, On
from laag.home.outlook import Floats, Ints, Outlook, mended
from laag.home.plan import Plan
from laag.home.reasons.limits import Most, most, sun_first
from laag.home.reasons.near import NOWHEN, ON_KW, SAME_EUR_PER_KWH
from laag.home.tariff import Band, Peak

Wired = Callable[[Wiring], Shares]
"""Which shares of the phases a device has."""


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """One number per PTU in every array."""

    plan: Plan
    house: House
    outlook: Outlook
    up: Floats
    """What taking one kWh more, or giving one less, costs in money, all else as planned."""
    down: Floats
    """What taking one kWh less, or giving one more, brings in money."""
    nudge: Floats
    """What the household's choice for the grid or for green adds to either."""
    above: Floats
    """What a kWh more than now bought or agreed costs by the tariff alone."""
    below: Floats
    """What a kWh less earns by the tariff alone."""
    taking: Most
    giving: Most
    full_in: Flags
    """The connection takes all it may."""
    full_out: Flags
    """The connection gives all it may."""
    cramped: Flags
    """Of which it would take more, were it not full."""
    crammed: Flags
    """It gives all it may, and would give more."""
    spare_sun: Flags
    """The connection gives all it may, and there is sun that would earn more than it is worth here."""
    sun_first: Ints
    """Whose claim keeps the sun in the house."""
    beyond_money: Flags
    """What more weighs here is more than any price: something goes before money."""
    no_more: Flags
    """Something - a limit, a band, the peak - makes taking more dearer than the tariff."""
    no_less: Flags
    """Something makes taking less, or giving more, worth less than the tariff."""
    at_peak: Flags
    """It takes its highest quarter-hour, and is charged for it."""
    at_band: Flags
    """It takes or gives just what the band allows."""
    all_told: Floats
    """What taking one kWh more weighs with everything that it stands in the way of."""
    phase_kw: Floats
    """Per phase (row) and PTU; no rows without wiring."""
    on_sun: Flags
    """All that is taken comes from the home's own sun."""
    pays_to_take: Flags
    """Taking a kWh more brings money, and there is room for it."""
    planned: bool
    """Whether a solver made this plan."""
    said_up: Floats
    """``up`` with all else as planned, as sentences say it."""
    said_down: Floats
    spared: Flags
    """Sun is turned down that one kWh more could use."""

    def __len__(self) -> int:
        return len(self.up)

    @property
    def numbers(self) -> dict[str, Floats | Ints]:
        """What a reason of any device may name."""
        band, whole = self.outlook.band, np.ones(len(self))
        return {
            "grid_eur_per_kwh": self.above,
            "sold_eur_per_kwh": self.below,
            "sold_would_bring": self.below,
            "paid_eur_per_kwh": -self.above,
            "all_told_eur_per_kwh": self.all_told,
            "limit_kw": self.taking.kw,
            "giving_kw": self.giving.kw,
            "peak_kw": whole * max(float(self.plan.connection_kw.max(initial=0.0)), 0.0),
            "band_kw": whole * (np.nan if band is None else band.kw),
            "beyond_eur_per_kwh": whole * (np.nan if band is None else band.beyond_eur_per_kwh),
        }

    @property
    def claims(self) -> tuple[Claim, ...]:
        """What signals and wishes ask."""
        return self.outlook.claims

    def keeps_sun(self, device: Device) -> Flags:
        """Where a claim, and not money, has this device take the home's own sun."""
        bound = self.plan.firm[device] | (self.all_told - self.nudge < self.below - SAME_EUR_PER_KWH)
        return np.asarray(self.on_sun & bound & (self.sun_first != NOWHEN), np.bool_)

    def stuck_in(self, wired: Wired) -> Flags:
        """Where a device cannot take more for want of room, on the connection or on a phase of its own."""
        return self.no_more | self._at_fuse(wired, 1.0)

    def stuck_out(self, wired: Wired) -> Flags:
        """Where it cannot take less, or give more."""
        return self.no_less | self._at_fuse(wired, -1.0)

    def _at_fuse(self, wired: Wired, way: float) -> Flags:
        full, wiring = np.zeros(len(self), np.bool_), self.house.wiring
        if wiring is not None:
            for share, kw in zip(wired(wiring), self.phase_kw, strict=True):
                full |= (share > 0) & (way * kw >= wiring.phase_max_kw - ON_KW)
        return full

    def left_alone_eur(self, moved_kw: Floats) -> Floats:
        """What it costs to take ``moved_kw`` more (a day per row) with all else as planned; ``nan`` where it does not fit.

        Only sun that is turned down comes first.
        """
        position, above, below = self.outlook.prices_of_a_change()
        planned = self.plan.connection_kw
        spare = np.where(self.spared, self.plan.sun_kw - self.plan.pv_kw, 0.0)
        kw = planned + np.where(moved_kw > 0, np.maximum(moved_kw - spare, 0.0), moved_kw)
        if self.house.pv is not None and self.house.pv.curtailable:
            # What would not fit out is turned down, as far as there is sun.
            kw = np.maximum(kw, np.minimum(-self.giving.kw, kw + self.plan.pv_kw))

        def costs(net: Floats) -> Floats:
            eur = above * np.maximum(net - position, 0.0) - below * np.maximum(position - net, 0.0)
            if self.outlook.band is not None:
                eur = eur + self.outlook.band.beyond_eur_per_kwh * np.maximum(
                    np.abs(net) - self.outlook.band.kw, 0.0
                )
            day = eur.sum(axis=-1) * PTU_HOURS
            peak = self.outlook.peak
            if peak is not None:
                day = day + peak.eur_per_kw * np.maximum(net.max(axis=-1) - peak.so_far_kw, 0.0)
            return np.asarray(day)

        fits = (kw <= np.maximum(self.taking.kw, planned) + ON_KW) & (
            -kw <= np.maximum(self.giving.kw, -planned) + ON_KW
        )
        return np.where(fits.all(axis=-1), costs(kw) - costs(planned), np.nan)

    def weighed(self, price: Floats) -> Floats:
        """A price with what the household's choice for the grid or for green adds to it."""
        return price + self.nudge


def answered(view: View) -> View:
    """The same plan where everything else answers to a kWh more or less: batteries, cars and heat come round it.

    The plan's own price of a kWh, which no tariff makes higher nor lower than a kWh on its own would be.
    """
    told = np.clip(view.all_told - view.nudge, view.down, view.up)
    return replace(view, up=told, down=told)


def look(plan: Plan, house: House, outlook: Outlook) -> View:
    """Look at a plan of this house, made from this outlook."""
    outlook, _ = mended(outlook)
    count = len(plan)
    nudge = outlook.nudge_eur_per_kwh if outlook.nudge_eur_per_kwh is not None else np.zeros(count)
    position, above, below = outlook.prices_of_a_change()
    taking = most(outlook.claims, On.IMPORT, house.import_max_kw, count)
    giving = most(outlook.claims, On.EXPORT, house.export_max_kw, count)
    full_in = plan.connection_kw >= taking.kw - ON_KW
    full_out = -plan.connection_kw >= giving.kw - ON_KW
    up, down = _prices(plan.connection_kw, position, above, below, outlook.band)
    # Where sun is turned down, a kWh more is that sun.
    spare = (plan.sun_kw - plan.pv_kw > ON_KW) & (np.abs(plan.connection_eur_per_kwh) <= SAME_EUR_PER_KWH)
    up, down = np.where(spare, 0.0, up), np.where(spare, 0.0, down)
    if house.pv is not None and house.pv.curtailable:
        down = np.where(plan.pv_kw > ON_KW, np.maximum(down, np.minimum(up, 0.0)), down)
    marginal = plan.connection_eur_per_kwh - nudge
    return View(
        plan=plan,
        house=house,
        outlook=outlook,
        up=up,
        down=down,
        said_up=up,
        said_down=down,
        spared=spare,
        nudge=nudge,
        above=above,
        below=below,
        taking=taking,
        giving=giving,
        full_in=full_in,
        full_out=full_out,
        cramped=full_in & (marginal > above + SAME_EUR_PER_KWH),
        crammed=full_out & (marginal < below - SAME_EUR_PER_KWH),
        spare_sun=full_out & (marginal < below - SAME_EUR_PER_KWH) & (plan.pv_kw > ON_KW),
        sun_first=sun_first(outlook.claims, count),
        beyond_money=_beyond_money(plan.connection_eur_per_kwh, above + nudge, below + nudge),
        no_more=full_in | (marginal > up + SAME_EUR_PER_KWH),
        no_less=full_out | (marginal < down - SAME_EUR_PER_KWH),
        at_peak=_at_peak(plan.connection_kw, outlook.peak) & (marginal > up + SAME_EUR_PER_KWH),
        at_band=np.zeros(count, np.bool_)
        if outlook.band is None
        else np.abs(np.abs(plan.connection_kw) - outlook.band.kw) <= ON_KW,
        all_told=plan.connection_eur_per_kwh,
        phase_kw=_phases(plan, house.wiring),
        on_sun=(plan.connection_kw <= ON_KW)
        & (plan.pv_kw > ON_KW)
        & (plan.battery_kw >= -ON_KW)
        & (plan.ev_kw >= -ON_KW),
        pays_to_take=(above < -SAME_EUR_PER_KWH) & (marginal < -SAME_EUR_PER_KWH),
        planned=not any(short.kind == "solver" for short in plan.shortfalls),
    )


def _beyond_money(weighs: Floats, above: Floats, below: Floats) -> Flags:
    """Losses and time may carry a kWh's worth outside today's prices, but not by as much as those lie apart."""
    if not len(weighs):
        return np.zeros(0, np.bool_)
    low, high = float(below.min()), float(above.max())
    apart = high - low + 0.05
    return np.asarray((weighs < low - apart) | (weighs > high + apart))


def _prices(
    kw: Floats, position: Floats, above: Floats, below: Floats, band: Band | None
) -> tuple[Floats, Floats]:
    """What one kWh more costs and one less brings, by tariff and position, where the plan stands."""
    up = np.where(kw >= position - ON_KW, above, below)
    down = np.where(kw > position + ON_KW, above, below)
    if band is not None:
        beyond = band.beyond_eur_per_kwh
        up = up + np.where(kw >= band.kw - ON_KW, beyond, 0.0) - np.where(kw < -band.kw - ON_KW, beyond, 0.0)
        down = (
            down + np.where(kw > band.kw + ON_KW, beyond, 0.0) - np.where(kw <= -band.kw + ON_KW, beyond, 0.0)
        )
    return up, down


def _at_peak(kw: Floats, peak: Peak | None) -> Flags:
    if peak is None or not len(kw):
        return np.zeros(len(kw), np.bool_)
    return kw >= max(peak.so_far_kw, float(kw.max())) - ON_KW


def _phases(plan: Plan, wiring: Wiring | None) -> Floats:
    """What flows through each of the three phases."""
    if wiring is None:
        return np.zeros((0, len(plan)))
    flows = (
        (wiring.load, plan.load_kw),
        (wiring.pv, -plan.pv_kw),
        (wiring.battery, plan.battery_kw),
        (wiring.car, plan.ev_kw),
        (wiring.heat_pump, plan.heat_pump_kw + plan.water_kw - plan.element_kw),
        (wiring.water, plan.element_kw),
        (wiring.appliances, plan.appliance_kw),
    )
    return np.stack(
        [sum((shares[phase] * kw for shares, kw in flows), np.zeros(len(plan))) for phase in range(3)]
    )
