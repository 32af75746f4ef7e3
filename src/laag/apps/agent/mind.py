"""Planning: from what the life of a home holds now to its newest thought."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import numpy as np

from laag.adapters.homefile import standins
from laag.adapters.neighbourhood.agreed import agreed_ladder
from laag.adapters.neighbourhood.flexing import limits_of
from laag.adapters.neighbourhood.translate import bulletin_of, contract
from laag.apps.agent import agreeing
from laag.apps.agent.car import stays_by
from laag.apps.agent.life import Life
from laag.apps.agent.past import BACK_PTUS, quarter_of
from laag.apps.agent.wishing import ladder_of
from laag.cycle.bulletin import Bulletin
from laag.cycle.day import HORIZON_PTUS
from laag.cycle.grid_says import GridSays
from laag.cycle.living import Knowledge, moved_wh, says
from laag.cycle.street import Wants
from laag.cycle.wants import NEVER
from laag.foundation.ptu import PTU, PTU_HOURS, PtuGrid
from laag.home.calendar import Calendar
from laag.home.ladder import Limit
from laag.home.operate import believed, bounded
from laag.home.preferences import parse

_KW_PER_WH = 1 / (1000 * PTU_HOURS)
_CALENDAR_PTUS = BACK_PTUS + 30 * 96
Question = tuple[Knowledge, Bulletin]


class Mind:
    """Says what a plan is asked; looking the calendar up is done once in weeks."""

    def __init__(self, life: Life) -> None:
        self._life = life
        self._calendar: Calendar | None = None

    def question(self, now: datetime) -> Question:
        """What is known and told at the begin of the present quarter-hour."""
        life, at = self._life, quarter_of(now)
        past = life.past.record(at)
        count = len(past.grid)
        drawn = None
        calendar = self._on(past.grid.window(0, count + HORIZON_PTUS))
        if life.house.tank is not None:
            drawn = standins.hot_water_kw(calendar.quarter[:count])
        known = Knowledge(
            house=life.house,
            past=past,
            zone=life.zone,
            place=life.place,
            wants=self._wants(),
            ladder=ladder_of(life.store, agreed_ladder(life.board)),
            habit=life.habit,
            stays=stays_by(life, past.grid, now),
            began=self._began(past.grid),
            sun_ahead_w_m2=life.past.ahead(at, "sun_forecast_w_m2"),
            outdoor_ahead_c=life.past.ahead(at, "outdoor_forecast_c"),
            drawn_kw=drawn,
            calendar=calendar,
        )
        return known, self._board(past.grid.window(count, count + HORIZON_PTUS), count)

    def _board(self, ahead: PtuGrid, first: int) -> Bulletin:
        board = self._market(ahead, first)
        return replace(
            board,
            position_kw=board.position_kw - _KW_PER_WH * moved_wh(self._life.promises, ahead),
            grid=self._grid(ahead, first),
            agreed=agreeing.claims(self._life, ahead, first),
        )

    def _grid(self, ahead: PtuGrid, first: int) -> GridSays | None:
        """What was promised to the grid operator, and what a full cable leaves: bounded as all that others claim."""
        life = self._life
        told = () if life.grid is None else limits_of(life.grid.limits, ahead)
        if not told and not life.promises:
            return None
        limits = [one for one in bounded(told, life.caution) if isinstance(one, Limit)]
        return says(life.promises, limits, ahead, first)

    def _market(self, ahead: PtuGrid, first: int) -> Bulletin:
        life = self._life
        if life.board is None:
            return contract(life.alone.buy_eur_per_kwh, life.alone.sell_eur_per_kwh, ahead, first)
        board = bulletin_of(life.board, life.positions, ahead, first, life.zone)
        caution = life.caution
        return replace(
            board,
            buy_eur_per_kwh=believed(board.buy_eur_per_kwh, caution),
            sell_eur_per_kwh=believed(board.sell_eur_per_kwh, caution),
            above_eur_per_kwh=believed(board.above_eur_per_kwh, caution),
            below_eur_per_kwh=believed(board.below_eur_per_kwh, caution),
            margin_eur_per_kwh=believed(board.margin_eur_per_kwh, caution),
            band_kw=None if board.band_kw is None else np.maximum(board.band_kw, caution.least_import_kw),
            beyond_eur_per_kwh=max(float(believed([board.beyond_eur_per_kwh], caution)[0]), 0.0),
        )

    def _wants(self) -> Wants | None:
        """The household's wishes on top of what holds where it says nothing; ``None``: nobody speaks for it."""
        life = self._life
        wishes = tuple(parse(line) for _, line in life.store.wishes())
        if life.base is None and not wishes:
            return None
        return replace(life.base or Wants(), wishes=wishes)

    def _began(self, grid: PtuGrid) -> tuple[int, ...]:
        """When each machine last began."""
        life = self._life
        began = life.store.kept("began") or {}

        def ptu(name: str) -> int:
            at = began.get(name)
            return NEVER if at is None else max(grid.index(datetime.fromisoformat(at)), NEVER)

        return tuple(ptu(one.name) for one in life.house.appliances)

    def _on(self, grid: PtuGrid) -> Calendar:
        kept = self._calendar
        if kept is None or grid.start < kept.grid.start or grid.end > kept.grid.end:
            kept = self._calendar = Calendar.of(PtuGrid(grid.start, _CALENDAR_PTUS), self._life.zone)
        return kept.on(grid)


def low_c(life: Life, now: datetime) -> float:
    """The lowest temperature at which residents are at ease now."""
    thought = life.thought
    if thought is not None and thought.outlook.comfort_low_c is not None:
        ptu = thought.outlook.grid.index(now)
        if 0 <= ptu < len(thought.outlook.grid):
            return float(thought.outlook.comfort_low_c[ptu])
    wall = now.astimezone(life.zone)
    house = life.house if thought is None else thought.house
    return float(house.comfort.low_c(np.array([wall.hour * 4 + wall.minute // 15]))[0])


def next_quarter(now: datetime) -> datetime:
    """When the next one begins."""
    return quarter_of(now) + PTU


def a_moment_later(now: datetime, seconds: float) -> datetime:
    """So many seconds from now."""
    return now + timedelta(seconds=seconds)
