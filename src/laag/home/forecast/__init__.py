"""From what a home has measured to what it expects: simple, strong, and unable to look ahead.

A :class:`Record` ends at ``now``; there is nothing later in it to look at. A :class:`Diary` cuts one out of all that is
ever measured and told, since each number in it is :class:`Known` from an instant on. All functions are pure and bear
missing (``nan``) readings; those that give one number per quarter-hour take well under a millisecond, those that give
quantiles a few. What is agreed or said of tomorrow (a price, a driver's departure) is not guessed here but given.
"""

from laag.home.forecast.cars import CarForecast, car_forecast
from laag.home.forecast.diary import Diary
from laag.home.forecast.expected import outlook
from laag.home.forecast.heat import heat_forecast, heat_kw
from laag.home.forecast.known import Known
from laag.home.forecast.load import TYPICAL_DAY, UNKNOWN_LOAD_KW, load_forecast, load_kw
from laag.home.forecast.prices import prices_like_recent_days
from laag.home.forecast.pv import panels, pv_forecast, pv_kw
from laag.home.forecast.quantiles import LEVELS, Forecast
from laag.home.forecast.record import Record
from laag.home.forecast.sun import sky, sun_w_m2
from laag.home.forecast.sunshine import DE_BILT, Place, clear_w_m2
from laag.home.forecast.water import hot_water_kw
from laag.home.forecast.weather import outdoor_c

__all__ = [
    "DE_BILT",
    "LEVELS",
    "TYPICAL_DAY",
    "UNKNOWN_LOAD_KW",
    "CarForecast",
    "Diary",
    "Forecast",
    "Known",
    "Place",
    "Record",
    "car_forecast",
    "clear_w_m2",
    "heat_forecast",
    "heat_kw",
    "hot_water_kw",
    "load_forecast",
    "load_kw",
    "outdoor_c",
    "outlook",
    "panels",
    "prices_like_recent_days",
    "pv_forecast",
    "pv_kw",
    "sky",
    "sun_w_m2",
]
