"""The JSON words of an order book, checked before anything is computed.

Prices are exact decimals in EUR/MWh. The ranges are far wider than any real book, and narrow enough for the sums of
a whole book to fit 64 bits.
"""

from __future__ import annotations

import json
from collections import Counter
from decimal import Decimal
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError, model_validator
from pydantic_core import PydanticCustomError

from laag.foundation.errors import BadOrder

PRICE_MAX = 100_000
"""EUR/MWh, either sign."""
ORDER_MAX_WH = 10**9
BOOK_MAX_WH = 10**11
CAPACITY_MAX_WH = 10**12
RADIUS_MAX_M = 10**7


def _wrong(value: object, rule: str) -> PydanticCustomError:
    return _wrong_book(f"is {_quoted(value)}; {rule}")


def _wrong_book(sentence: str) -> PydanticCustomError:
    return PydanticCustomError("rule", "{sentence}", {"sentence": sentence})


def _decimal(value: object, what: str, least: int, most: int) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise _wrong(value, f"{what} is a number")
    if not least <= value <= most:
        raise _wrong(value, f"{what} lies from {least} to {most}")
    exact = Decimal(value)
    if exact != exact.quantize(Decimal("0.01")):
        raise _wrong(value, f"{what} has at most two decimals")
    return exact


def _price(value: object) -> Decimal:
    return _decimal(value, "a price in EUR/MWh", -PRICE_MAX, PRICE_MAX)


def _levy(value: object) -> Decimal:
    return _decimal(value, "a levy in EUR/MWh", 0, PRICE_MAX)


def _share(value: object) -> Decimal:
    return _decimal(value, "k", 0, 1)


def _whole(least: int, most: int, what: str) -> BeforeValidator:
    def check(value: object) -> int:
        if isinstance(value, bool) or not isinstance(value, int):
            raise _wrong(value, f"{what} is a whole number")
        if not least <= value <= most:
            raise _wrong(value, f"{what} lies from {least} to {most}")
        return value

    return BeforeValidator(check)


def _name(value: object) -> str:
    if not isinstance(value, str) or not value:
        raise _wrong(value, "a name is a text of at least one character")
    try:
        value.encode()
    except UnicodeEncodeError:
        raise _wrong(value, "a name is valid Unicode") from None
    return value


def _quoted(value: object) -> str:
    """The value as its sender wrote it, cut to a length that fits a sentence."""
    text = str(value) if isinstance(value, Decimal) else json.dumps(value, default=str)
    return text if len(text) <= 40 else f"{text[:36]} ..."


Price = Annotated[Decimal, BeforeValidator(_price)]
Levy = Annotated[Decimal, BeforeValidator(_levy)]
Share = Annotated[Decimal, BeforeValidator(_share)]
Quantity = Annotated[int, _whole(1, ORDER_MAX_WH, "a quantity in Wh")]
Capacity = Annotated[int, _whole(0, CAPACITY_MAX_WH, "a capacity in Wh, or null for none,")]
Metres = Annotated[int, _whole(-RADIUS_MAX_M, RADIUS_MAX_M, "a position in metres")]
Name = Annotated[str, BeforeValidator(_name)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class GatewayWire(_Strict):
    """Where the layer meets the outside; ``null`` is no limit."""

    import_price: Price
    export_price: Price
    levy: Levy
    import_max_wh: Capacity | None = None
    export_max_wh: Capacity | None = None

    @model_validator(mode="after")
    def _two_sides(self) -> Self:
        landed = self.import_price + self.levy
        if self.export_price > landed:
            raise _wrong_book(
                f"buys at export_price {self.export_price} and sells at {landed} EUR/MWh (import_price plus levy), "
                "so it would trade with itself; lower export_price or raise import_price or levy"
            )
        return self


class OrderWire(_Strict):
    """One order; a ``limit`` of ``null`` takes any price. The last two fields matter to peer_to_peer only."""

    id: Name
    member: Name
    side: Literal["buy", "sell"]
    quantity_wh: Quantity
    limit: Price | None
    position: tuple[Metres, Metres] | None = None
    prefers: tuple[Name, ...] = ()


class BookWire(_Strict):
    """One quarter-hour of one layer."""

    rule: Name = "layered"
    k: Share = Decimal("0.5")
    gateway: GatewayWire
    orders: tuple[OrderWire, ...]

    @model_validator(mode="after")
    def _one_book(self) -> Self:
        first: dict[str, int] = {}
        for i, order in enumerate(self.orders):
            if first.setdefault(order.id, i) != i:
                raise _wrong_book(
                    f"has the id {_quoted(order.id)} at orders[{first[order.id]}] and again at orders[{i}]; "
                    "give each order an id of its own"
                )
        total = sum(order.quantity_wh for order in self.orders)
        if total > BOOK_MAX_WH:
            raise _wrong_book(f"holds {total} Wh; a book holds at most {BOOK_MAX_WH}")
        return self


def parse(text: str) -> BookWire:
    """One book from one JSON text; ``BadOrder`` says in one sentence what is wrong and where."""
    try:
        return BookWire.model_validate(_plain(text))
    except ValidationError as error:
        raise BadOrder(_sentence(error)) from None


def is_object(text: str) -> bool:
    """Whether a text is one whole JSON object."""
    try:
        return isinstance(_plain(text), dict)
    except BadOrder:
        return False


def _plain(text: str) -> object:
    try:
        return json.loads(
            text, parse_float=Decimal, parse_constant=_not_a_number, object_pairs_hook=_each_key_once
        )
    except json.JSONDecodeError as error:
        raise BadOrder(f"not JSON at line {error.lineno}, column {error.colno}: {error.msg}") from None
    except RecursionError:
        raise BadOrder("not a book: it is nested too deeply") from None
    except ValueError:
        raise BadOrder("not a book: it holds a number with thousands of digits") from None


def _not_a_number(name: str) -> object:
    raise BadOrder(f"not JSON: {name} is not a number that JSON knows; leave a limit away with null")


def _each_key_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        twice = Counter(key for key, _ in pairs).most_common(1)[0][0]
        raise BadOrder(f"not a book: the key {_quoted(twice)} occurs twice in one object")
    return found


def _sentence(error: ValidationError) -> str:
    """The first fault of many, with its place as one would write it in code."""
    first = error.errors(include_url=False)[0]
    where = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in first["loc"])
    where = where.removeprefix(".") or "the book"
    match first["type"]:
        case "missing":
            return f"{where} is missing"
        case "extra_forbidden":
            return f"{where} is not a field that a book has; remove it or mend its name"
        case "rule":
            return f"{where} {first['msg']}"
        case "literal_error":
            return f"{where} is {_quoted(first['input'])}; it is either {first['ctx']['expected']}"
        case "model_type":
            return f"{where} is {_quoted(first['input'])}; it is an object"
        case "tuple_type":
            return f"{where} is {_quoted(first['input'])}; it is a list"
        case _:
            return f"{where} is {_quoted(first['input'])}; {first['msg'].lower()}"
