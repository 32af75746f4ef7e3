"""Which band a home chooses: by its own past and a stated rule."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from laag.adapters import facts
from laag.apps.wiring import Options, run_of, street_of
from laag.cycle.subscribing import cheapest_kw, past_kw, subscribed
from laag.foundation.errors import BadInput
from laag.neighbourhood.bandwidth import BANDS_KW
from laag.settlement.bands import BEYOND, kw_of, name_of, yearly_units
from laag.settlement.policy import net_value

FACTS = facts.load(date(2026, 1, 1))
OPTIONS = Options(homes=12, days=1, policy="layered-bandwidth")


@given(st.lists(st.integers(-4000, 4000), min_size=1, max_size=40))
def test_no_other_band_would_have_been_cheaper(past):
    chosen = cheapest_kw(np.array(past), FACTS)
    beyond = net_value(FACTS, BEYOND)
    resting = min(beyond, net_value(FACTS, "feed_in_compensation"))

    def cost(kw):
        used = sum(max(wh - 250 * kw, 0) * beyond + max(-wh - 250 * kw, 0) * resting for wh in past)
        return yearly_units(FACTS, kw) + used * 365 * 96 / len(past)

    assert cost(chosen) <= min(map(cost, BANDS_KW)) + 1


@given(st.lists(st.integers(-4000, 4000), min_size=1, max_size=40), st.integers(0, 2000))
def test_who_took_more_never_chooses_a_smaller_band(past, more):
    took = np.abs(np.array(past))
    assert cheapest_kw(took, FACTS) <= cheapest_kw(took + more, FACTS)


def test_every_home_of_a_street_has_a_band_and_a_heat_pump_asks_for_a_wider_one():
    homes = run_of(OPTIONS).street.homes
    bands = {home.house.name: kw_of(home.connection) for home in homes}
    assert set(bands.values()) <= set(BANDS_KW)
    pumps = [bands[home.house.name] for home in homes if home.house.heat_pump]
    others = [bands[home.house.name] for home in homes if not home.house.heat_pump]
    assert np.mean(pumps) > np.mean(others)


def test_under_another_policy_connections_stay_what_they_were():
    homes = run_of(replace(OPTIONS, policy="layered")).street.homes
    assert {home.connection for home in homes} == {"3x25A"}


def test_a_band_that_a_street_file_names_is_kept_and_only_the_past_decides_about_others():
    street, first, _ = street_of(OPTIONS)
    named = replace(street, homes=(replace(street.homes[0], connection=name_of(17)), *street.homes[1:]))
    chosen = subscribed(named, first, FACTS).homes
    assert chosen[0].connection == "17 kW"
    until = 14 * 96
    later = street.homes[1].load_kw.values.copy()
    later[until:] += 50
    changed = replace(street.homes[1], load_kw=replace(street.homes[1].load_kw, values=later))
    others = replace(street, homes=(street.homes[0], changed, *street.homes[2:]))
    assert subscribed(others, first, FACTS).homes[1].connection == chosen[1].connection


def test_without_a_past_it_has_the_band_that_the_tariff_of_today_reckons_with():
    street, first, _ = street_of(OPTIONS)
    begins = replace(street, grid=street.grid.window(14 * 96, len(street.grid)))
    assert {home.connection for home in subscribed(begins, first, FACTS).homes} == {"4 kW"}


def test_a_cars_kwh_are_spread_over_its_stay():
    street, _, _ = street_of(OPTIONS)
    home = next(home for home in street.homes if home.house.charger and home.sessions)
    stay = home.sessions[1]
    past = slice(0, 14 * 96)
    with_car = past_kw(street, home, past)
    without = past_kw(street, replace(home, sessions=()), past)
    needs = (stay.wanted_kwh - stay.stored_kwh) / home.house.charger.efficiency
    assert (with_car - without)[stay.arrives : stay.departs].sum() / 4 == pytest.approx(needs)


def test_a_connection_nobody_knows_is_refused_by_name():
    with pytest.raises(BadInput, match="is no connection"):
        kw_of("wide")
