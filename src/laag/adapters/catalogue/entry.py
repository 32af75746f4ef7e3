"""All that an entry of the catalogue may say: words from lists, articles, and wishes without dates. Nothing else gets in."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, field_validator

from laag.adapters.homefile.fields import Strict, wrong
from laag.adapters.homefile.home import HouseholdName
from laag.foundation.errors import BadInput
from laag.home.preferences import Wished, of_plain
from laag.home.preferences.wishes.car import CarForDrive, Travel
from laag.home.preferences.wishes.home import HelpFullCable
from laag.home.preferences.wishes.warmth import AtHome, NobodyHome
from laag.neighbourhood.charter import article
from laag.settlement.policy import POLICIES

PERSONAL = (AtHome, NobodyHome, Travel, CarForDrive)
"""Wishes that say when somebody is at home, away, or how far they drive."""
Device = Literal["battery", "car", "heat_pump", "pv", "boiler", "tank", "appliances"]
Source = Literal["model", "entsoe", "file"]
Transformer = Literal[100, 160, 250, 400, 630, 1000]
Text = Annotated[str, Field(min_length=1, max_length=400, pattern=r"^[^\x00-\x1f\x7f]+$")]
Title = Annotated[str, Field(min_length=1, max_length=60, pattern=r"^[^\x00-\x1f\x7f]+$")]
Licence = Annotated[str, Field(pattern=r"^[A-Za-z0-9.+-]{1,40}$")]
Hex = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class Words(Strict):
    """The same in both languages."""

    nl: Text
    en: Text


class Home(Strict):
    """A kind of home: what it wishes, which kinds of devices it has, and which defaults hold where it says nothing."""

    kind: Literal["home"] = "home"
    household: HouseholdName | None = None
    devices: tuple[Device, ...] = ()
    defaults: Annotated[str, Field(pattern=r"^[a-z]{2}-\d{4}\.\d{2}$|^none$")]
    wishes: Annotated[tuple[dict[str, Any], ...], Field(max_length=50)] = ()
    """As ``home.preferences.to_plain`` writes them."""
    first: Literal["comfort", "own_sun"] | None = None
    """What the household puts first."""

    @field_validator("wishes")
    @classmethod
    def _are_wishes_of_anybody(cls, given: tuple[dict[str, Any], ...]) -> tuple[dict[str, Any], ...]:
        for one in given:
            try:
                wish = of_plain(one)
            except (BadInput, TypeError, ValueError) as odd:
                raise wrong(f": {odd}", f": {odd}") from None
            if is_personal(wish):
                raise wrong(
                    " zegt wanneer iemand thuis of weg is; laat dat eruit",
                    " says when somebody is at home or away; leave that out",
                )
        return given


class Grid(Strict):
    """How large a grid it was made for, in classes."""

    cables: Annotated[int, Field(ge=0, le=50)] = 0
    transformer_kva: Transformer | None = None
    wires: bool = False
    """Whether its power flow is looked at."""


class Community(Strict):
    """A kind of community: what it agreed on, how large its grid is, and where its prices come from."""

    kind: Literal["community"] = "community"
    policy: Literal[tuple(sorted(POLICIES))]  # type: ignore[valid-type]  # the names are known when it runs
    articles: dict[str, Annotated[str, Field(max_length=2_000)]] = Field(default={})
    """Those that are not as usual, as articles write themselves."""
    grid: Grid = Grid()
    sources: tuple[Source, ...] = ()

    @field_validator("articles")
    @classmethod
    def _are_articles(cls, given: dict[str, str]) -> dict[str, str]:
        for name, text in given.items():
            try:
                one = article(name)
                one.read(text)
            except BadInput as odd:
                raise wrong(f": {odd}", f": {odd}") from None
            if one.fixed is not None:
                raise wrong(
                    f": {name} verandert niemand, ook geen voorbeeld",
                    f": nobody changes {name}, and no example does",
                )
        return given


class Entry(Strict):
    """One signed file."""

    format: Literal[1] = 1
    title: Title
    description: Words
    licence: Licence
    example: bool = False
    """Signed with a key that everybody has, to be looked at."""
    body: Annotated[Home | Community, Field(discriminator="kind")]
    key: Hex


def is_personal(wish: Wished) -> bool:
    """Whether a wish says something of somebody's days; one with a date does, whatever it is about."""
    if isinstance(wish, HelpFullCable):
        return wish.last is not None
    return isinstance(wish, PERSONAL)
