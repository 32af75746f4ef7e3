"""What every kind of wish has in common."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, fields
from functools import cache
from typing import Annotated, Any, ClassVar, Self, TypeVar, cast, get_args, get_origin, get_type_hints

from laag.foundation.words import Lang
from laag.home.preferences.blanks import EVERY_DAY, Blank, Days
from laag.home.preferences.wishes.aspect import Aspect

T = TypeVar("T")
Forms = Mapping[Lang, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Wished:
    """One wish. Its fields are the blanks of its sentences; ``FORMS`` are its sentences, ``EXAMPLE`` is one of them."""

    ABOUT: ClassVar[Aspect]
    FORMS: ClassVar[Forms]
    EXAMPLE: ClassVar[str]

    def __post_init__(self) -> None:
        for name, blank in blanks(type(self)).items():
            value = getattr(self, name)
            if value is not None or name in required(type(self)):
                blank.check(value)

    @classmethod
    def heard(cls, values: Mapping[str, Any], words: Mapping[str, str]) -> Self:  # noqa: ARG003
        """The wish that these values in its blanks mean; ``words`` are how they were said."""
        return cls(**values)

    @property
    def about(self) -> tuple[Aspect, str]:
        """What it is about, and which device where there are several."""
        return self.ABOUT, ""

    def only_on(self, days: Days) -> Self | None:
        """The same wish for these days alone; ``None`` where it is not for days, or there are none left.

        >>> from laag.home.preferences.sentences import parse, say
        >>> say(parse("car ready for a usual day").only_on((5, 6)))
        'car ready for a usual day at weekends'
        """
        values = {name: getattr(self, name) for name in blanks(type(self))}
        return type(self)(**{**values, "days": days}) if days and "days" in values else None

    @property
    def on(self) -> Days:
        """The days of the week it is for."""
        days: Days = getattr(self, "days", EVERY_DAY)
        return days


def once_per_kind(asked: Callable[[type[Wished]], T]) -> Callable[[type[Wished]], T]:
    """Ask it once and remember; the type checker doubts that classes of frozen values can be remembered."""
    return cast("Callable[[type[Wished]], T]", cache(asked))


@once_per_kind
def blanks(kind: type[Wished]) -> Mapping[str, Blank[Any]]:
    """The blanks of a kind of wish, by field."""
    hints = get_type_hints(kind, include_extras=True)
    return {field.name: _blank(hints[field.name]) for field in fields(kind)}


def _blank(hint: Any) -> Blank[Any]:
    if get_origin(hint) is Annotated:
        blank = get_args(hint)[1]
        assert isinstance(blank, Blank)
        return blank
    return next(_blank(each) for each in get_args(hint) if each is not type(None))


@once_per_kind
def unsaid(kind: type[Wished]) -> Mapping[str, Any]:
    """What a field is where the sentence leaves it out; a field that must be said is not in it."""
    return {field.name: field.default for field in fields(kind) if field.default is not MISSING}


@once_per_kind
def required(kind: type[Wished]) -> frozenset[str]:
    """The fields without which there is no such wish."""
    return frozenset(field.name for field in fields(kind)) - unsaid(kind).keys()


@once_per_kind
def named(kind: type[Wished]) -> str:
    """The name of a kind in plain data.

    >>> from laag.home.preferences.wishes import CarBy
    >>> named(CarBy)
    'car_by'
    """
    return re.sub(r"(?<!^)(?=[A-Z])", "_", kind.__name__).lower()
