"""What a window came to, counted twice: once as two lives of the same homes, once as only one life can be counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil

import numpy as np

from laag.cycle.vpp import Gave, SharedOut, shared_out
from laag.foundation.contracts import Ints
from laag.foundation.money import UNITS_PER_EUR
from laag.foundation.ptu import AMSTERDAM, PTU_HOURS
from laag.home.outlook import Floats
from laag.neighbourhood.charter import Charter
from laag.neighbourhood.sharing import Facts
from laag.neighbourhood.vpp import credited_wh
from laag.settlement import books
from laag.settlement.books import Accounts
from laag.settlement.pooled import earned_units, pooled, shared
from laag.study.vpp.lived import DEVICES, Lived
from laag.study.vpp.signals import Knows
from laag.study.vpp.weeks import Around, Week

WH_PER_KW = 1000 * PTU_HOURS
DRAWS = 2000
WITHIN = (0.05, 0.95)


@dataclass(frozen=True, slots=True)
class Net:
    """EUR of all homes together. What imbalance paid, less what it cost at home."""

    earned: float
    """What imbalance paid beyond the day-ahead price, what came back included."""
    bills: float
    """What homes paid more to their own suppliers, tax and VAT included."""
    wear: float
    left: float
    """What was left in batteries, cars and walls more than otherwise."""

    @property
    def total(self) -> float:
        """All of it."""
        return self.earned - self.bills - self.wear + self.left


@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    """One window in one way of knowing."""

    first: date
    days: int
    homes: int
    steered: int
    knows: Knows
    net: Net
    best: Net
    by_day_eur: tuple[float, ...]
    """``net.earned``, day by day."""
    between_eur: tuple[float, float]
    """Between which ``net.earned`` of such a window lies in nine of ten cases, as its days differ from each other."""
    by_word_eur: float
    """The same, counted by what was announced just before and what was metered: without what comes back."""
    promised_kwh: float
    delivered_kwh: float
    """Of what was promised, and never more."""
    kept: tuple[float, float, float]
    """What of its word the street kept in a quarter-hour, of ten the one that kept least, the middle, and the best."""
    asked_times: int
    lost_times: int
    """Quarter-hours in which what was delivered lost money."""
    devices_kwh: tuple[float, ...]
    """Of what was delivered, by ``DEVICES``."""
    peak_kw: tuple[float, float]
    """The street's highest, taken or given: nobody asked, and asked."""
    transformer_kw: float
    missing_kwh: float
    """What cars lacked more on departure."""
    cold_kh: float
    """Kelvin hours more below what was asked."""
    shares: SharedOut
    taken_off_wh: int
    """Of what homes seemed to give, as they would have taken it less anyway."""
    residue_units: int
    """What is left over in the books when all is shared: nothing."""


def outcome(week: Week, knows: Knows, charter: Charter) -> Outcome:
    """``charter`` says who gets what of it."""
    alone, asked, around = week.alone, week.together[knows], week.around
    per_ptu = _earned(asked, around) - _earned(alone, around)
    by_day = _by_day(week, per_ptu)
    promised, gave = _promised(asked), _gave(asked, around)
    delivered = np.stack([_delivered(one) for one in asked])
    street = np.abs(promised).sum(axis=0)
    some = street > 0
    kept = delivered.sum(axis=0)[some] / street[some]
    way = np.sign(promised)
    prices = _price(around)
    worth = (delivered * np.where(way > 0, prices[0], -prices[1])).sum(axis=0)
    by_name = {name: one for name, one in zip(week.names, gave, strict=True) if one.times}
    shares = shared_out(int(per_ptu.sum()), by_name, charter, _facts(week, asked))
    devices = np.stack([one.devices_wh for one in asked])
    moved = np.clip(devices * way[:, None], 0, None).sum(axis=(0, 2)) / 1000
    return Outcome(
        week.asked.first,
        week.asked.days,
        len(week.names),
        sum(week.steers),
        knows,
        _net(int(per_ptu.sum()) / UNITS_PER_EUR, alone, asked),
        _best(week),
        tuple((by_day / UNITS_PER_EUR).tolist()),
        _between(by_day / UNITS_PER_EUR),
        float(worth.sum()) / UNITS_PER_EUR,
        float(street.sum()) / 1000,
        float(delivered.sum()) / 1000,
        (float(np.quantile(kept, 0.1)), float(np.quantile(kept, 0.5)), float(np.quantile(kept, 0.9)))
        if some.any()
        else (1.0, 1.0, 1.0),
        int(some.sum()),
        int((worth < 0).sum()),
        tuple(moved.tolist()),
        (_peak_kw(alone), _peak_kw(asked)),
        week.transformer_kw,
        sum(one.missing_kwh for one in asked) - sum(one.missing_kwh for one in alone),
        sum(one.cold_kh for one in asked) - sum(one.cold_kh for one in alone),
        shares,
        sum(_credited(one)[1] for one in asked),
        _residue(week, alone, asked, shares),
    )


def _less(lived: Sequence[Lived]) -> Ints:
    """What the street took less (+) than it bought."""
    return np.asarray(sum(one.nominated_wh - one.metered_wh for one in lived), np.int64)


def _ticks(around: Around) -> tuple[Ints, Ints, Ints]:
    day_ahead, shortage, surplus = (
        np.rint(100 * side).astype(np.int64) for side in (around.day_ahead, around.shortage, around.surplus)
    )
    return day_ahead, shortage, surplus


def _earned(lived: Sequence[Lived], around: Around) -> Ints:
    return earned_units(_less(lived), *_ticks(around))


def _price(around: Around) -> tuple[Ints, Ints]:
    """Ticks beyond the day-ahead price that a Wh less earned, and a Wh more cost."""
    day_ahead, shortage, surplus = _ticks(around)
    return surplus - day_ahead, shortage - day_ahead


def _promised(lived: Sequence[Lived]) -> Ints:
    return np.stack([one.promised_wh for one in lived])


def _delivered(one: Lived) -> Ints:
    seems = (one.announced_wh - one.metered_wh) * np.sign(one.promised_wh)
    return np.asarray(np.clip(seems, 0, np.abs(one.promised_wh)), np.int64)


def _credited(one: Lived) -> tuple[int, int]:
    return credited_wh(one.announced_wh, one.metered_wh, one.promised_wh, one.called)


def _gave(lived: Sequence[Lived], around: Around) -> list[Gave]:
    """What each is credited with: asked, and worth, in the proportion that its word was good for."""
    less, more = _price(around)
    found = []
    for one in lived:
        given = np.where(one.called, _delivered(one), 0)
        counted, off = _credited(one)
        seems = counted + off
        way = np.sign(one.promised_wh)
        asked = sum(
            ceil(wh * eur * 100_000)
            for wh, eur in zip(given.tolist(), one.asked_eur_per_kwh.tolist(), strict=True)
        )
        worth = max(int((given * np.where(way > 0, less, -more)).sum()), 0)
        if not seems:
            found.append(Gave(0, 0, 0, 0))
            continue
        found.append(
            Gave(counted, int((given > 0).sum()), asked * counted // seems, worth * counted // seems)
        )
    return found


def _by_day(week: Week, per_ptu: Ints) -> Floats:
    spans = week.around.grid.local_days(AMSTERDAM)
    return np.array([int(per_ptu[span].sum()) for _, span in spans], np.float64)


def _between(by_day: Floats) -> tuple[float, float]:
    """Days drawn anew from these days."""
    chance = np.random.Generator(np.random.Philox(7))
    sums = by_day[chance.integers(0, len(by_day), (DRAWS, len(by_day)))].sum(axis=1)
    low, high = np.quantile(sums, WITHIN)
    return float(low), float(high)


def _net(earned_eur: float, alone: Sequence[Lived], asked: Sequence[Lived]) -> Net:
    def more(name: str) -> float:
        return float(sum(getattr(one, name) for one in asked) - sum(getattr(one, name) for one in alone))

    return Net(earned_eur, more("bill_eur"), more("wear_eur"), more("left_eur"))


def _best(week: Week) -> Net:
    """With everything foreseen, from the position that was bought in that knowledge of everything but imbalance."""
    less = np.asarray(sum(one.usual_wh - one.moved_wh for one in week.best), np.int64)
    units = int(earned_units(less, *_ticks(week.around)).sum())

    def more(name: str) -> float:
        return float(sum(getattr(one.moved, name) - getattr(one.usual, name) for one in week.best))

    return Net(units / UNITS_PER_EUR, more("bill"), more("wear"), more("left"))


def _peak_kw(lived: Sequence[Lived]) -> float:
    street = np.asarray(sum(one.metered_wh for one in lived))
    return float(np.abs(street).max()) / WH_PER_KW


def _facts(week: Week, asked: Sequence[Lived]) -> Facts:
    day_ahead, _, _ = _ticks(week.around)
    return Facts(
        week.names,
        net_wh=np.stack([one.metered_wh for one in asked]),
        buy_ticks=day_ahead,
        sell_ticks=day_ahead,
    )


def _residue(week: Week, alone: Sequence[Lived], asked: Sequence[Lived], shares: SharedOut) -> int:
    """Into the books as it came, out of them as it was shared: what is then in the fund and not the fund's."""
    accounts = Accounts(week.names)
    came = [
        books.totals(accounts, pooled(accounts, _less(lived), *_ticks(week.around)))["fund"][0]
        for lived in (asked, alone)
    ]
    went = books.totals(accounts, shared(accounts, {name: one.units for name, one in shares.members.items()}))
    return -(came[0] - came[1]) - went["fund"][0] - shares.fund_units


def by_group(week: Week, found: Outcome) -> dict[str, tuple[int, float]]:
    """Homes of each kind, and what each of them got on average, EUR."""
    groups: dict[str, list[float]] = {}
    for name, group in zip(week.names, week.groups, strict=True):
        groups.setdefault(group, []).append(found.shares.members[name].units / UNITS_PER_EUR)
    return {group: (len(got), sum(got) / len(got)) for group, got in sorted(groups.items())}


def device_shares(found: Outcome) -> dict[str, float]:
    """Which part of what was delivered each kind of device gave."""
    whole = sum(found.devices_kwh) or 1.0
    return {name: kwh / whole for name, kwh in zip(DEVICES, found.devices_kwh, strict=True)}
