"""Fair limits: a floor for all, never more than there is, never less for more, whoever came first."""

from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laag.foundation.errors import BadInput
from laag.neighbourhood.apportion import apportioned
from laag.neighbourhood.limits import Connection, Limited, Rule, Way, curtailed, shared
from laag.neighbourhood.paragraph14a import Kind, Steerable, kept_w

NOON = datetime(2026, 1, 14, 12, tzinfo=UTC)
LATER = NOON + timedelta(hours=1)
connections = st.lists(
    st.builds(
        Connection,
        st.text("abcdefé", min_size=1, max_size=4),
        st.integers(0, 6000),
        st.integers(0, 6000),
        st.integers(0, 9),
    ),
    max_size=12,
    unique_by=lambda one: one.name,
)
capacities = st.integers(0, 40_000)
floors = st.integers(0, 1500)


def wh(found):
    return {name: part.wh for name, part in found.parts.items()}


@given(capacities, connections, floors)
def test_all_limits_together_never_exceed_the_capacity_nor_one_its_fuse(capacity, homes, floor):
    found = shared(capacity, homes, floor)
    assert sum(wh(found).values()) <= capacity
    assert all(found.parts[one.name].wh <= one.most_wh for one in homes)


@given(capacities, connections, floors)
def test_nobody_is_below_the_floor_unless_the_capacity_is_below_all_floors(capacity, homes, floor):
    found = shared(capacity, homes, floor)
    floored = {one.name: min(floor, one.most_wh) for one in homes}
    assert found.below_floor == (capacity < sum(floored.values()))
    if not found.below_floor:
        assert all(part.wh >= floored[name] for name, part in found.parts.items())


@given(st.integers(0, 9000), connections, floors)
def test_below_all_floors_everybody_has_the_same(capacity, homes, floor):
    found = shared(capacity, homes, floor)
    if not found.below_floor:
        return
    most = max(part.wh for part in found.parts.values())
    for one in homes:
        assert found.parts[one.name].wh >= min(most - 1, floor, one.most_wh)
    assert sum(wh(found).values()) == capacity


@given(capacities, st.integers(1, 3000), connections, floors)
def test_more_capacity_never_lowers_anybodys_limit(capacity, more, homes, floor):
    less, many = wh(shared(capacity, homes, floor)), wh(shared(capacity + more, homes, floor))
    assert all(many[name] >= less[name] for name in less)


@given(connections.filter(len), floors, st.integers(0, 4000))
def test_one_wh_more_goes_to_exactly_one(homes, floor, capacity):
    less, many = wh(shared(capacity, homes, floor)), wh(shared(capacity + 1, homes, floor))
    more = [many[name] - less[name] for name in less]
    assert sorted(more)[:-1] == [0] * (len(more) - 1)
    assert max(more) in {0, 1}


@given(capacities, connections, floors, st.randoms())
def test_the_order_of_arrival_does_not_matter(capacity, homes, floor, chance):
    other = list(homes)
    chance.shuffle(other)
    assert shared(capacity, homes, floor) == shared(capacity, other, floor)


@given(capacities, connections, floors)
def test_nothing_is_kept_back_while_somebody_may_have_it(capacity, homes, floor):
    found = shared(capacity, homes, floor)
    spare = capacity - sum(wh(found).values())
    if spare:
        for one in homes:
            least = one.most_wh if one.key else min(max(floor, one.band_wh), one.most_wh)
            assert found.parts[one.name].wh == least


@given(capacities, st.lists(st.integers(500, 4250), min_size=1, max_size=9))
def test_up_to_their_bands_homes_share_in_proportion_to_them(capacity, bands):
    homes = [Connection(str(i), 5000, band) for i, band in enumerate(bands)]
    capacity = min(capacity, sum(bands))
    found = shared(capacity, homes, 250)
    if found.below_floor:
        return
    above = [band - 250 for band in bands]
    left = capacity - 250 * len(bands)
    for i, over in enumerate(above):
        exact = Fraction(left * over, sum(above)) if sum(above) else 0
        assert abs(found.parts[str(i)].band_wh - exact) <= 1 + len(bands) / 2


@given(
    st.integers(0, 500),
    st.dictionaries(st.text("abcdef", min_size=1, max_size=3), st.integers(0, 40), max_size=6),
)
def test_the_quick_way_is_the_queue_itself(total, weights):
    most = {name: 20 + len(name) for name in weights}
    queue = sorted(
        (Fraction(2 * k + 1, weight), name.encode(), name)
        for name, weight in weights.items()
        if weight
        for k in range(most[name])
    )
    slow = dict.fromkeys(weights, 0)
    for _, _, name in queue[:total]:
        slow[name] += 1
    assert apportioned(total, weights, most) == slow


@given(st.dictionaries(st.text("abc", min_size=1, max_size=3), st.integers(0, 3000)), st.integers(0, 9000))
def test_the_sun_gives_way_in_proportion_to_what_each_roof_makes(makes, over):
    left = curtailed(over, makes)
    total = sum(makes.values())
    assert sum(left.values()) == max(total - over, 0)
    for name, kept in left.items():
        assert kept <= makes[name]
        # A queue that never takes back is off by more than one now and then, never by much.
        assert abs(kept - makes[name] * max(total - over, 0) / max(total, 1)) <= 1 + len(makes) / 2


@given(st.dictionaries(st.text("abc", min_size=1, max_size=3), st.integers(0, 3000)), st.integers(0, 9000))
def test_less_sun_to_give_up_is_never_more_for_somebody(makes, over):
    more, less = curtailed(over + 1, makes), curtailed(over, makes)
    assert all(less[name] >= more[name] for name in makes)


def test_a_limit_is_a_record_with_a_reason_and_an_end():
    homes = [Connection("a", 4312, 1000), Connection("b", 4312, 2000)]
    records = shared(2000, homes, 500).records(Way.TAKES, NOON, LATER, "cable 2", "dso:stedin")
    assert [(one.connection, one.wh, one.rule) for one in records] == [
        ("a", 750, Rule.SHARED),
        ("b", 1250, Rule.SHARED),
    ]
    said = records[0].say()
    assert said.en.startswith("The cable is full: until 14:00 this home can take 3.0 kW at most.")
    assert said.nl.startswith("De kabel is vol: tot 14:00 kan dit huis hooguit 3,0 kW afnemen.")


@pytest.mark.parametrize("rule", list(Rule))
@pytest.mark.parametrize("way", list(Way))
def test_every_rule_has_its_sentence_in_both_languages(rule, way):
    said = Limited("a", way, 500, None, NOON, LATER, rule, "cable 2", "dso:x").say()
    assert said.nl.endswith(".")
    assert said.en.endswith(".")
    assert "{" not in said.nl + said.en


def test_a_limit_without_an_end_is_none():
    with pytest.raises(BadInput, match="ends after it begins"):
        Limited("a", Way.TAKES, 500, None, NOON, NOON, Rule.SHARED, "cable 2", "dso:x")


def test_two_of_one_name_do_not_share_twice():
    with pytest.raises(BadInput, match="share a name"):
        shared(100, [Connection("a", 1, 1), Connection("a", 1, 1)], 0)


@pytest.mark.parametrize(
    ("devices", "one_manager", "kept"),
    [
        ([], True, 0),
        ([(Kind.CHARGER, 3700)], True, 0),
        ([(Kind.CHARGER, 11_000)], True, 4200),
        ([(Kind.CHARGER, 11_000), (Kind.BATTERY, 5000)], True, 4200 + 3360),
        ([(Kind.HEAT_PUMP, 12_000)], False, 4800),
        ([(Kind.HEAT_PUMP, 12_000), (Kind.CHARGER, 22_000)], True, 4800 + 3360),
        ([(Kind.CHARGER, 11_000)] * 9, True, 4200 + 8 * 1890),
    ],
)
def test_what_german_law_leaves_to_large_devices(devices, one_manager, kept):
    assert kept_w([Steerable(*one) for one in devices], one_manager=one_manager) == kept


@given(
    st.lists(st.builds(Steerable, st.sampled_from(Kind), st.integers(0, 25_000)), max_size=12), st.booleans()
)
def test_german_law_never_leaves_more_than_the_devices_take(devices, one_manager):
    kept = kept_w(devices, one_manager=one_manager)
    assert 0 <= kept <= sum(one.most_w for one in devices)
