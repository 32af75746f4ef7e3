"""Who gains in a living street: what the bills say, shared again by each key, and nothing of fewer than ten homes."""

import pytest
from hypothesis import given, settings
from tests.cycle.any_street import Street, after, streets

from laag.cycle.live import views
from laag.cycle.live.views.gains import NOW, gains, gains_of
from laag.neighbourhood.sharing.fairness import FLOOR
from laag.neighbourhood.sharing.trading import Trading
from laag.settlement.sums import Own


def street(homes=24, days=1):
    return after(Street(homes, days, 4).messages())


@given(streets())
@settings(max_examples=10)
def test_every_key_shares_what_all_gained(some):
    found = gains(after(some.messages()))
    for column in found.columns.values():
        assert column.sum() == found.whole_units


@given(streets())
@settings(max_examples=10)
def test_a_gain_is_what_trade_cost_less_than_outside(some):
    state = after(some.messages())
    lived = views.period(state, min(state.days), max(state.days))
    found = gains_of(lived)
    for row, one in enumerate(Own(*each) for each in lived.own.tolist()):
        outside = one.bought_outside_units + one.sold_outside_units
        amended = one.intraday_bought_outside_units + one.intraday_sold_outside_units
        paid = one.bought_units + one.sold_units + one.intraday_bought_units + one.intraday_sold_units
        assert found.columns[NOW][row] == outside + amended - paid


def test_what_one_is_to_others_is_by_the_meters_of_all_days():
    state = street(homes=12, days=2)
    lived = views.period(state, min(state.days), max(state.days))
    found = gains_of(lived)
    total = 0
    for one in lived.wholes:
        net, prices = one.done.readings.wh, (one.market.landed_ticks, one.market.export_ticks)
        total += Trading(net, *prices).whole() - Trading(net[1:], *prices).whole()
    assert found.others_units[0] == total


def test_no_group_has_fewer_than_ten_homes_and_of_nine_nothing_is_told():
    found = gains(street())
    assert any(found.groups(way) for way in found.ways)
    assert all(len(group.rows) >= FLOOR for way in found.ways for group in found.groups(way))
    few = gains(street(homes=9))
    assert not any(few.groups(way) for way in few.ways)
    assert few.unequal(NOW) == (None, None)


def test_the_lowest_third_is_told_where_it_is_ten_homes():
    assert gains(street(homes=24)).unequal("equal")[1] is None
    assert gains(street(homes=30)).unequal("equal")[1] == pytest.approx(1 / 3)


def test_a_member_reads_its_own_and_nobody_elses():
    found = gains(street())
    first, other = found.members[:2]
    assert found.of(first) != found.of(other)
    assert not any(name in one.nl + one.en for one in found.of(first) for name in found.members)
    assert found.of("a stranger") == ()
    assert all(one.nl and one.en and "{" not in one.nl + one.en for one in found.of(first))


def test_of_fewer_than_ten_homes_a_member_reads_nothing_of_all_together():
    """Of two homes, what all gained less what is mine is my neighbour's."""
    (said,) = gains(street(homes=9)).of(gains(street(homes=9)).members[0])
    assert "street" not in said.en
    assert len(gains(street(homes=10)).of(gains(street(homes=10)).members[0])) == 2


def test_a_bill_says_the_same_gain():
    state = street(homes=12)
    lived = views.period(state, min(state.days), max(state.days))
    found = gains_of(lived)
    assert all(views.gain_of(lived, member) == found.of(member)[0] for member in found.members)
    assert views.gain_of(lived, "a stranger") is None


def test_before_a_day_is_settled_there_is_nothing():
    assert gains(after(Street(12, 1, 4).joins())) is None


def test_who_has_panels_only_is_told_apart_from_who_can_move_something():
    found = gains(street())
    assert set(found.ways["devices"]) <= {"nothing", "sun", "moves", "both"}
    assert len(set(found.ways["devices"])) > 1
