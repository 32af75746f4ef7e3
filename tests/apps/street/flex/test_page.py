"""What the operator reads of the grid operator's requests."""

import asyncio
from datetime import timedelta
from decimal import Decimal
from types import SimpleNamespace

import pytest
from tests.apps.street.flex.neighbours import FIRST, HOMES, kade
from tests.apps.street.flex.test_line import bought
from tests.apps.street.paged_street import street
from tests.cycle.living_street import FIRST as BEGINS
from tests.cycle.test_live_flex import asked, offered, ordered, passed

from laag.apps.access import Role
from laag.cycle.live.views.requests import requested


@pytest.fixture
def place(tmp_path):
    with street(tmp_path) as made:
        yield made


def told(place, day, upto):
    """So many of what happens to a request, on the second day."""
    state = place.running.keeper.live
    names = [one.member for one in state.day(day).members]
    said = [asked(state, day)]
    said += [offered(state, day, name) for name in names]
    said += [passed(day, range(len(names))), ordered(day, range(len(names)))]
    for one in said[:upto]:
        place.run(place.running.keeper.tell(one))


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("nl", ("Er is nog niets gevraagd", "minder afname", "gewacht", "bestelde er niets van", "Besteld bij 6 huizen")),
        ("en", ("Nothing has been asked yet", "less use", "waited for", "ordered none of it", "Ordered of 6 homes")),
    ],
)  # fmt: skip
def test_a_request_is_a_row_that_says_how_it_goes(place, lang, words):
    day = BEGINS + timedelta(days=1)
    ask = place.ask(Role.OPERATOR, lang)
    nothing, way, waits, unordered, of = words
    assert nothing in ask.get("/operator/flex").text
    told(place, day, 1)
    page = ask.get("/operator/flex").text
    assert way in page
    assert waits in page
    with_offers = place.running.keeper.live.day(day).members
    state = place.running.keeper.live
    for one in with_offers:
        place.run(place.running.keeper.tell(offered(state, day, one.member)))
    place.run(place.running.keeper.tell(passed(day, range(len(with_offers)))))
    place.clock.at = state.neighbourhood.grid(day).end
    assert unordered in ask.get("/operator/flex").text
    place.run(place.running.keeper.tell(ordered(day, range(len(with_offers)))))
    assert of in ask.get("/operator/flex").text


def test_the_first_page_leads_there_where_there_is_a_line(place):
    assert "/operator/flex" not in place.ask(Role.OPERATOR).get("/operator").text
    place.running.grid = SimpleNamespace()
    assert 'href="/operator/flex"' in place.ask(Role.OPERATOR).get("/operator").text


def test_only_the_operator_reads_it(place):
    assert place.ask(Role.REGULATOR).get("/operator/flex").status_code in {403, 404}
    assert place.ask().get("/operator/flex").status_code != 200


def test_what_the_grid_operator_settles_stands_beside_what_the_meters_of_homes_say(tmp_path):
    async def story():
        async with kade(tmp_path) as town:
            await bought(town)
            (row,) = requested(town.keeper.live)
            assert (row.homes, row.answered, row.gave, row.delivered) == (12, 12, 12, None)
            await town.metered(less_wh=50)
            (row,) = requested(town.keeper.live)
            assert row.delivered.wh == pytest.approx(row.ordered_wh / 2, abs=len(HOMES) * 8)
            known = town.keeper.live.day(FIRST)
            town.net.measured[FIRST] = known.settled.readings.wh.sum(axis=0) * 4
            await town.turn()
            theirs = (await town.line.settled())[FIRST]
            # Half is paid and half is fined; they round powers and we watt-hours.
            assert float(theirs) == pytest.approx(row.delivered.units / 10**8, abs=0.02)
            assert town.line.withheld() == []

    asyncio.run(story())


def test_a_point_of_few_homes_is_said_to_be_withheld(tmp_path):
    async def story():
        async with kade(tmp_path, behind={"ean.871685900012636543": ["south"]}) as town:
            await town.cleared()
            assert town.line.withheld() == [("ean.871685900012636543", 1)]

    asyncio.run(story())


def test_the_settlement_is_said_in_plain_words(place):
    from laag.apps.street.pages.flex import _settlement
    from laag.foundation.words import Lang

    day = BEGINS + timedelta(days=1)
    told(place, day, 99)
    rows = list(requested(place.running.keeper.live))
    assert "nog niet afgerekend" in _settlement(day, rows, {}, Lang.NL).nl
    assert "we do" in _settlement(day, rows, {day: Decimal(0)}, Lang.EN).en
    apart = _settlement(day, rows, {day: Decimal("12.30")}, Lang.NL)
    assert "€ 12,30" in apart.nl.replace("\u00a0", " ")
