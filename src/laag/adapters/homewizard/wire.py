"""HomeWizard's words (local API, version 1). It says that more may be added, so what is not known here is passed over."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from laag.adapters.heard import heard

Count = Annotated[Decimal, Field(ge=0, lt=10**9)] | None
"""What a register has counted; not there where the meter has none."""
Figure = Annotated[Decimal, Field(gt=-(10**6), lt=10**6)] | None
Stamp = Annotated[int, Field(ge=0, lt=10**12)] | None
"""``YYMMDDhhmmss`` on the wall, without a word on summer time."""
W = TypeVar("W", bound="Wire")


class Wire(BaseModel):
    """Strict about what we use, and only about that."""

    model_config = ConfigDict(extra="ignore", frozen=True)


class Product(Wire):
    """Which of its devices this is."""

    product_type: str
    api_version: str


class External(Wire):
    """A meter behind the smart meter: gas, water, heat."""

    unique_id: str | None = None
    type: str
    timestamp: Stamp = None
    value: Count = None
    unit: str = "m3"


class Data(Wire):
    """What the smart meter said last; without the instant at which it did."""

    smr_version: int | None = None
    unique_id: str | None = None
    total_power_import_kwh: Count = None
    total_power_import_t1_kwh: Count = None
    total_power_import_t2_kwh: Count = None
    total_power_import_t3_kwh: Count = None
    total_power_import_t4_kwh: Count = None
    total_power_export_kwh: Count = None
    total_power_export_t1_kwh: Count = None
    total_power_export_t2_kwh: Count = None
    total_power_export_t3_kwh: Count = None
    total_power_export_t4_kwh: Count = None
    active_power_w: Figure = None
    active_power_l1_w: Figure = None
    active_power_l2_w: Figure = None
    active_power_l3_w: Figure = None
    active_voltage_l1_v: Figure = None
    active_voltage_l2_v: Figure = None
    active_voltage_l3_v: Figure = None
    active_current_l1_a: Figure = None
    active_current_l2_a: Figure = None
    active_current_l3_a: Figure = None
    total_gas_m3: Count = None
    gas_timestamp: Stamp = None
    gas_unique_id: str | None = None
    external: list[External] = []


def read(kind: type[W], body: bytes) -> W | str:
    """The words in it, or why there are none; figures keep every digit.

    >>> read(Data, b'{"total_power_import_kwh": 1594.842}').total_power_import_kwh
    Decimal('1594.842')
    >>> read(Data, b'<html>')
    'it is no JSON'
    """
    return heard(body, kind.model_validate)
