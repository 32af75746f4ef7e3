"""What a home needs that is no claim: a charged car, warmth, hot water, finished programmes, and what its fuses carry."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import inf

import numpy as np

from laag.foundation.ptu import PTU_HOURS
from laag.home.conflicts.home import Home
from laag.home.conflicts.request import Kind, Request
from laag.home.devices import EvSession, Job, Tank
from laag.home.ladder import Ladder, Rung
from laag.home.outlook import Floats
from laag.home.plan import Plan
from laag.home.plan.question import Question, comfort_low_c
from laag.home.plan.shortfall import phase_kw

_CLOSE = 1e-3
_HARDLY_K, _NEXT_TO_NO_LEAK = 1.0, 1e-3
_ANY_TIME_PTUS = 100_000


@dataclass(frozen=True, slots=True, eq=False)
class CarReady:
    """What the car should hold when one of its stays ends."""

    request: Request
    asked: Question
    stay: int

    @property
    def hours(self) -> slice:
        """The stay."""
        stay = self._stay
        return slice(stay.arrives, min(stay.departs, self.asked.count))

    def short(self, plan: Plan) -> Floats:
        """What it lacks when it leaves, or will lack at full power from the end of the plan on."""
        stay, charger, last = self._stay, self.asked.house.charger, self.hours.stop - 1
        assert charger is not None
        later = charger.max_kw * charger.efficiency * PTU_HOURS * max(stay.departs - self.asked.count, 0)
        lacking = stay.wanted_kwh - later - float(plan.ev_stored_kwh[last])
        return _all_at(last, max(lacking, 0.0), len(plan))

    def may_matter(self, plan: Plan) -> bool:  # noqa: ARG002 - whatever the plan
        """Whether it needs charging at all."""
        return self._stay.wanted_kwh > self._stay.stored_kwh or self._stay.used_kwh is not None

    def left_out(self, home: Home) -> Home:
        """It leaves as it will; one that gives back keeps what it came with, or it would be sold empty."""
        charger, stays = home.house.charger, list(home.outlook.sessions)
        stay = stays[self.stay]
        gives = charger is not None and charger.gives
        wanted = min(stay.wanted_kwh, stay.stored_kwh) if gives else 0.0
        stays[self.stay] = replace(stay, wanted_kwh=wanted)
        return replace(home, outlook=replace(home.outlook, sessions=tuple(stays)))

    @property
    def _stay(self) -> EvSession:
        return self.asked.stays[self.stay]


@dataclass(frozen=True, slots=True, eq=False)
class Warmth:
    """How warm the house should be."""

    request: Request
    low_c: Floats

    @property
    def hours(self) -> slice:
        """All."""
        return slice(0, len(self.low_c))

    def short(self, plan: Plan) -> Floats:
        """How much colder it is."""
        return np.maximum(self.low_c - plan.indoor_c, 0.0)

    def may_matter(self, plan: Plan) -> bool:
        """Whether it is anywhere as cold as it may be."""
        return bool((plan.indoor_c <= self.low_c + _CLOSE).any())

    def left_out(self, home: Home) -> Home:
        """Hardly warmer than it keeps itself: were it colder, warmth left at the end would be worth nothing."""
        building, outlook = home.house.building, home.outlook
        assert building is not None
        by_itself_k = float(outlook.heat_gain_kw.mean()) / max(building.loss_kw_per_k, _NEXT_TO_NO_LEAK)
        low_c = np.minimum(self.low_c, outlook.outdoor_c + by_itself_k + _HARDLY_K)
        return replace(home, outlook=replace(outlook, comfort_low_c=low_c))


@dataclass(frozen=True, slots=True, eq=False)
class HotWater:
    """How hot the water should always be."""

    request: Request
    tank: Tank
    count: int

    @property
    def hours(self) -> slice:
        """All."""
        return slice(0, self.count)

    def short(self, plan: Plan) -> Floats:
        """How much colder it is."""
        return np.maximum(self.tank.low_c - plan.tank_c, 0.0)

    def may_matter(self, plan: Plan) -> bool:
        """Whether it is anywhere as cold as it may be."""
        return bool((plan.tank_c <= self.tank.low_c + _CLOSE).any())

    def left_out(self, home: Home) -> Home:
        """As cold as its room."""
        low_c = min(self.tank.low_c, self.tank.room_c)
        return replace(home, house=replace(home.house, tank=replace(self.tank, low_c=low_c)))


@dataclass(frozen=True, slots=True, eq=False)
class AgainstLegionella:
    """How hot the tank must once be."""

    request: Request
    tank: Tank
    least_c: Floats
    """In the quarter-hour chosen for it; ``-inf`` elsewhere."""

    @property
    def hours(self) -> slice:
        """Until then."""
        return slice(0, int(np.argmax(self.least_c)) + 1)

    def short(self, plan: Plan) -> Floats:
        """How much colder it is."""
        return np.maximum(self.least_c - plan.tank_c, 0.0)

    def may_matter(self, plan: Plan) -> bool:  # noqa: ARG002 - it is hot for no other reason
        """Always."""
        return True

    def left_out(self, home: Home) -> Home:
        """No run against legionella."""
        return replace(home, house=replace(home.house, tank=replace(self.tank, legionella_days=0)))


@dataclass(frozen=True, slots=True, eq=False)
class Programme:
    """By when a machine should be done."""

    request: Request
    job: Job
    place: int
    """Among the outlook's."""
    count: int

    @property
    def hours(self) -> slice:
        """Its window."""
        return slice(max(self.job.earliest, 0), min(self.job.deadline, self.count))

    def short(self, plan: Plan) -> Floats:
        """All of its energy, where there is no room for it."""
        run = plan.runs[self.place]
        undone = run.start is None and self.job.deadline - len(self.job.appliance.programme_kw) < self.count
        last = min(max(self.job.deadline, 1), self.count) - 1
        return _all_at(last, self.job.appliance.energy_kwh if undone else 0.0, len(plan))

    def may_matter(self, plan: Plan) -> bool:  # noqa: ARG002 - whatever the plan
        """Whether it must be done within the plan."""
        return self.job.deadline - len(self.job.appliance.programme_kw) < self.count

    def left_out(self, home: Home) -> Home:
        """Some day."""
        jobs = list(home.outlook.jobs)
        jobs[self.place] = replace(self.job, deadline=self.job.deadline + _ANY_TIME_PTUS)
        return replace(home, outlook=replace(home.outlook, jobs=tuple(jobs)))


@dataclass(frozen=True, slots=True, eq=False)
class Fuse:
    """What the connection, or each of its phases, carries at most."""

    request: Request
    asked: Question
    step_kw: float

    @property
    def hours(self) -> slice:
        """All."""
        return slice(0, self.asked.count)

    def short(self, plan: Plan) -> Floats:
        """What flows beyond it."""
        beyond = np.zeros(len(plan))
        for kw in self._carried(plan):
            beyond += np.maximum(kw - self.request.high, 0.0)
        return beyond

    def may_matter(self, plan: Plan) -> bool:
        """Whether it is full anywhere, or would be by one step of a device more."""
        near_kw = self.request.high - _CLOSE - self.step_kw
        return any(bool((kw >= near_kw).any()) for kw in self._carried(plan))

    def left_out(self, home: Home) -> Home:
        """A fuse that carries anything."""
        house = home.house
        match self.request.kind:
            case Kind.IMPORT_FUSE:
                house = replace(house, import_max_kw=inf)
            case Kind.EXPORT_FUSE:
                house = replace(house, export_max_kw=inf)
            case _:
                assert house.wiring is not None
                house = replace(house, wiring=replace(house.wiring, phase_max_kw=inf))
        return replace(home, house=house)

    def _carried(self, plan: Plan) -> list[Floats]:
        match self.request.kind:
            case Kind.IMPORT_FUSE:
                return [plan.connection_kw]
            case Kind.EXPORT_FUSE:
                return [-plan.connection_kw]
            case _:
                return [np.abs(kw) for kw in phase_kw(self.asked, plan)]


Need = CarReady | Warmth | HotWater | AgainstLegionella | Programme | Fuse


def needs(home: Home, asked: Question, ladder: Ladder) -> list[Need]:
    """All of them."""
    return [
        *_fuses(home, asked, ladder),
        *_of_the_tank(home, asked, ladder),
        *_of_the_car(home, asked, ladder),
        *_of_the_rooms(home, asked, ladder),
        *_of_machines(home, asked, ladder),
    ]


def _fuses(home: Home, asked: Question, ladder: Ladder) -> Iterator[Fuse]:
    house = asked.house
    each = {Kind.IMPORT_FUSE: house.import_max_kw, Kind.EXPORT_FUSE: house.export_max_kw}
    if house.wiring is not None:
        each[Kind.PHASE_FUSE] = house.wiring.phase_max_kw
    for kind, kw in each.items():
        if np.isfinite(kw):
            yield Fuse(_request(ladder, kind, Rung.SAFETY, kw, kw), asked, home.step_kw)


def _of_the_tank(home: Home, asked: Question, ladder: Ladder) -> Iterator[AgainstLegionella | HotWater]:
    tank, least_c = asked.house.tank, asked.reach.legionella_c
    if tank is None:
        return
    if np.isfinite(least_c).any():
        by = home.moment(int(np.argmax(least_c)) + 1)
        c = float(least_c.max())
        yield AgainstLegionella(
            replace(_request(ladder, Kind.LEGIONELLA, Rung.SAFETY, c, c), until=by), tank, least_c
        )
    yield HotWater(_request(ladder, Kind.HOT_WATER, Rung.COMFORT, tank.low_c, tank.low_c), tank, asked.count)


def _of_the_car(home: Home, asked: Question, ladder: Ladder) -> Iterator[CarReady]:
    for k, stay in enumerate(asked.stays):
        request = _request(ladder, Kind.CAR_READY, Rung.COMFORT, stay.wanted_kwh, stay.wanted_kwh)
        since = home.moment(stay.arrives) if stay.arrives > 0 else None
        yield CarReady(replace(request, since=since, until=home.moment(stay.departs)), asked, k)


def _of_the_rooms(home: Home, asked: Question, ladder: Ladder) -> Iterator[Warmth]:
    if asked.heats:
        low_c = comfort_low_c(home.house, home.outlook)
        low, high = float(low_c.min()), float(low_c.max())
        yield Warmth(_request(ladder, Kind.WARMTH, Rung.COMFORT, low, high), low_c)


def _of_machines(home: Home, asked: Question, ladder: Ladder) -> Iterator[Programme]:
    for place, job in enumerate(home.outlook.jobs):
        if job in asked.jobs:
            request = _request(ladder, Kind.PROGRAMME, Rung.COMFORT, 0.0, max(job.appliance.programme_kw))
            until = home.moment(max(job.deadline, 0))
            yield Programme(replace(request, until=until, name=job.appliance.name), job, place, asked.count)


def _request(ladder: Ladder, kind: Kind, rung: Rung, low: float, high: float) -> Request:
    """A need's source is the home itself: ``need:warmth``, ``fuse:import_fuse``."""
    whose = "fuse" if kind in {Kind.IMPORT_FUSE, Kind.EXPORT_FUSE, Kind.PHASE_FUSE} else "need"
    return Request(kind, rung, ladder.set_by(rung), f"{whose}:{kind}", low, high)


def _all_at(ptu: int, energy_kwh: float, count: int) -> Floats:
    """An energy that is missed at one moment."""
    short = np.zeros(count)
    short[ptu] = energy_kwh / PTU_HOURS
    return short
