"""A plan as price-dependent orders."""

from laag.home.bid.orders import HomeOrders, orders
from laag.home.devices import Device

__all__ = ["Device", "HomeOrders", "orders"]
