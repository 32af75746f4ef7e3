"""The grid operator's wires on its page: how full, as far as few homes allow."""

import re

import numpy as np
import pytest
from tests.apps.street.paged_street import street
from tests.cycle.living_street import FIRST, simulated

from laag.apps.access import Role
from laag.apps.street.wired import places
from laag.cycle.live.views.wires import wires

NOON = 50


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    with street(tmp_path_factory.mktemp("street")) as made:
        yield made


def loaded(place, day=FIRST):
    running = place.running
    return wires(place.site.state, running.wires, places(running.records, running.wires), day)


def test_what_flows_through_the_transformer_is_what_all_meters_measured_and_a_little_lost(place):
    _, _, days = simulated()
    measured_kw = days[0].readings.offtake_wh.sum(axis=0) / 250
    found = loaded(place)
    assert found.measured.all()
    rated_kw = place.running.wires.rated_kw[0]
    assert np.allclose(found.loading[0] * rated_kw, np.abs(measured_kw), atol=0.6)
    assert found.unknown == ()
    assert found.homes[0] == len(simulated()[0].street.homes)
    assert (found.low_v > 225).all()
    assert (found.high_v < 245).all()


def test_the_operator_sees_each_cable_in_per_cent_at_the_chosen_quarter_hour(place):
    page = place.ask(Role.OPERATOR).get(f"/grid?day={FIRST}&ptu={NOON}").text
    found = loaded(place)
    assert f"{round(100 * found.loading[0, NOON])} %" in page
    steps = re.search(r'<span class="n" data-steps="([^"]+)"', page)[1].split()
    assert [int(one) for one in steps] == [round(100 * one) for one in found.loading[0].tolist()]
    assert "The grid as a tree" in page
    assert "The voltage lies" not in page, "six homes are too few"


def test_the_grid_operator_sees_of_few_homes_only_whether_a_cable_is_too_full(place):
    page = place.ask(Role.GRID).get(f"/grid?day={FIRST}&ptu={NOON}").text
    told = re.findall(r'class="n" data-steps="([^"]+)"', page)
    assert told
    assert all(set(one.split()) == {"-"} for one in told)
    assert "yellow" not in " ".join(re.findall(r'data-kinds="([^"]+)"', page))


def test_a_day_of_which_nothing_is_known_is_not_drawn_as_empty(place):
    later = loaded(place, FIRST.replace(day=31))
    assert np.isnan(later.loading).all()
    assert set(later.regimes[0]) == {None}


def test_without_wires_the_page_is_as_it_was(place):
    kept, place.running.wires = place.running.wires, None
    try:
        assert "The grid as a tree" not in place.ask(Role.OPERATOR).get("/grid").text
    finally:
        place.running.wires = kept
