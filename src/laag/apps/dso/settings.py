"""What a grid operator or an aggregator is told in a TOML file; what cannot be meant is refused by its path."""

from __future__ import annotations

import tomllib
from datetime import time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Literal, TypeVar

from pydantic import BaseModel, Field, ValidationError, field_validator

from laag.adapters.clocks import Faster, Wall, clock_of
from laag.adapters.homefile.fields import Name, Strict, Zone, wrong
from laag.adapters.homefile.parse import faults
from laag.adapters.keys import Key
from laag.adapters.uftp.dso import Timing
from laag.adapters.uftp.link import Carrying
from laag.adapters.uftp.participants import Listed, Participant
from laag.adapters.uftp.rules import Rules
from laag.adapters.uftp.words import shape_of
from laag.foundation.errors import BadInput

File = TypeVar("File", bound=BaseModel)
WAY_OUT = "docs/uftp.md has every field"


def _a_domain(text: str) -> str:
    shape = shape_of("", "SenderDomain")
    if shape is None or not shape.fits(text):
        raise wrong(
            f' is "{text}"; schrijf een domein als net.example',
            f' is "{text}"; write a domain as net.example',
        )
    return text


def _an_address(text: str) -> str:
    shape = shape_of("", "CongestionPoint")
    if shape is None or not shape.fits(text):
        raise wrong(
            f' is "{text}"; schrijf een adres als ean.871685900012636543',
            f' is "{text}"; write an address as ean.871685900012636543',
        )
    return text


class PointWire(Strict):
    """A congestion point of a grid operator."""

    address: Name
    aggregators: tuple[Name, ...]
    """Their domains."""
    capacity_kw: float | None = Field(default=None, gt=0, le=1_000_000)
    """Both ways; what is over it is asked for."""
    others: Name | None = None
    """A file with the power of whoever sends no prognosis."""
    needs: Name | None = None
    """A file with what is asked for, in the place of a capacity."""
    network: Name | None = None
    """A grid file, or a net that pandapower saved: its power flow, in the place of a capacity."""
    connections: Name | None = None
    """A file with whose each connection of the network is, and its part."""

    _address = field_validator("address")(staticmethod(_an_address))


class ParticipantWire(Strict):
    """Somebody on the other side."""

    domain: Name
    role: Literal["AGR", "DSO", "CRO"]
    endpoint: Name
    key: Name | tuple[Name, ...]
    """As it is published; two while it changes."""
    barred: bool = False

    _domain = field_validator("domain")(staticmethod(_a_domain))

    def participant(self) -> Participant:
        """As the desk knows it."""
        keys = (self.key,) if isinstance(self.key, str) else self.key
        return Participant.of(self.domain, self.role, self.endpoint, *keys, barred=self.barred)


class Side(Strict):
    """What both sides are told."""

    domain: Name
    key: Name = "uftp.pem"
    store: Name = "uftp.sqlite"
    host: Name = "127.0.0.1"
    port: int = Field(default=8420, ge=0, le=65535)
    clock: Name = "wall"
    zone: Zone = "Europe/Amsterdam"
    prognosis_until: time = time(14, 30)
    days_ahead: int = Field(default=14, ge=1, le=400)
    deliver_within_hours: float = Field(default=6.0, gt=0)

    _domain = field_validator("domain")(staticmethod(_a_domain))

    def lives_by(self) -> Wall | Faster:
        """By which clock it lives."""
        return clock_of(self.clock)

    def carrying(self) -> Carrying:
        """How hard it tries to deliver."""
        return Carrying(within_s=self.deliver_within_hours * 3600)

    def rules(
        self, points: dict[str, frozenset[str]], contracts: tuple[str, ...], *, mutex: bool, metering: bool
    ) -> Rules:
        """What is agreed."""
        return Rules(
            points,
            self.zone,
            self.prognosis_until,
            self.days_ahead,
            mutex=mutex,
            metering=metering,
            contracts=frozenset(contracts),
        )


class OperatorWire(Side):
    """A grid operator."""

    point: tuple[PointWire, ...]
    offers_within_minutes: float = Field(default=30.0, gt=0)
    rounds: int = Field(default=3, ge=1, le=20)
    lead_minutes: float = Field(default=15.0, ge=0)
    settle_after_hours: float = Field(default=2.0, ge=0)
    penalty_eur_per_kwh: Decimal = Field(default=Decimal(0), ge=0, le=100, decimal_places=4)
    most_eur_per_kwh: Decimal | None = Field(default=None, ge=0, le=1000)
    """What is dearer is not bought, and the congestion stays."""
    measured: Name = "measured"
    mutex: bool = False
    metering: bool = False

    def timing(self) -> Timing:
        """Its own deadlines."""
        return Timing(
            timedelta(minutes=self.offers_within_minutes),
            self.rounds,
            timedelta(minutes=self.lead_minutes),
            timedelta(hours=self.settle_after_hours),
        )

    def agreed(self) -> Rules:
        """What is agreed with whoever is active at its points."""
        points = {one.address: frozenset(one.aggregators) for one in self.point}
        return self.rules(points, (), mutex=self.mutex, metering=self.metering)


class AggregatorWire(Side):
    """An aggregator: the `[dso]` table of who has homes, or a file of its own."""

    operator: Name
    """The grid operator's domain."""
    operator_endpoint: Name
    operator_key: Name | tuple[Name, ...]
    points: tuple[Name, ...]
    """Where its homes are."""
    least_homes: int = Field(default=10, ge=1)
    """Of fewer homes together nothing is told."""
    offers_stand_minutes: float = Field(default=60.0, gt=0)
    contracts: tuple[Name, ...] = ()

    _operator = field_validator("operator")(staticmethod(_a_domain))

    def agreed(self) -> Rules:
        """What is agreed with the grid operator."""
        points = {_an_address(one): frozenset({self.operator}) for one in self.points}
        return self.rules(points, self.contracts, mutex=False, metering=False)

    def participants(self) -> Listed:
        """The grid operator alone."""
        keys = (self.operator_key,) if isinstance(self.operator_key, str) else self.operator_key
        return Listed([Participant.of(self.operator, "DSO", self.operator_endpoint, *keys)])


class FromFilesWire(Strict):
    """What an aggregator without homes says."""

    prognoses: Name = "prognoses"
    """A folder with a file for each day."""
    offer_eur_per_kwh: Decimal = Field(default=Decimal("0.25"), ge=0, le=100)
    """For what is asked; negative prices are not offered."""
    share: float = Field(default=1.0, gt=0, le=1)
    """Of what is asked."""
    back_after_hours: float = Field(default=2.0, ge=0, le=24)
    """When the same energy is used after all; 0 is never."""


class OperatorFile(Strict):
    """The file of a grid operator."""

    dso: OperatorWire
    participant: tuple[ParticipantWire, ...] = ()


class AggregatorFile(Strict):
    """The file of an aggregator that is made of files."""

    dso: AggregatorWire
    homes: FromFilesWire = FromFilesWire()


def read_operator(path: Path) -> OperatorFile:
    """A grid operator's file."""
    return _read(path, OperatorFile)


def read_aggregator(path: Path) -> AggregatorFile:
    """An aggregator's file."""
    return _read(path, AggregatorFile)


def key_of(side: Side, path: Path) -> Key:
    """The key that a file names."""
    return Key.load(path.absolute().parent / side.key)


def store_of(side: Side, path: Path) -> str:
    """The store that a file names: beside it, or an address."""
    return side.store if "://" in side.store else str(path.absolute().parent / side.store)


def _read(path: Path, kind: type[File]) -> File:
    try:
        return kind.model_validate(tomllib.loads(path.read_text("utf-8")))
    except FileNotFoundError as missing:
        raise BadInput(f"there are no settings at {path}; {WAY_OUT}") from missing
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as odd:
        raise BadInput(f"{path} is not TOML ({odd}); {WAY_OUT}") from odd
    except ValidationError as odd:
        raise BadInput(f"{path}: {faults(odd)} ({WAY_OUT})") from None
