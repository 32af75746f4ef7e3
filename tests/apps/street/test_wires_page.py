"""The grid operator's wires on its page: how full, as far as few homes allow."""

import re
from datetime import timedelta

import numpy as np
import pytest
from tests.apps.street.paged_street import ordered_again, street
from tests.cycle.living_street import FIRST, simulated

from laag.apps.access import Role
from laag.apps.street.taking import Told
from laag.apps.street.wired import places
from laag.cycle.live.views.export import export
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


@pytest.fixture(scope="module")
def thin(tmp_path_factory):
    """A street whose wires bear a fifth of what they do, and that limits."""
    with street(tmp_path_factory.mktemp("thin"), thin=0.12) as made:
        made.run(made.running.keeper.ask([Told(one) for one in ordered_again()]))
        made.run(made.running.wired.look())
        yield made


def limited_ptu(made):
    """A quarter-hour of the third day, of which nothing is metered yet, in which somebody is limited."""
    day = FIRST + timedelta(days=2)
    known = made.site.state.day(day)
    assert known.limited
    return day, int(known.limited[-1].runs.first[0])


def test_the_operator_sees_how_many_are_limited_and_the_chance_of_each_cable(thin):
    day, ptu = limited_ptu(thin)
    page = thin.ask(Role.OPERATOR).get(f"/grid?day={day}&ptu={ptu}").text
    assert "Homes with a limit on what they take, in this quarter-hour: 6" in page
    assert "chance that this cable becomes too full" in page
    assert "g-orange" in page
    dutch = thin.ask(Role.OPERATOR, "nl").get(f"/grid?day={day}&ptu={ptu}").text
    assert "kans dat deze kabel te vol raakt" in dutch


def test_the_grid_operator_learns_no_chance_of_few_homes(thin):
    day, ptu = limited_ptu(thin)
    page = thin.ask(Role.GRID).get(f"/grid?day={day}&ptu={ptu}").text
    assert "chance that this cable" not in page
    assert "Fewer than ten homes have a limit" in page


def test_a_resident_sees_the_colour_of_its_own_cable_and_what_it_means(thin):
    day, ptu = limited_ptu(thin)
    page = thin.ask(Role.RESIDENT, member=thin.members[0]).get(f"/?day={day}&ptu={ptu}").text
    told = re.search(r'Your cable: <span class="regime g-(\w+)">(\w+)</span>. ([^<]+)', page)
    assert told
    assert told[1] == told[2]
    assert told[3].startswith(("The ", "With ", "There ", "It "))
    assert "Your cable" not in thin.ask(Role.OPERATOR).get("/").text


def test_a_member_takes_its_limits_along_with_all_that_is_kept_of_it(thin):
    tables = export(thin.site.state, [], thin.members[0])
    assert {"begins", "ends", "way", "wh", "rule", "point", "source"} == set(tables["limits"][0])


def test_the_operator_reads_what_this_server_does_not_do_and_lets_held_prices_go(thin):
    asking = thin.ask(Role.OPERATOR)
    assert "What this server does not do" in asking.get("/operator").text
    assert "Wat deze server niet doet" in thin.ask(Role.OPERATOR, "nl").get("/operator").text
