"""Whatever comes, in whatever order: nothing raises, what is refused changes nothing, and every booking sums to zero."""

from datetime import date, timedelta

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from laag.apps.wiring import Options, terms_of
from laag.cycle import live
from laag.settlement.books import check

FIRST = date(2026, 3, 28)
TERMS = terms_of(Options(policy="layered", rule="layered"))
STREET = live.Neighbourhood("Kade", TERMS, FIRST, (live.Cable("north", 20.0, 20.0),), 40.0, 40.0)

members = st.sampled_from(["no-1", "no-2", "no-3", "stranger"])
days = st.integers(-1, 2).map(lambda n: FIRST + timedelta(days=n))
numbers = st.integers(-1, 12)
lengths = st.sampled_from([0, 1, 2, 92, 96])
whole = st.integers(-(2**41), 2**41)
tame = st.integers(0, 95)


def column(values, count):
    return st.lists(values, min_size=count, max_size=count).map(lambda one: np.array(one, np.int64))


@st.composite
def orders(draw, kind=live.Ordered):
    count = draw(st.integers(0, 4))
    wild = draw(st.booleans())
    rows = live.Rows(
        draw(column(whole if wild else st.integers(0, 6), count)),
        draw(column(whole if wild else tame, count)),
        draw(column(whole if wild else st.integers(0, 1), count)),
        draw(column(whole if wild else st.integers(1, 4_000), count)),
        draw(
            column(whole if wild else st.integers(-20_000, 60_000), draw(st.sampled_from([count, count, 1])))
        ),
    )
    return kind(draw(members), draw(days), draw(numbers), rows)


@st.composite
def quotes(draw):
    count = draw(st.integers(0, 3))
    ptu = draw(column(st.one_of(tame, st.integers(-3, 99)), count))
    buy, sell = (
        draw(column(st.one_of(st.integers(-50_000, 400_000), whole), length)) for length in (count, count)
    )
    lowest = draw(st.booleans())
    return live.Intraday(draw(days), ptu, buy, np.minimum(buy, sell) if lowest else sell, "somebody")


@st.composite
def readings(draw):
    count = draw(st.integers(0, 5))
    ptu = draw(column(st.one_of(tame, st.integers(-3, 99)), count))
    wh = draw(column(st.one_of(st.integers(-3_000, 3_000), whole), count))
    return live.Metered(draw(members), draw(days), draw(numbers), ptu, wh)


def prices(count):
    return np.random.default_rng(count).integers(-50_000, 400_000, count)


messages = st.one_of(
    st.builds(live.Joined, members, days, st.sampled_from(["", "north", "moon"])),
    st.builds(
        live.Changed,
        members,
        days,
        st.sampled_from(["", "north", "moon"]),
        st.sampled_from(["3x25A", "3x35A", "huge"]),
    ),
    st.builds(live.Left, members, days),
    orders(),
    orders(),
    orders(live.Amended),
    quotes(),
    st.builds(live.RoundClosed, days, st.one_of(tame, whole), st.booleans()),
    readings(),
    st.builds(live.Closed, days),
    st.builds(lambda day, count: live.Priced(day, prices(count), "somebody"), days, lengths),
    st.builds(
        lambda day, a, b: live.Imbalanced(day, prices(a), prices(b), "somebody"), days, lengths, lengths
    ),
    st.builds(live.Settle, days),
)


def begun():
    """Two members, the first day priced and ready to be settled."""
    state = live.begin(STREET)
    for message in (
        live.Joined("no-1", FIRST),
        live.Joined("no-2", FIRST, "north"),
        live.Priced(FIRST, prices(96), "exchange"),
        live.Imbalanced(FIRST, prices(96), prices(96), "operator"),
    ):
        state, _ = live.apply(state, message)
    return state


@given(st.lists(messages, max_size=30))
@settings(max_examples=150, deadline=None)
def test_nothing_raises_nothing_refused_counts_and_all_sums_to_zero(said):
    state = begun()
    for message in [*said, live.Closed(FIRST), live.Settle(FIRST)]:
        before = state
        state, effects = live.apply(state, message)
        for effect in effects:
            if isinstance(effect, live.Refused):
                assert state is before
                assert effect.why.nl
                assert effect.why.en
                assert effect.message is message
            if isinstance(effect, live.DaySettled):
                check(effect.postings)
                check(state.day(effect.day).posted)
    assert state.day(FIRST).posted is not None


@st.composite
def later(draw):
    """What is said of the first day's quarter-hours while it is lived."""
    said = draw(st.lists(st.one_of(orders(live.Amended), quotes(), st.builds(live.RoundClosed, days, tame))))
    rounds = [live.RoundClosed(FIRST, ptu) for ptu in range(96)]
    return [live.Closed(FIRST), *said, *rounds]


@given(later())
@settings(max_examples=50, deadline=None)
def test_whatever_is_amended_the_day_is_settled_and_sums_to_zero(said):
    state = begun()
    for message in [*said, live.Settle(FIRST)]:
        before = state
        state, effects = live.apply(state, message)
        if any(isinstance(effect, live.Refused) for effect in effects):
            assert state is before
    assert not state.waiting_rounds(FIRST)
    check(state.day(FIRST).posted)


@given(st.lists(messages, max_size=20))
@settings(max_examples=50, deadline=None)
def test_the_log_of_what_was_taken_gives_the_same_books(said):
    state, taken = begun(), []
    for message in [*said, live.Closed(FIRST), live.Settle(FIRST)]:
        after, effects = live.apply(state, message)
        if not any(isinstance(effect, live.Refused) for effect in effects):
            taken.append(live.to_event(message))
        state = after
    again = begun()
    for event in taken:
        again, effects = live.apply(again, live.from_event(event))
        assert not any(isinstance(effect, live.Refused) for effect in effects)
    for day, known in state.days.items():
        ours, theirs = known.posted, again.days[day].posted
        assert (ours is None) == (theirs is None)
        if ours is not None:
            assert ours.amount_units.tolist() == theirs.amount_units.tolist()
