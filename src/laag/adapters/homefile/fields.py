"""What a field of a home file may hold; whatever cannot be meant is refused in one sentence."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import datetime
from difflib import get_close_matches
from enum import IntEnum
from math import inf, isfinite, nan
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import PydanticCustomError

from laag.foundation.words import Said

CLOCK = re.compile(r"([01]?\d|2[0-4]):([0-5]\d)")


class Strict(BaseModel):
    """Refuses what it does not know, so that a typing error cannot pass for a default."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    @model_validator(mode="before")
    @classmethod
    def _only_what_is_known(cls, given: Any) -> Any:
        if isinstance(given, dict):
            known = [field.alias or name for name, field in cls.model_fields.items()]
            for name in given:
                if name not in known:
                    near = _nearest(name, known)
                    raise wrong(
                        f" heeft geen {quoted(name)}; {near.nl}", f" has no {quoted(name)}; {near.en}"
                    )
        return given


def _nearest(name: object, known: list[str]) -> Said:
    if near := get_close_matches(str(name), known, n=1):
        return Said(f"bedoel je {near[0]}?", f"did you mean {near[0]}?")
    return Said(f"kies uit {', '.join(known)}", f"choose from {', '.join(known)}")


def wrong(nl: str, en: str) -> PydanticCustomError:
    """A fault whose sentence goes on where the path in the file ends."""
    return PydanticCustomError("rule", "{en}", {"nl": nl, "en": en})


def quoted(value: object) -> str:
    """The value as it stands in the file, cut to a length that fits a sentence."""
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= 40 else f"{text[:36]} ..."


def known(value: object) -> float | None:
    """A number as a float, ``nan`` for null; ``None`` where it is no number at all."""
    if value is None:
        return nan
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        return float(value)
    except OverflowError:
        return inf


def _number(value: object) -> float:
    number = known(value)
    if number is None or not isfinite(number):
        raise wrong(f" is {quoted(value)}; geef een getal", f" is {quoted(value)}; give a number")
    return number


def _reading(value: object) -> float:
    number = known(value)
    if number is None:
        raise wrong(
            f" is {quoted(value)}; geef een getal, of null waar het niet bekend is",
            f" is {quoted(value)}; give a number, or null where it is not known",
        )
    return number


def _limit(value: object) -> float:
    return inf if value is None else _number(value)


def _whole(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or abs(value) > 10**9:
        raise wrong(f" is {quoted(value)}; geef een heel getal", f" is {quoted(value)}; give a whole number")
    return value


def _quarter(value: object) -> int:
    if isinstance(value, str) and (clock := CLOCK.fullmatch(value)):
        minutes = int(clock[1]) * 60 + int(clock[2])
        if minutes % 15 == 0 and minutes <= 24 * 60:
            return minutes // 15
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= 96:
        raise wrong(
            f" is {quoted(value)}; geef een tijd op een kwartier zoals 06:30, of een kwartier van de dag van 0 tot 96",
            f" is {quoted(value)}; give a time on a quarter such as 06:30, or a quarter of the day from 0 to 96",
        )
    return value


def _moment(value: object) -> datetime:
    if isinstance(value, datetime):
        return value
    try:
        moment = datetime.fromisoformat(str(value))
    except ValueError:
        moment = None
    if moment is None or not isinstance(value, str) or "T" not in value.upper().replace(" ", "T"):
        raise wrong(
            f" is {quoted(value)}; geef een tijd op de klok zoals 2026-04-14T17:45, of een die eindigt op Z of +02:00",
            f" is {quoted(value)}; give a local time such as 2026-04-14T17:45, or one that ends in Z or +02:00",
        )
    return moment


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise wrong(
            f" is {quoted(name)}; geef een tijdzone zoals Europe/Amsterdam of UTC",
            f" is {quoted(name)}; give a time zone such as Europe/Amsterdam or UTC",
        ) from None
    return name


def _series(value: object) -> tuple[float, ...]:
    """One number for all the time, or a list; what is no number is named with its place, ``null`` is not known."""
    if not isinstance(value, list | tuple):
        return (_reading(value),)
    numbers = [known(one) for one in value]
    if None in numbers:
        i = numbers.index(None)
        raise wrong(
            f"[{i}] is {quoted(value[i])}; geef een getal, of null waar het niet bekend is",
            f"[{i}] is {quoted(value[i])}; give a number, or null where it is not known",
        )
    return tuple(number for number in numbers if number is not None)


def _least(least: float) -> Any:
    def check(value: float) -> float:
        if value < least:
            raise wrong(f" is {value:g}; geef {least:g} of meer", f" is {value:g}; give {least:g} or more")
        return value

    return AfterValidator(check)


def _share(value: float) -> float:
    if not 0 <= value <= 1:
        raise wrong(f" is {value:g}; geef een deel van 0 tot 1", f" is {value:g}; give a share from 0 to 1")
    return value


_ONE = {"anyOf": [{"type": "number"}, {"type": "null"}]}
Number = Annotated[float, BeforeValidator(_number), WithJsonSchema({"type": "number"})]
Amount = Annotated[
    float, _least(0.0), BeforeValidator(_number), WithJsonSchema({"type": "number", "minimum": 0})
]
Share = Annotated[
    float,
    AfterValidator(_share),
    BeforeValidator(_number),
    WithJsonSchema({"type": "number", "minimum": 0, "maximum": 1}),
]
Limit = Annotated[
    float, _least(0.0), BeforeValidator(_limit), WithJsonSchema({"type": ["number", "null"], "minimum": 0})
]
"""``null`` is no limit."""
Reading = Annotated[float, BeforeValidator(_reading), WithJsonSchema({"type": ["number", "null"]})]
"""What a device says; ``null``, and what cannot be, is mended by the plan and reported."""
Whole = Annotated[int, BeforeValidator(_whole), WithJsonSchema({"type": "integer"})]
Count = Annotated[int, _least(0), BeforeValidator(_whole), WithJsonSchema({"type": "integer", "minimum": 0})]
Quarter = Annotated[
    int,
    BeforeValidator(_quarter),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string", "pattern": "^\\d{1,2}:(00|15|30|45)$"},
                {"type": "integer", "minimum": 0, "maximum": 96},
            ]
        }
    ),
]
Moment = Annotated[
    datetime, BeforeValidator(_moment), WithJsonSchema({"type": "string", "examples": ["2026-04-14T17:45"]})
]
"""On the wall where it has no offset."""
Zone = Annotated[str, AfterValidator(_zone)]
Series = Annotated[
    tuple[float, ...],
    BeforeValidator(_series),
    WithJsonSchema({"anyOf": [*_ONE["anyOf"], {"type": "array", "items": _ONE}]}),
]
"""One number throughout, or one per quarter-hour, or one per hour."""
Name = Annotated[str, Field(min_length=1, strict=True)]


def by_name(kind: type[IntEnum]) -> Callable[[object], IntEnum]:
    """Reads a member of ``kind`` by its name in small letters."""
    names = [member.name.lower() for member in kind]

    def check(value: object) -> IntEnum:
        if value in names:
            return kind[str(value).upper()]
        near = _nearest(value, names)
        raise wrong(f" is {quoted(value)}; {near.nl}", f" is {quoted(value)}; {near.en}")

    return check
