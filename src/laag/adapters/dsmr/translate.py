"""A telegram to a reading: whole Wh and W, UTC instants, and no more about the home than is needed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, tzinfo
from decimal import ROUND_FLOOR, ROUND_HALF_EVEN, Decimal
from hashlib import blake2b

from laag.adapters.dsmr.obis import Lines, Value, lines
from laag.adapters.dsmr.reading import OtherMeter, Phase, Reading
from laag.adapters.dsmr.wire import Telegram, Verdict
from laag.foundation.findings import Finding
from laag.foundation.ptu import AMSTERDAM

_OFFSETS = {"S": timedelta(hours=2), "W": timedelta(hours=1)}
"""Wherever P1 is spoken, from the Netherlands to Hungary, clocks are one hour ahead of UTC, two in summer."""
_UNITS = {"kWh": ("Wh", 1000), "Wh": ("Wh", 1), "kW": ("W", 1000), "W": ("W", 1), "V": ("V", 1), "A": ("A", 1),
          "m3": ("dm3", 1000), "dm3": ("dm3", 1), "GJ": ("MJ", 1000), "MJ": ("MJ", 1)}  # fmt: skip
_KINDS = {3: "gas", 4: "heat", 6: "water", 7: "water", 10: "cold", 11: "cold", 12: "heat"}


def reading_of(telegram: Telegram, arrived: datetime, salt: bytes) -> Reading | Finding:
    """What the telegram says, or why nothing of it is believed.

    ``arrived`` (UTC) stands in where the meter says no time; ``salt`` makes its number a hash that only its owner
    can compare.
    """
    if telegram.verdict not in {Verdict.GOOD, Verdict.OLD}:
        return Finding(
            "smart meter", f"{arrived:%Y-%m-%dT%H:%M:%SZ}", f"a telegram was left: {telegram.verdict.value}"
        )
    found = lines(telegram.body)
    at = instant(_text(found, "1.0.0"))
    import_wh, import_tariffs_wh = _register(found, "1.8")
    export_wh, export_tariffs_wh = _register(found, "2.8")
    return Reading(
        at=at or arrived,
        stamped=at is not None,
        checked=telegram.verdict is Verdict.GOOD,
        meter=_meter(found, 0, salt) or _hashed(telegram.body.split(b"\r\n")[0], salt),
        version=_text(found, "0.2.8") or _text(found, "96.1.4"),
        import_wh=import_wh,
        export_wh=export_wh,
        import_tariffs_wh=import_tariffs_wh,
        export_tariffs_wh=export_tariffs_wh,
        import_w=_whole(found, "1.7.0", "W"),
        export_w=_whole(found, "2.7.0", "W"),
        phases=_phases(found),
        others=tuple(
            other
            for channel in sorted({at for at, _ in found} - {0})
            if (other := _other(found, channel, salt))
        ),
        doubts=_doubts(found, at),
    )


def instant(stamp: str | None, zone: tzinfo = AMSTERDAM) -> datetime | None:
    """The instant of ``YYMMDDhhmmssX``, X being S in summer time; without X the hour that comes twice cannot be told.

    >>> [str(instant(stamp)) for stamp in ("251026023000S", "251026023000W", "251026023000")]
    ['2025-10-26 00:30:00+00:00', '2025-10-26 01:30:00+00:00', 'None']
    """
    if stamp is None or not (stamp[:12].isascii() and stamp[:12].isdigit() and len(stamp[:12]) == 12):
        return None
    year, *rest = (int(stamp[i : i + 2]) for i in range(0, 12, 2))
    try:
        local = datetime(2000 + year, *rest, tzinfo=UTC)  # type: ignore[misc, arg-type]
    except ValueError:
        return None
    if len(stamp) == 13:
        return local - _OFFSETS[stamp[12]] if stamp[12] in _OFFSETS else None
    first, second = (local.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    return first if len(stamp) == 12 and first == second else None


def _text(found: Lines, code: str) -> str | None:
    value = found.get((0, code))
    return value.text if value else None


def _figure(value: Value | None, unit: str) -> Decimal | None:
    """A figure in our unit; one without a unit, or with another, is none."""
    ours, factor = _UNITS.get((value and value.unit) or "", ("", 1))
    number = value.number() if value else None
    return number * factor if number is not None and ours == unit else None


def _whole(found: Lines, code: str, unit: str) -> int | None:
    figure = _figure(found.get((0, code)), unit)
    return None if figure is None else int(figure.to_integral_value(ROUND_HALF_EVEN))


def _register(found: Lines, way: str) -> tuple[int | None, tuple[int, ...]]:
    """The sum and the tariffs; a tariff that cannot be read leaves the sum unknown, unless the meter gives it."""
    printed = [found[0, code] for code in (f"{way}.{tariff}" for tariff in range(1, 5)) if (0, code) in found]
    read = [_floor(_figure(value, "Wh")) for value in printed]
    tariffs = tuple(wh for wh in read if wh is not None)
    if len(tariffs) < len(read):
        tariffs = ()
    total = _floor(_figure(found.get((0, f"{way}.0")), "Wh"))
    return (sum(tariffs) if tariffs and total is None else total), tariffs


def _floor(figure: Decimal | None) -> int | None:
    """A register has counted a Wh when it is full."""
    return None if figure is None else int(figure.to_integral_value(ROUND_FLOOR))


def _phases(found: Lines) -> tuple[Phase, ...]:
    phases = []
    for name, watt, rest in (("L1", 2, 3), ("L2", 4, 5), ("L3", 6, 7)):
        phase = Phase(
            name,
            import_w=_whole(found, f"{watt}1.7.0", "W"),
            export_w=_whole(found, f"{watt}2.7.0", "W"),
            volts=_decimal(found, f"{rest}2.7.0", "V"),
            amperes=_decimal(found, f"{rest}1.7.0", "A"),
        )
        if phase != Phase(name, None, None, None, None):
            phases.append(phase)
    return tuple(phases)


def _decimal(found: Lines, code: str, unit: str) -> float | None:
    figure = _figure(found.get((0, code)), unit)
    return None if figure is None else float(figure)


def _other(found: Lines, channel: int, salt: bytes) -> OtherMeter | None:
    """The meter on this channel, if it has counted anything: one that was taken away leaves a line of zeros."""
    for code in ("24.2.1", "24.2.3", "24.3.0"):
        value = found.get((channel, code))
        for unit in ("dm3", "MJ"):
            count = _floor(_figure(value, unit))
            if value and count is not None:
                kind = found.get((channel, "24.1.0"))
                number = kind.number() if kind else None
                named = _KINDS.get(int(number), "other") if number is not None else "other"
                return OtherMeter(
                    channel, named, instant(value.stamp), count, unit, _meter(found, channel, salt)
                )
    return None


def _meter(found: Lines, channel: int, salt: bytes) -> str | None:
    for code in ("96.1.1", "96.1.0", "96.1.255"):
        value = found.get((channel, code))
        if value and value.text:
            return _hashed(value.text.encode(), salt)
    return None


def salted(reading: Reading, salt: bytes) -> Reading:
    """A reading that bears the meters' numbers as they are, with hashes instead."""
    others = tuple(
        replace(other, meter=_hashed(other.meter.encode(), salt)) if other.meter else other
        for other in reading.others
    )
    return replace(reading, meter=_hashed(reading.meter.encode(), salt), others=others)


def _hashed(number: bytes, salt: bytes) -> str:
    return blake2b(number, digest_size=6, key=salt[:64]).hexdigest()


def _doubts(found: Lines, at: datetime | None) -> tuple[str, ...]:
    """The codes whose line is there and says nothing that can be used."""
    unread = {
        code for (channel, code), value in found.items()
        if channel == 0 and code not in {"0.2.8", "96.1.4", "1.0.0", "96.1.0", "96.1.1", "96.1.255"}
        and (value is None or value.number() is None or value.unit not in _UNITS)
    } | {code for (_, code), value in found.items() if value is None}  # fmt: skip
    if (0, "1.0.0") in found and at is None:
        unread.add("1.0.0")
    return tuple(sorted(unread))
