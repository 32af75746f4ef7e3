"""A home keeps what neighbours agreed, tells one number of it to whom it said yes to, and its household reads all of that."""

from datetime import timedelta

import pytest
from tests.apps.agent.lived_in import NOW, TODAY
from tests.apps.agent.paged_home import paged
from tests.apps.agent.test_agent_pages import ALL

from laag.adapters.keys import Key
from laag.adapters.neighbourhood.link import Neighbourhood
from laag.adapters.neighbourhood.wire import AgreedHours, Tellings
from laag.apps.agent import agreeing
from laag.apps.agent.neighbour import Neighbour
from laag.foundation.data import Purpose
from laag.foundation.ptu import AMSTERDAM, PTU, midnight

DAY = timedelta(days=1)
EVENING = list(range(68, 80))


def hours(day, name="No car at dinner", device="ev"):
    return AgreedHours(name=name, device=device, day=day, ptu=EVENING)


def agreed(site, *held, yes=True):
    """On the board of a home, whose car took 600 Wh at dinner yesterday."""
    life = site.here.life
    link = Neighbourhood("http://127.0.0.1:9", Key.new(), "m-1")
    neighbour = site.here.agent.neighbour = Neighbour(life, link, NOW - 30 * DAY)
    life.board = life.board.model_copy(update={"agreements": list(held)})
    start = midnight(TODAY - DAY, AMSTERDAM)
    for ptu in EVENING:
        life.past.put(start + ptu * PTU, ev_kw=0.2)
    if yes:
        neighbour.consents.give(Purpose.AGREEMENT)
        given = neighbour.consents.said(Purpose.AGREEMENT)
        kept = {"day": (TODAY - 9 * DAY).isoformat(), "until": given.until.isoformat(), "scope": given.scope}
        life.store.keep("consents", {Purpose.AGREEMENT.value: kept})
    agreeing.noted(life, life.thought.plan)
    return life, neighbour


def told(life):
    waiting = [one.body for one in life.store.outbox.waiting(100)]
    return [Tellings.model_validate_json(body) for body in waiting if '"kind":"tellings"' in body]


def test_one_number_of_yesterday_is_told_once(tmp_path):
    with paged(tmp_path, *ALL) as (_, site):
        life, neighbour = agreed(site, hours(TODAY - DAY))
        for _ in range(3):
            agreeing.tells(life, neighbour)
        (one,) = told(life)
        assert (one.agreement, one.day, one.wh, one.because) == ("No car at dinner", TODAY - DAY, 600, "")


def test_without_a_yes_nothing_is_told_and_that_is_said(tmp_path):
    with paged(tmp_path, *ALL) as (client, site):
        life, neighbour = agreed(site, hours(TODAY - DAY), yes=False)
        agreeing.tells(life, neighbour)
        assert told(life) == []
        page = client.get("/today?lang=nl").text
        assert "er is niets verteld, want daar heb je geen ja tegen gezegd" in page


def test_a_yes_of_today_tells_nothing_of_yesterday(tmp_path):
    with paged(tmp_path, *ALL) as (_, site):
        life, neighbour = agreed(site, hours(TODAY - DAY), yes=False)
        neighbour.consents.give(Purpose.AGREEMENT)
        agreeing.tells(life, neighbour)
        assert told(life) == []


def test_of_what_was_not_measured_whole_nothing_is_told(tmp_path):
    with paged(tmp_path, *ALL) as (_, site):
        life, neighbour = agreed(site, hours(TODAY - DAY))
        life.past.put(midnight(TODAY - DAY, AMSTERDAM) + 70 * PTU, ev_kw=float("nan"))
        agreeing.tells(life, neighbour)
        assert told(life) == []


@pytest.mark.parametrize(
    ("device", "nl", "en"),
    [
        ("ev", "laadt je huis de auto niet", "your home does not charge the car"),
        ("appliance", "denk er zelf aan", "think of it yourself"),
    ],
)
def test_a_household_reads_what_holds_tomorrow(tmp_path, device, nl, en):
    with paged(tmp_path, *ALL) as (client, site):
        agreed(site, hours(TODAY + DAY, device=device))
        dutch, english = (client.get(f"/today?lang={lang}").text for lang in ("nl", "en"))
        assert nl in dutch
        assert "Morgen van 17:00–20:00" in dutch
        assert en in english


def test_what_was_told_is_read(tmp_path):
    with paged(tmp_path, *ALL) as (client, site):
        life, neighbour = agreed(site, hours(TODAY - DAY))
        agreeing.tells(life, neighbour)
        assert "0.6 kWh for all agreed hours together" in client.get("/today?lang=en").text
