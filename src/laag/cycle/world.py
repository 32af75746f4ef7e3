"""What all homes of a street share, and what one of them sees of it: no more than is known at an instant."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import time
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from laag.cycle.bulletin import Bulletin
from laag.cycle.grid_says import GridSays
from laag.cycle.habits import sessions_ahead
from laag.cycle.street import Home, Street
from laag.foundation.ptu import AMSTERDAM, PtuGrid
from laag.foundation.series import Profile, Unit
from laag.home import forecast, operate
from laag.home.calendar import Calendar
from laag.home.devices import EvSession
from laag.home.forecast import DE_BILT, Diary, Known, Place
from laag.home.ladder import Limit
from laag.home.outlook import Outlook

Floats = NDArray[np.float64]

PAST_PTUS = 4 * 7 * 96
"""What a home looks back on: four weeks."""
NOON = time(12)
"""When the weather forecast of the next day is there."""


@dataclass(frozen=True, slots=True, eq=False)
class World:
    """What all homes of a street share: the clock, the weather, and how far a plan looks."""

    grid: PtuGrid
    zone: ZoneInfo
    calendar: Calendar
    outdoor_c: Known
    sun_w_m2: Known
    outdoor_forecast_c: Known | None
    sun_forecast_w_m2: Known | None
    place: Place | None
    horizon_ptus: int

    @classmethod
    def of(cls, street: Street, calendar: Calendar, horizon_ptus: int) -> World:
        """The world of a street; one that lives by Dutch time is taken to lie in the middle of the country."""

        def told(forecast: Profile | None) -> Known | None:
            return None if forecast is None else Known.published(forecast, street.zone, NOON)

        return cls(
            street.grid,
            street.zone,
            calendar,
            Known.measured(street.outdoor_c),
            Known.measured(street.sun_w_m2),
            told(street.outdoor_forecast_c),
            told(street.sun_forecast_w_m2),
            DE_BILT if street.zone == AMSTERDAM else None,
            horizon_ptus,
        )

    def diary(self, home: Home) -> Diary:
        """What a home measures and is told."""
        pv = home.pv_kw or Profile.flat(self.grid, 0.0, Unit.KW)
        return Diary(
            Known.measured(home.load_kw),
            Known.measured(pv),
            self.outdoor_c,
            self.sun_w_m2,
            self.sun_forecast_w_m2,
            self.outdoor_forecast_c,
        )

    def actual(self, home: Home) -> operate.Actual:
        """What really happens in and around a home, its stays as they were."""
        return operate.Actual(
            self.grid,
            self.calendar.quarter[: len(self.grid)],
            home.load_kw.values,
            home.pv_kw.values if home.pv_kw is not None else np.zeros(len(self.grid)),
            self.outdoor_c.profile.values,
            self.sun_w_m2.profile.values,
            home.sessions,
            hot_water_kw=home.hot_water_kw.values if home.hot_water_kw is not None else None,
        )


@dataclass(frozen=True, slots=True, eq=False)
class Sight:
    """What one home sees: its own diary, and the bulletin, in which ``row`` is its own."""

    world: World
    home: Home
    diary: Diary
    board: Bulletin
    row: int
    promised: tuple[int, Floats] | None = None
    """From which PTU on what the home itself promised since holds, ``(2, ptus)`` as in ``GridSays``."""

    def sun_w_m2(self, grid: PtuGrid) -> Floats:
        """The sun as it is expected at the start of ``grid``."""
        told, _ = self.diary.weather(grid.start, grid)
        return forecast.sun_w_m2(self.diary.record(grid.start, PAST_PTUS), grid, told, self.world.place)

    def expected(self, now: int) -> Outlook:
        """What the home expects at PTU ``now``, by what its diary says is known then."""
        world, home, diary, board, row = self.world, self.home, self.diary, self.board, self.row
        past = diary.record(world.grid.window(0, now).end, PAST_PTUS)
        ahead = slice(now - board.first, min(now - board.first + world.horizon_ptus, len(board)))
        grid = world.grid.window(now, now + ahead.stop - ahead.start)
        more, less = board.change_prices(row, ahead)
        sun, outdoor = diary.weather(past.now, grid)
        stays: tuple[EvSession, ...] = ()
        if home.house.charger is not None:
            known = sessions_ahead(
                [stay for stay in home.sessions if stay.arrives <= now],
                home.habit,
                home.house.charger,
                world.grid,
                world.zone,
                now,
                now + len(grid),
                world.calendar,
            )
            stays = tuple(stay.shifted(-now) for stay in known)
        expected = forecast.outlook(
            home.house,
            past,
            world.calendar,
            grid,
            buy_eur_per_kwh=board.buy_eur_per_kwh[ahead],
            sell_eur_per_kwh=board.sell_eur_per_kwh[ahead],
            sessions=stays,
            position_kw=board.position_kw[row, ahead],
            more_eur_per_kwh=more,
            less_eur_per_kwh=less,
            sun_forecast_w_m2=sun,
            outdoor_forecast_c=outdoor,
            place=world.place,
        )
        claims = (*expected.claims, *self.claims(now, len(grid)))
        expected = replace(expected, claims=claims, band=board.band(row))
        if home.hot_water_kw is None or home.house.tank is None:
            return expected
        drawn = Known.measured(home.hot_water_kw).at(past.now, past.grid)
        return replace(expected, hot_water_kw=forecast.hot_water_kw(drawn, past.grid, world.calendar, grid))

    def claims(self, now: int, count: int) -> tuple[Limit, ...]:
        """What the grid operator and the neighbours may count on."""
        said = () if self.board.grid is None else self.board.grid.claims(self.row, now, count)
        said += tuple(
            replace(one, first=max(one.first - now, 0), stop=min(one.stop - now, count))
            for one in self.board.agreed
            if one.stop > now and one.first < now + count
        )
        if self.promised is None:
            return said
        first, kw = self.promised
        own = GridSays(
            first, np.zeros((1, kw.shape[1]), np.int64), kw[:, None], np.full_like(kw, np.inf)[:, None]
        )
        return (*said, *own.claims(0, now, count))
