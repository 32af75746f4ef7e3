"""The shape of each attribute of UFTP 3.1, by its name; a library's number may be more than the schema's, so the text is asked."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Shape:
    """What a word may be."""

    pattern: re.Pattern[str]
    way_out: str
    means: Callable[[str], object] | None = None
    """Must not refuse the word either: 31 February has the shape of a day."""

    def fits(self, word: str) -> bool:
        """Whether a word is one of these."""
        if self.pattern.fullmatch(word) is None:
            return False
        if self.means is None:
            return True
        try:
            self.means(word)
        except ValueError:
            return False
        return True


def shape_of(element: str, key: str) -> Shape | None:
    """The shape of an attribute; ``None`` is any text.

    >>> shape_of("ISP", "Power").fits("-2500"), shape_of("ISP", "Power").fits("2_500")
    (True, False)
    >>> shape_of("FlexOrder", "Price").fits("2.30001")
    False
    """
    if key.endswith("MessageID") or key == "ConversationID":
        return _UUID
    if element == "SignedMessage" and key == "SenderRole":
        return _ROLE
    return _SHAPES.get(key)


def instant(text: str) -> datetime:
    """An instant as UFTP writes it, to the microsecond; a zone is never left out.

    >>> instant("2026-11-22T08:00:00.1234567+01:00").isoformat()
    '2026-11-22T08:00:00.123456+01:00'
    """
    return datetime.fromisoformat(_FINE.sub(r"\1", text))


def _shape(pattern: str, way_out: str, means: Callable[[str], object] | None = None) -> Shape:
    return Shape(re.compile(pattern, re.ASCII), way_out, means)


_FINE = re.compile(r"(\.\d{6})\d+")
_UUID = _shape("[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}", "an id is a UUID")
_ROLE = _shape("AGR|CRO|DSO", "a role is AGR, CRO or DSO")
_DOMAIN = _shape(
    "(?=.{1,253}$)([a-z0-9]+(-[a-z0-9]+)*\\.)+[a-z]{2,}",
    "a domain is written as dso.example, in small letters",
)
_DAY = _shape("[12][0-9]{3}-[0-9]{2}-[0-9]{2}", "a day is written as 2026-11-22", date.fromisoformat)
_INSTANT = _shape(
    r"[12]\d{3}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?([+-]\d{2}:\d{2}|Z)",
    "an instant is written as 2026-11-22T08:00:00+01:00, with its zone",
    instant,
)
_WATTS = _shape(r"[+-]?\d{1,12}", "it is whole watts")
_COUNT = _shape(r"\+?0*[1-9]\d{0,5}", "it is a whole number from 1")
_EURO = _shape(r"[+-]?(\d{1,12}(\.\d{0,4})?|\.\d{1,4})", "an amount has at most four decimals")
_FACTOR = _shape(r"\+?0*(0?\.0[1-9]0*|0?\.[1-9]\d?0*|1(\.0*)?)", "a factor is between 0.01 and 1.00")
_ADDRESS = _shape(
    r"ea1\.[0-9]{4}-[0-9]{2}\..{1,244}:.{1,244}|ean\.[0-9]{12,34}",
    "an address is written as ean.871685900012636543 or ea1.2026-11.example.dso:name",
)
_TRUTH = _shape("true|false|1|0", "it is true or false")
_VERDICT = _shape("Accepted|Rejected", "it is Accepted or Rejected")

_SHAPES = {
    "Version": _shape(r"\d+\.\d+\.\d+", "a version is written as 3.1.0"),
    "SenderDomain": _DOMAIN, "RecipientDomain": _DOMAIN, "AGR-Domain": _DOMAIN, "DSO-Domain": _DOMAIN,
    "TimeStamp": _INSTANT, "ExpirationDateTime": _INSTANT,
    "Period": _DAY, "PeriodStart": _DAY, "PeriodEnd": _DAY, "StartPeriod": _DAY, "EndPeriod": _DAY,
    "ISP-Duration": _shape(r"P(T\d{1,4}M|T\d{1,2}H|T\d{1,6}S)", "a duration is written as PT15M"),
    "TimeZone": _shape("(Africa|America|Australia|Europe|Pacific)/[a-zA-Z0-9_/]{3,60}", "a time zone is written as Europe/Amsterdam"),
    "CongestionPoint": _ADDRESS, "EntityAddress": _ADDRESS,
    "Power": _WATTS, "MinPower": _WATTS, "MaxPower": _WATTS, "BaselinePower": _WATTS, "OrderedFlexPower": _WATTS,
    "ActualPower": _WATTS, "DeliveredFlexPower": _WATTS, "PowerDeficiency": _WATTS, "ReservedPower": _WATTS,
    "RequestedPower": _WATTS, "AvailablePower": _WATTS, "OfferedPower": _WATTS, "OrderedPower": _WATTS,
    "Start": _COUNT, "Duration": _COUNT,
    "Revision": _shape(r"[+-]?\d{1,18}", "a revision is a whole number"),
    "Price": _EURO, "Penalty": _EURO, "NetSettlement": _EURO,
    "MinActivationFactor": _FACTOR, "ActivationFactor": _FACTOR,
    "Currency": _shape("[A-Z]{3}", "a currency is written as EUR"),
    "Unsolicited": _TRUTH, "IsValidated": _TRUTH, "MutexOffersSupported": _TRUTH,
    "Result": _VERDICT,
    "Disposition": _shape("Accepted|Disputed|Available|Requested", "it is Available or Requested, or Accepted or Disputed"),
    "DayAheadRedispatchBy": _shape("AGR|DSO", "it is AGR or DSO"), "IntradayRedispatchBy": _shape("AGR|DSO", "it is AGR or DSO"),
    "EAN": _shape("[Ee][0-9]{16}", "it is an E and sixteen figures"),
    "ProfileType": _shape("Power|ImportEnergy|ExportEnergy|ImportMeterReading|ExportMeterReading", "it is Power, ImportEnergy, ExportEnergy, ImportMeterReading or ExportMeterReading"),
    "Unit": _shape("kW|kWh", "it is kW or kWh"),
    "Value": _shape(r"[+-]?(\d{1,12}(\.\d{0,6})?|\.\d{1,6})", "it is a number with at most six decimals"),
}  # fmt: skip
