"""What flows on wires that know phases and reactive power, and whom a full phase asks; numbers to be found by hand."""

from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from laag.adapters.files.table import read_table
from laag.adapters.pandapower import read_grid
from laag.cycle.validate import NO_LIMIT_WH, Validation, Wires, asked_of, buy, limits, need_of
from laag.foundation.errors import BadInput
from laag.foundation.flex import Offer, Step
from laag.foundation.ptu import PtuGrid
from laag.neighbourhood.grid.grow import Feed, grow
from laag.neighbourhood.grid.network import PHASES, Cable, Connection, Node
from laag.neighbourhood.grid.reactive import Load, PowerFactors

pytest.importorskip("power_grid_model")

GRID = PtuGrid(datetime(2026, 1, 14, 17, tzinfo=UTC), 2)
VALIDATION = Validation(flexibility=False, limits=True, floor_wh=100, around_ptus=0)


def street(*phases, rated_a=25.0, km=1.0):
    """Homes at the end of one short cable: nearly no losses, so amperes are kW over 230 V."""
    found, findings = grow(
        "one cable",
        [Node("house", 0.4), Node("street", 0.4)],
        [Cable("cable", "house", "street", 0.0005 * km, 0.0002 * km, rated_a)],
        [Feed("house")],
        [Connection(f"home {i}", "street", on) for i, on in enumerate(phases)],
    )
    assert findings == ()
    return found


def wires(*phases, factors=None, heat_pumps=(), **rest):
    return Wires.of(street(*phases, **rest), [f"home {i}" for i in range(len(phases))], factors, heat_pumps)


def each(*kw):
    """Every home the same in both quarter-hours, Wh."""
    return np.repeat(np.array([[round(250 * one)] for one in kw], np.int64), 2, axis=1)


SINGLE = ((1,), (1,), (2,), (3,))
TAKEN = each(4, 4, 1, 1)
VOLTS = 400 / 3**0.5


def test_one_full_phase_is_found_that_three_alike_would_hide():
    """Two homes of 4 kW on one phase of 25 A are 35 A there; spread over three phases the same 10 kW would be 14 A."""
    found = wires(*SINGLE)
    assert found.flow(TAKEN).loading[0, 0] == pytest.approx(8000 / VOLTS / 25, rel=2e-3)
    assert need_of(found, GRID, TAKEN) is not None
    alike = wires(*[PHASES] * 4)
    assert not alike.per_phase
    assert alike.flow(TAKEN).loading[0, 0] == pytest.approx(10_000 / 3 / VOLTS / 25, rel=2e-3)
    assert need_of(alike, GRID, TAKEN) is None


def test_where_the_voltage_is_gone_the_ratings_say_what_is_over_phase_by_phase():
    """A long thin cable: 60 kW on one of its phases has no power flow; that phase is over by all but 5.8 kW of it."""
    found = wires((1,), (2,), km=2000.0)
    need = need_of(found, GRID, each(60, 1))
    assert found.flow(each(60, 1)).unsolved.all()
    assert need.kw_over[0] == pytest.approx(3 * 60 - 3**0.5 * 0.4 * 25, rel=1e-9)


def test_only_who_hangs_on_the_full_phase_is_asked_and_bought_of():
    found = wires(*SINGLE)
    need = need_of(found, GRID, TAKEN)
    assert sorted(name for name, asked in asked_of(need, "r").items() if any(one.less for one in asked)) == [
        "home 0",
        "home 1",
    ]
    offers = [Offer(f"home {i}", f"home {i}", 0, (Step((900, 900), 10_000 * (4 - i)),)) for i in range(4)]
    bought = buy(found, need, TAKEN, offers, Validation())
    assert not bought.trouble.any()
    assert bought.sold.bought_wh[:2].sum() > 0
    assert not bought.sold.bought_wh[2:].any(), "cheaper, and of no use to phase 1"
    assert bought.left.loading.max() == pytest.approx(1.0, abs=5e-3)


def test_a_full_phase_limits_those_on_it_and_who_hangs_on_all_three_with_them():
    found = wires((1,), (1,), PHASES, (2,))
    taken = each(4, 4, 3, 1)
    limited = limits(found, GRID, taken, VALIDATION)[0]
    assert (limited[:3] < NO_LIMIT_WH).all()
    assert (limited[3] == NO_LIMIT_WH).all()
    then = np.minimum(taken, limited)
    assert found.flow(then).loading.max() <= 1.005


@given(st.lists(st.floats(-8, 8), min_size=3, max_size=3))
@settings(max_examples=25, deadline=None)
def test_homes_on_three_phases_flow_alike_whether_or_not_somebody_hangs_on_one(kw):
    """Who takes nothing on a single phase changes nothing but the way it is computed."""
    alike, apart = wires(*[PHASES] * 3), wires(*[PHASES] * 3, (2,))
    ours, theirs = alike.flow(each(*kw)), apart.flow(each(*kw, 0))
    assert ours.loading == pytest.approx(theirs.loading, abs=1e-6)
    assert ours.losses_kw == pytest.approx(theirs.losses_kw, abs=1e-6)


def test_reactive_power_fills_a_cable_that_active_power_leaves_free():
    """16.5 kW on 17.3 kVA: full at a power factor of 0.93, which is 17.7 kVA, and not at 1."""
    kw = each(8.25, 8.25)
    pumps = ("home 0", "home 1")
    plain = wires(PHASES, PHASES)
    lagging = wires(PHASES, PHASES, factors=PowerFactors(), heat_pumps=pumps)
    assert need_of(plain, GRID, kw) is None
    assert need_of(lagging, GRID, kw) is not None
    share = lagging.flow(kw).loading[0, 0] / plain.flow(kw).loading[0, 0]
    assert share == pytest.approx(1 / 0.93, rel=2e-3)
    mixed = wires(PHASES, PHASES, factors=PowerFactors(), heat_pumps=("home 0",)).flow(kw).loading[0, 0]
    assert plain.flow(kw).loading[0, 0] < mixed < lagging.flow(kw).loading[0, 0]


def test_what_is_given_comes_through_an_inverter_and_takes_no_reactive_power_unless_told():
    kw = each(-5, -5)
    plain, lagging = wires(PHASES, PHASES), wires(PHASES, PHASES, factors=PowerFactors())
    assert lagging.flow(kw).loading == pytest.approx(plain.flow(kw).loading, abs=1e-12)
    told = wires(PHASES, PHASES, factors=PowerFactors(inverter=0.9)).flow(kw)
    assert told.loading[0, 0] == pytest.approx(plain.flow(kw).loading[0, 0] / 0.9, rel=2e-3)
    assert (told.voltage_pu[:, 1] < plain.flow(kw).voltage_pu[:, 1]).all(), "and lowers the voltage"


def test_what_is_bought_fits_with_reactive_power_too():
    kw = each(8.25, 8.25)
    lagging = wires(PHASES, PHASES, factors=PowerFactors(), heat_pumps=("home 0", "home 1"))
    need = need_of(lagging, GRID, kw)
    offers = [Offer(f"home {i}", f"home {i}", 0, (Step((900, 900), 10_000),)) for i in range(2)]
    bought = buy(lagging, need, kw, offers, Validation())
    assert bought.sold.bought_wh.sum() > 0
    assert not bought.trouble.any()


@pytest.mark.parametrize("factor", [0.0, -0.9, 1.01, float("nan")])
def test_a_power_factor_that_is_none_is_refused(factor):
    with pytest.raises(BadInput, match="above 0 and is 1 at most"):
        PowerFactors(household=factor)


GRIDS = Path(__file__).parents[3] / "shared/data/grids"
KINDS = {"H0": Load.HOUSEHOLD, "Air": Load.HEAT_PUMP, "Soil": Load.HEAT_PUMP, "HLS": Load.INVERTER}


@pytest.mark.skipif(not GRIDS.exists(), reason="the shared data are not here")
def test_the_usual_power_factors_are_those_of_simbenchs_profiles():
    name = "simbench_1-LV-semiurb4--2-sw"
    saved = read_grid(GRIDS / f"{name}.pp.json.gz")
    profile = read_table(GRIDS / f"{name}_profiles_3weeks_15min.parquet").columns
    energy = {load: np.zeros(2) for load in Load}
    rated = zip(saved.rows, saved.offtake_kw.sum(axis=1), saved.offtake_kvar.sum(axis=1), strict=True)
    for (_, row), *kilo in rated:
        called = str(row["profile"])
        kind = next((KINDS[start] for start in KINDS if called.startswith(start)), None)
        if kind is not None:
            sums = [np.asarray(profile[f"{called}_{way}load"], np.float64).sum() for way in "pq"]
            energy[kind] += np.multiply(kilo, sums)
    usual = PowerFactors()
    for load, (active, reactive) in energy.items():
        assert active / np.hypot(active, reactive) == pytest.approx(getattr(usual, load.value), abs=0.006)
