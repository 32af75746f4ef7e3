"""From a TOML file to the table of rules."""

from __future__ import annotations

import tomllib
from datetime import date
from functools import lru_cache
from importlib.resources import files

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from laag.foundation.errors import BadInput
from laag.foundation.words import Said
from laag.settlement.rules import Connection, Member, Rule, Scope, Whom
from laag.settlement.tariff import Status

SHIPPED = "nl.toml"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Both(_Strict):
    """The same in both languages."""

    nl: str = Field(min_length=3)
    en: str = Field(min_length=3)

    @property
    def said(self) -> Said:
        """As the core has it."""
        return Said(self.nl, self.en)


class Row(_Strict):
    """One rule of the file."""

    key: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    title: Both
    what: Both
    scopes: frozenset[Scope] = Field(min_length=1)
    whom: frozenset[Whom] = Field(min_length=1)
    source: str = Field(min_length=3)
    sure: Status
    read_on: date
    members: frozenset[Member] = frozenset(Member)
    connection: Connection = Connection.ANY
    first: date | None = None
    last: date | None = None
    proposed: bool = False
    elsewhere: bool = False
    value: Both | None = None
    figures: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _fits(self) -> Row:
        if self.first and self.last and self.last < self.first:
            raise ValueError(f"{self.key} ends on {self.last}, before it begins on {self.first}")
        return self

    @property
    def rule(self) -> Rule:
        """As the core has it."""
        plain = {name: getattr(self, name) for name in Row.model_fields}
        said = {"title": self.title.said, "what": self.what.said, "value": self.value and self.value.said}
        return Rule(**{**plain, **said})


class File(_Strict):
    """The whole file."""

    rule: tuple[Row, ...]

    @model_validator(mode="after")
    def _once(self) -> File:
        keys = [one.key for one in self.rule]
        if twice := sorted({key for key in keys if keys.count(key) > 1}):
            raise ValueError(f"there are two rules called {twice[0]}; name one otherwise")
        return self


@lru_cache(1)
def load() -> tuple[Rule, ...]:
    """Every rule, in the order in which it is read."""
    return parsed(SHIPPED, files(__package__).joinpath(SHIPPED).read_text("utf-8"))


def parsed(source: str, text: str) -> tuple[Rule, ...]:
    """The rules in a text; what cannot be meant is refused by its place."""
    try:
        return tuple(row.rule for row in File.model_validate(tomllib.loads(text)).rule)
    except tomllib.TOMLDecodeError as why:
        raise BadInput(f"{source} is not TOML: {why}") from None
    except ValidationError as why:
        first = why.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise BadInput(f"{source}, {where}: {first['msg']}; see nl.toml for how a rule is written") from None
