"""Limits on the connection, each home on its own way into them and out again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from laag.home.house import House
from laag.home.operate.bounds import UNBOUND, Bounds
from laag.home.operate.pace import Easing, Pace


@dataclass(frozen=True, slots=True)
class Eased:
    """What was asked last, and how far this home is with it."""

    asked: Bounds = UNBOUND
    must_import: Easing = Easing()
    must_export: Easing = Easing()
    imports: Easing = Easing()
    exports: Easing = Easing()

    def towards(
        self, asked: Bounds, now: datetime, carried_kw: float, house: House, chance: float, pace: Pace
    ) -> Eased:
        """The same while nothing else is asked; a new aim waits for its turn, and is then reached in a straight line."""
        if asked == self.asked:
            return self

        def turned(
            easing: Easing, to_kw: float, carried_kw: float, most_kw: float, within_s: float
        ) -> Easing:
            if to_kw == easing.to_kw:
                return easing
            lifted = to_kw > easing.at(now)
            within_s = pace.lifted_s if lifted else within_s
            over_s = pace.lifted_s if lifted else pace.full_swing_s
            return easing.towards(to_kw, now, carried_kw, most_kw, chance * within_s, over_s)

        takes, gives = house.import_max_kw, house.export_max_kw
        return Eased(
            asked,
            turned(self.must_import, asked.must_import_kw, carried_kw, takes, pace.emergency_s),
            turned(self.must_export, asked.must_export_kw, -carried_kw, gives, pace.emergency_s),
            turned(self.imports, asked.import_kw, carried_kw, takes, pace.limits_s),
            turned(self.exports, asked.export_kw, -carried_kw, gives, pace.limits_s),
        )

    def bounds(self, now: datetime) -> Bounds:
        """What holds at this instant."""
        if self == Eased():
            return UNBOUND
        return self.asked._replace(
            must_import_kw=self.must_import.at(now),
            must_export_kw=self.must_export.at(now),
            import_kw=self.imports.at(now),
            export_kw=self.exports.at(now),
        )
