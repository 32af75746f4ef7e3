"""A weather forecast for a home: from Open-Meteo, or from files of whoever forecasts, with the time from which it is known."""

from laag.adapters.openmeteo.files import weather_from_files
from laag.adapters.openmeteo.link import OpenMeteo
from laag.adapters.openmeteo.newest import Forecaster, Newest
from laag.adapters.openmeteo.translate import Weather

__all__ = ["Forecaster", "Newest", "OpenMeteo", "Weather", "weather_from_files"]
