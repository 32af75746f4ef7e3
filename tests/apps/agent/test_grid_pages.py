"""What a household reads of its grid operator, in both languages, and what it can press."""

from datetime import timedelta

import numpy as np
import pytest
from tests.apps.agent.lived_in import NOW, TODAY
from tests.apps.agent.paged_home import paged, token
from tests.apps.agent.test_agent_pages import ALL, words_of

from laag.adapters.neighbourhood.own import OwnAsked, OwnGrid, OwnLimit, OwnOrdered
from laag.adapters.neighbourhood.wire import Both, Offers, Positions
from laag.apps.access.sessions import HEADER
from laag.apps.access.tokens import form_token
from laag.apps.agent import promising
from laag.apps.agent.helping import ANSWERED
from laag.cycle.living import Ordered, Promise
from laag.foundation.ptu import AMSTERDAM, PTU, PtuGrid, midnight
from laag.home.preferences import say

BEGINS = midnight(TODAY, AMSTERDAM)
WHY = Both(
    nl="De kabel kan op 20-05 tussen 19:00 en 20:00 te vol raken; Stedin vraagt wie dan minder kan afnemen.",
    en="The cable may become too full on 20-05 between 19:00 and 20:00; Stedin asks who can take less then.",
)
FULL = Both(
    nl="De kabel is vol: tot 21:00 kan dit huis hooguit 3,0 kW afnemen. Iedereen houdt minstens hetzelfde minimum.",
    en="The cable is full: until 21:00 this home can take 3.0 kW at most. Everybody keeps at least the same minimum.",
)
ASKED = OwnAsked(
    id="r1", day=TODAY, ptu=[76, 77, 78, 79], less=True, until=NOW + timedelta(minutes=20), why=WHY
)
ORDERED = OwnOrdered(
    request="r0",
    day=TODAY,
    ptu=[74, 75, 76, 77],
    less_wh=[400, 400, 400, 400],
    comes_back_ptu=[90, 91],
    comes_back_wh=[700, 900],
    paid_units=12_000_000,
    by="Stedin",
    penalty_ticks=30_000,
)
LIMIT = OwnLimit(way="takes", begins=NOW, ends=BEGINS + 84 * PTU, kw=3.0, source="the cable", why=FULL)


def offers(number=0, request="r1"):
    return Offers(
        member="m-1",
        day=TODAY,
        number=number,
        request=request,
        ptu=76,
        less_wh=[[100, 100, 100, 100], [200, 200, 200, 200]],
        price_ticks=[5_000, 9_500],
        rebound_step=[],
        rebound_ptu=[],
        rebound_wh=[],
        least_permille=0,
        signature="0" * 128,
    ).model_dump_json()


def promise():
    less, back = np.zeros((2, 300), np.int64)
    less[74:78], back[90], back[91] = 400, 700, 900
    most = np.full((2, 300), np.inf)
    most[0, 74:78] = -0.4
    return Promise(Ordered("r0", PtuGrid(BEGINS, 300), less, back), most)


def going_on(life, *, answered=True, sold=True, limit=True):
    """A request that is open, an order that runs and a limit that holds."""
    life.grid = OwnGrid(asked=[ASKED], ordered=[ORDERED] if sold else [], limits=[LIMIT] if limit else [])
    life.positions = Positions(start=BEGINS, wh=[500] * 96)
    if answered:
        life.store.outbox.add(offers)
        said = {"until": ASKED.until.isoformat(), "consent": {"gives": True}, "offered": True}
        life.store.keep(ANSWERED, {"r1": said})
    if sold:
        promising.keep(life, [promise()])
    return life


@pytest.mark.parametrize("path", ["/", "/today"])
def test_a_household_reads_what_is_asked_offered_sold_and_limited_and_why(tmp_path, path):
    with paged(tmp_path, *ALL) as (client, site):
        going_on(site.here.life)
        dutch, english = (client.get(f"{path}?lang={lang}").text for lang in ("nl", "en"))
        assert WHY.nl in dutch
        assert "Dit huis biedt aan dan tot 1,2 kWh minder te nemen, voor 5,0 ct/kWh tot 9,5 ct/kWh." in dutch
        assert "een kWh kopen kost dan" in dutch
        assert "vandaag van 18:30 tot 19:30 1,6 kWh minder neemt: 0,4 kWh in plaats van 2,0 kWh" in dutch
        assert "Lukt dat, dan krijg je € 0,12." in dutch
        assert FULL.nl in dutch
        assert "a dishwasher" in english
        assert "today from 18:30 to 19:30: 0.4 kWh instead of 2.0 kWh" in english
        assert "What waits comes back later: 1.6 kWh" in english
        left = {one for one in words_of(dutch) & words_of(english) if len(one.split()) > 3}
        assert not left


def test_who_has_not_been_asked_for_leave_is_asked_once_and_one_press_agrees(tmp_path):
    with paged(tmp_path, *ALL, wishes=()) as (client, site):
        going_on(site.here.life, answered=False, sold=False, limit=False)
        assert "Mag dit huis helpen als een kabel vol is" in client.get("/").text
        given = {"form_token": token(client, "/"), "answer": "yes", "page": "now"}
        went = client.post("/grid/agree", data=given)
        assert went.headers["location"] == "/?grid=yes#grid"
        assert [say(one) for _, one in site.here.wishes()] == ["help when a cable is full from 5 ct/kWh"]
        assert site.here.life.replan.is_set()
        assert "Mag dit huis helpen" not in client.get("/?grid=yes").text
        assert promising.consent(site.here.life, TODAY).least_eur_per_kwh == 0.05


def test_a_leave_with_a_price_of_ones_own_says_what_it_means_before_it_is_given(tmp_path):
    with paged(tmp_path, *ALL) as (client, _):
        page = client.get("/wishes/change?wish=help_full_cable&cents=12.5&kw=2&last=").text
        assert "Je wilt: help als een kabel vol is vanaf 12,5 ct/kWh met hoogstens 2 kW" in page
        assert "Nooit ten koste van warmte" in page


def test_no_is_no(tmp_path):
    with paged(tmp_path, *ALL, wishes=()) as (client, site):
        going_on(site.here.life, answered=False, sold=False, limit=False)
        given = {"form_token": token(client, "/"), "answer": "no", "page": "wishes"}
        assert client.post("/grid/agree", data=given).headers["location"] == "/wishes?grid=no#grid"
        for path in ("/", "/today", "/wishes"):
            assert "Mag dit huis helpen" not in client.get(path).text
        assert promising.consent(site.here.life, TODAY) is None


def test_nobody_is_asked_who_cannot_help_or_whose_street_asks_nothing(tmp_path):
    with paged(tmp_path, *ALL, wishes=()) as (client, site):
        assert site.here.life.grid is None
        assert 'id="grid"' in client.get("/").text
        assert "De kabel in de straat" not in client.get("/wishes").text
        assert "Mag dit huis helpen" not in client.get("/").text


def test_not_now_says_what_it_costs_and_lets_go(tmp_path):
    with paged(tmp_path, *ALL) as (client, site):
        going_on(site.here.life)
        assert "Je loopt dan hoogstens € 0,12 mis en betaalt hoogstens € 0,48 boete" in client.get("/").text
        given = {"form_token": token(client, "/"), "request": "r0", "page": "now"}
        assert client.post("/grid/not-now", data=given).headers["location"] == "/?grid=let-go#grid"
        page = client.get("/").text
        assert "Je koos ‘niet nu’ voor vandaag van 18:30 tot 19:30." in page
        assert 'value="r0"' not in page
        assert (
            client.post("/grid/not-now", data=given | {"request": "r9"})
            .headers["location"]
            .startswith("/?grid=gone")
        )


def test_who_sends_a_form_that_is_not_ours_changes_nothing(tmp_path):
    with paged(tmp_path, *ALL, wishes=()) as (client, site):
        going_on(site.here.life)
        assert client.post("/grid/agree", data={"answer": "yes"}).status_code == 403
        assert client.post("/grid/not-now", data={"request": "r0"}).status_code == 403
        assert not site.here.wishes()
        assert not site.here.life.promises[0].let_go


def test_a_program_reads_the_same_and_may_say_not_now(tmp_path):
    with paged(tmp_path, *ALL) as (client, site):
        going_on(site.here.life)
        told = client.get("/api/v1/grid").json()
        assert told["asked"][0]["answered"]["price_ticks"] == [5_000, 9_500]
        (sold,) = told["promised"]
        assert sold["less_wh"] == [400, 400, 400, 400]
        assert sold["takes_kw"] == [-0.4] * 4
        assert told["limits"][0]["kw"] == 3.0
        headers = {HEADER: form_token(client.cookies["laag_session"])}
        for request, status in (("r0", 204), ("r9", 404)):
            said = client.post("/api/v1/grid/not-now", json={"request": request}, headers=headers)
            assert said.status_code == status
        assert client.get("/api/v1/grid").json()["promised"][0]["let_go"]


def test_what_was_sold_is_taken_along_with_everything_else(tmp_path):
    with paged(tmp_path, *ALL) as (client, site):
        going_on(site.here.life)
        rows = client.get("/data/laag.json").json()["sold"]
        assert [row["less_wh"] for row in rows] == [400] * 4
        assert {row["takes_at_most_kw"] for row in rows} == {-0.4}
