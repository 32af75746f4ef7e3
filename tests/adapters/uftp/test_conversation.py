"""A conversation from prognosis to settlement, and what may go otherwise."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import numpy as np
import pytest
import shapeshifter_uftp.uftp as u
from tests.adapters.uftp.peers import AGR, DAY, DSO, POINT, Pair, evening, prognosed

from laag.adapters.uftp import translate
from laag.adapters.uftp.conversation import Phase, Standing
from laag.adapters.uftp.desk import verified_messages
from laag.adapters.uftp.wire import read


def heard(desk, kind, standing=Standing.ACCEPTED):
    return [one for one in desk.books.days(kind, mine=False) if one.standing is standing]


def test_a_day_goes_from_prognosis_to_settlement():
    pair = Pair()
    prognosed(pair)
    assert len(heard(pair.agr, "FlexRequest")) == 1
    assert len(heard(pair.dso, "FlexOffer")) == 1

    pair.until(timedelta(minutes=31))
    assert "1 of 1 ordered, 0 W stay over" in pair.dso.books.done.values()
    (order,) = pair.aggregator.ordered(pair.agr, POINT, DAY)
    assert order.watts[72] == -20_000
    assert order.watts[80] == 20_000
    update = pair.dso.books.prognosis(AGR, POINT, DAY)
    assert update.message.revision == 2
    assert translate.prognosed(update.message, pair.dso.rules).max() == 100_000

    pair.until(timedelta(days=2))
    (settlement,) = heard(pair.agr, "FlexSettlement")
    (item,) = settlement.message.flex_order_settlements
    assert item.net_settlement == Decimal("2.4000")
    (request,) = pair.dso.books.days("FlexRequest", mine=True)
    assert pair.dso.books.phase(request, mine=True) is Phase.SETTLED
    assert pair.dso.books.settled(AGR, order.reference) == "Accepted"
    assert all(whole for log in pair.logs.values() for _, whole in verified_messages(log))


def test_after_an_order_a_point_is_looked_at_once_more_with_it():
    """Also where the grid operator is started again in between; and no next prognosis is waited for."""
    seen = []

    def look(grid, watts):
        seen.append((len(grid), watts[AGR].tolist()))
        return "the wires bear it"

    pair = Pair()
    pair.operator = replace(pair.operator, looks={POINT: look})
    prognosed(pair)
    assert seen == []
    pair.now += timedelta(minutes=31)
    for step in range(4):
        for due in pair.operator.due(
            pair.dso, pair.now
        ):  # nothing is in the post: only its own order is known
            due.then(pair.dso, due.work(), pair.now)
        if step % 2:
            pair.restart(DSO)
    assert seen == [(96, [100_000 if 72 <= ptu < 80 else int(w) + 20_000 * (80 <= ptu < 88)
                          for ptu, w in enumerate(evening())])]  # fmt: skip
    pair.settle_down()
    assert len(seen) == 1
    assert [*pair.dso.books.done.values()].count("the wires bear it") == 1


def test_a_conversation_carries_one_id_from_request_to_order():
    pair = Pair()
    prognosed(pair)
    pair.until(timedelta(minutes=31))
    ids = {
        one.message.conversation_id for kind in ("FlexRequest", "FlexOrder") for one in heard(pair.agr, kind)
    }
    ids |= {one.message.conversation_id for one in heard(pair.dso, "FlexOffer")}
    assert len(ids) == 1


def test_a_grid_that_bears_the_day_asks_for_nothing():
    pair = Pair()
    prognosed(pair, evening(90_000))
    assert not heard(pair.agr, "FlexRequest")
    assert [*pair.dso.books.done.values()] == ["clear"]


def test_feed_in_over_the_capacity_asks_for_more_use():
    pair = Pair()
    prognosed(pair, -evening())
    (asked,) = [translate.space_of(one.message, pair.agr.rules) for one in heard(pair.agr, "FlexRequest")]
    assert asked.high_w[72] == 20_000
    assert asked.low_w[72] == 0


@pytest.mark.parametrize(("day", "ptus"), [(date(2026, 3, 29), 92), (date(2026, 10, 25), 100)])
def test_days_on_which_the_clock_changes(day, ptus):
    pair = Pair()
    pair.now = pair.dso.rules.gate(day) - timedelta(hours=3)
    prognosed(pair, day=day)
    pair.until(timedelta(minutes=31))
    (order,) = pair.aggregator.ordered(pair.agr, POINT, day)
    assert len(order.watts) == ptus


def test_a_prognosis_after_the_gate_is_refused_with_the_time():
    pair = Pair()
    pair.now = pair.dso.rules.gate(DAY) + timedelta(minutes=1)
    prognosed(pair)
    (late,) = heard(pair.dso, "D-Prognosis", Standing.REJECTED)
    assert late.why == (
        "Deadline expired: prognoses for 2026-06-02 could come until 2026-06-01T14:30+02:00; later ones only after an order"
    )
    (ours,) = pair.agr.books.days("D-Prognosis", mine=True)
    assert ours.standing is Standing.REJECTED
    assert ours.why == late.why


def test_an_order_after_its_deadline_is_refused():
    pair = Pair()
    prognosed(pair)
    pair.now += timedelta(minutes=31)
    for due in pair.operator.due(pair.dso, pair.now):
        due.then(pair.dso, due.work(), pair.now)
    pair.now += timedelta(hours=2)  # the post takes long
    pair.post()
    (order,) = heard(pair.agr, "FlexOrder", Standing.REJECTED)
    assert order.why.startswith("Reference message expired: the offer stood until 2026-06-01T09:30:00")
    assert not pair.aggregator.ordered(pair.agr, POINT, DAY)
    (ours,) = pair.dso.books.days("FlexOrder", mine=True)
    assert ours.standing is Standing.REJECTED


def test_an_offer_on_a_request_that_ended_is_refused():
    pair = Pair(offers=lambda *_: [])
    prognosed(pair)
    (request,) = heard(pair.agr, "FlexRequest")
    message = translate.offer(
        request.message,
        [translate.Offered(np.where(evening() > 50_000, -1, 0), Decimal(1), pair.now + timedelta(hours=5))],
        None,
        pair.agr.rules,
    )
    pair.now += timedelta(minutes=31)
    pair.agr.say(message, pair.agr.participant(DSO, "DSO"), pair.now)
    pair.post()
    (offer,) = heard(pair.dso, "FlexOffer", Standing.REJECTED)
    assert offer.why.startswith("Reference message expired: the request could be answered until")


def with_options(*, allowed):
    """An offer with two options: 12 kW less for 1.20, or 20 kW less for 2.40."""
    pair = Pair(offers=lambda *_: [])
    pair.rules[DSO] = replace(pair.rules[DSO], mutex=allowed)
    pair.restart(DSO)
    prognosed(pair)
    (request,) = heard(pair.agr, "FlexRequest")
    asked = evening() > 50_000
    expires = pair.now + timedelta(hours=5)
    options = [
        translate.Offered(np.where(asked, -watts, 0), Decimal(price), expires, option=name)
        for name, watts, price in (("12 kW", 12_000, "1.20"), ("20 kW", 20_000, "2.40"))
    ]
    message = translate.offer(request.message, options, None, pair.agr.rules)
    pair.agr.say(message, pair.agr.participant(DSO, "DSO"), pair.now)
    pair.post()
    pair.until(timedelta(minutes=31))
    return pair


def test_of_an_offer_with_options_one_is_ordered_by_its_reference():
    pair = with_options(allowed=True)
    assert "1 of 2 ordered, 0 W stay over" in pair.dso.books.done.values()
    (order,) = heard(pair.agr, "FlexOrder")
    assert order.message.option_reference == "20 kW"
    assert order.message.price == Decimal("2.40")
    (known,) = pair.aggregator.ordered(pair.agr, POINT, DAY)
    assert known.watts[72] == -20_000


def test_an_offer_with_options_is_refused_where_they_are_not_agreed_on():
    pair = with_options(allowed=False)
    (offer,) = heard(pair.dso, "FlexOffer", Standing.REJECTED)
    assert offer.why.startswith("No MutEx offer support")
    assert not [*pair.dso.books.days("FlexOrder", mine=True)]


def test_an_offer_that_was_taken_back_is_not_ordered():
    pair = Pair()
    prognosed(pair)
    (offer,) = heard(pair.dso, "FlexOffer")
    pair.aggregator.revoke(pair.agr, offer.id, pair.now)
    pair.until(timedelta(minutes=31))
    assert not [*pair.dso.books.days("FlexOrder", mine=True)]


def test_where_an_order_and_a_revocation_cross_the_revocation_holds():
    pair = Pair()
    prognosed(pair)
    (offer,) = heard(pair.dso, "FlexOffer")
    pair.now += timedelta(minutes=31)
    for due in pair.operator.due(pair.dso, pair.now):
        due.then(pair.dso, due.work(), pair.now)
    pair.aggregator.revoke(pair.agr, offer.id, pair.now)
    pair.post()
    (order,) = heard(pair.agr, "FlexOrder", Standing.REJECTED)
    assert order.why == "Reference message revoked: the offer was taken back"
    assert len(heard(pair.dso, "FlexOfferRevocation")) == 1
    assert not pair.dso.books.orders(AGR, POINT, DAY, mine=True)


def test_what_was_ordered_and_will_not_come_is_asked_for_again():
    pair = Pair()
    prognosed(pair)
    (offer,) = heard(pair.dso, "FlexOffer")
    pair.now += timedelta(minutes=31)
    for due in pair.operator.due(pair.dso, pair.now):
        due.then(pair.dso, due.work(), pair.now)
    pair.aggregator.revoke(pair.agr, offer.id, pair.now)
    pair.settle_down()
    assert [one.message.revision for one in heard(pair.agr, "FlexRequest")] == [1, 2]
    pair.until(timedelta(minutes=31))
    assert len(pair.aggregator.ordered(pair.agr, POINT, DAY)) == 1


def test_it_is_not_asked_for_ever():
    pair = Pair(offers=lambda *_: [])
    for peak_w in range(120_000, 130_000, 1_000):
        prognosed(pair, evening(peak_w))
        pair.until(timedelta(minutes=31))
    assert len(heard(pair.agr, "FlexRequest")) == pair.operator.timing.rounds
    assert "not resolved after 3 requests" in pair.dso.books.done.values()


def test_an_offer_that_was_ordered_cannot_be_taken_back():
    pair = Pair()
    prognosed(pair)
    pair.until(timedelta(minutes=31))
    (offer,) = heard(pair.dso, "FlexOffer")
    pair.agr.say(
        u.FlexOfferRevocation(flex_offer_message_id=offer.id), pair.agr.participant(DSO, "DSO"), pair.now
    )
    pair.post()
    (refused,) = heard(pair.dso, "FlexOfferRevocation", Standing.REJECTED)
    assert refused.why == "Flexibility procured: it was ordered, and the order was accepted"


def test_who_delivers_half_is_paid_half_and_fined_for_the_rest():
    pair = Pair()
    object.__setattr__(pair.operator, "measured", lambda *_: evening(110_000))
    prognosed(pair)
    pair.until(timedelta(minutes=31))
    pair.until(timedelta(days=2))
    (settlement,) = heard(pair.agr, "FlexSettlement")
    (item,) = settlement.message.flex_order_settlements
    # 10 kW short for two hours at 0.30 EUR/kWh, and half of 2.40 EUR earned
    assert item.net_settlement == Decimal("1.20") - Decimal("6.00")
    assert {one.power_deficiency for one in item.isps} == {0, 10_000}


def test_a_settlement_that_does_not_say_what_was_ordered_is_disputed():
    pair = Pair()
    prognosed(pair)
    pair.until(timedelta(minutes=31))
    (order,) = pair.aggregator.ordered(pair.agr, POINT, DAY)
    pair.now += timedelta(days=2)
    (due,) = pair.operator.due(pair.dso, pair.now)
    due.then(pair.dso, due.work(), pair.now)
    (said,) = pair.dso.books.days("FlexSettlement", mine=True)
    pair.dso._waiting.clear()
    forged = read(said.data)
    forged.flex_order_settlements[0].price = Decimal("1.00")
    forged.message_id = "0b2f1bb8-6a4a-4d0e-8d3c-0d6b5d6f2f11"
    pair.dso.say(forged, pair.dso.participant(AGR, "AGR"), pair.now)
    pair.post()
    assert pair.dso.books.settled(AGR, order.reference) == "Disputed"


def test_a_message_that_comes_twice_is_answered_as_before_and_acted_on_once():
    pair = Pair()
    pair.aggregator.prognose(pair.agr, POINT, DAY, evening(), pair.now)
    (letter,) = pair.agr.waiting()
    first = pair.dso.hear(letter.envelope, pair.now)
    (answer,) = pair.dso.waiting()
    pair.dso.delivered(answer.id, 200, pair.now)
    digest = pair.logs[DSO].digest()
    again = pair.dso.hear(letter.envelope, pair.now + timedelta(hours=9))
    assert again.known == first.known
    assert pair.dso.waiting() == [answer]
    assert pair.logs[DSO].digest() == digest


def test_an_id_that_is_used_for_something_else_is_refused_and_changes_nothing():
    pair = Pair()
    prognosed(pair, evening(90_000))
    (first,) = heard(pair.dso, "D-Prognosis")
    other = translate.prognosis(POINT, DAY, evening(95_000), 2, pair.agr.rules)
    other.message_id = first.message.message_id
    letter, _ = pair.agr._letter(other, pair.agr.participant(DSO, "DSO"), pair.now)
    for _ in range(3):
        told = pair.dso.hear(letter.envelope, pair.now)
        assert told.status == 200
        assert (
            told.why == "Duplicate Identifier: this MessageID was used for another message; give each its own"
        )
    assert heard(pair.dso, "D-Prognosis") == [first]
    assert len(pair.dso.waiting()) == 1


def test_an_older_revision_that_comes_late_is_refused():
    pair = Pair()
    to = pair.agr.participant(DSO, "DSO")
    for revision in (1, 2):
        pair.agr.say(
            translate.prognosis(POINT, DAY, evening(90_000 + revision), revision, pair.agr.rules),
            to,
            pair.now,
        )
    one, two = pair.agr.waiting()
    pair.deliver(AGR, two)
    pair.deliver(AGR, one)
    (old,) = heard(pair.dso, "D-Prognosis", Standing.REJECTED)
    assert old.why == "Subordinate sequence number: revision 1 is not after revision 2, which was taken"


def test_a_revocation_that_overtakes_its_offer_is_refused():
    pair = Pair()
    prognosed(pair)
    pair.agr.say(
        u.FlexOfferRevocation(flex_offer_message_id=DSO_ID), pair.agr.participant(DSO, "DSO"), pair.now
    )
    pair.post()
    (refused,) = heard(pair.dso, "FlexOfferRevocation", Standing.REJECTED)
    assert refused.why == f"Unknown FlexOfferMessageID reference: no FlexOffer {DSO_ID} was taken"


DSO_ID = "11111111-2222-3333-4444-555555555555"
