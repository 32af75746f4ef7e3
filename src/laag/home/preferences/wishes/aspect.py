"""What wishes are about: two about the same thing may overrule each other, others never do."""

from __future__ import annotations

from enum import StrEnum

from laag.foundation.words import Said


class Aspect(StrEnum):
    """What a wish is about."""

    CAR_READY = "car_ready"
    CAR_MOST = "car_most"
    TRAVEL = "travel"
    CAR_KEEPS = "car_keeps"
    CAR_RESTS = "car_rests"
    CHARGE_WHEN = "charge_when"
    CHARGE_BELOW = "charge_below"
    CAR_AND_BATTERY = "car_and_battery"
    WARMTH = "warmth"
    WARMTH_MOST = "warmth_most"
    AT_HOME = "at_home"
    AWAY = "away"
    HEAT_PUMP = "heat_pump"
    HEAT_PUMP_RESTS = "heat_pump_rests"
    HOT_WATER = "hot_water"
    MACHINE = "machine"
    QUIET = "quiet"
    OWN_SUN = "own_sun"
    RESERVE = "reserve"
    FEED_IN = "feed_in"
    GRID_MOST = "grid_most"
    FEED_IN_MOST = "feed_in_most"
    FULL_CABLE = "full_cable"
    SLIDER = "slider"

    @property
    def called(self) -> Said:
        """Its name on a page."""
        return _CALLED[self]


_CALLED = {
    Aspect.CAR_READY: Said("de auto klaar", "the car ready"),
    Aspect.CAR_MOST: Said("de auto niet voller dan", "the car no fuller than"),
    Aspect.TRAVEL: Said("op reis met de auto", "travelling by car"),
    Aspect.CAR_KEEPS: Said("wat in de auto blijft", "what stays in the car"),
    Aspect.CAR_RESTS: Said("wanneer de auto niet laadt", "when the car does not charge"),
    Aspect.CHARGE_WHEN: Said("laden met zon en wind", "charging with sun and wind"),
    Aspect.CHARGE_BELOW: Said("laden onder een prijs", "charging below a price"),
    Aspect.CAR_AND_BATTERY: Said("van batterij naar auto", "from battery to car"),
    Aspect.WARMTH: Said("hoe warm het huis is", "how warm the house is"),
    Aspect.WARMTH_MOST: Said("hoe warm het huis hoogstens is", "how warm the house is at most"),
    Aspect.AT_HOME: Said("wanneer er iemand thuis is", "when somebody is home"),
    Aspect.AWAY: Said("dagen dat er niemand thuis is", "days with nobody home"),
    Aspect.HEAT_PUMP: Said("wanneer de warmtepomp aan is", "when the heat pump is on"),
    Aspect.HEAT_PUMP_RESTS: Said("uren dat de warmtepomp uit is", "hours the heat pump is off"),
    Aspect.HOT_WATER: Said("warm water", "hot water"),
    Aspect.MACHINE: Said("een apparaat dat draait", "a machine that runs"),
    Aspect.QUIET: Said("stille uren", "quiet hours"),
    Aspect.OWN_SUN: Said("eigen zon", "own sun"),
    Aspect.RESERVE: Said("reserve voor stroomuitval", "reserve for a power cut"),
    Aspect.FEED_IN: Said("terugleveren bij negatieve prijs", "feeding in at a negative price"),
    Aspect.GRID_MOST: Said("hoogstens van het net", "from the grid at most"),
    Aspect.FEED_IN_MOST: Said("hoogstens terug naar het net", "to the grid at most"),
    Aspect.FULL_CABLE: Said("helpen als een kabel vol is", "helping when a cable is full"),
    Aspect.SLIDER: Said("waar het om gaat", "what matters"),
}
