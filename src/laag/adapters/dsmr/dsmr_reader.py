"""What DSMR-reader publishes of each telegram, as one JSON object or value by value, as readings again."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from decimal import ROUND_FLOOR, ROUND_HALF_EVEN, Decimal
from typing import Annotated

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from laag.adapters.dsmr.reading import OtherMeter, Phase, Reading
from laag.adapters.heard import heard
from laag.foundation.findings import Finding

_Count = Annotated[Decimal, Field(ge=0, lt=10**9)]
_Kw = Annotated[Decimal, Field(ge=0, lt=1000)] | None
_Size = Annotated[Decimal, Field(ge=0, lt=10_000)] | None


class _Said(BaseModel):
    """Its default names; what else is published is passed over."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    timestamp: AwareDatetime
    electricity_delivered_1: _Count
    electricity_delivered_2: _Count
    electricity_returned_1: _Count
    electricity_returned_2: _Count
    electricity_currently_delivered: _Kw = None
    electricity_currently_returned: _Kw = None
    phase_currently_delivered_l1: _Kw = None
    phase_currently_delivered_l2: _Kw = None
    phase_currently_delivered_l3: _Kw = None
    phase_currently_returned_l1: _Kw = None
    phase_currently_returned_l2: _Kw = None
    phase_currently_returned_l3: _Kw = None
    phase_voltage_l1: _Size = None
    phase_voltage_l2: _Size = None
    phase_voltage_l3: _Size = None
    phase_power_current_l1: _Size = None
    phase_power_current_l2: _Size = None
    phase_power_current_l3: _Size = None
    extra_device_timestamp: AwareDatetime | None = None
    extra_device_delivered: _Count | None = None


def reading_of(payload: bytes, arrived: datetime) -> Reading | Finding:
    """One JSON object as a reading. What it looked like at the meter is not known: it waits for one that goes on from it.

    >>> kwh = {f"electricity_{way}_{tariff}": "1.001" for way in ("delivered", "returned") for tariff in (1, 2)}
    >>> said = {"timestamp": "2026-06-01T14:00:00+02:00", "electricity_currently_delivered": "0.250"} | kwh
    >>> reading = reading_of(json.dumps(said).encode(), datetime(2026, 6, 1, 12, tzinfo=UTC))
    >>> reading.at.hour, reading.import_wh, reading.import_w, reading.export_w
    (12, 2002, 250, None)
    """
    said = heard(payload, _Said.model_validate)
    if isinstance(said, str):
        return _left(arrived, said)
    imports = (_whole(said.electricity_delivered_1), _whole(said.electricity_delivered_2))
    exports = (_whole(said.electricity_returned_1), _whole(said.electricity_returned_2))
    return Reading(
        at=said.timestamp.astimezone(UTC),
        stamped=True,
        checked=False,
        meter="dsmr-reader",
        version=None,
        import_wh=sum(imports),
        export_wh=sum(exports),
        import_tariffs_wh=imports,
        export_tariffs_wh=exports,
        import_w=_watts(said.electricity_currently_delivered),
        export_w=_watts(said.electricity_currently_returned),
        phases=_phases(said),
        others=_gas(said),
    )


class Gathered:
    """Values of one telegram that come one by one, each on a topic of its own that ends in its name.

    The time comes before the rest: with the next time all that belongs to the last one is there.
    """

    def __init__(self) -> None:
        self._values: dict[str, str] = {}

    def add(self, topic: str, payload: bytes, arrived: datetime) -> Reading | Finding | None:
        """The reading that this value shows to be complete; mostly none."""
        name = topic.rpartition("/")[2]
        if name not in _Said.model_fields or len(payload) > 64:
            return None
        done = self._values if name == "timestamp" and "timestamp" in self._values else None
        if name == "timestamp":
            self._values = {}
        elif "timestamp" not in self._values:
            return None
        self._values[name] = payload.decode("utf-8", "replace")
        return reading_of(json.dumps(done).encode(), arrived) if done else None


def _left(arrived: datetime, why: str) -> Finding:
    return Finding("DSMR-reader", f"{arrived:%Y-%m-%dT%H:%M:%SZ}", f"a message was left: {why}")


def _whole(count: Decimal) -> int:
    return int((count * 1000).to_integral_value(ROUND_FLOOR))


def _watts(kw: Decimal | None) -> int | None:
    return None if kw is None else int((kw * 1000).to_integral_value(ROUND_HALF_EVEN))


def _phases(said: _Said) -> tuple[Phase, ...]:
    phases = []
    for number in (1, 2, 3):
        volts, amperes = (
            getattr(said, f"phase_{what}_l{number}", None) for what in ("voltage", "power_current")
        )
        phase = Phase(
            f"L{number}",
            _watts(getattr(said, f"phase_currently_delivered_l{number}")),
            _watts(getattr(said, f"phase_currently_returned_l{number}")),
            None if volts is None else float(volts),
            None if amperes is None else float(amperes),
        )
        if phase != Phase(phase.name, None, None, None, None):
            phases.append(phase)
    return tuple(phases)


def _gas(said: _Said) -> tuple[OtherMeter, ...]:
    """It reads gas, and keeps no number of the meter."""
    if said.extra_device_delivered is None:
        return ()
    at = said.extra_device_timestamp.astimezone(UTC) if said.extra_device_timestamp else None
    return (OtherMeter(1, "gas", at, _whole(said.extra_device_delivered), "dm3", None),)
