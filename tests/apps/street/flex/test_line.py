"""A neighbourhood and its grid operator, message by message: who is told, who is asked, what is ordered, and what a fault does."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from tests.apps.street.flex.neighbours import EVENING, FIRST, HOMES, PLACE, POINT, kade, settings
from tests.apps.street.kade import Hands

from laag.adapters.uftp import translate
from laag.adapters.uftp.conversation import Standing
from laag.apps.street.own_grid import own_grid
from laag.apps.street.taking import NotTaken, Taken
from laag.cycle import live
from laag.cycle.live.views.bill import bill
from laag.foundation.errors import BadInput
from laag.settlement.books import check, totals


def lives(story, folder, **more):
    async def whole():
        async with kade(folder, **more) as street:
            return await story(street)

    return asyncio.run(whole())


async def bought(street, less_wh=400):
    """From a cleared market to what is ordered."""
    await street.cleared()
    await street.turn()
    await street.offers(less_wh=less_wh)
    await street.turn()
    street.clock.at += timedelta(minutes=31)
    await street.turn()


def orders(street, day=FIRST):
    return [order for one in street.asked(day) for order in one.orders]


def test_a_day_from_prognosis_to_bill(tmp_path):
    async def story(street):
        await bought(street)
        (prognosis, *_) = street.net.heard("D-Prognosis")
        total = street.keeper.live.day(FIRST).market.cleared_wh.sum(axis=0)
        assert np.array_equal(translate.prognosed(prognosis.message, street.net.desk.rules), 4 * total)
        (one,) = street.asked()
        assert one.asked.ptu.tolist() == EVENING.tolist()
        assert len(one.offers) == len(HOMES)
        for order in orders(street):
            assert len(set(order.home.tolist())) == len(HOMES)
        # What is over is 8 kW of 48, and every quarter-hour of it is bought.
        less_wh = sum(int(order.bought_wh.sum()) for order in orders(street))
        assert less_wh >= (total[EVENING].sum() - len(EVENING) * 10_000)
        await street.metered(less_wh=100)
        known = street.keeper.live.day(FIRST)
        check(known.posted)
        paid = sum(int(one.message.price * 10**8) for one in street.net.said("FlexOrder"))
        assert totals(known.settled.accounts, known.posted)["dso"][0] == paid
        made = bill(street.keeper.live, HOMES[0], FIRST, FIRST)
        line = next(one for one in made.bill.lines if one.code == "flexibility")
        assert "netbeheerder" in line.because.nl
        # What was announced after the order is a sum of all homes again.
        assert len(street.net.heard("D-Prognosis")) == 2

    lives(story, tmp_path)


def test_what_is_ordered_is_shared_to_the_watt_hour_and_the_unit(tmp_path):
    async def story(street):
        await bought(street)
        for one in street.net.said("FlexOrder"):
            ordered = translate.ordered(one.message, street.net.desk.rules)
            (mine,) = [order for order in orders(street) if order.order == one.id]
            per_ptu = np.bincount(mine.ptu, mine.bought_wh, minlength=len(ordered.watts))
            asked = np.isin(np.arange(len(ordered.watts)), EVENING)
            assert np.abs(-ordered.watts[asked] / 4 - per_ptu[asked]).max() <= 1
            assert int(mine.paid_units.sum()) == int(ordered.price_eur * 10**8)

    lives(story, tmp_path)


def test_whoever_starts_again_at_any_moment_does_everything_once(tmp_path):
    """Killed between any two steps: both stores go on from what they have."""

    async def told(street):
        await street.cleared()
        await street.turn()

    async def offered(street):
        await street.line.act()
        await street.offers()

    async def passed(street):
        await street.line.act()  # in the log and in the messages, and nothing has left

    async def carried(street):
        await street.post()

    async def chosen(street):
        street.clock.at += timedelta(minutes=31)
        street.net.act(street.now)
        await street.post()  # the order is with us, and not in the log

    async def shared(street):
        await street.line.act()

    async def ends(street):
        await street.turn()
        await street.metered(less_wh=100)

    steps = (told, offered, passed, carried, chosen, shared, ends)

    async def without(folder):
        async with kade(folder) as street:
            for step in steps:
                await step(street)
            return _came_of(street)

    async def stopped(folder):
        clock = Hands()
        for step in steps:
            async with kade(folder, clock=clock) as street:
                await step(street)
                found = _came_of(street)
        return found

    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    assert asyncio.run(stopped(tmp_path / "b")) == asyncio.run(without(tmp_path / "a"))


def _came_of(street):
    known = street.keeper.live.day(FIRST)
    (one,) = known.askings.values()
    return (
        len(one.offers),
        len(one.passed.home) if one.passed else None,
        [(order.bought_wh.tolist(), order.paid_units.tolist()) for order in one.orders],
        None if known.posted is None else [column.tolist() for column in known.posted.columns()],
        len(street.net.heard("FlexOffer")),
        len(street.net.heard("D-Prognosis")),
    )


def test_killed_after_it_was_written_down_and_before_it_was_sent_the_offer_goes_out_as_it_was(tmp_path):
    async def first(street):
        await street.cleared()
        await street.turn()
        await street.offers()
        (one,) = street.asked()
        (request,) = await street.line.aggregating.line.on_desk(
            lambda desk: street.line.aggregating.aggregator.open_requests(desk, street.now)
        )
        known = street.keeper.live.day(FIRST)
        from laag.apps.street.flex import asking

        made = street.line._bundles(request, one, known)
        await street.keeper.tell(asking.passed(one, known, made))
        return [(one.offered.watts.tolist(), one.offered.price_eur) for one in made], street.clock.at

    async def then(street):
        refused = await street.offer(HOMES[0], less_wh=10)
        assert isinstance(refused, NotTaken)
        await street.turn()
        heard = [
            option
            for one in street.net.heard("FlexOffer")
            for option in translate.offered(one.message, street.net.desk.rules)
        ]
        return [(one.watts.tolist(), one.price_eur) for one in heard]

    made, at = lives(first, tmp_path)
    assert lives(then, tmp_path, clock=Hands(at)) == made


def test_a_home_that_never_answers_is_waited_for_until_the_margin_and_no_longer(tmp_path):
    async def story(street):
        await street.cleared()
        await street.turn()
        await street.offers(HOMES[:11])
        await street.turn()
        assert not street.net.heard("FlexOffer")
        street.clock.at += timedelta(minutes=24)
        await street.turn()
        assert not street.net.heard("FlexOffer")
        street.clock.at += timedelta(minutes=2)
        late = await street.offer(HOMES[11])
        assert isinstance(late, NotTaken)
        assert "netbeheerder" in late.why.nl
        await street.turn()
        assert street.net.heard("FlexOffer")
        street.clock.at += timedelta(minutes=6)
        await street.turn()
        assert orders(street)
        assert 11 not in np.concatenate([order.home for order in orders(street)])

    lives(story, tmp_path)


def test_nothing_to_give_ends_the_waiting_and_fewer_than_ten_homes_offer_nothing(tmp_path):
    async def story(street):
        await street.cleared()
        await street.turn()
        for name in HOMES[:9]:
            await street.offer(name)
        for name in HOMES[9:]:
            assert isinstance(await street.offer(name, less_wh=0), Taken)
        await street.turn()
        (one,) = street.asked()
        assert one.passed is not None
        assert not len(one.passed.home)
        assert not street.net.heard("FlexOffer")

    lives(story, tmp_path)


def test_a_silent_grid_operator_leaves_the_day_as_it_was_agreed(tmp_path):
    async def story(street):
        await street.cleared()
        await street.turn()
        await street.offers()
        await street.turn()
        street.clock.at += timedelta(days=1)
        await street.line.act()  # it never orders
        await street.metered()
        known = street.keeper.live.day(FIRST)
        assert not known.settled.settled.flexibility_units.any()
        assert own_grid(street.keeper.live, HOMES[0], street.now).asked == []

    lives(story, tmp_path)


def test_an_order_after_its_deadline_or_twice_does_nothing(tmp_path):
    async def story(street):
        await bought(street)
        before = [order.order for order in orders(street)]
        line = street.line.aggregating.line
        for one in street.net.said("FlexOrder"):
            letter = street.net.desk._letter(one.message, street.net.desk.participant("kade.example", "AGR"), street.now)[0]  # fmt: skip
            assert (await line.hear(letter.envelope)).status == 200
        street.clock.at += timedelta(hours=2)
        await street.turn()
        assert [order.order for order in orders(street)] == before
        (first, *_) = street.net.said("FlexOrder")
        offer = street.net.desk.books.heard("kade.example", first.message.flex_offer_message_id)
        late = translate.order(
            offer.message, offer.message.offer_options[0].option_reference, first.message.activation_factor, "late", street.net.desk.rules
        )  # fmt: skip
        street.net.desk.say(late, street.net.desk.participant("kade.example", "AGR"), street.now)
        await street.post()
        await street.line.act()
        assert street.net.said("FlexOrder")[-1].standing is Standing.REJECTED
        assert [order.order for order in orders(street)] == before

    lives(story, tmp_path)


def test_a_cable_that_would_leave_one_home_over_is_not_told(tmp_path):
    async def story(street):
        await street.cleared()
        await street.turn()
        assert not street.net.heard("D-Prognosis")

    lives(story, tmp_path, behind={POINT: ["north"]})


def test_a_round_of_few_homes_is_not_told_again(tmp_path):
    async def story(street):
        await street.cleared()
        await street.turn()
        rows = live.Rows(*(np.array([one]) for one in (0, 75, 0, 200, 0)))
        for name in HOMES[:2]:
            await street.keeper.tell(live.Amended(name, FIRST, street.number(name), rows))
        quote = live.Intraday(FIRST, np.array([75]), np.array([9_000]), np.array([7_000]), "exchange")
        await street.keeper.tell(quote)
        await street.keeper.tell(live.RoundClosed(FIRST, 75))
        assert street.keeper.live.day(FIRST).rounds[75].changed_wh.any()
        await street.turn()
        assert len(street.net.heard("D-Prognosis")) == 1
        for name in HOMES[2:]:
            rows = live.Rows(*(np.array([one]) for one in (0, 76, 0, 200, 0)))
            await street.keeper.tell(live.Amended(name, FIRST, street.number(name), rows))
        quote = live.Intraday(FIRST, np.array([76]), np.array([9_000]), np.array([7_000]), "exchange")
        await street.keeper.tell(quote)
        await street.keeper.tell(live.RoundClosed(FIRST, 76))
        await street.turn()
        assert len(street.net.heard("D-Prognosis")) == 2

    lives(story, tmp_path)


def test_who_does_not_deliver_is_fined_and_the_books_close(tmp_path):
    async def story(street):
        await bought(street)
        await street.metered(less_wh=0)
        known = street.keeper.live.day(FIRST)
        check(known.posted)
        assert totals(known.settled.accounts, known.posted)["dso"][0] < 0

    lives(story, tmp_path)


def test_what_a_home_reads_of_it_is_its_own_alone(tmp_path):
    async def story(street):
        await street.cleared()
        await street.turn()
        told = own_grid(street.keeper.live, HOMES[3], street.now)
        assert [one.ptu for one in told.asked] == [EVENING.tolist()]
        assert "18:00" in told.asked[0].why.nl
        await street.offers()
        await street.turn()
        assert not own_grid(street.keeper.live, HOMES[3], street.now).asked
        street.clock.at += timedelta(minutes=31)
        await street.turn()
        each = [own_grid(street.keeper.live, name, street.now).ordered for name in HOMES]
        total = sum(sum(one.less_wh) for mine in each for one in mine)
        assert total == sum(int(order.bought_wh.sum()) for order in orders(street))
        assert own_grid(street.keeper.live, "stranger", street.now) is None

    lives(story, tmp_path)


def test_less_and_more_in_one_request_are_two_questions_and_both_are_bought(tmp_path):
    noon = np.arange(40, 44)

    def both(_point, grid, _watts):
        asked = np.isin(np.arange(len(grid)), [*noon, *EVENING])
        low = np.where(np.isin(np.arange(len(grid)), EVENING), -2_000, np.where(asked, 0, -200_000))
        high = np.where(np.isin(np.arange(len(grid)), noon), 3_000, np.where(asked, 0, 200_000))
        return translate.Space(grid, asked, low, high)

    async def story(street):
        street.net.operator = replace(street.net.operator, check=both)
        await street.cleared()
        await street.turn()
        less, more = street.asked()
        assert (less.asked.less, less.asked.ptu.tolist()) == (True, EVENING.tolist())
        assert (more.asked.less, more.asked.ptu.tolist()) == (False, noon.tolist())
        assert "meer" in own_grid(street.keeper.live, HOMES[0], street.now).asked[1].why.nl
        await street.offers()
        await street.turn()
        assert not street.net.heard("FlexOffer"), "one of the two is not answered yet"
        await street.offers(less_wh=-300, which=1)
        await street.turn()
        street.clock.at += timedelta(minutes=31)
        await street.turn()
        less, more = street.asked()
        assert sum(int(order.bought_wh.sum()) for order in less.orders) >= 500 * len(EVENING)
        assert sum(int(order.bought_wh.sum()) for order in more.orders) <= -750 * len(noon)
        await street.metered(less_wh=100)
        known = street.keeper.live.day(FIRST)
        check(known.posted)
        (rooms, *_) = known.tally.rooms.values()
        assert [(one.from_quarter, one.stop_quarter) for one in rooms] == [(40, 44), (72, 80)]
        assert all(one.delivered_wh == abs(one.ordered_wh) for one in rooms)

    lives(story, tmp_path)


def test_homes_that_do_only_the_whole_are_ordered_whole_or_not_at_all(tmp_path):
    async def story(street):
        await street.cleared()
        await street.turn()
        for name in HOMES:
            await street.offer(name, less_wh=200, permille=1000)
        await street.turn()
        street.clock.at += timedelta(minutes=31)
        await street.turn()
        for order in orders(street):
            assert set(order.bought_wh[order.bought_wh != 0].tolist()) == {200}

    lives(story, tmp_path)


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"behind": {POINT: ["west"]}}, "there are north, south"),
        ({"behind": {"ean.871685900012636544": ["north"]}}, "none of dso.points"),
        ({"port": 8420}, "same door"),
        ({"points": [POINT, "ean.871685900012636544"]}, "two of dso.points are the whole street"),
        ({"points": [POINT, POINT]}, "twice"),
    ],
)
def test_a_table_that_cannot_be_meant_is_refused_in_one_sentence(given, why):
    with pytest.raises(BadInput, match=why):
        settings(**given)


def test_the_clock_and_the_zone_are_the_streets():
    assert settings().zone == PLACE.zone.key
