"""What everybody is told of prices: known ones, expected ones, and how these may miss."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from laag.adapters.neighbourhood import wire
from laag.adapters.neighbourhood.agreed import rungs_of
from laag.apps.street.kept import Kept
from laag.apps.street.watch import PAST_DAYS
from laag.cycle.bands import beyond_eur_per_kwh
from laag.cycle.bulletin import bulletin
from laag.cycle.day import HORIZON_PTUS, PRICE_MEMORY_PTUS
from laag.cycle.live import Live, first_open, gate
from laag.cycle.live.agreeing import held_on
from laag.cycle.surprises import surprises_ticks
from laag.foundation.contracts import Ints
from laag.foundation.ptu import PtuGrid
from laag.foundation.series import Profile, Unit
from laag.foundation.words import Said
from laag.home.calendar import Calendar
from laag.home.forecast import prices_like_recent_days

AHEAD_DAYS = 6
"""Room for the horizon, and for the whole of the day that is bid for."""
SPAN_PTUS = HORIZON_PTUS + 100
_DIGITS = 9
_EXPECTED = Said(
    "Er zijn nog geen prijzen van eerdere dagen; tot die er zijn wordt met één vaste prijs gerekend.",
    "There are no prices of earlier days yet; until there are, one flat price is reckoned with.",
)


@dataclass(frozen=True, slots=True, eq=False)
class _Known:
    """Day-ahead ticks on a grid of days around today: all of them up to ``published``, by guesses where need be."""

    calendar: Calendar
    ticks: Ints
    published: int
    guessed: bool

    def expected(self, first: int, published: int, count: int) -> Ints:
        """As published up to there, beyond it like recent days."""
        known = self.ticks[first : min(published, first + count)]
        beyond = count - len(known)
        if beyond <= 0:
            return known
        start = max(published - PRICE_MEMORY_PTUS, 0)
        grid = self.calendar.grid
        lately = Profile(grid.window(start, published), self.ticks[start:published] / 100.0, Unit.EUR_PER_MWH)
        ahead = prices_like_recent_days(lately, self.calendar, grid.window(first + len(known), first + count))
        return np.concatenate([known, np.rint(ahead * 100).astype(np.int64)])


def board(kept: Kept, past: Mapping[date, Ints], now: datetime, notes: Iterable[Said] = ()) -> wire.Board:
    """The board at an instant."""
    state = kept.live
    place = state.neighbourhood
    known = _known(state, past, now)
    grid = known.calendar.grid
    first = grid.index(now)
    bid_day = max(first_open(state), now.astimezone(place.zone).date())
    # The whole future once, so that what is expected of the day that is bid for can be set beside it.
    whole = known.expected(0, known.published, len(grid))
    told = bulletin(
        place.terms,
        known.calendar,
        first,
        whole[first : first + SPAN_PTUS],
        _surprises(state, known, whole, bid_day),
        {
            # Everybody's prices, nobody's positions.
            day: replace(
                market,
                first=grid.index(place.grid(day).start),
                cleared_wh=market.cleared_wh[:0],
            )
            for day, one in state.days.items()
            if place.grid(day).end > now and (market := one.market) is not None
        },
        kept.local,
        homes=0,
    )
    said = [*notes, *([_EXPECTED] if known.guessed else [])]
    return wire.Board(
        start=grid[first],
        made_at=now,
        buy_eur_per_kwh=_plain(told.buy_eur_per_kwh),
        sell_eur_per_kwh=_plain(told.sell_eur_per_kwh),
        above_eur_per_kwh=_plain(told.above_eur_per_kwh),
        below_eur_per_kwh=_plain(told.below_eur_per_kwh),
        margin_eur_per_kwh=_plain(told.margin_eur_per_kwh),
        published_until=grid[max(known.published, first)],
        bid_day=bid_day,
        gate=gate(place, bid_day),
        surprise_eur_per_kwh=[_plain(row) for row in told.surprise_eur_per_kwh],
        spread_eur_per_kwh=told.spread_eur_per_kwh,
        vat=told.vat,
        notes=[wire.Both(nl=one.nl, en=one.en) for one in said],
        ladder=rungs_of(state.charter_on(bid_day)),
        beyond_eur_per_kwh=(
            round(beyond_eur_per_kwh(place.terms.facts), _DIGITS) if place.terms.policy.bands else 0.0
        ),
        agreements=_agreements(state, now),
    )


def _agreements(state: Live, now: datetime) -> list[wire.AgreedHours]:
    """Of yesterday as well, so that a home that was away can still tell how that went."""
    today = now.astimezone(state.neighbourhood.zone).date()
    days = [today + timedelta(days=ahead) for ahead in range(-1, 3)]
    return [
        wire.AgreedHours(name=one.agreement.name, device=one.agreement.device, day=day, ptu=list(one.ptus))
        for day in days
        for one in held_on(state, day)
    ]


def _surprises(state: Live, known: _Known, whole: Ints, bid_day: date) -> Ints:
    place = state.neighbourhood
    grid = known.calendar.grid
    if not place.terms.policy.has_market or place.grid(bid_day).end > grid.end:
        return np.zeros((0, 0), np.int64)
    asked = place.grid(bid_day).within(grid)
    behind = replace(known, ticks=whole)
    return surprises_ticks(
        whole, known.calendar, asked, lambda start, count: behind.expected(start, start, count)
    )


def _known(state: Live, past: Mapping[date, Ints], now: datetime) -> _Known:
    place = state.neighbourhood
    today = now.astimezone(place.zone).date()
    since = today - timedelta(days=PAST_DAYS)
    grid = PtuGrid.days(since, PAST_DAYS + AHEAD_DAYS, place.zone)
    days = grid.local_days(place.zone)
    ticks = np.full(len(grid), np.nan)
    for day, span in days:
        one = state.day(day).day_ahead_ticks
        one = past.get(day) if one is None else one
        if one is not None:
            ticks[span] = one
    # Today's own prices are needed for today even where they came late; from then on only what is known counts.
    published = next(
        (span.start for day, span in days if day >= today and np.isnan(ticks[span]).any()), len(grid)
    )
    calendar = Calendar.of(grid, place.zone)
    guessed = not np.isfinite(ticks[:published]).any()
    if guessed:
        ticks[:published] = _flat(state)
    else:
        ticks[:published] = _mended(ticks[:published], days, calendar.quarter)
    return _Known(calendar, np.rint(ticks[:published]).astype(np.int64), published, guessed)


def _mended(
    ticks: NDArray[np.float64],
    days: list[tuple[date, slice]],
    quarter: Ints,
) -> NDArray[np.float64]:
    """Days without a price take those of the nearest day before, else after, by the clock on the wall."""
    whole = [span for _, span in days if span.stop <= len(ticks) and np.isfinite(ticks[span]).all()]
    mended = ticks.copy()
    for _, span in days:
        if span.stop > len(ticks) or np.isfinite(ticks[span]).all():
            continue
        like = max(
            (one for one in whole if one.start < span.start), default=whole[0], key=lambda one: one.start
        )
        at = np.searchsorted(quarter[like], quarter[span], side="right") - 1
        mended[span] = ticks[like][np.maximum(at, 0)]
    return mended


def _flat(state: Live) -> float:
    return float(state.neighbourhood.terms.facts["bare_price"].value)


def _plain(values: NDArray[np.float64]) -> list[float]:
    return [round(value, _DIGITS) for value in values.tolist()]
