"""Where the sun stands, and what a cloudless sky would give."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from laag.foundation.errors import BadInput
from laag.foundation.ptu import PtuGrid
from laag.home.outlook import Floats

_J2000 = np.datetime64("2000-01-01T12:00:00", "s")
_HALF_PTU = np.timedelta64(450, "s")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a home stands, in degrees: north and east are positive."""

    latitude: float
    longitude: float

    def __post_init__(self) -> None:
        if not (-90 <= self.latitude <= 90 and -180 <= self.longitude <= 180):
            raise BadInput(
                f"{self.latitude} north, {self.longitude} east is nowhere; give degrees, latitude first"
            )


DE_BILT = Place(52.10, 5.18)
"""The middle of the Netherlands; no Dutch home lies more than 2.5 degrees from it."""


def sine_of_elevation(place: Place, grid: PtuGrid) -> Floats:
    """The sine of the sun's height above the horizon at the middle of each PTU; negative at night.

    The Astronomical Almanac's short formula, good to 0.01 degree from 1950 to 2050: J. J. Michalsky, Solar Energy 40
    (1988) 227-235.

    >>> from datetime import UTC, datetime
    >>> noon = PtuGrid(datetime(2025, 6, 21, 11, 30, tzinfo=UTC), 1)
    >>> float(np.degrees(np.arcsin(sine_of_elevation(DE_BILT, noon)))[0].round(1))
    61.3
    """
    day = (grid.instants() + _HALF_PTU - _J2000) / np.timedelta64(86_400, "s")
    anomaly = np.radians(357.528 + 0.9856003 * day)
    mean_longitude = 280.460 + 0.9856474 * day
    longitude = np.radians(mean_longitude + 1.915 * np.sin(anomaly) + 0.020 * np.sin(2 * anomaly))
    obliquity = np.radians(23.439 - 0.0000004 * day)
    ascension = np.arctan2(np.cos(obliquity) * np.sin(longitude), np.cos(longitude))
    declination = np.arcsin(np.sin(obliquity) * np.sin(longitude))
    sidereal = np.radians(280.46062 + 360.98564737 * day + place.longitude)
    north = np.radians(place.latitude)
    return np.asarray(
        np.sin(declination) * np.sin(north)
        + np.cos(declination) * np.cos(north) * np.cos(sidereal - ascension)
    )


def clear_w_m2(place: Place, grid: PtuGrid) -> Floats:
    """Global horizontal irradiance under a cloudless sky: B. Haurwitz, Journal of Meteorology 2 (1945) 154-166.

    >>> from datetime import UTC, datetime
    >>> clear_w_m2(DE_BILT, PtuGrid(datetime(2025, 6, 21, 0, tzinfo=UTC), 96))[[0, 46]].round().tolist()
    [0.0, 901.0]
    """
    height = np.maximum(sine_of_elevation(place, grid), 1e-4)
    return np.asarray(1098.0 * height * np.exp(-0.059 / height))
