"""Where everything meets: from options to a street, its rules and its days."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from importlib.util import find_spec
from pathlib import Path

from laag.adapters import charterfile, facts
from laag.adapters.prices import load_nation
from laag.adapters.streetfile import load_street, read_plan
from laag.cycle.day import Run, prepare
from laag.cycle.street import Home, Street
from laag.cycle.subscribing import subscribed
from laag.cycle.terms import Terms
from laag.cycle.validate import Validation
from laag.foundation.errors import BadInput
from laag.foundation.ptu import AMSTERDAM, PtuGrid
from laag.neighbourhood.charter import Charter
from laag.neighbourhood.charter.process import Since
from laag.neighbourhood.grid.network import Network
from laag.neighbourhood.grid.reactive import PowerFactors
from laag.settlement.bands import figure_of
from laag.settlement.policy import named, net_value
from laag.study.population import street as built_in
from laag.study.population.wires import grid_file

GRID_OPERATOR = "Liander"
BUILT_IN_CHARTER = "built-in charter"
WARMUP_DAYS = 14
FIRST_DAY = date(2026, 4, 13)
"""The week that `laag run` shows when nobody asks for another: spring, with sun, cold nights and negative prices."""


@dataclass(frozen=True, slots=True)
class Options:
    """What can be chosen about a run; everything has a default."""

    street: Path | None = None
    first_day: date | None = None
    days: int | None = None
    homes: int = 60
    seed: int = 1
    prices: Path | None = None
    imbalance: Path | None = None
    policy: str = "layered"
    rule: str = "layered"
    k_percent: int = 50
    facts: Path | None = None
    wires: Path | None = None
    """The grid operator's network; members hang on the connections of their own names."""
    grid: str = "buys"
    """What the grid operator does about too much on it: one of ``GRID``."""
    charter: Path | None = None
    """Everything a community agreed on; where it is given, ``rule`` and ``k_percent`` say nothing else."""
    then: tuple[tuple[date, Path], ...] = ()
    """Charters that come to hold during the run, each from a day on."""
    reactive: bool = False
    """Whether it reckons with reactive power, by the usual power factors."""


BUILT_IN = Path("built-in")
"""The wires of the built-in street."""
GRID = {
    "watches": Validation(flexibility=False),
    "buys": Validation(flexibility=True),
    "limits": Validation(flexibility=False, limits=True),
    "both": Validation(flexibility=True, limits=True),
}
EARLIEST, LATEST = date(1950, 1, 1), date(2999, 12, 31)
"""Dutch clocks before 1940 did not run by whole quarter-hours, and calendars end."""


def street_of(options: Options) -> tuple[Street, date, int]:
    """The street, and the days to run."""
    within_reach(options)
    if options.street is not None:
        if options.prices or options.imbalance:
            raise BadInput(
                "a street file names its own prices; leave --prices and --imbalance out, or change the file"
            )
        plan = read_plan(options.street, options.first_day, options.days)
        return load_street(options.street, options.first_day, options.days), plan.first_day, plan.days
    first, days = options.first_day or FIRST_DAY, 7 if options.days is None else options.days
    if options.imbalance and not options.prices:
        raise BadInput(
            "--imbalance needs --prices as well: modelled day-ahead prices and real imbalance do not meet"
        )
    if options.prices is None:
        return built_in(first, days, options.homes, options.seed, WARMUP_DAYS), first, days
    grid = PtuGrid.days(first - timedelta(days=WARMUP_DAYS), days + WARMUP_DAYS, AMSTERDAM)
    try:
        nation, findings = load_nation(options.prices, options.imbalance, grid)
    except BadInput as short:
        raise BadInput(
            f"{short} (homes learn from the {WARMUP_DAYS} days before --from: prices must cover them too)"
        ) from short
    street = built_in(first, days, options.homes, options.seed, WARMUP_DAYS, nation)
    return replace(street, findings=(*street.findings, *findings)), first, days


def within_reach(options: Options) -> None:
    """Refuse days that no calendar has, and a seed that chance cannot start from."""
    first, days = options.first_day or FIRST_DAY, 1 if options.days is None else options.days
    if days < 1:
        raise BadInput(f"--days {days} leaves nothing to run; give at least one")
    if first < EARLIEST or first > LATEST or days > (LATEST - first).days:
        raise BadInput(
            f"{days} days from {first} do not lie between {EARLIEST} and {LATEST}; choose --from and --days there"
        )
    if options.seed < 0:
        raise BadInput(f"--seed {options.seed} is below zero; give a whole number from 0")


def terms_of(options: Options) -> Terms:
    """The rules: the policy by name, the facts of its day, the charter."""
    policy = named(options.policy)
    known = facts.load(policy.facts_day, options.facts)
    return Terms(
        policy=policy,
        facts=known,
        charter=_charter(options),
        import_fee_ticks=net_value(known, "gateway_import_fee"),
        export_fee_ticks=net_value(known, "gateway_export_fee"),
    )


def _charter(options: Options) -> Charter:
    if options.charter is None:
        return Charter(BUILT_IN_CHARTER, options.rule, options.k_percent)
    charter, usual = charterfile.read(options.charter), Options()
    for name, said, agreed, plain in (
        ("rule", options.rule, charter.rule, usual.rule),
        ("k_percent", options.k_percent, charter.k_percent, usual.k_percent),
    ):
        if said not in {agreed, plain}:
            raise BadInput(
                f"{options.charter} has market.{name} = {agreed} and you ask for {said}; leave one of them out"
            )
    return charter


def run_of(options: Options) -> Run:
    """Everything a simulation needs."""
    terms = terms_of(options)
    street, first, days = street_of(options)
    for home in street.homes:
        _billable(home, terms)
    if terms.policy.bands:
        street = subscribed(street, first, terms.facts)
    if options.grid not in GRID:
        raise BadInput(f"--grid is {options.grid!r}; choose one of {', '.join(GRID)}")
    if options.reactive and options.wires is None:
        raise BadInput(
            "--reactive is about the grid operator's wires; name them with --wires, or leave it out"
        )
    validation = GRID[options.grid]
    if options.reactive:
        validation = replace(validation, power_factors=PowerFactors())
    run = prepare(street, terms, first, days, _network(options, street), validation)
    return replace(run, later=_later(options, run))


def _later(options: Options, run: Run) -> tuple[Since, ...]:
    """What a vote would have changed on the way; how earnings are shared holds for the whole of a run."""
    found: list[Since] = []
    before, last = run.terms.charter, run.first_day
    for day, path in sorted(options.then):
        charter = charterfile.read(path)
        if not last < day <= run.last_day:
            raise BadInput(f"{path} would hold from {day} on; give a day of the run after {last}, each once")
        if charter.sharing != before.sharing:
            raise BadInput(
                f"{path} shares otherwise ([sharing]), and a run shares by one charter; let it hold from the first day"
            )
        found.append(Since(day, charter))
        before, last = charter, day
    return tuple(found)


def _network(options: Options, street: Street) -> Network | None:
    """The wires, with every home of the street on them."""
    if options.wires is None:
        return None
    if find_spec("power_grid_model") is None:
        raise BadInput("--wires needs a power flow; pip install 'laag[grid]' adds it, or leave --wires out")
    from laag.adapters.gridfile import grid_of
    from laag.apps.grid_check import read_any

    if options.wires == BUILT_IN:
        if options.street is not None:
            raise BadInput("--wires built-in are those of the built-in street; name a grid file for your own")
        return grid_of(grid_file([(home.house.name, home.feeder) for home in street.homes]), BUILT_IN)[0]
    network, findings = read_any(options.wires)
    known = {one.name for one in network.connections}
    if astray := [home.house.name for home in street.homes if home.house.name not in known]:
        raise BadInput(
            f"{options.wires.name} has no connection for {len(astray)} of {len(street.homes)} homes (the first is "
            f"{astray[0]!r}); name connections after homes"
            + (f"; of the file was set aside: {findings[0]}" if findings else "")
        )
    return network


def _billable(home: Home, terms: Terms) -> None:
    """Refuse before the first day what could not be billed after the last."""
    try:
        terms.facts[figure_of(terms.policy, GRID_OPERATOR, home.connection)]
    except BadInput as unknown:
        raise BadInput(f"home {home.house.name}: {unknown}") from unknown
