"""Plans as price-dependent orders."""

from laag.home.bid.courses import plans
from laag.home.bid.orders import HomeOrders, orders
from laag.home.bid.prospect import Prospect
from laag.home.devices import Device

__all__ = ["Device", "HomeOrders", "Prospect", "orders", "plans"]
