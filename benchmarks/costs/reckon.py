"""From measured load and stated prices to euros per home and month, machine by machine and hour by hour."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import ceil, log2

from benchmarks.costs import prices
from benchmarks.costs.measured import HOMES, ROUNDS, TREES, Measured

BLOCKS_A_DAY = 24 * 60 + 2 * ROUNDS
"""One a minute as a sign of life, and two for each quarter-hour's entries: the root, and who attests it."""
KEPT_BLOCKS = 100_000
"""Older ones are dropped; the log itself is kept whole."""
ROOTS_A_DAY = ROUNDS + 4
"""On a chain that streets share: one root over all of them a quarter-hour, and the day's four."""
HASH_IN_EVIDENCE = 67
"""Bytes, in hex with its quotes and comma."""


@dataclass(frozen=True, slots=True)
class Size:
    """How many homes, and how many hours a month people look after their record, all parties together."""

    homes: int
    hours: float
    who: str

    @property
    def streets(self) -> int:
        return self.homes // HOMES


@dataclass(frozen=True, slots=True)
class Way:
    """One way to keep the record; what differs is who holds what."""

    name: str
    members: int
    chain: bool = False
    plain: bool = False


@dataclass(frozen=True, slots=True)
class Stake:
    """The stated figures that somebody may doubt."""

    server_eur: float = prices.SERVER_EUR.value
    disk_eur: float = prices.DISK_EUR.value
    hour_eur: float = prices.HOUR_EUR.value
    months: float = prices.MONTHS.value
    quiet: bool = False
    """Nobody trades during the day: four roots a day and street instead of 196."""


@dataclass(frozen=True, slots=True)
class Load:
    """Of all parties together."""

    busy_s: float
    """A processor's seconds a day, of the party that has most."""
    total_s: float
    gb: float
    """On disks, when as much is dropped as comes in."""
    machines: int


@dataclass(frozen=True, slots=True)
class Cost:
    """EUR per home and month."""

    people: float
    machines: float
    load: Load

    @property
    def all(self) -> float:
        return self.people + self.machines


SIZES = (
    Size(100, 1, "four parties, a quarter of an hour each"),
    Size(10_000, 16, "four parties, half a day each"),
    Size(8_000_000, 1_120, "seven parties, one full-time person each"),
)
EMBEDDED, CHAIN = Way("embedded, four members", 4), Way("chain", 4, chain=True)
PLAIN = Way("a plain server", 1, plain=True)
WAYS = (EMBEDDED, CHAIN, PLAIN)
AS_STATED = Stake()


def of_size(way: Way, size: Size) -> Way:
    """A country's chain has seven members, of which two may fail."""
    return replace(way, members=7) if way.chain and size.streets > 1_000 else way


def cost(way: Way, size: Size, told: Measured, stake: Stake = AS_STATED) -> Cost:
    """What each home pays a month."""
    load = loaded(of_size(way, size), size, told, stake)
    beyond_gb = max(load.gb - load.machines * prices.DISK_OF_A_SERVER_GB, 0.0)
    evidence_gb = size.homes * prices.FETCHED.value * evidence_bytes(way, size, told) / 1e9
    machines = (
        load.machines * stake.server_eur * prices.HOURS
        + beyond_gb * stake.disk_eur
        + evidence_gb * prices.TRAFFIC_EUR.value
    )
    return Cost(size.hours * stake.hour_eur / size.homes, machines / size.homes, load)


def loaded(way: Way, size: Size, told: Measured, stake: Stake = AS_STATED) -> Load:
    """Processor, disk and machines of all parties together."""
    trees = 4 if stake.quiet else TREES
    leaves_gb = size.streets * trees / TREES * told.leaves_bytes / 1e9
    if way.plain:
        return _plain(told, stake, size.streets * trees)
    if way.chain:
        return _chain(way, size, told, stake, trees, leaves_gb)
    entries = size.streets * trees * way.members  # each root, and everybody else's attestation
    first_s, other_s = entries * told.entry_ms / 1000, entries * told.witness_ms / 1000
    day_gb = way.members * entries * told.stored_bytes / 1e9 + leaves_gb
    machines = _machines(first_s) + (way.members - 1) * _machines(other_s)
    return Load(max(first_s, other_s), first_s + (way.members - 1) * other_s, _kept(day_gb, stake), machines)


def _chain(way: Way, size: Size, told: Measured, stake: Stake, trees: int, leaves_gb: float) -> Load:
    """A street alone puts its entries on the chain; more keep logs of their own and put one root over all on it."""
    shared = size.streets > 1
    roots = min(ROOTS_A_DAY, trees) if shared else trees
    streets_s = size.streets * trees * 2 * told.entry_ms / 1000 if shared else 0.0
    member_s = (
        BLOCKS_A_DAY * told.chain.block_s
        + 24 * told.chain.idle_s_per_hour
        + roots * way.members * told.entry_ms / 1000
    )
    # A street's own log is held by its operator and by one member who computes it again and attests.
    streets_gb = size.streets * trees * 2 * told.stored_bytes * 2 / 1e9 if shared else 0.0
    day_gb = way.members * roots * way.members * told.stored_bytes / 1e9 + streets_gb + leaves_gb
    blocks_gb = way.members * KEPT_BLOCKS * told.chain.block_bytes / 1e9 * prices.BACKUPS.value
    machines = 2 * _machines(member_s + streets_s) + (way.members - 2) * _machines(member_s)
    total_s = way.members * member_s + 2 * streets_s
    return Load(member_s + streets_s, total_s, _kept(day_gb, stake) + blocks_gb, machines)


def _plain(told: Measured, stake: Stake, rows: int) -> Load:
    """The same roots' worth of rows in a database, unsigned, and a second server that can take over."""
    busy_s = rows * told.entry_ms / 1000
    return Load(busy_s, 2 * busy_s, _kept(2 * rows * told.entry_bytes / 1e9, stake), 2 * _machines(busy_s))


def evidence_bytes(way: Way, size: Size, told: Measured) -> float:
    """What a home fetches to check a day's bill; its street's place among all streets comes on top where a chain is shared."""
    if way.plain:
        return told.entry_bytes
    return told.evidence_bytes + (ceil(log2(size.streets)) * HASH_IN_EVIDENCE if way.chain else 0)


def _machines(seconds_a_day: float) -> int:
    return max(1, ceil(seconds_a_day / (86_400 * prices.PROCESSORS * prices.BUSY.value)))


def _kept(gb_a_day: float, stake: Stake) -> float:
    return gb_a_day * prices.DAYS * stake.months * prices.BACKUPS.value
