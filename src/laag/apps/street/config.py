"""What a neighbourhood's server is told in one TOML file; what cannot be meant is refused by its path."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from pydantic import Field, ValidationError, field_validator

from laag.adapters import charterfile
from laag.adapters.clocks import clock_of
from laag.adapters.homefile.fields import Limit, Name, Strict, Zone, wrong
from laag.adapters.homefile.parse import faults
from laag.apps.street import codes
from laag.apps.street.cold import PlaceWire
from laag.apps.street.ledger.config import LedgerWire
from laag.apps.street.ledger.opening import Files
from laag.apps.street.wired import LIMITS, GridWire
from laag.apps.wiring import BUILT_IN_CHARTER, GRID_OPERATOR, Options, terms_of
from laag.cycle.live import Cable, Neighbourhood
from laag.foundation.errors import BadInput
from laag.neighbourhood.charter import Charter, GridTable
from laag.neighbourhood.grid.network import Network

if TYPE_CHECKING:  # an extra
    from laag.apps.street.flex.config import DsoWire

WAY_OUT = "docs/serving.md has every field"
MODEL, ENTSOE = "model", "entsoe"


class CableWire(Strict):
    """A cable, with its capacity at the transformer; left out is no limit."""

    name: Name
    import_max_kw: Limit = float("inf")
    export_max_kw: Limit = float("inf")


class PricesWire(Strict):
    """Prices from files; without a file of imbalance prices it is settled at the day-ahead price."""

    day_ahead: Name
    imbalance: Name | None = None


class StreetWire(Strict):
    """The whole of it."""

    name: Name
    first_day: date
    policy: str = "layered"
    rule: str | None = None
    k_percent: int | None = None
    charter: Name | None = None
    facts: Name | None = None
    grid_operator: Name = GRID_OPERATOR
    zone: Zone = "Europe/Amsterdam"
    import_max_kw: Limit = float("inf")
    export_max_kw: Limit = float("inf")
    cable: tuple[CableWire, ...] = ()
    wires: Name | None = None
    store: Name = "street.sqlite"
    clock: Name = "wall"
    prices: str | PricesWire | tuple[str | PricesWire, ...] = MODEL
    seed: int = Field(default=1, ge=0)
    host: Name = "127.0.0.1"
    port: int = Field(default=8400, ge=0, le=65535)
    public_url: str = ""
    public_market: bool = False

    @field_validator("clock")
    @classmethod
    def _tells_time(cls, text: str) -> str:
        try:
            clock_of(text)
        except BadInput as odd:
            raise wrong(f" kan niet: {odd}", f" cannot be: {odd}") from None
        return text

    @field_validator("prices")
    @classmethod
    def _are_known(cls, given: Any) -> Any:
        for one in given if isinstance(given, tuple) else (given,):
            if isinstance(one, str) and one not in {MODEL, ENTSOE}:
                raise wrong(
                    f' is "{one}"; kies {MODEL}, {ENTSOE} of {{ day_ahead = "bestand.csv" }}',
                    f' is "{one}"; choose {MODEL}, {ENTSOE} or {{ day_ahead = "file.csv" }}',
                )
        return given or MODEL

    @property
    def sources(self) -> tuple[str | PricesWire, ...]:
        """Where prices come from, the first first."""
        return self.prices if isinstance(self.prices, tuple) else (self.prices,)


class ConfigFile(Strict):
    """Its tables."""

    street: StreetWire
    ledger: LedgerWire = LedgerWire()
    dso: dict[str, Any] | None = None
    """Read by who speaks with a grid operator, which is an extra."""
    grid: GridWire = GridWire()
    charter: dict[str, Any] | None = None
    """What the community agreed on, instead of a file of its own."""
    weather: PlaceWire | None = None


class Config:
    """A read file, with its paths made whole."""

    def __init__(
        self,
        wire: StreetWire,
        folder: Path,
        ledger: LedgerWire | None = None,
        dso: dict[str, Any] | None = None,
        grid: GridWire | None = None,
        charter: dict[str, Any] | None = None,
        weather: PlaceWire | None = None,
    ) -> None:
        self.wire = wire
        self.ledger = ledger or LedgerWire()
        self.grid = grid or GridWire()
        self.folder = folder
        self.weather = weather
        """Where a forecast is asked for; ``None`` where the operator tells by hand."""
        self.charter = self._charter(charter)
        """The one to begin with: where there is a log, it holds what came of it."""
        if self.charter.grid.when_full == LIMITS and wire.wires is None:
            raise BadInput(
                'grid.grid (or the charter\'s grid.when_full) is "limits", and nobody knows what the wires bear; name a grid file as street.wires, or choose '
                '"watches"'
            )
        self.place = self._place()
        self.dso = None if dso is None else self._dso(dso)
        """The line to a grid operator; ``None`` where there is none."""

    @property
    def store(self) -> str:
        """A URL as it is; a path from the folder of the file."""
        return self.wire.store if "://" in self.wire.store else str(self.folder / self.wire.store)

    @property
    def wires(self) -> Network | None:
        """The low-voltage grid, where a file of it is named; members hang on it by name or by the note of their code."""
        if self.wire.wires is None:
            return None
        if find_spec("power_grid_model") is None:
            raise BadInput(
                "street.wires needs a power flow; pip install 'laag[grid]' adds it, or leave wires out"
            )
        from laag.apps.grid_check import read_any

        return read_any(self.path(self.wire.wires))[0]

    @property
    def ledger_files(self) -> Files:
        """Where the shared record lies."""
        return Files.of(self.ledger, self.folder, self.store)

    def path(self, name: str) -> Path:
        """A file that is named beside the configuration."""
        return self.folder / name

    def _dso(self, given: dict[str, Any]) -> DsoWire:
        if find_spec("shapeshifter_uftp") is None:
            raise BadInput("[dso] needs messages with a grid operator; pip install 'laag[uftp]' adds them")
        from laag.apps.street.flex.config import read as read_dso

        return read_dso(given, self.place, self.wire.clock)

    def _charter(self, given: dict[str, Any] | None) -> Charter:
        """From its own file, from the table ``[charter]``, or from the few words that there were before."""
        wire = self.wire
        named = None if wire.charter is None else self.path(wire.charter)
        if named is not None and given is not None:
            raise BadInput(
                "street.charter names a file, and there is a table [charter] too; keep one of them"
            )
        if named is None and given is None:
            words = {"rule": wire.rule, "k_percent": wire.k_percent}
            said: dict[str, Any] = {name: word for name, word in words.items() if word is not None}
            return Charter(BUILT_IN_CHARTER, **said, grid=GridTable(when_full=self.grid.grid))
        charter = charterfile.read(named) if named else charterfile.of_tables(given or {}, "[charter]")
        where = wire.charter or "[charter]"
        for name, word, agreed in (
            ("street.rule", wire.rule, charter.rule),
            ("street.k_percent", wire.k_percent, charter.k_percent),
            (
                "grid.grid",
                self.grid.grid if self.grid.model_fields_set & {"grid"} else None,
                charter.grid.when_full,
            ),
        ):
            if word not in {None, agreed}:
                raise BadInput(f"{name} is {word!r} and {where} says {agreed!r}; leave {name} out")
        return charter

    def _place(self) -> Neighbourhood:
        wire = self.wire
        facts = None if wire.facts is None else self.path(wire.facts)
        terms = replace(terms_of(Options(policy=wire.policy, facts=facts)), charter=self.charter)
        if not terms.policy.has_market:
            raise BadInput(
                f"street.policy is {wire.policy!r}, under which neighbours do not trade; give layered or layered-bandwidth"
            )
        place = Neighbourhood(
            wire.name,
            terms,
            wire.first_day,
            tuple(Cable(one.name, one.import_max_kw, one.export_max_kw) for one in wire.cable),
            wire.import_max_kw,
            wire.export_max_kw,
            ZoneInfo(wire.zone),
            wire.grid_operator,
        )
        if not codes.connections(place):
            raise BadInput(
                f"street.grid_operator is {wire.grid_operator!r}, of whom no tariff is known; choose {', '.join(_grid_operators(place))}, "
                "or add it to a facts file of your own"
            )
        place.layers(())  # two cables of one name are refused now, not at the first gate
        return place


def _grid_operators(place: Neighbourhood) -> list[str]:
    """Those whose tariffs are known."""
    return sorted({name.split(".")[1] for name in place.terms.facts.figures if name.startswith("network.")})


def read(path: Path) -> Config:
    """The configuration in a file."""
    try:
        given = tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError as missing:
        raise BadInput(f"there is no configuration at {path}; {WAY_OUT}") from missing
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as odd:
        raise BadInput(f"{path} is not TOML ({odd}); {WAY_OUT}") from odd
    return parse(given, path.absolute().parent, str(path))


def parse(given: dict[str, Any], folder: Path, where: str = "the configuration") -> Config:
    """The same from its tables.

    >>> parse({"street": {"name": "Kade", "first_day": date(2026, 3, 28), "prot": 8400}}, Path())
    Traceback (most recent call last):
    laag.foundation.errors.BadInput: the configuration: street has no "prot"; did you mean port? (docs/serving.md has
    every field)
    """
    try:
        file = ConfigFile.model_validate(given)
    except ValidationError as odd:
        said = faults(odd)
        raise BadInput(f"{where}: {said} ({WAY_OUT})") from None
    return Config(file.street, folder, file.ledger, file.dso, file.grid, file.charter, file.weather)
