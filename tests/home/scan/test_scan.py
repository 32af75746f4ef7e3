"""What a home's own meter and the weather tell of it."""

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.home.scan.winter import FIRST, cold_season, days_with, used

from laag.foundation.errors import BadInput
from laag.foundation.ptu import AMSTERDAM, PtuGrid
from laag.home.scan import Dwelling, DwellingKind, HeatedBy, Prices, Stage, days_of, effects, fitted, scan
from laag.home.scan.rules import RULES, Who
from laag.home.scan.year import usual_degree_days

PRICES = Prices(0.25, 1.40)
OLD_HOME = Dwelling(1960, 100, DwellingKind.TERRACED, 3, HeatedBy.GAS)


@settings(max_examples=20, deadline=None)
@given(st.floats(0.2, 1.5), st.floats(0.3, 3.0), st.integers(0, 50))
def test_the_slope_of_heating_is_found_again(per_degree, always, seed):
    """Within the uncertainty that the fit itself states, give or take."""
    outdoor_c = cold_season(seed=seed)
    fit = fitted(used(outdoor_c, always=always, per_degree=per_degree, seed=seed + 100), outdoor_c)
    assert abs(fit.per_degree - per_degree) <= 5 * fit.per_degree_error + 0.12 * per_degree
    assert fit.explains > 0.3


def test_few_days_or_days_alike_draw_no_line():
    outdoor_c = cold_season()
    assert fitted(used(outdoor_c)[:20], outdoor_c[:20]) is None
    assert fitted(np.full(100, 2.0), np.full(100, 10.0)) is None


def test_a_usual_year_grows_with_the_base():
    assert usual_degree_days(14.0) < usual_degree_days(16.0) < usual_degree_days(18.0)


def test_each_measure_says_its_arithmetic_its_range_and_its_source():
    outdoor_c = cold_season()
    home = Dwelling(1960, 100, DwellingKind.TERRACED, 3, HeatedBy.GAS, old_lamps=6)
    found = scan(days_with(gas=used(outdoor_c), outdoor_c=outdoor_c, night_kw=0.4), home, PRICES)
    codes = {one.code for one in found.measures}
    assert codes == {
        "base", "night", "lamps", "degree", "boiler_flow", "balance", "draught", "insulate", "shower",
    }  # fmt: skip
    for one in found.measures:
        assert 0 <= one.saves.low <= one.saves.about <= one.saves.high
        assert one.eur.about == pytest.approx(
            one.saves.about * (PRICES.eur_per_kwh if one.unit == "kWh" else PRICES.eur_per_m3)
        )
        assert one.rule.source.nl
        assert one.rule.is_example is (one.code != "degree")
        numbers = dict(one.numbers)
        assert one.rule.how.nl.format(**numbers) != one.rule.how.nl
        assert one.rule.how.en.format(**numbers) != one.rule.how.en


def test_the_most_worth_comes_first():
    outdoor_c = cold_season()
    found = scan(days_with(gas=used(outdoor_c), outdoor_c=outdoor_c), OLD_HOME, PRICES).measures
    assert [one.eur.about for one in found] == sorted((one.eur.about for one in found), reverse=True)


def test_a_degree_lower_is_what_the_home_itself_loses_per_degree():
    outdoor_c = cold_season()
    found = scan(days_with(gas=used(outdoor_c, per_degree=0.6), outdoor_c=outdoor_c), OLD_HOME, PRICES)
    degree = next(one for one in found.measures if one.code == "degree")
    numbers = dict(degree.numbers)
    assert degree.saves.about == pytest.approx(numbers["per_degree"] * numbers["days"])


def test_a_home_without_gas_is_read_from_its_electricity():
    outdoor_c = cold_season()
    power = 6.0 + 0.9 * np.maximum(16.0 - outdoor_c, 0.0)
    home = Dwelling(2020, 120, DwellingKind.CORNER, 2, HeatedBy.HEAT_PUMP)
    found = scan(days_with(electricity=power, outdoor_c=outdoor_c), home, PRICES)
    assert found.heating_unit == "kWh"
    codes = {one.code for one in found.measures}
    assert "pump_flow" in codes
    assert not codes & {"boiler_flow", "shower", "insulate", "draught"}


def test_a_home_with_a_meter_and_nothing_else_is_told_what_is_always_on():
    """A newcomer after a week: no weather, no gas, no facts."""
    found = scan(days_with(outdoor_c=np.full(8, np.nan)), Dwelling(), PRICES)
    assert [one.code for one in found.measures] == ["base"]
    assert "200 W" in found.seen[0].en
    assert "cold and less cold days" in found.seen[1].en


def test_a_tenant_reads_which_measures_are_the_landlords():
    assert {one.who for one in RULES.values()} == set(Who)
    assert RULES["insulate"].who is Who.LANDLORD
    assert RULES["draught"].who is Who.ANYBODY


def test_quarter_hours_become_days_of_the_wall():
    """Also the day that has 25 hours; gas is what its register went up by."""
    grid = PtuGrid.days(date(2025, 10, 25), 3, AMSTERDAM)
    count = len(grid)
    series = {
        "import_wh": np.full(count, 100.0),
        "export_wh": np.zeros(count),
        "pv_kw": np.full(count, np.nan),
        "outdoor_c": np.full(count, 8.0),
        "load_kw": np.full(count, 0.4),
        "gas_dm3": 1_000_000.0 + np.arange(count) * 25.0,
    }
    days = days_of(series, grid, AMSTERDAM)
    assert days.electricity_kwh.tolist() == pytest.approx([9.6, 10.0, 9.6])
    assert days.gas_m3.tolist() == pytest.approx([2.375, 2.5, 2.4])
    assert days.base_kw.tolist() == pytest.approx([0.4, 0.4, 0.4])


def test_a_day_of_which_much_is_missing_is_left_out():
    grid = PtuGrid.days(date(2025, 1, 6), 1, AMSTERDAM)
    taken = np.full(96, 100.0)
    taken[:20] = np.nan
    rest = {name: np.full(96, np.nan) for name in ("export_wh", "pv_kw", "outdoor_c", "load_kw", "gas_dm3")}
    assert np.isnan(days_of({"import_wh": taken, **rest}, grid, AMSTERDAM).electricity_kwh).all()


def test_what_cannot_be_a_home_is_refused():
    with pytest.raises(BadInput, match="building year of 19"):
        Dwelling(built=19)


HALFWAY = FIRST + timedelta(days=90)


def test_a_measure_is_seen_through_a_colder_winter():
    """More than a third of the slope gone, of which the colder second half of the winter hides most."""
    outdoor_c = cold_season()
    outdoor_c[90:] -= 5.0
    gas = used(outdoor_c, noise=0.2)
    gas[90:] = used(outdoor_c, per_degree=0.35, noise=0.2)[90:]
    assert gas[90:].sum() > 0.75 * gas[:90].sum()
    (one,) = effects(FIRST, gas, outdoor_c, [Stage("insulated", HALFWAY)])
    true = 0.25 * usual_degree_days(16.0)
    assert one.is_sure
    assert one.low < true < one.high


def test_insight_and_control_are_told_apart():
    """First a household that sees its use lowers what is always on, then steering lowers it again."""
    outdoor_c = np.full(270, np.nan)
    rng = np.random.default_rng(7)
    power = 9.0 + rng.normal(0, 0.8, 270)
    power[90:] -= 0.6
    power[180:] -= 1.0
    steered = FIRST + timedelta(days=180)
    warm = np.nan_to_num(outdoor_c, nan=18.0)
    insight, control = effects(FIRST, power, warm, [Stage("insight", HALFWAY), Stage("control", steered)])
    assert insight.low < 0.6 * 365.2425 < insight.high
    assert control.low < 1.0 * 365.2425 < control.high
    assert control.before < insight.before


def test_nine_times_in_ten_the_interval_holds_what_was_true():
    """Of days that hang together; of nothing changed it claims a saving as seldom."""
    held = 0
    for seed in range(120):
        outdoor_c = cold_season(seed=seed)
        gas = used(outdoor_c, seed=seed + 1_000)
        (one,) = effects(FIRST, gas, outdoor_c, [Stage("nothing", HALFWAY)])
        held += one.low <= 0.0 <= one.high
    assert held >= 0.84 * 120


def test_a_summer_beside_a_winter_says_nothing_of_a_year():
    outdoor_c = np.concatenate([cold_season(90), np.full(60, 21.0)])
    found = effects(FIRST, used(outdoor_c), outdoor_c, [Stage("insulated", HALFWAY)])
    assert found == (None,)


def test_two_weeks_say_nothing():
    outdoor_c = cold_season(104)
    assert effects(FIRST, used(outdoor_c), outdoor_c, [Stage("insulated", HALFWAY)]) == (None,)
