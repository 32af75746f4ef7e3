"""The rows of a grid file, word for word."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

NOT_STATED = float("nan")


def _digits(value: Any) -> Any:
    """Phases as people write them: 1, "L2", "123", "L1,L2,L3", [1, 2, 3]."""
    words = value if isinstance(value, list | tuple) else [value]
    return tuple(int(sign) for word in words for sign in str(word) if sign.isdigit())


class Row(BaseModel):
    """One line of one table."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class FeedRow(Row):
    """Where the grid above begins."""

    node: str
    voltage_pu: float = 1.0


class NodeRow(Row):
    """A node whose voltage its cables and transformers do not tell."""

    name: str
    rated_kv: float = 0.4


class CableRow(Row):
    """A cable, by its length and what a kilometre of it is."""

    name: str
    start: str = Field(alias="from")
    end: str = Field(alias="to")
    length_m: float
    r_ohm_per_km: float
    x_ohm_per_km: float
    rated_a: float = NOT_STATED
    c_nf_per_km: float = 0.0
    r0_ohm_per_km: float = NOT_STATED
    x0_ohm_per_km: float = NOT_STATED
    c0_nf_per_km: float = NOT_STATED
    parallel: int = Field(1, ge=1)


class TransformerRow(Row):
    """A transformer, by its plate."""

    name: str
    start: str = Field(alias="from")
    end: str = Field(alias="to")
    rated_kva: float
    high_kv: float
    low_kv: float
    short_circuit_percent: float
    copper_kw: float
    iron_kw: float = 0.0
    idle_percent: float = 0.0
    tap_percent: float = 0.0
    vector_group: str = "Dyn5"
    parallel: int = Field(1, ge=1)


class ConnectionRow(Row):
    """Who hangs where, by EAN or home name."""

    name: str
    node: str
    phases: Annotated[tuple[int, ...], BeforeValidator(_digits)] = (1, 2, 3)


TABLES: dict[str, type[Row]] = {
    "feeding_points": FeedRow,
    "nodes": NodeRow,
    "transformers": TransformerRow,
    "cables": CableRow,
    "connections": ConnectionRow,
}
"""Each is a list of rows, or the name of a CSV file beside the grid's."""
