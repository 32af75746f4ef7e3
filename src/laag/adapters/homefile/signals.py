"""What the grid operator, the neighbours or the household itself claim, each on its rung."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema

from laag.adapters.homefile.fields import Amount, Moment, Name, Number, Strict, by_name
from laag.home.ladder import Level, On, Rung

RungName = Annotated[
    Rung, BeforeValidator(by_name(Rung)), WithJsonSchema({"enum": [rung.name.lower() for rung in Rung]})
]
OnName = Annotated[On, BeforeValidator(by_name(On)), WithJsonSchema({"enum": [on.name.lower() for on in On]})]
LevelName = Annotated[
    Level, BeforeValidator(by_name(Level)), WithJsonSchema({"enum": [level.name.lower() for level in Level]})
]


class _Timed(Strict):
    rung: RungName = Field(description="the rung of the ladder on which it stands")
    since: Moment | None = Field(
        default=None, alias="from", description="from when; left out: from the start"
    )
    until: Moment | None = Field(default=None, description="until when; left out: to the end")
    source: Name = Field(description="whose it is and what it is called, for the record: dso:emergency 12")


class LimitWire(_Timed):
    """At most so much power."""

    kind: Literal["limit"] = Field(description="a limit on a power")
    on: OnName = Field(description="which power it limits")
    max_kw: Amount = Field(description="at most this, kW")


class FloorWire(_Timed):
    """At least so high a level."""

    kind: Literal["floor"] = Field(description="a floor under a level")
    on: LevelName = Field(description="which level: kWh in the battery, °C indoors or °C in the tank")
    least: Number = Field(description="at least this at the end of each quarter-hour, kWh or °C")


class SunFirstWire(_Timed):
    """Own sun stays in the house as far as it can."""

    kind: Literal["sun_first"] = Field(description="as little of the own sun as possible leaves the house")


class GuaranteeWire(Strict):
    """What no limit goes below."""

    kind: Literal["guarantee"] = Field(description="no limit on the connection goes below this")
    import_kw: Amount = Field(description="the home may always take this, kW")
    export_kw: Amount = Field(description="the home may always give this, kW")
    source: Name = Field(description="who guarantees it")


SignalWire = Annotated[LimitWire | FloorWire | SunFirstWire | GuaranteeWire, Field(discriminator="kind")]
KINDS = ("limit", "floor", "sun_first", "guarantee")
