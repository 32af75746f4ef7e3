"""What goes on the shared record: everybody's own lines, the book first, and accounts that sum to zero."""

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.cycle.any_street import PLACE, Street, streets
from tests.cycle.test_live_intraday import Amending

from laag.cycle import live
from laag.cycle.commit import STREET, at_hand, following, keys_at, line_of
from laag.cycle.live import views


def committed(messages):
    """All commitments of a street's life, and the state at its end."""
    state, found = live.begin(PLACE), []
    for message in messages:
        state, effects = live.apply(state, message)
        found += following(state, message, effects)
    return state, found


@given(streets())
@settings(max_examples=30)
def test_a_day_is_committed_in_order_and_every_key_once(street):
    _, found = committed(street.messages())
    keys = [one.key for one in found]
    assert len(set(keys)) == len(keys)
    for day in street.dates:
        mine = [key.split("/")[0] for key in keys if str(day) in key and "intraday" not in key]
        assert mine[:4] == ["book", "clear", "meter", "settle"]
        versions = [one.version for one in found if one.kind == "settle" and one.period == str(day)]
        assert versions == list(range(1, len(versions) + 1))
    for at, one in enumerate(found):
        if one.kind == "clear":
            assert "book" + one.key.removeprefix("clear") in keys[:at]


@given(streets())
@settings(max_examples=30)
def test_a_members_line_is_its_day_on_the_page_and_all_accounts_sum_to_zero(street):
    state, found = committed(street.messages())
    newest = {one.period: one for one in found if one.kind == "settle"}
    for day in street.dates:
        lines = newest[str(day)].lines
        assert sum(sum(line["amount_units"]) for line in lines.values()) == 0
        assert sum(sum(line["energy_wh"]) for line in lines.values()) == 0
        for member in street.members:
            assert sum(lines[member]["amount_units"]) == views.day_of(state, member, day).units
        assert {whose for whose in lines if not whose.startswith(STREET)} == set(street.members)


@given(streets())
@settings(max_examples=20)
def test_fills_stand_row_by_row_beside_what_was_ordered(street):
    state, found = committed(street.messages())
    by_key = {one.key: one for one in found}
    for one in found:
        if one.kind != "clear":
            continue
        book = by_key["book" + one.key.removeprefix("clear")]
        for member, line in one.lines.items():
            if member.startswith(STREET):
                continue
            ordered = book.lines[member]
            assert len(line["fill_wh"]) == len(ordered["quantity_wh"])
            assert all(wh <= asked for wh, asked in zip(line["fill_wh"], ordered["quantity_wh"], strict=True))
    day = street.dates[0]
    member = street.members[0]
    mine = by_key[f"clear/day-ahead/{day}/1"].lines.get(member, {"fill_units": []})
    traded = state.day(day).market.traded
    row = [one.member for one in state.day(day).members].index(member)
    assert sum(mine["fill_units"]) == int((traded.bought_units + traded.sold_units)[row].sum())


def test_a_line_says_what_it_is_a_line_of_and_whose():
    _, found = committed(Street(2, 1, 6).messages())
    for one in found:
        for whose, line in one.lines.items():
            assert (line["kind"], line["period"], line["version"], line["whose"]) == (
                one.kind,
                one.period,
                one.version,
                whose,
            )
            assert line.get("market", "") == one.market


def test_who_sends_no_list_is_in_the_book_with_what_was_ordered_for_it():
    street = Street(2, 8, 6)
    silent = street.members[1]
    messages = [
        one
        for one in street.messages()
        if not (isinstance(one, live.Ordered) and one.member == silent and one.day == street.last)
    ]
    _, found = committed(messages)
    book = next(one for one in found if one.key == f"book/day-ahead/{street.last}/1")
    assert book.lines[silent]["stood_in"] == 1
    assert book.lines[street.members[0]]["stood_in"] == 0
    assert book.homes == 2


def amending():
    """Streets whose homes also trade in rounds."""
    return st.builds(
        Amending, st.integers(1, 4), st.integers(1, 2), st.integers(0, 2**32), late=st.booleans()
    )


@given(streets() | amending())
@settings(max_examples=30)
def test_what_the_state_knows_gives_again_what_was_told_when_it_happened(street):
    """A server that was away while things were to be committed makes them again, to the byte."""
    state, found = committed(street.messages())
    told = {one.key: one for one in found}
    assert {key for day in street.dates for key in keys_at(state, day)} == set(told)
    for day in street.dates:
        for one in at_hand(state, day, keys_at(state, day)):
            then = told[one.key]
            assert (one.lines, one.rule, one.meter) == (then.lines, then.rule, then.meter)
        newest = state.day(day).revision
        older = {f"{kind}/{day}/{n}" for kind in ("meter", "settle") for n in range(1, newest)}
        keys = keys_at(state, day)
        assert set(keys) - {one.key for one in at_hand(state, day, keys)} == older
        for key in set(keys) - older:
            assert [one.key for one in at_hand(state, day, {key})] == [key]


@given(streets(days=1))
@settings(max_examples=10)
def test_a_list_has_the_line_in_the_book_that_it_was_promised(street):
    _, found = committed(street.messages())
    book = next(one for one in found if one.kind == "book")
    for message in street.messages():
        if isinstance(message, live.Ordered):
            assert line_of(message.day, message.member, message.rows) == (
                book.key,
                book.lines[message.member],
            )
