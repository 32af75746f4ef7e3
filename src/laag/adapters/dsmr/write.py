"""A moment at the meter as the telegram that a Dutch meter of DSMR 5.0 would say; what simulated homes and tests speak."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from math import isfinite

from laag.adapters.dsmr.crc import crc16
from laag.adapters.dsmr.reading import Phase
from laag.foundation.errors import BadInput
from laag.foundation.ptu import AMSTERDAM

_LARGEST_WH = 999_999_999
_LARGEST_W = 99_999
_LARGEST_GAS_DM3 = 99_999_999
_LARGEST_V = 999.9
_LARGEST_A = 999
_WIRES = {"L1": (2, 3), "L2": (4, 5), "L3": (6, 7)}
"""The first figure of a wire's codes: of its power, and of its volts and amperes."""


@dataclass(frozen=True, slots=True)
class Gas:
    """What the gas meter had counted when it was last asked."""

    dm3: int
    at: datetime
    serial: str = "G0000000000000001"


@dataclass(frozen=True, slots=True)
class Moment:
    """All that a telegram says; tariff 1 is low, tariff 2 is normal."""

    at: datetime
    import_wh: tuple[int, int]
    export_wh: tuple[int, int]
    import_w: int = 0
    export_w: int = 0
    phases: tuple[Phase, ...] = ()
    gas: Gas | None = None
    tariff: int = 2
    serial: str = "E0000000000000001"


def telegram(moment: Moment) -> bytes:
    """The bytes as they leave the port, from ``/`` to the end of the line with the CRC.

    >>> from datetime import UTC
    >>> at = datetime(2026, 6, 1, 12, tzinfo=UTC)
    >>> said = telegram(Moment(at, import_wh=(1_000, 2_000), export_wh=(0, 500), import_w=250))
    >>> [line.decode() for line in said.splitlines() if b"1.0.0" in line or b":1." in line]
    ['0-0:1.0.0(260601140000S)', '1-0:1.8.1(000001.000*kWh)', '1-0:1.8.2(000002.000*kWh)', '1-0:1.7.0(00.250*kW)']
    """
    text = "\r\n".join(["/LAA5\\laag-simulated-1", "", *_lines(moment), "!"])
    body = text.encode("ascii")
    return body + f"{crc16(body):04X}\r\n".encode()


def stamp(at: datetime) -> str:
    """An instant on the meter's wall: ``S`` in summer time, ``W`` in winter.

    >>> from datetime import UTC
    >>> [stamp(datetime(2025, 10, 26, hour, 30, tzinfo=UTC)) for hour in (0, 1)]
    ['251026023000S', '251026023000W']
    """
    if at.tzinfo is None:
        raise BadInput(f"{at} leaves open in which zone; give an instant in UTC")
    wall = at.astimezone(AMSTERDAM)
    return f"{wall:%y%m%d%H%M%S}{'S' if wall.dst() else 'W'}"


def _lines(moment: Moment) -> Iterator[str]:
    yield "1-3:0.2.8(50)"
    yield f"0-0:1.0.0({stamp(moment.at)})"
    yield f"0-0:96.1.1({_hex(moment.serial)})"
    for way, registers in ((1, moment.import_wh), (2, moment.export_wh)):
        for tariff, wh in enumerate(registers, 1):
            yield f"1-0:{way}.8.{tariff}({_thousandth(wh, 10, _LARGEST_WH, 'Wh')}*kWh)"
    yield f"0-0:96.14.0({moment.tariff:04d})"
    yield f"1-0:1.7.0({_kw(moment.import_w)}*kW)"
    yield f"1-0:2.7.0({_kw(moment.export_w)}*kW)"
    yield "0-0:96.13.0()"
    yield from _phases(moment.phases)
    if gas := moment.gas:
        yield "0-1:24.1.0(003)"
        yield f"0-1:96.1.0({_hex(gas.serial)})"
        yield f"0-1:24.2.1({stamp(gas.at)})({_thousandth(gas.dm3, 9, _LARGEST_GAS_DM3, 'dm³')}*m3)"


def _phases(phases: tuple[Phase, ...]) -> Iterator[str]:
    """What is not known is not said."""
    for phase in phases:
        if phase.name not in _WIRES:
            raise BadInput(f"a meter has no wire {phase.name!r}; name it L1, L2 or L3")
        watt, rest = _WIRES[phase.name]
        if phase.volts is not None:
            yield f"1-0:{rest}2.7.0({_within(phase.volts, _LARGEST_V, 'V'):05.1f}*V)"
        if phase.amperes is not None:
            yield f"1-0:{rest}1.7.0({round(_within(phase.amperes, _LARGEST_A, 'A')):03d}*A)"
        for way, watts in ((1, phase.import_w), (2, phase.export_w)):
            if watts is not None:
                yield f"1-0:{watt}{way}.7.0({_kw(watts)}*kW)"


def _kw(watts: int) -> str:
    return _thousandth(watts, 6, _LARGEST_W, "W")


def _thousandth(number: int, width: int, largest: int, unit: str) -> str:
    """Three decimals without a float: a register must arrive to the last Wh."""
    _within(number, largest, unit)
    return f"{number // 1000:0{width - 4}d}.{number % 1000:03d}"


def _within(number: float, largest: float, unit: str) -> float:
    if not (isfinite(number) and 0 <= number <= largest):
        raise BadInput(f"a meter cannot print {number:g} {unit}; give 0 to {largest:g}")
    return number


def _hex(serial: str) -> str:
    if not (serial.isascii() and 1 <= len(serial) <= 48):
        raise BadInput(f"{serial!r} is no number of a meter; give 1 to 48 plain characters")
    return serial.encode().hex().upper()
