"""One article of a charter: its place in the document, what it may be, who changes it, and its sentence."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from laag.foundation.errors import BadInput
from laag.foundation.words import Said
from laag.neighbourhood.charter.values import May, Value

if TYPE_CHECKING:  # a charter checks itself by its articles
    from laag.neighbourhood.charter.charter import Charter

MARKET = "market"


@dataclass(frozen=True, slots=True)
class Fixed:
    """Why members do not change an article, and where it says so."""

    why: Said
    source: str


@dataclass(frozen=True, slots=True)
class Article:
    """``sentence`` says a value to residents; ``read_in`` is the module in which it decides something."""

    name: str
    may: May
    sentence: Callable[[Any], Said]
    read_in: str
    fixed: Fixed | None = None
    two_thirds: bool = False
    """Changed by two thirds of the yes and no votes at least, whatever the usual majority is."""

    @property
    def table(self) -> str:
        """The part before the point; an article that is a table itself has none."""
        return self.name.rpartition(".")[0]

    @property
    def field(self) -> str:
        """The part after the point."""
        return self.name.rpartition(".")[2]

    def of(self, charter: Charter) -> Value:
        """What it is in a charter."""
        holder = charter if self.table in {"", MARKET} else getattr(charter, self.table)
        value: Value = getattr(holder, self.field)
        return value

    def put(self, charter: Charter, value: Value) -> Charter:
        """The charter with something else in its place; refused where it may not be that."""
        if (why := self.wrong(value)) is not None:
            raise BadInput(why.en)
        given: dict[str, Any] = {self.field: value}
        if self.table not in {"", MARKET}:
            given = {self.table: replace(getattr(charter, self.table), **given)}
        return replace(charter, **given)

    def wrong(self, value: object) -> Said | None:
        """Why it may not be this; ``None`` where it may."""
        if self.may.fits(value):
            return None
        may = self.may.said
        written = self._written(value)
        return Said(
            f"{self.name} is {written}; het mag zijn: {may.nl}",
            f"{self.name} is {written}; it may be {may.en}",
        )

    def read(self, text: str) -> Value:
        """The value that a line of text says; refused where it says none."""
        try:
            value = self.may.read(text.strip())
        except BadInput as odd:
            raise BadInput(f"{self.name}: {odd}") from None
        if (why := self.wrong(value)) is not None:
            raise BadInput(why.en)
        return value

    def text(self, charter: Charter) -> str:
        """Its value in a charter, on one line."""
        return self.may.text(self.of(charter))

    def said(self, charter: Charter) -> Said:
        """Its sentence in a charter."""
        return self.sentence(self.of(charter))

    def _written(self, value: object) -> str:
        if isinstance(value, tuple):
            return ", ".join(str(one) for one in value) or "empty"
        return repr(value) if isinstance(value, str) else str(value)
