"""A home's smart meter: cumulative registers of import and export, and the load behind them."""

from laag.adapters.p1.home import MeteredHome, home_from
from laag.adapters.p1.registers import Registers, read_registers

__all__ = ["MeteredHome", "Registers", "home_from", "read_registers"]
