"""What wishes make of comfort: how warm it must be along the outlook, and when the heat pump should rest."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from laag.foundation.words import Said
from laag.home.devices import Comfort
from laag.home.ladder import Claim, Floor, Level, Limit, On, Rung
from laag.home.outlook import Floats, Ints
from laag.home.preferences.blanks import Noisy
from laag.home.preferences.effects.charging import HOW
from laag.home.preferences.effects.scene import AllMeant, Outcome, Scene, of_kind, together, without_device
from laag.home.preferences.effects.wall import Mask, between, runs, steps
from laag.home.preferences.meant import Contradiction, Meant, Remark, Rule, Why
from laag.home.preferences.wishes import (
    AtHome,
    HeatPumpRests,
    HeatPumpWhen,
    HotWater,
    NobodyHome,
    Quiet,
    Warmth,
    WarmthAtMost,
)

SET_BACK_C = 16.0
"""How cool it may get while nobody is home, where the wish does not say."""
EMPTY_C = 15.0
"""And on days with nobody home at all: dry, and far from frost."""
QUIET_SHARE = 0.5
"""A heat pump that should be quiet runs at half its power at most, as the silent mode of most does."""
BAND_K = 1.0
"""Between the least that is asked and the most that is heated to, there is at least this."""


@dataclass(frozen=True, slots=True, eq=False)
class Warm:
    """How warm it must be, and whose line says so: an index into ``lines``, or -1 for the house's own comfort."""

    low_c: Floats
    owner: Ints
    lines: tuple[Meant[Warmth], ...]

    def whose(self, ptu: int) -> Meant[Warmth] | None:
        """The line that holds at this PTU."""
        at = int(self.owner[ptu])
        return self.lines[at] if at >= 0 else None


def warmth(meant: AllMeant, scene: Scene) -> tuple[Comfort, Floats | None, Outcome]:
    """The house's comfort for today, how warm it must be along the outlook, and what else follows."""
    kinds = (Warmth, WarmthAtMost, HeatPumpWhen, HeatPumpRests, AtHome)
    about = tuple(each for each in meant if isinstance(each.wish, kinds) or _quiet_pump(each.wish))
    water = hot_water(meant, scene)
    house, outlook = scene.house, scene.outlook
    if house.building is None or (house.heat_pump is None and house.boiler is None):
        missing = without_device(about, Said("verwarming die te sturen is", "heating that can be steered"))
        return house.comfort, outlook.comfort_low_c, together(missing, water)
    base = house.comfort.low_c(outlook.quarter) if outlook.comfort_low_c is None else outlook.comfort_low_c
    wall = scene.wall
    warm = _laid(
        of_kind(meant, Warmth), base, house.comfort.low_night_c, outlook.quarter, wall.weekday[wall.now]
    )
    low_c = np.minimum(warm.low_c, _set_back(meant, scene))
    high = min(of_kind(meant, WarmthAtMost), key=lambda each: each.wish.high_c, default=None)
    too_warm: list[Contradiction] = []
    if high is not None:
        beyond = np.flatnonzero(low_c > high.wish.high_c)
        too_warm = [Contradiction(high, line, Rule.LIMIT_FIRST) for line in _owners(warm, beyond)]
        low_c = np.minimum(low_c, high.wish.high_c)
    highest = float(np.max(low_c, initial=0.0))
    high_c = high.wish.high_c if high is not None else max(house.comfort.high_c, highest + BAND_K)
    comfort = replace(house.comfort, high_c=high_c, hours=_today(meant, scene, high_c))
    rests = _rests(meant, scene, replace(warm, low_c=low_c), high_c)
    overlaps = Outcome(contradictions=(*_overlaps(warm, scene), *too_warm))
    changed = bool(about) or any(isinstance(each.wish, NobodyHome) for each in meant)
    return (
        comfort if changed else house.comfort,
        low_c if changed else outlook.comfort_low_c,
        together(overlaps, _presence(meant), rests, water),
    )


def _laid(
    lines: tuple[Meant[Warmth], ...], base: Floats, usual_night_c: float, quarter: Ints, weekday: Ints
) -> Warm:
    """The lines over each other: on each day those that are for the fewest days; of two that overlap the later.

    Outside its hours a line asks what it says of the night, else no more than the house's usual night.
    """
    low_c, owner = base.copy(), np.full(len(base), -1)
    for day in range(7):
        on_day = weekday == day
        theirs = [i for i, line in enumerate(lines) if day in line.wish.days]
        fewest = min((len(lines[i].wish.days) for i in theirs), default=0)
        theirs = [i for i in theirs if len(lines[i].wish.days) == fewest]
        if theirs:
            low_c[on_day] = np.minimum(low_c[on_day], usual_night_c)
        for i in theirs:
            night_c = lines[i].wish.night_c
            if night_c is not None:
                low_c[on_day], owner[on_day] = night_c, i
        for i in theirs:
            wish = lines[i].wish
            when = on_day & between(quarter, wish.from_quarter, wish.until_quarter)
            low_c[when], owner[when] = wish.low_c, i
    return Warm(low_c, owner, lines)


def _set_back(meant: AllMeant, scene: Scene) -> Floats:
    """The most that may be asked while nobody is home; ``inf`` while somebody is."""
    most = np.full(scene.wall.count, np.inf)
    pumps = [pump for pump in of_kind(meant, HeatPumpWhen) if pump.wish.when_home]
    if pumps:
        away_c = pumps[-1].wish.away_c
        most[_away(meant, scene)] = SET_BACK_C if away_c is None else away_c
    for absence in of_kind(meant, NobodyHome):
        most[scene.wall.dates(absence.wish.first, absence.wish.last)] = EMPTY_C
    return most


def _away(meant: AllMeant, scene: Scene) -> Mask:
    """On days with hours of presence, all others; on days without, nobody is away."""
    told, home = np.zeros(scene.wall.count, np.bool_), np.zeros(scene.wall.count, np.bool_)
    for presence in of_kind(meant, AtHome):
        wish = presence.wish
        told |= scene.wall.hours(0, 0, wish.days)
        home |= scene.wall.hours(wish.from_quarter, wish.until_quarter, wish.days)
    return told & ~home


def _presence(meant: AllMeant) -> Outcome:
    """A pump that runs when somebody is home needs to know when that is."""
    asked = [pump for pump in of_kind(meant, HeatPumpWhen) if pump.wish.when_home]
    if not asked or of_kind(meant, AtHome):
        return Outcome()
    what = Said(
        "wanneer er iemand thuis is, is niet bekend; dat geldt nu altijd. Zeg bijvoorbeeld 'ik ben thuis van 17:00 tot 08:00 op werkdagen'",
        "when somebody is home is not known; until then it is always. Say, for example, 'I am home from 17:00 to 08:00 on weekdays'",
    )
    return Outcome(remarks=tuple(Remark(pump, Why.STAND_IN, what) for pump in asked))


def _today(meant: AllMeant, scene: Scene, high_c: float) -> tuple[tuple[int, int, float], ...]:
    """Today's warmth by the hour, for a home that has lost its plan."""
    quarter = np.arange(96)
    base = scene.house.comfort.low_c(quarter)
    weekday = np.full(96, int(scene.wall.weekday[scene.wall.now.start]))
    lines = of_kind(meant, Warmth)
    low_c = np.minimum(_laid(lines, base, scene.house.comfort.low_night_c, quarter, weekday).low_c, high_c)
    return tuple((first, stop, float(low_c[first])) for first, stop in steps(low_c))


def _owners(warm: Warm, ptus: Ints) -> list[Meant[Warmth]]:
    return [warm.lines[i] for i in np.unique(warm.owner[ptus]).tolist() if i >= 0]


def _overlaps(warm: Warm, scene: Scene) -> list[Contradiction]:
    """Lines for equally many days that ask different warmth of the same hours; the later one holds."""
    found: list[Contradiction] = []
    for i, earlier in enumerate(warm.lines):
        for later in warm.lines[i + 1 :]:
            one, two = earlier.wish, later.wish
            same = np.logical_and(
                scene.wall.hours(one.from_quarter, one.until_quarter, one.days, everywhere=True),
                scene.wall.hours(two.from_quarter, two.until_quarter, two.days, everywhere=True),
            )
            if same.any() and one.low_c != two.low_c and len(one.days) == len(two.days):
                found.append(Contradiction(later, earlier, Rule.LATER_FIRST))
    return found


def _quiet_pump(wish: object) -> bool:
    return isinstance(wish, Quiet) and wish.device is Noisy.HEAT_PUMP


def _rests(meant: AllMeant, scene: Scene, warm: Warm, high_c: float) -> Outcome:
    """The hours in which the pump should be off or quiet, and where the house would get too cold for that."""
    pump, house = scene.house.heat_pump, scene.house
    wall, claims = scene.wall, list[Claim]()
    found: list[Contradiction] = []
    if pump is None:
        asked = (*of_kind(meant, HeatPumpRests), *of_kind(meant, HeatPumpWhen), *_quiet_pumps(meant))
        return without_device(asked, Said("warmtepomp", "heat pump"))
    for quiet in _quiet_pumps(meant):
        when = wall.hours(quiet.wish.from_quarter, quiet.wish.until_quarter, quiet.wish.days)
        most_kw = max(QUIET_SHARE * pump.power_max_kw, pump.min_kw)
        claims += [Limit(HOW, On.HEAT_PUMP, a, b, most_kw, quiet.source) for a, b in runs(when)]
    off: list[tuple[Meant[HeatPumpRests] | Meant[HeatPumpWhen], Mask]] = []
    off += [
        (r, wall.hours(r.wish.from_quarter, r.wish.until_quarter, r.wish.days))
        for r in of_kind(meant, HeatPumpRests)
    ]
    for pumped in of_kind(meant, HeatPumpWhen):
        if pumped.wish.off_above_c is not None:
            off.append((pumped, scene.outlook.outdoor_c > pumped.wish.off_above_c))
    remarks: list[Remark] = []
    for each, when in off:
        if isinstance(each.wish, HeatPumpWhen) and house.tank is not None:
            remarks.append(Remark(each, Why.STAND_IN, _STILL_WATER))
            continue
        claims += [Limit(HOW, On.HEAT_PUMP, a, b, 0.0, each.source) for a, b in runs(when)]
        stands = _too_cold(scene, warm, when, high_c)
        found += [Contradiction(whose, each, Rule.WHAT_FIRST) for whose in stands]
    return Outcome(tuple(claims), tuple(found), tuple(remarks))


_STILL_WATER = Said(
    "de warmtepomp verwarmt dan ook het huis niet, maar maakt nog wel warm water",
    "the heat pump does not need to heat the house then, but still makes hot water",
)


def _quiet_pumps(meant: AllMeant) -> tuple[Meant[Quiet], ...]:
    return tuple(each for each in of_kind(meant, Quiet) if each.wish.device is Noisy.HEAT_PUMP)


def _too_cold(scene: Scene, warm: Warm, off: Mask, high_c: float) -> list[Meant[Warmth] | None]:
    """Whose warmth would be missed even by a house that is as warm as it may be when the pump goes off."""
    building, outlook = scene.house.building, scene.outlook
    assert building is not None
    found: dict[Meant[Warmth] | None, None] = {}
    for first, stop in runs(off):
        indoor_c = high_c
        for ptu in range(first, stop):
            indoor_c = building.after(
                indoor_c, float(outlook.outdoor_c[ptu]), float(outlook.heat_gain_kw[ptu])
            )
            if indoor_c < warm.low_c[ptu]:
                found[warm.whose(ptu)] = None
                break
    return list(found)


def hot_water(meant: AllMeant, scene: Scene) -> Outcome:
    """Floors under the tank's temperature at the times that are asked."""
    asked, tank = of_kind(meant, HotWater), scene.house.tank
    if tank is None:
        return without_device(asked, Said("boilervat", "hot-water tank"))
    empty = np.zeros(scene.wall.count, np.bool_)
    for absence in of_kind(meant, NobodyHome):
        empty |= scene.wall.dates(absence.wish.first, absence.wish.last)
    claims: list[Claim] = []
    remarks: list[Remark] = []
    for water in asked:
        if water.wish.tank_c > tank.high_c:
            what = Said(
                f"het vat wordt hoogstens {tank.high_c:g} °C", f"the tank gets {tank.high_c:g} °C at most"
            )
            remarks.append(Remark(water, Why.BEYOND_DEVICE, what))
        least = min(float(water.wish.tank_c), tank.high_c)
        for ptu, _ in scene.wall.moments(water.wish.by_quarter, water.wish.days):
            if 0 < ptu <= scene.wall.count and not empty[ptu - 1]:
                claims.append(Floor(Rung.COMFORT, Level.TANK, ptu - 1, ptu, least, water.source))
    return Outcome(tuple(claims), (), tuple(remarks))
