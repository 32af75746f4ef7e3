"""A street lives its days the same way every time, and knows nothing before its time."""

from dataclasses import replace
from datetime import date, timedelta
from functools import cache

import numpy as np
import pytest

from laag.adapters.stores import SqliteLog
from laag.apps.homes import Homes
from laag.apps.simulator import simulate
from laag.apps.wiring import Options, terms_of
from laag.cycle import replay
from laag.cycle.day import prepare
from laag.cycle.events import STEPPED, from_event
from laag.foundation.errors import BadInput, CannotResume
from laag.foundation.ptu import PtuGrid
from laag.foundation.series import Profile
from laag.settlement.books import totals
from laag.study.population import street as built_in

FIRST = date(2026, 3, 28)
DAYS = 2
SPRING = "the clock goes forward on the second day"


@cache
def street(homes=8):
    return built_in(FIRST, DAYS, homes=homes, warmup_days=8)


def lived(a_street, policy="layered", workers=1, rule="layered"):
    """The steps of a run, and the digest of its log."""
    run = prepare(a_street, terms_of(Options(policy=policy, rule=rule)), FIRST, DAYS)
    with SqliteLog(":memory:") as log:
        digest = simulate(run, log, version="test", workers=workers, resume=False, told=lambda *_: None)
        return run, [from_event(event) for event in log.events(STEPPED)], digest


@cache
def usual():
    return lived(street())


def test_every_quarter_of_every_day_is_settled_once():
    run, steps, _ = usual()
    done = list(replay.days(run, steps))
    assert [(d.day, d.readings.ptus) for d in done] == [(date(2026, 3, 28), 96), (date(2026, 3, 29), 92)]
    assert [d.span.start for d in done] == [run.day(d.day).start for d in done]


def test_the_street_takes_what_its_homes_take():
    run, steps, _ = usual()
    for day in replay.days(run, steps):
        assert (day.position.metered_wh == day.readings.offtake_wh.sum(axis=0)).all()
        assert (day.position.nominated_wh == day.cleared_wh.sum(axis=0)).all()


def test_a_run_is_the_same_twice_and_on_two_processes():
    assert lived(street())[2] == lived(street(), workers=2)[2] == usual()[2]


def test_homes_in_another_order_pay_the_same():
    turned = replace(street(), homes=street().homes[::-1])
    assert accounts(*lived(turned)[:2]) == accounts(*usual()[:2])


def accounts(run, steps):
    days = [day.postings for day in replay.days(run, steps)]
    summed = [totals(replay.accounts(run), postings) for postings in days]
    return {name: tuple(np.sum([day[name] for day in summed], axis=0)) for name in summed[0]}


def changed_from(a_street, ptu, priced, foreseen):
    """The same street up to a quarter-hour, another one after it; prices and forecasts up to two of their own."""

    def other(profile, ptu=ptu):
        values = profile.values.copy()
        values[ptu:] = values[ptu:][::-1] * 1.5 + 0.1
        return Profile(profile.grid, values, profile.unit)

    homes = tuple(
        replace(
            home,
            load_kw=other(home.load_kw),
            pv_kw=other(home.pv_kw) if home.pv_kw else None,
            sessions=tuple(s for s in home.sessions if s.arrives < ptu),
        )
        for home in a_street.homes
    )
    nation = a_street.nation
    return replace(
        a_street,
        homes=homes,
        outdoor_c=other(a_street.outdoor_c),
        sun_w_m2=other(a_street.sun_w_m2),
        outdoor_forecast_c=other(a_street.outdoor_forecast_c, foreseen),
        sun_forecast_w_m2=other(a_street.sun_forecast_w_m2, foreseen),
        nation=replace(
            nation,
            day_ahead=other(nation.day_ahead, priced),
            shortage=other(nation.shortage),
            surplus=other(nation.surplus),
        ),
    )


@pytest.mark.parametrize("gate", [0, 1, 2])
def test_nobody_looks_ahead(gate):
    """What happens, is published or forecast after a gate changes nothing that was done or ordered up to it."""
    run, steps, _ = usual()
    today = PtuGrid.day(run.gate_day(gate), run.street.zone)
    tomorrow = PtuGrid.day(run.gate_day(gate) + timedelta(days=1), run.street.zone)
    ends = [run.street.grid.index(day.end) for day in (today, tomorrow)]
    _, others, _ = lived(changed_from(street(), run.gate(gate), *ends))
    for mine, theirs in zip(steps[: gate + 1], others[: gate + 1], strict=True):
        assert np.array_equal(mine.readings.offtake_wh, theirs.readings.offtake_wh)
        assert np.array_equal(mine.announced_wh, theirs.announced_wh)
        if mine.orders is not None:
            assert np.array_equal(mine.orders.quantity_wh, theirs.orders.quantity_wh)
            assert np.array_equal(mine.orders.limit_ticks, theirs.orders.limit_ticks)
    assert not np.array_equal(steps[gate + 1].readings.load_wh, others[gate + 1].readings.load_wh)


@pytest.mark.parametrize("kept", [0, 1, 3])
def test_a_run_goes_on_from_any_step(kept):
    run, _, digest = usual()
    with SqliteLog(":memory:") as whole, SqliteLog(":memory:") as part:
        simulate(run, whole, version="test", workers=1, resume=False, told=lambda *_: None)
        part.append(list(whole.events())[: kept + 1])
        assert simulate(run, part, version="test", workers=1, resume=True, told=lambda *_: None) == digest


def test_another_run_is_never_continued():
    run, _, _ = usual()
    other = prepare(street(), terms_of(Options(policy="dynamic-2027")), FIRST, DAYS)
    with SqliteLog(":memory:") as log:
        simulate(run, log, version="test", workers=1, resume=False, told=lambda *_: None)
        with pytest.raises(CannotResume, match="policy"):
            simulate(other, log, version="test", workers=1, resume=True, told=lambda *_: None)
        with pytest.raises(CannotResume, match="--resume"):
            simulate(run, log, version="test", workers=1, resume=False, told=lambda *_: None)


@pytest.mark.parametrize("rule", ["literal", "uniform", "pay_as_bid", "mid_market", "peer_to_peer"])
def test_every_rule_settles_to_zero(rule):
    run, steps, _ = lived(street(), rule=rule)
    assert all(sum(units for units, _ in totals(replay.accounts(run), day.postings).values()) == 0
               for day in replay.days(run, steps))  # fmt: skip


@pytest.mark.parametrize("policy", ["netting-2026", "law-2027", "dynamic-2027"])
def test_every_policy_settles_to_zero_without_a_market(policy):
    run, steps, _ = lived(street(), policy=policy)
    for day in replay.days(run, steps):
        assert day.market is None
        summed = totals(replay.accounts(run), day.postings)
        assert sum(units for units, _ in summed.values()) == sum(wh for _, wh in summed.values()) == 0


def test_a_silent_meter_is_marked_and_the_street_goes_on():
    first = street().homes[0]
    load = first.load_kw.values.copy()
    at = street().grid.index(prepare_day().start)
    load[at + 40 : at + 48] = np.nan
    silent = replace(first, load_kw=Profile(first.load_kw.grid, load, first.load_kw.unit))
    run, steps, _ = lived(replace(street(), homes=(silent, *street().homes[1:])))
    day = next(iter(replay.days(run, steps)))
    assert day.readings.silent[0].nonzero()[0].tolist() == list(range(40, 48))
    assert not day.readings.silent[1:].any()


def prepare_day():
    run = usual()[0]
    return run.street.grid.window(run.day(FIRST).start, run.day(FIRST).stop)


def test_days_outside_the_data_are_refused_with_a_way_out():
    with pytest.raises(BadInput, match="choose other days"):
        prepare(street(), terms_of(Options()), date(2030, 1, 1), 1)


def test_homes_may_be_fewer_than_workers():
    run = prepare(street(homes=1), terms_of(Options()), FIRST, DAYS)
    with Homes(run, workers=4) as homes:
        assert homes is not None
