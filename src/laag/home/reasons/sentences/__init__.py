"""What each reason says, in Dutch and in English: one plain sentence with one comparison."""

from __future__ import annotations

from laag.home.reasons.codes import Code
from laag.home.reasons.sentences import (
    anything,
    battery,
    boiler,
    car,
    connection,
    heating,
    machines,
    sun,
    water,
)
from laag.home.reasons.sentences.anything import CHEAPER, OTHERWISE
from laag.home.reasons.sentences.connection import STREET_GIVES, STREET_TAKES
from laag.home.reasons.sentences.kind import Kind

KINDS: dict[Code, Kind] = (
    anything.KINDS
    | connection.KINDS
    | sun.KINDS
    | battery.KINDS
    | car.KINDS
    | heating.KINDS
    | water.KINDS
    | boiler.KINDS
    | machines.KINDS
)

__all__ = ["CHEAPER", "KINDS", "OTHERWISE", "STREET_GIVES", "STREET_TAKES", "Kind"]
