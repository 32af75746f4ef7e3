"""VALIDATE in a simulated day: a cable too thin for what the market agreed, and what the grid operator does about it."""

from dataclasses import replace
from datetime import date
from functools import cache

import numpy as np
import pytest

from laag.adapters.stores import SqliteLog
from laag.apps.simulator import simulate
from laag.apps.wiring import Options, terms_of
from laag.cycle import replay
from laag.cycle.day import prepare
from laag.cycle.events import STEPPED, from_event, to_event
from laag.cycle.validate import Validation, Wires, asked_of, need_of
from laag.foundation.contracts import NO_LIMIT_WH
from laag.neighbourhood.grid.grow import Feed, grow
from laag.neighbourhood.grid.network import Cable, Connection, Node
from laag.settlement import books
from laag.study.population import street as built_in

pytest.importorskip("power_grid_model")

FIRST = date(2026, 1, 14)
HOMES = 12
FLOOR_WH, MOST_WH = 300, 4312
BUYS, LIMITS = Validation(flexibility=True), Validation(flexibility=False, limits=True, floor_wh=FLOOR_WH)


@cache
def homes():
    made = built_in(FIRST, 1, homes=HOMES, warmup_days=8)
    free = float("inf")
    return replace(
        made,
        feeders=(),
        import_max_kw=free,
        export_max_kw=free,
        homes=tuple(replace(one, feeder="") for one in made.homes),
    )


def cable_of(rated_kw):
    """All homes at the end of one cable."""
    rated_a = rated_kw / (3**0.5 * 0.4)
    found, findings = grow(
        "one cable",
        [Node("house", 0.4), Node("street", 0.4)],
        [Cable("cable", "house", "street", 0.02, 0.01, rated_a)],
        [Feed("house")],
        [Connection(one.house.name, "street") for one in homes().homes],
    )
    assert findings == ()
    return found


@cache
def lived(rated_kw, validation):
    run = prepare(homes(), terms_of(Options()), FIRST, 1, cable_of(rated_kw), validation)
    with SqliteLog(":memory:") as log:
        digest = simulate(run, log, version="test", workers=1, resume=False, told=lambda *_: None)
        steps = [from_event(event) for event in log.events(STEPPED)]
    return run, steps, next(replay.days(run, steps)), digest


@cache
def thin_kw():
    """Four fifths of what the market agreed at most, when nobody looks."""
    _, _, day, _ = lived(1e6, BUYS)
    return 0.8 * day.cleared_wh.sum(axis=0).max() / 250


def validated(steps):
    return next(step.validated for step in steps if step.validated is not None)


def test_where_the_wires_bear_it_nothing_is_asked():
    _, steps, _, _ = lived(1e6, BUYS)
    assert all(step.validated is None and step.promised_kw is None for step in steps)


def test_what_is_bought_makes_the_agreed_day_fit():
    run, steps, day, _ = lived(thin_kw(), BUYS)
    made = validated(steps)
    grid = run.street.grid.window(day.span.start, day.span.stop)
    assert need_of(run.wires, grid, day.cleared_wh) is not None
    sold = made.last(day.cleared_wh.shape[1]).sold
    then = day.cleared_wh - sold.bought_wh + sold.comes_back_wh
    assert made.unresolved_kwh == 0
    assert need_of(run.wires, grid, then) is None
    assert made.offers > 0
    assert made.asked_units <= made.sold.paid_units.sum()


def test_who_sold_delivers_and_is_paid_and_every_posting_sums_to_zero():
    run, _, day, _ = lived(thin_kw(), BUYS)
    sold = day.flex.sold
    books.check(day.postings)
    moved = sold.bought_wh > 0
    delivered = (day.cleared_wh - day.readings.offtake_wh)[moved].sum() / sold.bought_wh[moved].sum()
    assert delivered > 0.5
    from_dso = books.totals(replay.accounts(run), day.postings)["dso"][0]
    assert from_dso > 0 or not moved.any()


def test_an_order_is_a_promise_that_the_home_keeps_to_through_the_night():
    _, steps, day, _ = lived(thin_kw(), BUYS)
    ptus = day.cleared_wh.shape[1]
    sold = validated(steps).last(ptus).sold
    promised = next(step.promised_kw for step in steps if step.promised_kw is not None)[:, :, -ptus:]
    ordered = sold.bought_wh > 0
    assert np.isfinite(promised[0][ordered]).all()
    beyond_kw = (day.readings.offtake_wh / 250 - promised[0])[ordered]
    assert np.median(beyond_kw) < 0.1  # but for what nobody can steer: a kettle, a neighbour's oven


def test_in_orange_nobody_is_below_the_floor_and_together_they_fit():
    _, steps, day, _ = lived(thin_kw(), LIMITS)
    limited = validated(steps).last(day.cleared_wh.shape[1]).limited_wh[0]
    there = limited < NO_LIMIT_WH
    assert there.any()
    assert (limited[there] >= FLOOR_WH).all()
    ptus = np.flatnonzero(there.any(axis=0))
    assert (there[:, ptus].all(axis=0)).all()
    assert (limited[:, ptus].sum(axis=0) <= thin_kw() * 250).all()
    assert (np.diff(ptus) == 1).any(), "limits last longer than one quarter-hour"
    over = day.readings.offtake_wh.sum(axis=0)[ptus] - thin_kw() * 250
    assert over.max() <= 0.1 * thin_kw() * 250, (
        "what may not be taken in one quarter-hour does not fill the next"
    )
    before = lived(1e6, BUYS)[2].readings.offtake_wh.sum(axis=0)[ptus].max()
    assert day.readings.offtake_wh.sum(axis=0)[ptus].max() < before


def test_the_log_alone_gives_the_same_day_again():
    _, steps, _, digest = lived(thin_kw(), BUYS)
    again = [from_event(to_event(step, FIRST)) for step in steps]
    for one, other in zip(steps, again, strict=True):
        assert (one.validated is None) == (other.validated is None)
        if one.validated is not None:
            assert (one.validated.sold.bought_wh == other.validated.sold.bought_wh).all()
            assert one.validated.unresolved_kwh == other.validated.unresolved_kwh
    lived.cache_clear()
    assert lived(thin_kw(), BUYS)[3] == digest


def test_who_hangs_nowhere_is_named_and_asked_nothing():
    run, _, day, _ = lived(thin_kw(), BUYS)
    members = (*run.layers.members[:-1], "a stranger")
    wires = Wires.of(run.wires.network, members)
    assert wires.unknown == ("a stranger",)
    grid = run.street.grid.window(day.span.start, day.span.stop)
    need = need_of(wires, grid, 2 * day.cleared_wh)
    assert "a stranger" not in asked_of(need, "day")
