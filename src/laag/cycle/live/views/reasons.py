"""Why one quarter-hour of one member cost what it did: what was agreed, what was done otherwise, and who made up for it."""

from __future__ import annotations

from dataclasses import dataclass

from laag.cycle.live.views.sentences import HALF_A_CENT, both, tell
from laag.foundation.words import Said
from laag.settlement.estimate import Method
from laag.settlement.words import Numbers

WORTH_WH = 100
"""A difference that is smaller, and costs less than half a cent, is not spoken of."""

_BOUGHT = Said(
    "Om {quarter} kocht je {small_wh} voor {price_ticks} ({units}); buiten de buurt was het {outside_ticks}.",
    "At {quarter} you bought {small_wh} at {price_ticks} ({units}); outside the neighbourhood it was {outside_ticks}.",
)
_SOLD = Said(
    "Om {quarter} verkocht je {small_wh} voor {price_ticks} ({units}); buiten de buurt was het {outside_ticks}.",
    "At {quarter} you sold {small_wh} at {price_ticks} ({units}); outside the neighbourhood it was {outside_ticks}.",
)
_BOTH = Said(
    "Om {quarter} kocht je {bought_small_wh} voor {bought_units} en verkocht je {sold_small_wh} voor {sold_units}.",
    "At {quarter} you bought {bought_small_wh} for {bought_units} and sold {sold_small_wh} for {sold_units}.",
)
_NOTHING = Said(
    "Om {quarter} had je niets gekocht of verkocht.",
    "At {quarter} you had bought and sold nothing.",
)
_BOUGHT_MORE = Said(
    "Later die dag kocht je huis {changed_small_wh} bij:",
    "Later that day your home bought {changed_small_wh} in addition:",
)
_SOLD_SOME = Said(
    "Later die dag verkocht je huis {changed_small_wh}:",
    "Later that day your home sold {changed_small_wh}:",
)
_MORE = Said("Je nam {off_small_wh} meer af dan afgesproken;", "You took {off_small_wh} more than agreed;")
_LESS = Said("Je nam {off_small_wh} minder af dan afgesproken;", "You took {off_small_wh} less than agreed;")
_GAVE_MORE = Said(
    "Je leverde {off_small_wh} meer dan afgesproken;", "You fed in {off_small_wh} more than agreed;"
)
_GAVE_LESS = Said(
    "Je leverde {off_small_wh} minder dan afgesproken;", "You fed in {off_small_wh} less than agreed;"
)
_SHORT = Said(
    "de straat kwam samen ook tekort, en dat is landelijk bijgekocht:",
    "the street together was short as well, and that was bought from the nation:",
)
_LONG = Said(
    "de straat hield samen ook over, en dat is landelijk verkocht:",
    "the street together had some left as well, and that was sold to the nation:",
)
_BALANCED = Said(
    "je buren vingen dat op, tegen de buurtprijs:", "your neighbours made up for it, at the local price:"
)
_COST = Said("dat kostte {off_units}.", "that cost {off_units}.")
_EARNED = Said("dat leverde {off_units} op.", "that earned {off_units}.")
_BEYOND = Said(
    "Je kwam boven je bandbreedte uit en ook boven wat je buren over hadden: dat kostte {beyond_units} (voorbeeldprijs).",
    "You went above your band, and above what your neighbours had to spare: that cost {beyond_units} (example price).",
)
_EVEN = Said("dat scheelde minder dan een cent.", "that made less than a cent of difference.")
_GIVEN_ROOM = {
    True: Said(
        "Ruimte voor de netbeheerder kostte {room_units}.", "Room for the grid operator cost {room_units}."
    ),
    False: Said(
        "Ruimte voor de netbeheerder leverde {room_units} op.",
        "Room for the grid operator earned {room_units}.",
    ),
}
_ESTIMATED = {
    Method.SAME_QUARTER_LAST_WEEK: Said(
        "De meter zweeg: gerekend is met hetzelfde kwartier een week eerder.",
        "The meter was silent: the same quarter-hour a week before was taken.",
    ),
    Method.PLAN: Said(
        "De meter zweeg: gerekend is met wat was afgesproken.",
        "The meter was silent: what was agreed was taken.",
    ),
}


@dataclass(frozen=True, slots=True)
class Quarter:
    """One quarter-hour of ``Moments``."""

    quarter: int
    metered_wh: int
    bought_wh: int
    sold_wh: int
    bought_units: int
    sold_units: int
    deviation_wh: int
    deviation_units: int
    flexibility_units: int
    method: int
    street_wh: int
    landed_ticks: int
    export_ticks: int
    intraday_wh: int = 0
    intraday_units: int = 0
    band_units: int = 0


def because(one: Quarter) -> Said:
    """What was agreed and what came of it.

    >>> late = Quarter(73, 1200, 300, 0, 7_500_000, 0, 900, 14_000_000, 0, 0, 2000, 27_000, 8_000)
    >>> because(late).en
    'At 18:15 you bought 0.3 kWh at 25.0 ct/kWh (€0.08); outside the neighbourhood it was 27.0 ct/kWh. You took 0.9 kWh more than agreed; the street together was short as well, and that was bought from the nation: that cost €0.14.'
    """
    silent = _ESTIMATED.get(Method(one.method), Said())
    return both(_agreed(one), _amended(one), _deviated(one), _room(one), _beyond(one), silent)


def _agreed(one: Quarter) -> Said:
    numbers: Numbers = {"quarter": one.quarter}
    if one.bought_wh and one.sold_wh:
        return tell(
            _BOTH,
            {
                **numbers,
                "bought_small_wh": one.bought_wh,
                "bought_units": one.bought_units,
                "sold_small_wh": one.sold_wh,
                "sold_units": -one.sold_units,
            },
        )
    if not one.bought_wh and not one.sold_wh:
        return tell(_NOTHING, numbers)
    buys = one.bought_wh > 0
    wh, units = (one.bought_wh, one.bought_units) if buys else (one.sold_wh, -one.sold_units)
    return tell(
        _BOUGHT if buys else _SOLD,
        {
            **numbers,
            "small_wh": wh,
            "units": units,
            "price_ticks": units // wh,
            "outside_ticks": one.landed_ticks if buys else one.export_ticks,
        },
    )


def _amended(one: Quarter) -> Said:
    wh, units = one.intraday_wh, one.intraday_units
    if not wh and not units:
        return Said()
    did = _BOUGHT_MORE if wh > 0 else _SOLD_SOME
    came = _EVEN if abs(units) < HALF_A_CENT else _COST if units > 0 else _EARNED
    return tell(both(did, came), {"changed_small_wh": abs(wh), "off_units": abs(units)})


def _deviated(one: Quarter) -> Said:
    off = one.deviation_wh
    if abs(off) < WORTH_WH and abs(one.deviation_units) < HALF_A_CENT:
        return Said()
    with_street = off * one.street_wh > 0
    made_up = (_SHORT if off > 0 else _LONG) if with_street else _BALANCED
    money = one.deviation_units
    came = _EVEN if abs(money) < HALF_A_CENT else _COST if money > 0 else _EARNED
    return tell(both(_how(one), made_up, came), {"off_small_wh": abs(off), "off_units": abs(money)})


def _how(one: Quarter) -> Said:
    """In words of what the home does: who feeds in before and after, fed in more or less."""
    gives = one.metered_wh <= 0 and one.metered_wh - one.deviation_wh <= 0
    if one.deviation_wh > 0:
        return _GAVE_LESS if gives else _MORE
    return _GAVE_MORE if gives else _LESS


def _beyond(one: Quarter) -> Said:
    units = one.band_units
    return tell(_BEYOND, {"beyond_units": units}) if units else Said()


def _room(one: Quarter) -> Said:
    units = one.flexibility_units
    return tell(_GIVEN_ROOM[units > 0], {"room_units": abs(units)}) if units else Said()
