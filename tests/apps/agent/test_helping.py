"""A home that is asked by its grid operator: answers once, in time and with its household's leave, and keeps what it sold."""

import asyncio
from datetime import UTC, datetime, timedelta

import httpx
import numpy as np
import pytest
from tests.apps.agent.homes import FULL, PLAIN, Place, agent_in

from laag.apps.agent import promising
from laag.apps.agent.reasons import reasons_at
from laag.cycle.grid_says import ORDER
from laag.foundation.ptu import PTU
from laag.home.ladder import On, Rung

AFTERNOON = datetime(2026, 6, 1, 13, 2, tzinfo=UTC)
EVENING = [76, 77, 78, 79]
"""Seven to eight on the wall."""
MIDNIGHT = datetime(2026, 5, 31, 22, tzinfo=UTC)
WHY = {"nl": "De kabel kan te vol raken.", "en": "The cable may become too full."}
YES = "help when a cable is full from 0 ct/kWh"


def asked(name="r1", until=AFTERNOON + timedelta(hours=2), ptu=EVENING, less=True):
    return {
        "id": name,
        "day": "2026-06-01",
        "ptu": list(ptu),
        "less": less,
        "until": until.isoformat(),
        "why": WHY,
    }


def order_of(offer, share=1.0):
    """All steps of an offer in this share, as it is told to the home."""
    less, back = {}, {}
    for row in offer.less_wh:
        for at, wh in enumerate(row):
            less[offer.ptu + at] = less.get(offer.ptu + at, 0) + int(share * wh)
    for ptu, wh in zip(offer.rebound_ptu, offer.rebound_wh, strict=True):
        back[ptu] = back.get(ptu, 0) + int(share * wh)
    paid = sum(sum(row) * ticks for row, ticks in zip(offer.less_wh, offer.price_ticks, strict=True))
    return {
        "request": offer.request,
        "day": "2026-06-01",
        "ptu": list(less),
        "less_wh": list(less.values()),
        "comes_back_ptu": list(back),
        "comes_back_wh": list(back.values()),
        "paid_units": int(share * paid),
        "by": "Stedin",
    }


def limited(begins, ends, kw, way="takes"):
    return {
        "way": way,
        "begins": begins.isoformat(),
        "ends": ends.isoformat(),
        "kw": kw,
        "source": "the cable",
        "why": WHY,
    }


class Street(Place):
    """A neighbourhood in which everybody has bought what they would take anyway."""

    def __init__(self, wh=None) -> None:
        super().__init__()
        self.wh = wh

    async def _answers(self, request):
        if self.wh is not None and request.url.path.endswith("/positions"):
            return httpx.Response(200, json={"start": MIDNIGHT.isoformat(), "wh": self.wh})
        return await super()._answers(request)


def home(folder, place, *wishes, which=FULL, begins=AFTERNOON):
    agent = agent_in(folder, which, speed=1.0, place=place, begins=begins)
    for wish in wishes:
        agent.wishes.add(wish)
    return agent


async def once(agent):
    """Look, think, answer, send."""
    await agent.neighbour.look()
    thought = await agent.plan()
    await agent.neighbour._sent()
    return thought


def test_a_home_answers_with_steps_and_prices_once(tmp_path):
    place = Street()
    place.grid["asked"] = [asked()]
    agent = home(tmp_path, place, YES)
    for _ in range(3):
        asyncio.run(once(agent))
    (offer,) = place.offers()
    assert offer.request == "r1"
    assert sum(map(sum, offer.less_wh)) > 1000
    assert all(ticks >= 0 for ticks in offer.price_ticks)
    assert offer.ptu == EVENING[0]


def test_a_home_whose_household_said_nothing_gives_nothing_and_says_so(tmp_path):
    place = Street()
    place.grid["asked"] = [asked()]
    agent = home(tmp_path, place)
    asyncio.run(once(agent))
    (answer,) = place.offers()
    assert answer.less_wh == answer.price_ticks == []
    agent.wishes.add(YES)
    asyncio.run(once(agent))
    assert place.offers()[-1].less_wh, "who changes its mind in time is heard"
    agent.wishes.remove(agent.wishes.all()[0].number)
    asyncio.run(once(agent))
    assert [len(one.less_wh) > 0 for one in place.offers()] == [False, True, False]


@pytest.mark.parametrize(
    "wish",
    ["help when a cable is full from 0 ct/kWh until 31 May 2026", "help when a cable is full from 0 ct/kWh"],
)
def test_no_home_offers_after_the_day_that_its_household_named_or_while_it_is_paused(tmp_path, wish):
    place = Street()
    place.grid["asked"] = [asked()]
    agent = home(tmp_path, place, wish)
    if "until" not in wish:
        agent.life.store.keep("paused_until", (AFTERNOON + timedelta(hours=6)).isoformat())
    asyncio.run(once(agent))
    assert [one.less_wh for one in place.offers()] == [[]]


def test_a_household_says_how_much_and_from_which_price(tmp_path):
    place = Street()
    place.grid["asked"] = [asked()]
    agent = home(tmp_path, place, "help when a cable is full from 12.5 ct/kWh with at most 1 kW")
    asyncio.run(once(agent))
    (offer,) = place.offers()
    assert min(offer.price_ticks) >= 12_500
    assert max(np.sum(offer.less_wh, axis=0)) <= 250


def test_nothing_is_offered_when_the_time_is_over(tmp_path):
    place = Street()
    place.grid["asked"] = [asked(until=AFTERNOON + timedelta(seconds=15))]
    agent = home(tmp_path, place, YES)
    asyncio.run(once(agent))
    assert place.offers() == []


def test_a_home_that_was_stopped_between_saying_and_noting_it_says_nothing_twice(tmp_path):
    place = Street()
    place.grid["asked"] = [asked()]
    agent = home(tmp_path, place, YES)
    asyncio.run(once(agent))
    agent.life.store.keep("answered", {})
    agent.life.store.close()
    asyncio.run(once(home(tmp_path, place)))
    assert len(place.offers()) == 1


def test_an_answer_that_was_lost_is_sent_again_under_its_number(tmp_path):
    place = Street()
    place.grid["asked"] = [asked()]
    agent = home(tmp_path, place, YES)
    place.loses_answers = True
    with pytest.raises(Exception, match="reached"):
        asyncio.run(once(agent))
    place.loses_answers = False
    agent.life.store.close()
    again = home(tmp_path, place)
    asyncio.run(once(again))
    assert len(place.offers()) == 1
    assert len(again.life.store.outbox) == 0


def test_what_was_ordered_is_promised_planned_and_kept_over_a_restart(tmp_path):
    place = Street(wh=[300] * 96)
    place.grid["asked"] = [asked()]
    agent = home(tmp_path, place, YES)
    before = asyncio.run(once(agent))
    (offer,) = place.offers()
    place.grid = {"asked": [], "ordered": [order_of(offer)], "limits": []}
    thought = asyncio.run(once(agent))
    less = promising.ordered(agent.life)[0].less_wh
    at = [thought.plan.grid.index(MIDNIGHT + ptu * PTU) for ptu in EVENING]
    sold_kw = less[EVENING] / 250
    assert (thought.plan.connection_kw[at] <= 1.2 - sold_kw + 1e-3).all()
    assert thought.plan.connection_kw[at].sum() < before.plan.connection_kw[at].sum()
    claims = [one for one in thought.outlook.claims if getattr(one, "source", "") == ORDER]
    assert claims
    assert all(one.promised and one.rung is Rung.GRID_MARGIN and one.on is On.IMPORT for one in claims)
    agent.life.store.close()
    place.away = True
    again = home(tmp_path, place)
    kept = asyncio.run(again.plan())
    at = [kept.plan.grid.index(MIDNIGHT + ptu * PTU) for ptu in EVENING]
    assert (kept.plan.connection_kw[at] <= 1.2 - sold_kw + 1e-3).all()


def test_the_reasons_of_the_plan_name_what_was_sold_and_which_limit_holds(tmp_path):
    place = Street(wh=[300] * 96)
    place.grid["asked"] = [asked()]
    agent = home(tmp_path, place, YES)
    asyncio.run(once(agent))
    place.grid = {"asked": [], "ordered": [order_of(place.offers()[0])], "limits": []}
    thought = asyncio.run(once(agent))
    told = [one for ptu in EVENING for one in reasons_at(thought, MIDNIGHT + ptu * PTU)]
    assert any("de netbeheerder, aan wie je dit verkocht" in one.nl for one in told), told
    full = limited(AFTERNOON - 2 * PTU, AFTERNOON + 8 * PTU, 2.0)
    place.grid = {"asked": [], "ordered": [], "limits": [full]}
    promising.keep(agent.life, [])
    asyncio.run(once(agent))
    told = reasons_at(agent.thought, AFTERNOON)
    assert any(
        "all that you may, by word of the grid operator, for the cable is full" in one.en for one in told
    )


def test_what_was_sold_is_no_longer_agreed_and_what_comes_back_is(tmp_path):
    place = Street(wh=[300] * 96)
    place.grid["asked"] = [asked()]
    agent = home(tmp_path, place, YES)
    asyncio.run(once(agent))
    order = order_of(place.offers()[0], 0.5)
    place.grid = {"asked": [], "ordered": [order], "limits": []}
    thought = asyncio.run(once(agent))
    first = thought.plan.grid.index(MIDNIGHT)
    agreed = thought.outlook.position_kw
    for ptu, wh in zip(order["ptu"], order["less_wh"], strict=True):
        back = dict(zip(order["comes_back_ptu"], order["comes_back_wh"], strict=True)).get(ptu, 0)
        assert agreed[first + ptu] == pytest.approx((300 - wh + back) / 250)


def test_nobody_is_held_to_more_than_it_offered(tmp_path):
    place = Street(wh=[300] * 96)
    place.grid["asked"] = [asked()]
    agent = home(tmp_path, place, YES)
    asyncio.run(once(agent))
    fair = order_of(place.offers()[0])
    forged = {**fair, "ptu": [*fair["ptu"], 40], "less_wh": [9_000_000] * (len(fair["ptu"]) + 1)}
    stranger = {**fair, "request": "r2"}
    place.grid = {"asked": [], "ordered": [forged, stranger], "limits": []}
    asyncio.run(once(agent))
    (promise,) = agent.life.promises
    assert promise.ordered.request == "r1"
    assert promise.ordered.less_wh[fair["ptu"]].tolist() == fair["less_wh"]
    assert promise.ordered.less_wh.sum() == sum(fair["less_wh"])


def test_not_now_lets_go_of_what_was_promised_and_keeps_what_was_agreed(tmp_path):
    place = Street(wh=[300] * 96)
    place.grid["asked"] = [asked()]
    agent = home(tmp_path, place, YES)
    asyncio.run(once(agent))
    place.grid = {"asked": [], "ordered": [order_of(place.offers()[0])], "limits": []}
    held = asyncio.run(once(agent))
    assert promising.let_go(agent.life, "r1")
    assert not promising.let_go(agent.life, "r7")
    free = asyncio.run(once(agent))
    assert any(getattr(one, "source", "") == ORDER for one in held.outlook.claims)
    assert not any(getattr(one, "source", "") == ORDER for one in free.outlook.claims)
    assert np.allclose(free.outlook.position_kw[:24], held.outlook.position_kw[:24], equal_nan=True)


def test_a_limit_holds_from_its_beginning_to_its_end_also_while_nobody_is_there(tmp_path):
    place = Street()
    begins, ends = MIDNIGHT + 76 * PTU, MIDNIGHT + 80 * PTU
    place.grid["limits"] = [limited(begins, ends, 3.0)]
    agent = home(tmp_path, place)
    asyncio.run(once(agent))
    agent.life.store.close()
    place.away = True
    again = home(tmp_path, place)
    thought = asyncio.run(again.plan())
    first = thought.plan.grid.index(begins)
    (limit,) = [one for one in thought.outlook.claims if getattr(one, "rung", None) is Rung.EMERGENCY]
    assert (limit.first, limit.stop, limit.max_kw, limit.on) == (first, first + 4, 3.0, On.IMPORT)
    assert (thought.plan.connection_kw[first : first + 4] <= 3.0 + 1e-3).all()
    again.life.store.close()
    later = asyncio.run(home(tmp_path, place, begins=ends + PTU).plan())
    assert not [one for one in later.outlook.claims if getattr(one, "rung", None) is Rung.EMERGENCY]


def test_a_forged_limit_leaves_the_minimum_and_ends(tmp_path):
    place = Street()
    forever = datetime(2126, 1, 1, tzinfo=UTC)
    place.grid["limits"] = [limited(AFTERNOON, forever, 0.0)]
    agent = home(tmp_path, place)
    thought = asyncio.run(once(agent))
    (limit,) = [one for one in thought.outlook.claims if getattr(one, "rung", None) is Rung.EMERGENCY]
    assert limit.max_kw == agent.life.caution.least_import_kw
    assert limit.stop <= 16
    agent.life.store.close()
    place.away = True
    later = asyncio.run(home(tmp_path, place, begins=AFTERNOON + timedelta(hours=5)).plan())
    assert not [one for one in later.outlook.claims if getattr(one, "rung", None) is Rung.EMERGENCY]


def test_a_home_with_nothing_to_move_says_that_it_gives_nothing(tmp_path):
    place = Street()
    place.grid["asked"] = [asked()]
    asyncio.run(once(home(tmp_path, place, YES, which=PLAIN)))
    assert [one.less_wh for one in place.offers()] == [[]]
