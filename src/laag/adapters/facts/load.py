"""From a dated TOML file to the exact figures of one day."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import date
from decimal import Decimal, InvalidOperation
from importlib.resources import files
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, RootModel, ValidationError, model_validator

from laag.foundation.errors import BadInput
from laag.settlement.tariff import Facts, Figure, Measure, Status

SHIPPED = "nl.toml"
WHOLE_NUMBERS_PER = {Measure.TICKS: 5, Measure.UNITS_PER_YEAR: 8, Measure.PERCENT: 0, Measure.WH: 3}
"""How many decimals of the unit fit in the whole number that a figure is kept as."""


class Row(BaseModel):
    """One value with the days it holds."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    value: str
    unit: Literal["EUR/kWh", "EUR/kWh incl. VAT", "EUR/year", "EUR/year incl. VAT", "%", "kWh"]
    valid_from: date
    valid_to: date | None = None
    source: str = Field(min_length=3)
    status: Status

    @model_validator(mode="after")
    def _fits(self) -> Row:
        if self.valid_to and self.valid_to < self.valid_from:
            raise ValueError(f"it ends on {self.valid_to}, before it begins on {self.valid_from}")
        self.whole_number()
        return self

    @property
    def measure(self) -> Measure:
        """What the unit counts, VAT aside."""
        return Measure(self.unit.removesuffix(" incl. VAT"))

    def whole_number(self) -> int:
        """The value in ticks, units of 1e-8 EUR, percent or Wh."""
        decimals = WHOLE_NUMBERS_PER[self.measure]
        try:
            scaled = Decimal(self.value).scaleb(decimals)
        except InvalidOperation:
            raise ValueError(f"{self.value!r} is not a decimal number") from None
        if not scaled.is_finite() or scaled != scaled.to_integral_value():
            raise ValueError(f"{self.value} {self.unit} does not fit in {decimals} decimals")
        return int(scaled)

    def holds_on(self, day: date) -> bool:
        """Both ends are included."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    def figure(self, name: str) -> Figure:
        """As the core keeps it."""
        return Figure(
            name=name,
            value=self.whole_number(),
            measure=self.measure,
            includes_vat=self.unit.endswith("incl. VAT"),
            valid_from=self.valid_from,
            valid_to=self.valid_to,
            source=self.source,
            status=self.status,
        )


class Rows(RootModel[list[Row]]):
    """The values of one figure over the years."""

    def on(self, day: date) -> list[Row]:
        """Those that hold on this day; more than one is a fault of the file."""
        return [row for row in self.root if row.holds_on(day)]


class Supplier(BaseModel):
    """Prices of a contract."""

    model_config = ConfigDict(extra="forbid")

    bare_price: Rows = Rows([])
    feed_in_floor: Rows = Rows([])
    feed_in_compensation: Rows = Rows([])
    feed_in_cost: Rows = Rows([])
    feed_in_step: Rows = Rows([])
    feed_in_step_from: Rows = Rows([])
    dynamic_mark_up: Rows = Rows([])
    fixed_fee: Rows = Rows([])


class Tax(BaseModel):
    """Tax that does not depend on kWh alone."""

    model_config = ConfigDict(extra="forbid")

    reduction: Rows = Rows([])
    vat: Rows = Rows([])


class Gateway(BaseModel):
    """Fees at the door of a community."""

    model_config = ConfigDict(extra="forbid")

    import_fee: Rows = Rows([])
    export_fee: Rows = Rows([])


class Bandwidth(BaseModel):
    """Subscribed bands: a year of each, by its kW, and a kWh beyond what could be borrowed."""

    model_config = ConfigDict(extra="forbid")

    kw: dict[int, Rows] = {}
    beyond: Rows = Rows([])


class File(BaseModel):
    """The whole file; every part may be left out of a community's own."""

    model_config = ConfigDict(extra="forbid")

    energy_tax: dict[int, Rows] = {}
    ode: dict[int, Rows] = {}
    tax: Tax = Tax()
    supplier: Supplier = Supplier()
    gateway: Gateway = Gateway()
    network: dict[str, dict[str, Rows]] = {}
    bandwidth: Bandwidth = Bandwidth()

    def named(self) -> Iterator[tuple[str, Rows]]:
        """Every figure by the name the core knows it by."""
        yield from ((f"energy_tax.{above}", rows) for above, rows in self.energy_tax.items())
        yield from ((f"ode.{above}", rows) for above, rows in self.ode.items())
        yield from ((name, getattr(self.tax, name)) for name in Tax.model_fields)
        yield from ((name, getattr(self.supplier, name)) for name in Supplier.model_fields)
        yield from ((f"gateway_{name}", getattr(self.gateway, name)) for name in Gateway.model_fields)
        yield from ((f"bandwidth.{kw}", rows) for kw, rows in self.bandwidth.kw.items())
        yield "bandwidth.beyond", self.bandwidth.beyond
        for dso, sizes in self.network.items():
            yield from ((f"network.{dso}.{size}", rows) for size, rows in sizes.items())


def load(day: date, own: Path | None = None) -> Facts:
    """The figures that hold on ``day``; a community's own file replaces shipped ones of the same name.

    >>> load(date(2027, 5, 1))["energy_tax.0"].status.value
    'proposal'
    """
    figures = _figures(SHIPPED, files(__package__).joinpath(SHIPPED).read_text("utf-8"), day)
    if own is not None:
        figures |= _figures(str(own), _text(own), day)
    return Facts(day, figures)


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as why:
        raise BadInput(f"cannot read the figures in {path}: {why}") from None


def _figures(source: str, text: str, day: date) -> dict[str, Figure]:
    figures: dict[str, Figure] = {}
    for name, rows in _parsed(source, text).named():
        match rows.on(day):
            case []:
                continue
            case [row]:
                figures[name] = row.figure(name)
            case several:
                starts = " and ".join(str(row.valid_from) for row in several)
                raise BadInput(
                    f"{source}: {name} has two values on {day}, from {starts}; end the first with valid_to"
                )
    return figures


def _parsed(source: str, text: str) -> File:
    try:
        return File.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as why:
        raise BadInput(f"{source} is not TOML: {why}") from None
    except ValidationError as why:
        first = why.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise BadInput(
            f"{source}, {where}: {first['msg']}; see nl.toml for how a figure is written"
        ) from None
