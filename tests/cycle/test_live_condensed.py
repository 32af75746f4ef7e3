"""What is put away, or laid down and found again, is what it was: whatever the history, and wherever it is cut."""

from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.cycle.any_history import everything, folded, histories
from tests.cycle.any_street import FIRST, PLACE, Street, after

from laag.cycle import live
from laag.cycle.live import fold
from laag.cycle.live.condensed import condensed, expanded, packed, unpacked
from laag.cycle.live.put_away import PutAway
from laag.cycle.live.spread import Filed, Spread
from laag.cycle.live.state import Details
from laag.cycle.live.views import bill
from laag.foundation.words import Said


def again(state):
    """The state from its bytes alone."""
    bytes_ = condensed(state, {})
    return expanded(bytes_.tree, bytes_.pieces.__getitem__, PLACE)


@settings(max_examples=15, deadline=None)
@given(histories(), st.floats(0, 1))
def test_from_any_point_on_a_laid_down_state_is_told_the_rest_as_if_it_had_lived(told, part):
    cut = round(part * len(told))
    before, _ = folded(told[:cut])
    lived, became = folded(told[cut:], before)
    laid_down = again(before)
    assert everything(laid_down) == everything(before)
    restored, became_again = folded(told[cut:], laid_down)
    assert became_again == became
    assert everything(restored) == everything(lived)


@settings(max_examples=8, deadline=None)
@given(histories())
def test_nobody_sees_that_days_were_put_away(told):
    lived, became = folded(told)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fold, "lighter", lambda state: state)
        heavy, became_heavy = folded(told)
    assert became == became_heavy
    assert everything(lived) == everything(heavy)
    first, last = FIRST, FIRST + timedelta(days=2)
    for member in [*heavy.members, "stranger"]:
        assert repr(bill(lived, member, first, last)) == repr(bill(heavy, member, first, last))


def test_all_but_the_newest_settled_day_are_put_away_and_take_a_tenth():
    state = after(Street(4, 3, 1).messages())
    first, second, third = (state.day(FIRST + timedelta(days=n)) for n in range(3))
    assert isinstance(first.details, PutAway)
    assert isinstance(second.details, PutAway)
    assert isinstance(third.details, Details)
    assert isinstance(first.metered, Filed)
    assert first.row_of is third.row_of, "who takes part is kept once"


def test_a_day_of_which_nothing_changed_is_the_same_piece():
    street = Street(3, 3, 2)
    state = after(street.messages())
    one = condensed(state, {})
    more = live.Metered("member-000", street.last, 10_000, np.array([3]), np.array([77]))
    state, _ = live.apply(state, more)
    other = condensed(state, one.days)
    assert other.days[FIRST] is one.days[FIRST]
    assert len(other.pieces.keys() - one.pieces.keys()) == 1, "the last day's readings, and no details"
    assert condensed(state, {}).pieces.keys() == other.pieces.keys()


columns = st.lists(st.integers(-(2**63), 2**63 - 1), max_size=6).map(lambda one: np.array(one, np.int64))
words = st.text(max_size=5)
values = st.recursive(
    st.none() | st.booleans() | st.integers() | words | st.dates() | st.binary(max_size=5) | columns,
    lambda some: (
        st.lists(some, max_size=4).map(tuple)
        | st.dictionaries(words, some, max_size=4)
        | st.dictionaries(words, some, max_size=4).map(lambda one: Spread.of(one.items()))
        | st.dictionaries(st.integers(), columns, max_size=4)
        | st.dictionaries(words, st.builds(live.Rows, *[columns] * 5), max_size=3)
        | st.builds(Said, words, words)
    ),
    max_leaves=12,
)


def plain(value):
    match value:
        case np.ndarray():
            return ("array", value.dtype.name, value.tolist())
        case live.Rows():
            return ("rows", *(plain(getattr(value, name)) for name in value.__slots__))
        case dict() | Spread():
            return (type(value).__name__, [(key, plain(one)) for key, one in value.items()])
        case tuple():
            return tuple(plain(one) for one in value)
        case _:
            return value


@settings(max_examples=100, deadline=None)
@given(values)
def test_any_value_comes_back_from_its_bytes(value):
    assert plain(unpacked(packed(value), {"Said": Said})) == plain(value)


def test_what_is_not_of_a_known_type_does_not_come_out():
    with pytest.raises(KeyError):
        unpacked(packed(Said("ja", "yes")))
    with pytest.raises(TypeError, match="list is not packed"):
        packed([1])


@pytest.mark.parametrize("table", [np.zeros((3, 96)), np.full((2, 5), -7), np.array([[True, False]])])
def test_tables_come_back_with_their_shape_and_kind(table):
    found = unpacked(packed(table))
    assert (found.dtype, found.shape, found.tolist()) == (table.dtype, table.shape, table.tolist())
