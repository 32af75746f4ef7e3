"""ENTSO-E's documents (IEC 62325): an element that should be there is there, or the document is refused with the reason."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal, InvalidOperation
from xml.etree import ElementTree as ET  # only for text in which no entity can be declared, see _root

from laag.foundation.errors import BadInput
from laag.foundation.ptu import PTU

_NO_DATA = "No matching data found"
_MOST_FILES = 40
_MOST_BYTES = 8 * 1024 * 1024
_MOST_POINTS = 40_000
"""More than a year of quarter-hours; a day has 100 in each series."""
_DEEPEST = 12
_STEPS = {"PT15M": PTU, "PT30M": 2 * PTU, "PT60M": 4 * PTU, "PT1H": 4 * PTU}
EVERY, REPEATED = "A01", "A03"
"""Of a curve: each point is there; or one is there only when it differs from the one before."""


@dataclass(frozen=True, slots=True)
class Period:
    """Amounts by their position, counted from 1."""

    start: datetime
    end: datetime
    step: timedelta
    amounts: dict[int, Decimal]


@dataclass(frozen=True, slots=True)
class Series:
    """One series of amounts, and what they are."""

    areas: frozenset[str]
    agreement: str
    """``A01`` is the day-ahead auction; empty where it is not said."""
    sequence: int
    """Of several auctions of a day the first is the one that couples Europe."""
    category: str
    """Of an imbalance price: ``A04`` for who is long, ``A05`` for who is short; empty where it is one for both."""
    curve: str
    periods: tuple[Period, ...]


def series_of(body: bytes) -> tuple[Series, ...] | None:
    """The series in a document, or in a ZIP of documents; ``None`` where ENTSO-E says that it has no data (yet)."""
    found: list[Series] = []
    for document in _documents(body):
        root = _root(document)
        kind = _name(root)
        if kind == "Acknowledgement_MarketDocument":
            why = "; ".join(_text(reason, "text", "") for reason in _all(root, "Reason"))
            if _NO_DATA in why:
                continue
            raise BadInput(f"it refuses the question: {why[:200] or 'without a reason'}")
        if kind not in {"Publication_MarketDocument", "Balancing_MarketDocument"}:
            raise BadInput(f"a document with prices was asked for, and it is a {kind[:60]!r}")
        general = {_text(root, name, "") for name in ("area_Domain.mRID", "controlArea_Domain.mRID")}
        for element in _all(root, "TimeSeries"):
            found += _series(element, frozenset(general - {""}))
    return tuple(found) or None


def _documents(body: bytes) -> list[bytes]:
    if body[:2] != b"PK":
        return [body]
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            files = [file for file in archive.infolist() if not file.is_dir()]
            if len(files) > _MOST_FILES or sum(file.file_size for file in files) > _MOST_BYTES:
                raise BadInput("its ZIP holds more than a day's prices could fill")
            return [archive.open(file).read(_MOST_BYTES) for file in files]
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError, EOFError, ValueError) as wrong:
        raise BadInput("its ZIP is broken") from wrong


def _root(body: bytes) -> ET.Element:
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        raise BadInput("it is not in UTF-8") from wrong
    # Without a document type there are no entities, and without entities this parser fetches and expands nothing.
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise BadInput("it declares a document type, which no document of ENTSO-E does")
    parser = ET.XMLParser(target=_Shallow())  # noqa: S314 - see above
    try:
        parser.feed(text)
        root: ET.Element = parser.close()
    except ET.ParseError as wrong:
        raise BadInput(f"it is no XML ({wrong})") from wrong
    return root


class _Shallow(ET.TreeBuilder):
    """Builds no deeper than ENTSO-E does."""

    _depth = 0

    def start(self, tag: str, attrs: dict[str, str], /) -> ET.Element:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise BadInput("its elements are nested deeper than those of ENTSO-E")
        return super().start(tag, attrs)

    def end(self, tag: str, /) -> ET.Element:
        self._depth -= 1
        return super().end(tag)


def _series(element: ET.Element, general: frozenset[str]) -> list[Series]:
    """One series for each category of price in it."""
    for name, ours in (("currency_Unit.name", "EUR"), ("price_Measure_Unit.name", "MWH")):
        if (theirs := _text(element, name, ours)) != ours:
            raise BadInput(f"its prices are per {theirs[:20]!r}, where {ours} was expected")
    curve = _text(element, "curveType", EVERY)
    if curve not in {EVERY, REPEATED}:
        raise BadInput(f"its curve is of type {curve[:10]!r}; only A01 and A03 are read")
    areas = {_text(element, name, "") for name in ("in_Domain.mRID", "out_Domain.mRID")} - {""}
    agreement = _text(element, "contract_MarketAgreement.type", "")
    sequence = _whole(
        _text(element, "classificationSequence_AttributeInstanceComponent.position", "")
        or _text(element, "classificationSequence_AttributeInstanceComponent.Position", "1")
    )
    of_all = _text(element, "imbalance_Price.category", "")
    by_category: dict[str, list[Period]] = {}
    for period in _all(element, "Period"):
        for category, read in _periods(period, of_all).items():
            by_category.setdefault(category, []).append(read)
    return [
        Series(frozenset(areas) or general, agreement, sequence, category, curve, tuple(periods))
        for category, periods in by_category.items()
    ]


def _periods(element: ET.Element, of_all: str) -> dict[str, Period]:
    interval = element.find("{*}timeInterval")
    if interval is None:
        raise BadInput("a period does not say when it is")
    start, end = _instant(_text(interval, "start")), _instant(_text(interval, "end"))
    resolution = _text(element, "resolution")
    if resolution not in _STEPS:
        raise BadInput(f"a resolution of {resolution[:20]!r} cannot be put on quarter-hours")
    step = _STEPS[resolution]
    count, rest = divmod(end - start, step)
    if not 0 < count <= _MOST_POINTS or rest or start.minute % 15 or start.second:
        raise BadInput(
            f"a period from {start:%Y-%m-%dT%H:%MZ} to {end:%Y-%m-%dT%H:%MZ} is not cut into {resolution}"
        )
    found: dict[str, dict[int, Decimal]] = {}
    for point in _all(element, "Point"):
        position = _whole(_text(point, "position"))
        amounts = found.setdefault(_text(point, "imbalance_Price.category", of_all), {})
        if not 1 <= position <= count or position in amounts:
            raise BadInput(f"position {position} is there twice, or outside its period of {count}")
        amounts[position] = _amount(
            _text(point, "price.amount", "") or _text(point, "imbalance_Price.amount")
        )
    return {category: Period(start, end, step, amounts) for category, amounts in found.items()}


def _name(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2]


def _all(element: ET.Element, name: str) -> list[ET.Element]:
    return [child for child in element if _name(child) == name]


def _text(element: ET.Element, name: str, otherwise: str | None = None) -> str:
    child = element.find(f"{{*}}{name}")
    text = (child.text or "").strip() if child is not None else ""
    if text:
        return text
    if otherwise is None:
        raise BadInput(f"an element {_name(element)} has no {name}")
    return otherwise


def _whole(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 9):
        raise BadInput(f"{text[:20]!r} is no position")
    return int(text)


def _amount(text: str) -> Decimal:
    try:
        amount = Decimal(text)
    except InvalidOperation as wrong:
        raise BadInput(f"{text[:20]!r} is no price") from wrong
    if not amount.is_finite() or abs(amount) > 100_000:
        raise BadInput(f"{text[:20]} EUR/MWh is no price that a market could have")
    return amount


def _instant(text: str) -> datetime:
    try:
        at = datetime.fromisoformat(text)
    except ValueError as wrong:
        raise BadInput(f"{text[:30]!r} is no instant") from wrong
    if at.tzinfo is None:
        raise BadInput(f"{text[:30]!r} leaves open in which zone")
    return at.astimezone(UTC)
