"""From a TOML file to an edition of public defaults."""

from __future__ import annotations

import tomllib
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from laag.foundation.errors import BadInput
from laag.foundation.words import Said
from laag.home.defaults import Edition, Feature, Household, Line, Provenance, Status, Sure
from laag.home.preferences import SliderWeights, parse

NEWEST = "nl-2026.11"


class Both(BaseModel):
    """The same in both languages."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    nl: str = Field(min_length=1)
    en: str = Field(min_length=1)

    def said(self) -> Said:
        """As the core keeps it."""
        return Said(self.nl, self.en)


class Head(BaseModel):
    """Who, when and why."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = Field(pattern=r"^[a-z]{2}(-[a-z0-9]+)*-\d{4}\.\d{2}(\.\d+)?$")
    status: Status
    proposed_by: Both
    proposed_on: date
    adopted_by: Both | None = None
    adopted_on: date | None = None
    why: Both
    source: str = Field(min_length=3)

    @model_validator(mode="after")
    def _says_who(self) -> Self:
        if self.status is Status.ADOPTED and (self.adopted_by is None or self.adopted_on is None):
            raise ValueError("an adopted edition says adopted_by and adopted_on")
        if self.status is Status.PROPOSED and (self.adopted_by or self.adopted_on):
            raise ValueError(
                "a proposed edition is adopted by nobody yet; leave adopted_by and adopted_on out"
            )
        return self

    def provenance(self) -> Provenance:
        """As the core keeps it."""
        return Provenance(
            self.id,
            self.status,
            self.proposed_by.said(),
            self.proposed_on,
            self.adopted_by.said() if self.adopted_by else None,
            self.adopted_on,
            self.why.said(),
            self.source,
        )


class Slider(BaseModel):
    """What the slider's ends weigh."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    stress_eur_per_kwh: float = Field(ge=0, le=1)
    stress_source: str = Field(min_length=3)
    eur_per_kg_co2: float = Field(ge=0, le=2)
    co2_source: str = Field(min_length=3)
    sure: Sure


class Default(BaseModel):
    """One line."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    says: str
    households: tuple[Household, ...] = ()
    needs: tuple[Feature, ...] = ()
    why: Both
    source: str = Field(min_length=3)
    sure: Sure

    def line(self) -> Line:
        """As the core keeps it."""
        return Line(
            parse(self.says),
            frozenset(self.households),
            frozenset(self.needs),
            self.why.said(),
            self.source,
            self.sure,
        )


class File(BaseModel):
    """The whole file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    edition: Head
    slider: Slider
    line: tuple[Default, ...] = Field(min_length=1)


def shipped() -> tuple[str, ...]:
    """The editions that come with the package, oldest first.

    >>> shipped()
    ('nl-2026.11',)
    """
    names = (each.name for each in files(__package__).iterdir())
    return tuple(sorted(name.removesuffix(".toml") for name in names if name.endswith(".toml")))


def load(edition: str | Path = NEWEST) -> Edition:
    """A shipped edition by its id, or a community's own file by its path."""
    if isinstance(edition, Path):
        return _edition(str(edition), _text(edition))
    if edition not in shipped():
        raise BadInput(
            f"there are no public defaults {edition!r}; there are {', '.join(shipped())}, or give the path of your own"
        )
    name = f"{edition}.toml"
    return _edition(name, files(__package__).joinpath(name).read_text("utf-8"))


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as why:
        raise BadInput(f"cannot read the defaults in {path}: {why}") from None


def _edition(source: str, text: str) -> Edition:
    try:
        file = File.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as why:
        raise BadInput(f"{source} is not TOML: {why}") from None
    except ValidationError as why:
        first = why.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise BadInput(
            f"{source}, {where}: {first['msg']}; see {NEWEST}.toml for how defaults are written"
        ) from None
    lines = []
    for at, default in enumerate(file.line):
        try:
            lines.append(default.line())
        except BadInput as why:
            raise BadInput(f"{source}, line.{at}.says: {why}") from None
    weights = SliderWeights(file.slider.stress_eur_per_kwh, file.slider.eur_per_kg_co2)
    return Edition(file.edition.provenance(), tuple(lines), weights)
