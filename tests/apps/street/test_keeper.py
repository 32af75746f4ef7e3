"""What was answered is in the log, once; whatever is wrong takes nothing else with it."""

import asyncio
from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.apps.street.kade import DAY, FIRST, KEYS, Hands, books, elsewhere, orders, prices, readings, street

from laag.adapters.keys import Key
from laag.adapters.stores import SqliteLog, open_log
from laag.apps.street.keeper import Away
from laag.apps.street.taking import Known, NotTaken, Signed, Taken, Told
from laag.cycle import live
from laag.foundation.errors import BadInput, CannotResume
from laag.foundation.ports import Event


def done(coroutine):
    return asyncio.run(coroutine)


async def said(keeper, *messages):
    return await keeper.ask([Signed(one) for one in messages])


async def a_day(keeper, day=FIRST):
    """Orders, gate, prices, readings and settlement of a day."""
    await said(keeper, *(orders(name, 10, day) for name in KEYS))
    await keeper.tell(live.Closed(day))
    priced, imbalanced = prices(day)
    await keeper.tell(priced)
    keeper.clock.at = live.settled_at(keeper.live.neighbourhood, day)
    await said(keeper, *(readings(name, 11, day, range(96), range(96)) for name in list(KEYS)[1:]))
    await keeper.tell(imbalanced)
    await keeper.tell(live.Settle(day))


def test_a_server_that_comes_back_is_the_same_server(tmp_path):
    place = str(tmp_path / "log.sqlite")

    async def lived():
        async with street(place) as keeper:
            await a_day(keeper)
            return keeper.kept

    async def again():
        async with street(place) as keeper:
            return keeper.kept

    before, after = done(lived()), done(again())
    assert books(before.live) == books(after.live) != {}
    assert before.keys == after.keys
    assert before.live.numbers == after.live.numbers
    assert before.local.buyers.tolist() == after.local.buyers.tolist()
    assert before.events == after.events


def test_what_is_sent_again_is_known_and_not_written_again(tmp_path):
    async def lived():
        async with street(str(tmp_path / "log.sqlite")) as keeper:
            first = await said(keeper, orders("m-0", 5), orders("m-0", 5), orders("m-0", 4))
            again = await said(keeper, orders("m-0", 5))
            return first + again, keeper.kept.events

    outcomes, events = done(lived())
    assert [type(one) for one in outcomes] == [Taken, Known, Known, Known]
    assert events == 1 + len(KEYS) + 1


def test_the_forged_the_strange_and_the_late_are_refused_written_down_and_change_nothing():
    async def lived():
        async with street() as keeper:
            forged = orders("m-0", 5, key=Key.new())
            stranger = orders("m-9", 5, key=Key.new())
            changed = orders("m-0", 6).model_copy(update={"quantity_wh": [9_999]})
            before = keeper.live
            refused = await said(keeper, forged, stranger, changed)
            assert keeper.live is before
            await keeper.tell(live.Closed(FIRST))
            late = await said(keeper, orders("m-0", 7))
            return refused + late, keeper.kept.refused

    outcomes, refused = done(lived())
    assert all(isinstance(one, NotTaken) and one.why.nl and one.why.en for one in outcomes)
    assert [one.why for one in refused] == [one.why for one in outcomes]
    assert [one.member for one in refused] == ["m-0", "m-9", "m-0", "m-0"]


def test_a_quarter_hour_that_is_not_over_is_not_measured():
    async def lived():
        async with street() as keeper:
            await keeper.tell(live.Closed(FIRST))
            grid = keeper.live.neighbourhood.grid(FIRST)
            keeper.clock.at = grid[1] - timedelta(minutes=6)
            early = await said(keeper, readings("m-0", 1))
            keeper.clock.at = grid[1] - timedelta(minutes=4)
            return early + await said(keeper, readings("m-0", 1))

    early, within_the_skew = done(lived())
    assert isinstance(early, NotTaken)
    assert isinstance(within_the_skew, Taken)


def test_nobody_fills_the_log_with_nonsense():
    async def lived():
        async with street() as keeper:
            for number in range(8):
                await said(keeper, *(orders("m-0", number, key=Key.new()) for _ in range(25)))
            return keeper.kept

    kept = done(lived())
    assert 50 <= kept.refused_count <= 52


class Failing(SqliteLog):
    """A log on a disk that may be full."""

    full = False

    def append(self, events):
        if Failing.full:
            raise BadInput("the disk is full")
        return super().append(events)


def test_a_store_that_fails_acknowledges_nothing_and_recovers(tmp_path):
    place = tmp_path / "log.sqlite"

    async def lived():
        async with street(opens=lambda: Failing(place)) as keeper:
            Failing.full = True
            before = keeper.kept
            with pytest.raises(Away):
                await said(keeper, orders("m-0", 1))
            assert keeper.away
            assert keeper.kept is before
            Failing.full = False
            (taken,) = await said(keeper, orders("m-0", 1))
            assert keeper.away is None
            return taken

    assert isinstance(done(lived()), Taken)
    with open_log(place) as log:
        assert len(list(log.events("ordered"))) == 1


class Silent(SqliteLog):
    """A log that wrote what it was asked and did not live to say so."""

    lost = False

    def append(self, events):
        digest = super().append(events)
        if Silent.lost:
            Silent.lost = False
            raise BadInput("the server went away")
        return digest


def test_what_a_store_wrote_without_saying_so_is_there_once(tmp_path):
    async def lived():
        async with street(opens=lambda: Silent(tmp_path / "log.sqlite")) as keeper:
            Silent.lost = True
            with pytest.raises(Away):
                await said(keeper, orders("m-0", 1))
            return await said(keeper, orders("m-0", 1), orders("m-0", 2))

    assert [type(one) for one in done(lived())] == [Known, Taken]


def test_a_log_of_another_neighbourhood_is_not_gone_on_with(tmp_path):
    place = str(tmp_path / "log.sqlite")

    async def lived(neighbourhood):
        async with street(place, neighbourhood=neighbourhood):
            pass

    done(lived(elsewhere()))
    for changed, says in (
        ({"name": "Gracht"}, "name = Kade"),
        ({"first_day": FIRST + DAY}, "first_day = 2026-03-28"),
        ({"cables": (live.Cable("south"),)}, "cables = "),
        ({"import_max_kw": 41.0}, "import_max_kw = 40.0"),
    ):
        with pytest.raises(CannotResume, match=says):
            done(lived(elsewhere(**changed)))


def test_a_replay_that_comes_out_otherwise_is_noticed(tmp_path):
    place = str(tmp_path / "log.sqlite")

    async def lived():
        async with street(place) as keeper:
            await a_day(keeper)

    done(lived())
    other = tmp_path / "other.sqlite"
    with open_log(place) as log, open_log(other) as changed:
        changed.append(
            [Event(one.kind, one.key, {**one.facts, **({"postings": "0" * 64} if one.kind == "settled" else {})}, one.columns) for one in log.events()]
        )  # fmt: skip

    async def again():
        async with street(str(other)):
            pass

    with pytest.raises(BadInput, match="another postings"):
        done(again())


def test_a_fault_of_ours_takes_no_other_message_with_it():
    async def lived():
        async with street() as keeper:
            odd = Told(live.Priced(FIRST, None, "nowhere"))
            return await keeper.ask([odd, Signed(orders("m-0", 1))])

    failed, taken = done(lived())
    assert not isinstance(failed, Taken)
    assert isinstance(taken, Taken)


days = st.sampled_from([FIRST, FIRST + DAY])
few = st.lists(st.integers(-500, 500), min_size=1, max_size=2)
keys = st.sampled_from([None, None, None, Key.new()])
messages = st.one_of(
    st.builds(
        lambda member, number, day, wh, key: orders(member, number, day, wh, key=key),
        st.sampled_from(["m-0", "m-1"]),
        st.integers(0, 9),
        days,
        st.integers(-1, 900),
        keys,
    ),
    st.builds(
        readings,
        st.sampled_from(["m-0", "m-1"]),
        st.integers(0, 9),
        days,
        st.lists(st.integers(-1, 100), min_size=1, max_size=2),
        few,
        key=keys,
    ),
)


@given(st.lists(st.lists(messages, max_size=5), max_size=5), st.booleans())
@settings(max_examples=25, deadline=None)
def test_in_whatever_parts_messages_come_the_same_is_kept(calls, closed):
    async def lived(together):
        async with street(clock=Hands()) as keeper:
            if closed:
                await keeper.tell(live.Closed(FIRST))
                keeper.clock.at = live.settled_at(keeper.live.neighbourhood, FIRST)
            if together:
                await asyncio.gather(*(said(keeper, *call) for call in calls if call))
            else:
                for call in calls:
                    for one in call:
                        await said(keeper, one)
            return keeper.live

    one, other = done(lived(together=True)), done(lived(together=False))
    assert one.numbers == other.numbers
    for day in one.days:
        ours, theirs = one.day(day), other.day(day)
        assert {name: rows.quantity_wh.tolist() for name, rows in ours.orders.items()} == {
            name: rows.quantity_wh.tolist() for name, rows in theirs.orders.items()
        }
        assert {name: wh.tolist() for name, wh in ours.metered.items()} == {
            name: wh.tolist() for name, wh in theirs.metered.items()
        }
        assert all(np.array_equal(ours.measured[name], theirs.measured[name]) for name in ours.measured)
