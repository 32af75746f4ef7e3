"""What the grid operator is shown: no sum of fewer than ten homes, neither given nor by subtraction."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from laag.foundation.errors import LaagError
from laag.neighbourhood.prognosis import FLOOR, Point, atoms, may_be_shown_again, prognoses


@st.composite
def trees(draw):
    """Points under points, each with some homes of its own."""
    count = draw(st.integers(1, 9))
    points, homes = [], 0
    for i in range(count):
        own = draw(st.integers(0, 14))
        parent = None if i == 0 else f"p{draw(st.integers(0, i - 1))}"
        limit = draw(st.integers(0, 9000))
        points.append(Point(f"p{i}", parent, tuple(range(homes, homes + own)), limit, limit))
        homes += own
    return points, homes


@given(trees(), st.integers(0, 2**31))
def test_from_what_is_shown_nobody_computes_fewer_than_ten_homes(tree, seed):
    points, homes = tree
    planned = np.random.default_rng(seed).integers(-3000, 4000, (homes, 4))
    shown = prognoses(points, planned)
    assert all(len(group) >= FLOOR for group in atoms(points, homes, shown))


@given(trees(), st.integers(0, 2**31))
def test_a_row_of_sums_tells_no_fewer_than_ten_homes_apart_by_any_arithmetic(tree, seed):
    """Of the vectors that a linear combination of what is shown can reach, none has a support of one to nine homes within an atom."""
    points, homes = tree
    planned = np.random.default_rng(seed).integers(-3000, 4000, (homes, 4))
    shown = prognoses(points, planned)
    groups = atoms(points, homes, shown)
    below = {name: set() for name in shown}
    for point in points:
        at = point
        while at is not None:
            below[at.name] |= set(point.homes)
            at = next((one for one in points if one.name == at.parent), None)
    for name, one in shown.items():
        if one.wh is not None:
            for group in groups:
                assert set(group) <= below[name] or not set(group) & below[name]


@given(trees(), st.integers(0, 2**31))
def test_what_is_shown_is_the_sum_and_every_home_is_in_some_sum(tree, seed):
    points, homes = tree
    planned = np.random.default_rng(seed).integers(-3000, 4000, (homes, 4))
    shown = prognoses(points, planned)
    if homes >= FLOOR:
        root = shown["p0"]
        assert (root.wh == planned.sum(axis=0)).all()
        assert all(one.within is not None for one in shown.values())
    else:
        assert all(one.wh is None for one in shown.values())


@given(trees(), st.integers(0, 2**31))
def test_of_a_small_cable_the_operator_still_learns_whether_it_would_be_overloaded(tree, seed):
    points, homes = tree
    planned = np.random.default_rng(seed).integers(-3000, 4000, (homes, 4))
    for point in points:
        if any(one.parent == point.name for one in points):
            continue
        total = planned[list(point.homes)].sum(axis=0)
        over = (total > point.import_max_wh) | (total < -point.export_max_wh)
        assert (prognoses(points, planned)[point.name].overloaded == over).all()


def test_two_cables_of_a_dozen_are_both_shown():
    points = [
        Point("t", None, (), 1, 1),
        Point("a", "t", tuple(range(12)), 1, 1),
        Point("b", "t", tuple(range(12, 24)), 1, 1),
    ]
    assert all(one.wh is not None for one in prognoses(points, np.ones((24, 1), int)).values())


def test_one_home_that_changes_its_plan_is_not_seen_to():
    assert not may_be_shown_again(["nr-07"])
    assert may_be_shown_again([f"nr-{i:02d}" for i in range(10)])


@pytest.mark.parametrize(
    "points",
    [
        [Point("a", "b", (0,), 1, 1)],
        [Point("a", None, (0,), 1, 1), Point("a", None, (), 1, 1)],
        [Point("a", None, (), 1, 1)],
        [Point("a", "b", (0,), 1, 1), Point("b", "a", (), 1, 1)],
    ],
)
def test_a_tree_that_is_none_is_refused(points):
    with pytest.raises(LaagError):
        prognoses(points, np.ones((1, 1), int))
