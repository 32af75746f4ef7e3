"""HomeWizard's words to a reading: whole Wh and W, and what is not said stays unknown."""

from __future__ import annotations

from datetime import datetime
from decimal import ROUND_FLOOR, ROUND_HALF_EVEN, Decimal

from laag.adapters.dsmr import OtherMeter, Phase, Reading
from laag.adapters.dsmr.translate import instant
from laag.adapters.homewizard.wire import Data, External
from laag.foundation.findings import Finding

_KINDS = {
    "gas_meter": "gas",
    "heat_meter": "heat",
    "inlet_heat_meter": "heat",
    "water_meter": "water",
    "warm_water_meter": "water",
}
_UNITS = {"m3": "dm3", "GJ": "MJ"}


def reading_of(data: Data, arrived: datetime) -> Reading | Finding:
    """What the meter says; without a register there is nothing to count with.

    It says not when, and no CRC vouches for it: each reading waits until the next one goes on from it.
    """
    import_wh, import_tariffs_wh = _register(data, "import")
    export_wh, export_tariffs_wh = _register(data, "export")
    if import_wh is None:
        what = "its answer holds no register; is its cable in the P1 port of the smart meter?"
        return Finding("HomeWizard", f"{arrived:%Y-%m-%dT%H:%M:%SZ}", what)
    import_w, export_w = _both_ways(data.active_power_w)
    return Reading(
        at=arrived,
        stamped=False,
        checked=False,
        meter=data.unique_id or "homewizard",
        version=None if data.smr_version is None else str(data.smr_version),
        import_wh=import_wh,
        export_wh=export_wh,
        import_tariffs_wh=import_tariffs_wh,
        export_tariffs_wh=export_tariffs_wh,
        import_w=import_w,
        export_w=export_w,
        phases=_phases(data),
        others=_others(data),
    )


def _register(data: Data, way: str) -> tuple[int | None, tuple[int, ...]]:
    """The sum, and the tariffs as far as they are told."""
    said = [getattr(data, f"total_power_{way}_t{tariff}_kwh") for tariff in range(1, 5)]
    tariffs = tuple(_thousandths(kwh) for kwh in said if kwh is not None)
    total = getattr(data, f"total_power_{way}_kwh")
    if total is not None:
        return _thousandths(total), tariffs
    return (sum(tariffs) if tariffs else None), tariffs


def _thousandths(count: Decimal) -> int:
    """A register has counted a Wh when it is full."""
    return int((count * 1000).to_integral_value(ROUND_FLOOR))


def _both_ways(watts: Decimal | None) -> tuple[int | None, int | None]:
    """Feed-in is negative in their words, and a figure of its own in ours.

    >>> _both_ways(Decimal("-543")), _both_ways(Decimal(77)), _both_ways(None)
    ((0, 543), (77, 0), (None, None))
    """
    if watts is None:
        return None, None
    whole = int(watts.to_integral_value(ROUND_HALF_EVEN))
    return max(whole, 0), max(-whole, 0)


def _phases(data: Data) -> tuple[Phase, ...]:
    phases = []
    for number in (1, 2, 3):
        import_w, export_w = _both_ways(getattr(data, f"active_power_l{number}_w"))
        volts = getattr(data, f"active_voltage_l{number}_v")
        # Some versions give a current the sign of its power; a smart meter knows its size only.
        amperes = getattr(data, f"active_current_l{number}_a")
        if (import_w, volts, amperes) != (None, None, None):
            phases.append(
                Phase(
                    f"L{number}",
                    import_w,
                    export_w,
                    None if volts is None else float(volts),
                    None if amperes is None else abs(float(amperes)),
                )
            )
    return tuple(phases)


def _others(data: Data) -> tuple[OtherMeter, ...]:
    """In the order of their numbers, which is the same in every answer."""
    said = list(data.external)
    if data.total_gas_m3 is not None and all(other.type != "gas_meter" for other in said):
        said.append(
            External(
                unique_id=data.gas_unique_id,
                type="gas_meter",
                timestamp=data.gas_timestamp,
                value=data.total_gas_m3,
            )
        )
    counted = [other for other in said if other.value is not None and other.unit in _UNITS]
    counted.sort(key=lambda other: (other.unique_id or "", other.type))
    return tuple(
        OtherMeter(
            channel=channel,
            kind=_KINDS.get(other.type, "other"),
            at=None if other.timestamp is None else instant(f"{other.timestamp:012d}"),
            count=_thousandths(other.value or Decimal(0)),
            unit=_UNITS[other.unit],
            meter=other.unique_id or None,
        )
        for channel, other in enumerate(counted, 1)
    )
