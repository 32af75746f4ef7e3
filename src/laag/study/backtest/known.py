"""What a home knows at an instant: its own past, the prices that are published, the stays that have begun."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from laag.cycle.habits import sessions_ahead
from laag.foundation.series import Profile
from laag.home import forecast
from laag.home.devices import EvSession
from laag.home.outlook import Floats, Outlook
from laag.study.backtest.case import Case

PAST_PTUS = 4 * 7 * 96
PUBLISHED = 52
"""The quarter on the wall at which tomorrow's prices are there: 13:00."""
LONGEST_DAY_PTUS = 100


@dataclass(frozen=True, slots=True)
class Sight:
    """How far a home looks, and what it is told of the truth: to find what its errors cost, one at a time."""

    horizon_ptus: int = 192
    load: float = 0.0
    """Which share of the error is taken away: 1 is the truth."""
    pv: float = 0.0
    weather: float = 0.0
    prices: bool = False
    stays: bool = False


def outlook(case: Case, now: int, begun: tuple[EvSession, ...], sight: Sight) -> Outlook:
    """What the home expects at PTU ``now``; of everything measured, only what lies before it goes in."""
    count = min(sight.horizon_ptus, len(case.calendar.quarter) - now)
    grid = case.grid.window(now, now + count)
    past = _record(case, now)
    buy, sell = case.prices(_day_ahead(case, now, count, sight))
    expected = forecast.outlook(
        case.house,
        past,
        case.calendar,
        grid,
        buy_eur_per_kwh=buy,
        sell_eur_per_kwh=sell,
        sessions=_stays(case, now, count, begun, sight),
        pv_forecast_kw=_told_pv(case, now, count),
        place=case.place,
    )
    return _shown(case, expected, now, count, sight)


def published_until(case: Case, now: int) -> int:
    """The end of the last day of which prices are known."""
    quarter = case.calendar.quarter[now : now + 2 * LONGEST_DAY_PTUS]
    midnights = np.flatnonzero(quarter[1:] == 0) + now + 1
    return int(midnights[0 if quarter[0] < PUBLISHED else 1])


def _record(case: Case, now: int) -> forecast.Record:
    lately = slice(max(now - PAST_PTUS, 0), now)
    return forecast.Record(
        case.grid.window(lately.start, now),
        case.load_kw[lately],
        case.pv_kw[lately],
        case.outdoor_c[lately],
        case.sun_w_m2[lately],
        pv_forecast_kw=None if case.pv_forecast_kw is None else case.pv_forecast_kw[lately],
    )


def _day_ahead(case: Case, now: int, count: int, sight: Sight) -> Floats:
    known = min(now + count if sight.prices else published_until(case, now), len(case.grid))
    since = max(now - PAST_PTUS, 0)
    past = Profile(case.grid.window(since, known), case.day_ahead.values[since:known], case.day_ahead.unit)
    return forecast.prices_like_recent_days(past, case.calendar, case.grid.window(now, now + count))


def _stays(
    case: Case, now: int, count: int, begun: tuple[EvSession, ...], sight: Sight
) -> tuple[EvSession, ...]:
    if case.house.charger is None:
        return ()
    if sight.stays:
        ahead = [s for s in case.sessions if s.departs > now and s.arrives < now + count]
    else:
        ahead = list(
            sessions_ahead(
                begun, case.habit, case.house.charger, case.grid, case.zone, now, now + count, case.calendar
            )
        )
    return tuple(stay.shifted(-now) for stay in ahead)


def _told_pv(case: Case, now: int, count: int) -> Floats | None:
    """What somebody forecasts of the panels, as far as the days go of which prices are known too."""
    if case.pv_forecast_kw is None:
        return None
    told = np.full(count, np.nan)
    known = min(published_until(case, now), now + count, len(case.pv_forecast_kw))
    told[: known - now] = case.pv_forecast_kw[now:known]
    return told


def _shown(case: Case, expected: Outlook, now: int, count: int, sight: Sight) -> Outlook:
    """The outlook nearer to the truth, as far as the sight says so."""
    seen = min(count, len(case.grid) - now)

    def nearer(name: str, truth: Floats, share: float) -> Floats:
        made = np.array(getattr(expected, name))
        made[:seen] += share * (truth[now : now + seen] - made[:seen])
        return made

    if sight.load:
        expected = replace(expected, load_kw=nearer("load_kw", case.load_kw, sight.load))
    if sight.pv and case.house.pv is not None:
        expected = replace(expected, pv_kw=nearer("pv_kw", case.pv_kw, sight.pv))
    if sight.weather and case.house.building is not None:
        expected = replace(
            expected,
            outdoor_c=nearer("outdoor_c", case.outdoor_c, sight.weather),
            heat_gain_kw=nearer("heat_gain_kw", case.gains_kw(), sight.weather),
        )
    return expected
