"""What is known of many members is what a dictionary would know, and what was known before stays as it was."""

from hypothesis import given
from hypothesis import strategies as st

from laag.cycle.live.spread import Spread

entries = st.lists(st.tuples(st.text(max_size=3), st.integers()), max_size=200)


@given(entries)
def test_it_says_what_a_dictionary_says(said):
    spread, plain = Spread(), {}
    for key, value in said:
        spread = spread.plus(key, value)
        plain[key] = value
        assert spread.get(key) == value
    assert spread == plain
    assert len(spread) == len(plain) == len(list(spread))
    assert sorted(spread.items()) == sorted(plain.items())
    assert "no such key" not in spread


@given(entries, entries)
def test_what_was_known_before_stays_as_it_was(first, then):
    before = Spread()
    for key, value in first:
        before = before.plus(key, value)
    after, told = before, dict(before)
    for key, value in then:
        after = after.plus(key, value)
    assert before == told == dict(first)


@given(st.dictionaries(st.text(max_size=3), st.integers(), max_size=80))
def test_in_which_order_members_spoke_does_not_matter(entries):
    one, other = Spread(), Spread()
    for key in entries:
        one = one.plus(key, entries[key])
    for key in reversed(entries):
        other = other.plus(key, entries[key])
    assert one == other
