"""The colours of a living street's cables: by chance for what is to come, by measurement for what was, with memory, out of the log."""

import numpy as np
import pytest
from tests.cycle.limited_street import DAY, EVE, FREE, NAMES, PLACES, cleared, network, told
from tests.cycle.test_live_looking import LAST, after, at, history

from laag.cycle import live
from laag.cycle.fingerprint import fingerprint
from laag.cycle.live.views.wires import wires
from laag.neighbourhood.regime import Regime, Why, say

pytest.importorskip("power_grid_model")

NET = network(35.0, 25.0)


def kinds(loaded, row=0):
    return [None if one is None else one[0] for one in loaded.regimes[row]]


def test_what_is_likely_is_yellow_and_where_the_street_limits_orange_and_never_red():
    state = history(1.6)
    watched, limited = (wires(state, NET, PLACES, LAST, limits=does) for does in (False, True))
    assert set(kinds(watched)) == {Regime.GREEN, Regime.YELLOW}
    assert set(kinds(limited)) == {Regime.GREEN, Regime.ORANGE, Regime.YELLOW}
    likely = [ptu for ptu in range(len(FREE.grid(LAST))) if watched.chance[0, ptu] >= 0.2]
    assert likely
    assert all(kinds(limited)[ptu] is Regime.ORANGE for ptu in likely)
    reason = watched.regimes[0][likely[0]][1]
    assert reason.why is Why.LIKELY
    chance = round(100 * watched.chance[0, likely[0]])
    assert say(reason).en.startswith(f"The chance that this cable becomes too full is {chance} %")


def test_measured_loading_goes_before_any_chance():
    state = history(1.6)
    calm = after(state, LAST, 900, 0.2, until=75)
    full = after(state, LAST, 900, 3.0, until=75)
    for lived, worst in ((calm, Regime.GREEN), (full, Regime.RED)):
        found = wires(lived, NET, PLACES, LAST)
        assert found.measured[:75].all()
        assert np.isnan(found.chance[:, :75]).all()
        assert max(kinds(found)[:75]) is worst


def test_a_colour_goes_on_over_midnight_until_it_was_calm_for_long_enough():
    state = cleared(EVE, DAY, most_wh=300)
    wh = np.full((len(NAMES), 96), 100)
    wh[:, -1] = 1_000  # the last quarter-hour of the evening
    for row, name in enumerate(NAMES):
        state = told([live.Metered(name, EVE, 90, np.arange(96), wh[row])], state)
    found = wires(state, NET, PLACES, DAY)
    assert kinds(found)[0] is Regime.RED
    assert Regime.GREEN in kinds(found)[:12]
    assert kinds(found)[:12] == sorted(kinds(found)[:12], reverse=True), "one step at a time"


def test_the_same_log_gives_the_same_colours_and_nothing_of_them_is_stored():
    one, other = (wires(history(1.6), NET, PLACES, LAST, limits=True) for _ in range(2))
    assert fingerprint((one.loading, one.chance, one.measured)) == fingerprint(
        (other.loading, other.chance, other.measured)
    )
    assert one.regimes == other.regimes


def test_a_street_of_which_nothing_is_heard_any_more_is_red_and_what_is_to_come_is_not():
    state = after(cleared(EVE, most_wh=300), EVE, 90, 1.0, until=40)
    now = at(EVE, 44)
    found = wires(state, NET, PLACES, EVE, now)
    assert kinds(found)[39] is Regime.GREEN
    assert kinds(found)[41] is Regime.RED
    assert found.regimes[0][41][1].why is Why.SILENT
    assert kinds(found, row=1)[41] is not Regime.RED, "of six homes that are silent nobody says so"
    assert Regime.RED not in kinds(wires(state, NET, PLACES, EVE, at(EVE, 41)))


def test_nobody_outside_learns_of_fewer_than_ten_homes_nor_by_subtraction():
    found = wires(cleared(EVE), NET, PLACES, EVE)
    assert found.homes.tolist() == [12, 6, 6]
    assert found.may_be_shown().tolist() == [True, False, False]


def test_a_member_knows_the_cables_its_power_comes_through():
    found = wires(cleared(EVE), NET, PLACES, EVE)
    names = [one.name for one in NET.branches]
    assert [names[row] for row in found.around(NAMES[0])] == ["left", "street"]
    assert [names[row] for row in found.around(NAMES[1])] == ["right", "street"]
    assert found.around("stranger") == ()
