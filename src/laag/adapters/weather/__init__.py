"""Outdoor temperature and sun from KNMI, Open-Meteo and tables like theirs."""

from laag.adapters.weather.weather import read_sun, read_temperature

__all__ = ["read_sun", "read_temperature"]
