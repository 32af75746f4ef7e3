"""Plans as price-dependent orders, and what of them is amended later."""

from laag.home.bid.amendments import amendments
from laag.home.bid.courses import plans
from laag.home.bid.orders import HomeOrders, orders
from laag.home.bid.prospect import Prospect
from laag.home.devices import Device

__all__ = ["Device", "HomeOrders", "Prospect", "amendments", "orders", "plans"]
