"""Ordering for the next day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from laag.apps.agent.life import Life
from laag.foundation.ptu import midnight

_HOUR = timedelta(hours=1)
_THINKS_S = 3.0
"""Of the wall: planning and sending take as long on a clock that runs faster."""
_MUCH_KWH, _MUCH_SHARE = 1.0, 0.1
"""So much, and so great a share of the day's energy, must be planned otherwise before orders are sent again."""


class Bidding:
    """When to order for the next day: at a moment of one's own in the hour before the gate, and again where much changed."""

    def __init__(self, life: Life) -> None:
        self._life = life

    def moment(self) -> datetime | None:
        """When to order; ``None`` where no gate is coming."""
        board = self._life.board
        if board is None or board.gate <= self._life.clock.now():
            return None
        thinks = timedelta(seconds=_THINKS_S * self._life.clock.speed)
        return board.gate - _HOUR * (0.1 + 0.9 * self._life.chance) - thinks

    def due(self, now: datetime) -> slice | None:
        """The day to order for now, in quarter-hours of the last thought; ``None`` where nothing is due."""
        life, moment = self._life, self.moment()
        if moment is None or now < moment or life.board is None or life.thought is None:
            return None
        span = self.span(life.board.bid_day)
        known, plan = life.thought.known, life.thought.plan
        if span.stop - known.now > len(plan) or span.start < known.now:
            return None
        return span if self._new(life.board.bid_day, span) else None

    def span(self, day: date) -> slice:
        """Where a day lies on the grid of the last thought."""
        assert self._life.thought is not None
        grid, zone = self._life.thought.known.past.grid, self._life.zone
        return slice(grid.index(midnight(day, zone)), grid.index(midnight(day + timedelta(days=1), zone)))

    def done(self, day: date, span: slice) -> None:
        """Remember what was ordered."""
        self._life.store.keep(
            "ordered", {"day": day.isoformat(), "kw": [round(kw, 4) for kw in self._planned(span)]}
        )

    @property
    def _last(self) -> dict[str, object]:
        return dict(self._life.store.kept("ordered") or {})

    def _new(self, day: date, span: slice) -> bool:
        """Whether nothing was ordered yet, or much of it has changed."""
        last = self._last
        if last.get("day") != day.isoformat():
            return True
        before = last.get("kw")
        planned = list(self._planned(span))
        if not isinstance(before, list) or len(before) != len(planned):
            return True
        changed = sum(abs(now - then) for now, then in zip(planned, before, strict=True)) / 4
        return bool(changed > max(_MUCH_KWH, _MUCH_SHARE * sum(map(abs, planned)) / 4))

    def _planned(self, span: slice) -> Iterator[float]:
        thought = self._life.thought
        assert thought is not None
        first = thought.known.now
        yield from thought.plan.connection_kw[span.start - first : span.stop - first].tolist()
