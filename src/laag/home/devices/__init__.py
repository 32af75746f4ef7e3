"""What is behind a connection, as plain numbers: what each device can do.

Power is kW towards the device (consumption +), so a discharging battery and a shining roof are negative at the
connection. Energy is kWh, temperature °C. What a device holds now is in :class:`laag.home.house.HomeState`.
"""

from laag.home.devices.appliance import Appliance, Job
from laag.home.devices.battery import Battery
from laag.home.devices.car import Charger, EvSession
from laag.home.devices.heating import Boiler, Building, Comfort, HeatingCurve, HeatPump
from laag.home.devices.kind import Device
from laag.home.devices.roof import Pv
from laag.home.devices.water import Tank
from laag.home.devices.wiring import Wiring

__all__ = [
    "Appliance",
    "Battery",
    "Boiler",
    "Building",
    "Charger",
    "Comfort",
    "Device",
    "EvSession",
    "HeatPump",
    "HeatingCurve",
    "Job",
    "Pv",
    "Tank",
    "Wiring",
]
