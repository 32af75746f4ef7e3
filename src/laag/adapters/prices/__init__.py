"""National prices from the files that ENTSO-E, TenneT and others publish."""

from laag.adapters.prices.dayahead import read_day_ahead
from laag.adapters.prices.imbalance import read_imbalance
from laag.adapters.prices.nation import first_day, load_nation

__all__ = ["first_day", "load_nation", "read_day_ahead", "read_imbalance"]
