"""The lines of a telegram, cut into values by dsmr-parser; which meter of which country sent them does not matter."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

try:
    from dsmr_parser.exceptions import ParseError
    from dsmr_parser.parsers import CosemParser, MBusParser, ValueParser
except ModuleNotFoundError as missing:
    raise ModuleNotFoundError(
        f"reading a smart meter needs {missing.name}, which is not installed; pip install 'laag[live]' adds it",
        name=missing.name,
    ) from missing

_CODE = re.compile(r"([01])-(\d{1,2}):(\d{1,2}\.\d{1,3}\.\d{1,3})(?:\*\d{1,3})?(?=\()")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
# Text only: their own conversion gives up a whole telegram for one number that cannot be read.
_TEXT = ValueParser(str)
_ONE = CosemParser(_TEXT).parse
_STAMPED = MBusParser(_TEXT, _TEXT).parse
_STAMPED_2_2 = MBusParser(*[_TEXT] * 7).parse
_PHASES = [f"{ten}{one}.7.0" for ten in (2, 4, 6) for one in (1, 2)] + [
    f"{ten}{one}.7.0" for ten in (3, 5, 7) for one in (1, 2)
]
_PARSERS: dict[str, Callable[[str], Any]] = {
    **dict.fromkeys(["0.2.8", "96.1.4", "1.0.0", "96.1.0", "96.1.1", "96.1.255", "24.1.0"], _ONE),
    **dict.fromkeys([f"{way}.8.{tariff}" for way in (1, 2) for tariff in range(5)], _ONE),
    **dict.fromkeys(["1.7.0", "2.7.0", *_PHASES], _ONE),
    **dict.fromkeys(["24.2.1", "24.2.3"], _STAMPED),
    "24.3.0": _STAMPED_2_2,
}


@dataclass(frozen=True, slots=True)
class Value:
    """One value as printed, with its unit and, from another meter, its stamp; empty brackets give no text."""

    text: str | None
    unit: str | None = None
    stamp: str | None = None

    def number(self) -> Decimal | None:
        """The figure, where it is one.

        >>> Value("001581.123").number(), Value("--.---").number()
        (Decimal('1581.123'), None)
        """
        return Decimal(self.text) if self.text and _NUMBER.fullmatch(self.text) else None


Lines = dict[tuple[int, str], Value | None]
"""By channel (0 is the meter itself) and code; ``None`` is a line that is there and cannot be read."""


def lines(body: bytes) -> Lines:
    r"""The lines that we know, whatever their order; of two that contradict each other neither is believed.

    >>> lines(b"/ABC5x\r\n\r\n1-0:1.8.1(000012.345*kWh)\r\n!")
    {(0, '1.8.1'): Value(text='000012.345', unit='kWh', stamp=None)}
    """
    text = body.decode("ascii", "replace").rstrip("!").replace("\r\n", "\n").replace("\n(", "(")
    found: Lines = {}
    for line in text.split("\n"):
        code = _CODE.match(line)
        if code is None or code[3] not in _PARSERS:
            continue
        key = (int(code[2]) if code[1] == "0" else 0, code[3])
        value = _value(_PARSERS[code[3]], code[0] + line[code.end() :])
        found[key] = value if found.get(key, value) == value else None
    return found


def _value(parse: Callable[[str], Any], line: str) -> Value | None:
    try:
        read = parse(line)
    except (ParseError, ValueError):
        return None
    return Value(read.value, read.unit, getattr(read, "datetime", None))
