"""What wishes claim of battery, sun and connection."""

from __future__ import annotations

import numpy as np

from laag.foundation.words import Said
from laag.home.ladder import Claim, Floor, Level, Limit, On, Rung, SunFirst
from laag.home.preferences.effects.charging import HOW
from laag.home.preferences.effects.scene import AllMeant, Outcome, Scene, of_kind, together, without_device
from laag.home.preferences.effects.wall import runs
from laag.home.preferences.wishes import (
    FeedInAtMost,
    GridAtMost,
    HelpFullCable,
    KeepStored,
    NoFeedInBelowZero,
    OwnSunFirst,
)


def energy(meant: AllMeant, scene: Scene) -> Outcome:
    """Own sun first, a reserve, and limits on what crosses the connection."""
    return together(
        _own_sun(meant, scene), _reserve(meant, scene), _connection(meant, scene), _help(meant, scene)
    )


def _own_sun(meant: AllMeant, scene: Scene) -> Outcome:
    asked = of_kind(meant, OwnSunFirst)
    if asked and scene.house.pv is None:
        return without_device(asked, Said("zonnepanelen", "solar panels"))
    return Outcome(tuple(SunFirst(HOW, 0, scene.wall.count, each.source) for each in asked[:1]))


def _reserve(meant: AllMeant, scene: Scene) -> Outcome:
    asked, battery = of_kind(meant, KeepStored), scene.house.battery
    if battery is None:
        return without_device(asked, Said("thuisbatterij", "home battery"))
    return Outcome(
        tuple(
            Floor(
                Rung.COMFORT,
                Level.STORED,
                0,
                scene.wall.count,
                each.wish.percent / 100 * battery.capacity_kwh,
                each.source,
            )
            for each in asked
        )
    )


def _connection(meant: AllMeant, scene: Scene) -> Outcome:
    count, house = scene.wall.count, scene.house
    claims: list[Claim] = [
        Limit(HOW, On.IMPORT, 0, count, each.wish.kw, each.source) for each in of_kind(meant, GridAtMost)
    ]
    never, little = of_kind(meant, NoFeedInBelowZero), of_kind(meant, FeedInAtMost)
    gives = (
        house.pv is not None
        or house.battery is not None
        or (house.charger is not None and house.charger.gives)
    )
    if not gives:
        missing = without_device(
            (*never, *little), Said("iets dat stroom teruglevert", "device that feeds power in")
        )
        return together(Outcome(tuple(claims)), missing)
    with np.errstate(invalid="ignore"):
        negative = runs(scene.outlook.sell_eur_per_kwh < 0)
    claims += [
        Limit(HOW, On.EXPORT, first, stop, 0.0, each.source) for each in never[:1] for first, stop in negative
    ]
    claims += [Limit(HOW, On.EXPORT, 0, count, each.wish.kw, each.source) for each in little]
    return Outcome(tuple(claims))


def _help(meant: AllMeant, scene: Scene) -> Outcome:
    """Nothing is claimed until somebody asks and orders; who has nothing that can wait hears so at once."""
    house = scene.house
    waits = (house.battery, house.charger, house.heat_pump, house.tank, *house.appliances)
    if any(one is not None for one in waits) or (house.pv is not None and house.pv.curtailable):
        return Outcome()
    return without_device(
        of_kind(meant, HelpFullCable), Said("apparaat dat kan wachten", "device that can wait")
    )
