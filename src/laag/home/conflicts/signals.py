"""What somebody claims: all claims of one source on one rung are one request."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import inf, isnan

import numpy as np

from laag.foundation.contracts import Flags
from laag.home.conflicts.home import Home
from laag.home.conflicts.request import Kind, Request
from laag.home.ladder import Claim, Floor, Guarantee, Ladder, Level, Limit, On, Rung, SunFirst
from laag.home.outlook import Floats
from laag.home.plan import Plan
from laag.home.plan.shortfall import level_of, limited_kw

_CLOSE = 1e-4
"""kW, kWh or K: nearer than this a plan stands at a bound."""
_OF_POWER = {
    On.IMPORT: Kind.IMPORT,
    On.EXPORT: Kind.EXPORT,
    On.CHARGE: Kind.CHARGE,
    On.DISCHARGE: Kind.DISCHARGE,
    On.CAR: Kind.CAR,
    On.HEAT_PUMP: Kind.HEAT_PUMP,
}
_OF_LEVEL = {Level.STORED: Kind.STORED, Level.INDOOR: Kind.INDOOR, Level.TANK: Kind.TANK}
_Named = tuple[int, str, str]


@dataclass(frozen=True, slots=True, eq=False)
class Signal:
    """All claims of one source that stand on one rung and are counted alike."""

    request: Request
    claims: tuple[Claim, ...]
    home: Home

    @property
    def hours(self) -> slice:
        """From the first of them to the last; of a guarantee, of those that it lifts."""
        about = self._lifted() if self.request.kind is Kind.GUARANTEE else self.claims
        spans = [_span(claim, self.home.count) for claim in about or self.claims]
        return slice(min(span.start for span in spans), max(span.stop for span in spans))

    def short(self, plan: Plan) -> Floats:
        """What flows beyond the limits, lies below the floors, or leaves of the sun."""
        total = np.zeros(len(plan))
        for power, kw in self._tightest().items():
            total += np.maximum(limited_kw(plan, power) - kw, 0.0)
        for level, least in self._highest().items():
            total += np.nan_to_num(np.maximum(least - level_of(plan, level), 0.0))
        if any(isinstance(claim, SunFirst) for claim in self.claims):
            leaves = np.maximum(-plan.connection_kw, 0.0) + plan.sun_kw - plan.pv_kw
            total += np.where(self._sunny(), leaves, 0.0)
        return total

    def may_matter(self, plan: Plan) -> bool:
        """Whether a limit or floor is reached, or there is sun, or the guarantee lifts somebody's limit."""
        if self.request.kind is Kind.GUARANTEE:
            return bool(self._lifted())
        near_kw = _CLOSE + self.home.step_kw
        return (
            any((limited_kw(plan, power) >= kw - near_kw).any() for power, kw in self._tightest().items())
            or any((level_of(plan, level) <= c + _CLOSE).any() for level, c in self._highest().items())
            or bool((self._sunny() & (plan.sun_kw > _CLOSE)).any())
        )

    def left_out(self, home: Home) -> Home:
        """With claims that ask nothing in their place, so that the program keeps its shape and its start."""
        mine = _named(self.claims[0])
        claims = tuple(_idle(claim) if _named(claim) == mine else claim for claim in home.outlook.claims)
        return replace(home, outlook=replace(home.outlook, claims=claims))

    def _lifted(self) -> list[Claim]:
        """The limits that this guarantee does not let go so low."""
        return [
            claim
            for claim in self.home.outlook.claims
            if isinstance(claim, Limit) and claim.max_kw < _guaranteed(self.claims, claim.on)
        ]

    def _tightest(self) -> dict[On, Floats]:
        found: dict[On, Floats] = {}
        for claim in self.claims:
            if isinstance(claim, Limit) and not isnan(claim.max_kw):
                at = found.setdefault(claim.on, np.full(self.home.count, inf))
                here = _span(claim, self.home.count)
                at[here] = np.minimum(at[here], claim.max_kw)
        return found

    def _highest(self) -> dict[Level, Floats]:
        found: dict[Level, Floats] = {}
        for claim in self.claims:
            if isinstance(claim, Floor):
                at = found.setdefault(claim.on, np.full(self.home.count, -inf))
                here = _span(claim, self.home.count)
                at[here] = np.fmax(at[here], claim.least)
        return found

    def _sunny(self) -> Flags:
        here = np.zeros(self.home.count, np.bool_)
        for claim in self.claims:
            if isinstance(claim, SunFirst):
                here[_span(claim, self.home.count)] = True
        return here


def signals(home: Home, ladder: Ladder) -> list[Signal]:
    """The claims that fall in the plan, by source."""
    found: dict[_Named, list[Claim]] = {}
    for claim in home.outlook.claims:
        span = _span(claim, home.count)
        if span.start < span.stop:
            found.setdefault(_named(claim), []).append(claim)
    return [Signal(_request(tuple(claims), home, ladder), tuple(claims), home) for claims in found.values()]


def _request(claims: tuple[Claim, ...], home: Home, ladder: Ladder) -> Request:
    rung, first = _rung(claims[0]), claims[0]
    spans = [_span(claim, home.count) for claim in claims]
    since, until = min(span.start for span in spans), max(span.stop for span in spans)
    low, high = _low_and_high(claims)
    return Request(
        _kind(first),
        rung,
        ladder.set_by(rung),
        first.source,
        low,
        high,
        home.moment(since) if since > 0 else None,
        home.moment(until) if until < home.count else None,
        alone=len({_kind(claim) for claim in claims}) == 1,
    )


def _low_and_high(claims: tuple[Claim, ...]) -> tuple[float, float]:
    """The least and the most that is asked; of a guarantee what may be taken and what may be given."""
    if isinstance(claims[0], Guarantee):
        return _guaranteed(claims, On.IMPORT), _guaranteed(claims, On.EXPORT)
    values = [claim.max_kw for claim in claims if isinstance(claim, Limit)]
    values += [claim.least for claim in claims if isinstance(claim, Floor)]
    known = [value for value in values if np.isfinite(value)]
    return min(known, default=0.0), max(known, default=0.0)


def _kind(claim: Claim) -> Kind:
    if isinstance(claim, Limit):
        return _OF_POWER[claim.on]
    if isinstance(claim, Floor):
        return _OF_LEVEL[claim.on]
    return Kind.SUN_FIRST if isinstance(claim, SunFirst) else Kind.GUARANTEE


def _rung(claim: Claim) -> Rung:
    return Rung.MINIMUM if isinstance(claim, Guarantee) else claim.rung


def _named(claim: Claim) -> _Named:
    """What makes claims one request: rung, source, and what they are counted in."""
    counted = {Kind.STORED: "stored", Kind.INDOOR: "warm", Kind.TANK: "warm", Kind.GUARANTEE: "always"}
    return _rung(claim), claim.source, counted.get(_kind(claim), "energy")


def _span(claim: Claim, count: int) -> slice:
    if isinstance(claim, Guarantee):
        return slice(0, count)
    first = min(max(claim.first, 0), count)
    return slice(first, min(max(claim.stop, first), count))


def _guaranteed(claims: tuple[Claim, ...], on: On) -> float:
    given = [claim for claim in claims if isinstance(claim, Guarantee)]
    if on is On.IMPORT:
        return max((claim.import_kw for claim in given), default=0.0)
    return max((claim.export_kw for claim in given), default=0.0) if on is On.EXPORT else 0.0


def _idle(claim: Claim) -> Claim:
    """The same claim, asking nothing."""
    match claim:
        case Limit():
            return replace(claim, max_kw=inf)
        case Floor():
            return replace(claim, least=-inf)
        case SunFirst():
            return replace(claim, stop=claim.first)
        case Guarantee():
            return replace(claim, import_kw=0.0, export_kw=0.0)
