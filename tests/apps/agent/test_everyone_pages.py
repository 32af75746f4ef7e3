"""Pages for every household: advice, a coach who is let in and out, what energy weighs, homes alike, and a clean start."""

import asyncio
import html
import json
from datetime import date, timedelta

import pytest
from tests.apps.agent.lived_in import NOW, TODAY, Stopped, thinks
from tests.apps.agent.paged_home import Neighbours, paged, token

from laag.adapters.neighbourhood.everyone import MonthShared, MovesOut, OwnMove, SupportYes
from laag.apps.access import Role
from laag.apps.agent import comparing
from laag.apps.agent.coaching import Coaching, Part
from laag.apps.agent.pages.everyone import kept
from laag.apps.agent.senses import Senses
from laag.home.house import House
from laag.home.scan import Days

ALL = ("pv", "battery", "charger", "heat_pump")


@pytest.fixture
def home(tmp_path):
    neighbours = Neighbours()
    with paged(tmp_path, *ALL, neighbours=neighbours, language="en", planned=False) as (client, site):
        yield client, site, neighbours


def said_on(page):
    return html.unescape(page.text)


def post(client, path, page, **form):
    return client.post(path, data={"form_token": token(client, page), **form})


@pytest.mark.parametrize("joined", [False, True])
def test_an_insight_only_home_has_every_page_and_is_told_what_its_meter_tells(tmp_path, joined):
    """A P1 reader and nothing else: nothing to steer, and no page that speaks of devices which are not there."""
    with paged(tmp_path, joined=joined, language="en", planned=False) as (client, site):
        life = site.here.life
        life.house, life.senses = House("Kade 12"), Senses(House("Kade 12"), life.senses.held)
        thinks(life)
        for path in (
            "/",
            "/today",
            "/wishes",
            "/bill",
            "/use",
            "/data",
            "/settings",
            "/compare",
            "/means",
            "/move",
        ):
            page = client.get(path)
            assert page.status_code == 200, path
        text = said_on(client.get("/advice"))
        assert "is always on" in text
        assert "your battery" not in said_on(client.get("/"))


def test_what_a_household_says_of_its_home_is_kept_and_makes_the_advice_say_more(home):
    client, site, _ = home
    before = said_on(client.get("/advice"))
    done = post(client, "/advice", "/advice", built="1960", size_m2="100", kind="terraced", people="3", heated_by="heat_pump", rents="yes", old_lamps="6", gas_eur="1,25")  # fmt: skip
    assert done.status_code == 303
    after = said_on(client.get("/advice"))
    assert "<h3>Replace the last bulbs" in after
    assert "<h3>Replace the last bulbs" not in before
    assert "The landlord's panels are not shown as yours" in after
    assert kept.prices(site.here.life, TODAY).eur_per_m3 == 1.25


def test_a_number_that_cannot_be_is_not_kept(home):
    client, site, _ = home
    assert post(client, "/advice", "/advice", built="19", heated_by="gas").status_code == 422
    assert site.here.life.store.kept(kept.DWELLING) is None


def test_a_step_is_written_down_and_taken_away(home):
    client, _, _ = home
    since = (TODAY - timedelta(days=10)).isoformat()
    assert post(client, "/advice/step", "/advice", step="insight", since=since).status_code == 303
    text = said_on(client.get("/advice"))
    assert "We began to watch our use (insight)" in text
    assert "nothing can be said of electricity yet" in text
    post(client, "/advice/step/forget", "/advice", step="insight")
    assert "nothing can be said" not in said_on(client.get("/advice"))


def test_a_step_of_tomorrow_is_refused(home):
    client, _, _ = home
    since = (TODAY + timedelta(days=1)).isoformat()
    assert post(client, "/advice/step", "/advice", step="insight", since=since).status_code == 422


def invited(client, **form):
    page = post(client, "/settings/coach", "/settings/coach", **form)
    return page, said_on(page).partition("/welcome/")[2].partition("<")[0]


def as_coach(client, site, secret):
    """Another browser, signed in with the link."""
    accounts = site.here.sessions.accounts
    account = accounts.accept(secret, "Coby", "vier gele laarzen")
    client.cookies.clear()
    client.cookies.set("laag_session", site.here.sessions.begin(account), domain="home.test")


def test_a_coach_sees_exactly_what_was_ticked_and_nothing_else(home):
    client, site, _ = home
    _, secret = invited(client, scan="1", lasts="30")
    as_coach(client, site, secret)
    text = said_on(client.get("/coach"))
    assert "What you can do" in text
    assert "by day" not in text
    assert "by quarter-hour" not in text
    assert "I did this" not in text
    for path in ("/today", "/bill", "/data", "/means", "/settings", "/advice", "/move", "/data/laag.json"):
        assert client.get(path).status_code == 403, path
    assert client.get("/").headers["location"] == "/coach"


def test_all_that_can_be_ticked_is_shown_where_it_is(home):
    client, site, _ = home
    form = dict.fromkeys((one.value for one in Part), "1")
    page = client.post(
        "/settings/coach", data={"form_token": token(client, "/settings/coach"), **form, "lasts": "7"}
    )
    secret = said_on(page).partition("/welcome/")[2].partition("<")[0]
    assert secret
    as_coach(client, site, secret)
    text = said_on(client.get("/coach"))
    for said in (
        "The last four weeks, by day",
        "Yesterday by quarter-hour",
        "About your home",
        "What can be seen",
    ):
        assert said in text


def test_every_look_is_read_by_the_household_and_ending_is_at_once(home):
    client, site, _ = home
    owner = dict(client.cookies)
    _, secret = invited(client, scan="1", lasts="7")
    as_coach(client, site, secret)
    coach = client.cookies["laag_session"]
    client.get("/coach")
    client.cookies.clear()
    for name, value in owner.items():
        client.cookies.set(name, value, domain="home.test")
    text = said_on(client.get("/settings/coach"))
    assert "Coby looked at the advice from your meter" in text
    assert post(client, "/settings/coach/end", "/settings/coach").status_code == 200
    client.cookies.clear()
    client.cookies.set("laag_session", coach, domain="home.test")
    assert client.get("/coach").status_code in {303, 401}
    assert not any(one.role is Role.COACH for one in site.here.sessions.accounts.all())
    assert Coaching(site.here.sessions.accounts).looks()[0].name == "Coby"


def test_when_the_time_is_over_a_coach_sees_nothing_any_more(home):
    client, site, _ = home
    accounts = site.here.sessions.accounts
    _, secret = invited(client, scan="1", lasts="7")
    as_coach(client, site, secret)
    grant = accounts.records.get("coach", "now")
    accounts.records.put("coach", "now", {**grant, "until": (NOW - timedelta(minutes=1)).isoformat()})
    assert "Looking along is over" in said_on(client.get("/coach"))
    assert not any(one.role is Role.COACH for one in accounts.all())


def test_a_coach_needs_something_to_see_and_there_is_one_at_a_time(home):
    client, _, _ = home
    assert invited(client, lasts="7")[0].status_code == 422
    assert invited(client, scan="1", lasts="7")[0].status_code == 200
    accounts_page = client.post("/settings/coach", data={"form_token": token(client, "/settings"), "scan": "1", "lasts": "7"})  # fmt: skip
    assert accounts_page.status_code == 409


def test_what_energy_weighs_is_worked_out_here_and_asked_of_nobody(home):
    client, site, neighbours = home
    neighbours.asked.clear()
    assert post(client, "/means", "/means", band="to_1500", people="1", cost="240").status_code == 303
    text = said_on(client.get("/means"))
    assert "not you" in text
    assert not neighbours.told
    assert {path for _, path in neighbours.asked} == {"support"}
    assert "to_1500" not in json.dumps([str(one) for one in neighbours.asked])
    post(client, "/means/forget", "/means")
    assert site.here.life.store.kept(kept.MEANS) is None


def test_only_a_yes_for_some_months_goes_to_the_fund(home):
    client, _, neighbours = home
    post(client, "/means", "/means", band="to_1500", people="1", cost="240")
    assert post(client, "/means/support", "/means", months="3").status_code == 200
    assert neighbours.told == [("support", SupportYes(months=3))]
    assert SupportYes.model_fields.keys() == {"months"}
    assert "you received €25.00" in said_on(client.get("/means"))


def test_nothing_is_compared_without_a_yes_and_a_no_erases(home):
    client, site, neighbours = home
    life = site.here.life
    asyncio.run(comparing.send(life, TODAY, neighbours, kept.dwelling(life.store)))
    assert not neighbours.told
    assert "Half of 12 homes" not in said_on(client.get("/compare"))
    post(client, "/compare", "/compare", yes="1")
    assert comparing.agreed_until(life) == TODAY + timedelta(days=366)
    assert "Half of 12 homes" in said_on(client.get("/compare"))
    assert post(client, "/compare", "/compare", yes="0").status_code == 200
    assert ("DELETE", "comparison") in neighbours.asked
    assert comparing.agreed_until(life) is None


def test_a_month_goes_as_whole_numbers_and_wide_classes():
    import numpy as np

    nothing = np.full(30, np.nan)
    days = Days(date(2026, 4, 1), np.full(30, 7.26), np.full(30, 1.1), nothing, nothing, nothing)
    home = kept.Dwelling(1961, 104, kept.DwellingKind.CORNER, 7, kept.HeatedBy.GAS)
    assert comparing.shared(date(2026, 4, 1), days, home) == MonthShared(
        month="2026-04", electricity_kwh=218, gas_m3=33, year_class=1, size_class=1, dwelling="corner", people_class=5, heated_by="gas",
    )  # fmt: skip


def test_a_month_of_which_days_are_missing_is_not_shared():
    import numpy as np

    nothing = np.full(30, np.nan)
    power = np.where(np.arange(30) < 25, 7.0, np.nan)
    assert comparing.shared(date(2026, 4, 1), Days(date(2026, 4, 1), power, nothing, nothing, nothing, nothing), kept.Dwelling()) is None  # fmt: skip


def test_whoever_moves_reads_the_final_account_and_gets_a_code_for_the_next(home):
    client, site, neighbours = home
    page = post(client, "/move", "/move", why="moved", last=TODAY.isoformat())
    assert neighbours.told == [("move", MovesOut(last_day=TODAY, why="moved"))]
    text = said_on(page)
    assert "K7QP-3MXA" in text
    assert "This is your final account." in text
    assert "http://street.test/account/abc" in text
    assert site.here.life.store.kept("left") == neighbours.answers[OwnMove].last_day.isoformat()


def test_a_home_is_cleared_only_with_the_word_and_after_the_last_day(home):
    client, site, _ = home
    assert post(client, "/move/clear", "/move", word="clear").status_code == 409
    post(client, "/move", "/move", why="moved", last=TODAY.isoformat())
    assert post(client, "/move/clear", "/move", word="nope").status_code == 422
    assert site.here.life.store.kept("member") is not None


def test_the_next_household_begins_clean_with_the_devices_that_stay(home):
    """No data of the former, consents gone, wishes back to public defaults, accounts ended; the devices are still there."""
    client, site, _ = home
    life, store = site.here.life, site.here.life.store
    house, inventory = life.house, [{"name": "car", "kind": "charger"}]
    store.keep("inventory", inventory)
    store.wish("auto op 90 % om 06:00")
    comparing.agree(life, None)
    post(client, "/means", "/means", band="to_1500", people="2")
    post(client, "/advice", "/advice", built="1960", heated_by="gas")
    post(client, "/move", "/move", why="moved", last=TODAY.isoformat())
    store.outbox.answered([(one.number, "taken", "") for one in store.outbox.waiting(999)])
    page = post(client, "/move/clear", "/move", word="clear")
    secret = said_on(page).partition("/welcome/")[2].split("<")[0].split()[0]
    assert store.first() is None
    assert store.wishes() == []
    assert store.stays(NOW - timedelta(days=99)) == []
    assert store.kept("inventory") == inventory
    for name in (
        "member",
        "left",
        "move",
        kept.MEANS,
        kept.DWELLING,
        kept.STAGES,
        "consents",
        "positions",
    ):
        assert store.kept(name) is None, name
    assert life.house == house
    accounts = site.here.sessions.accounts
    assert accounts.all() == []
    assert client.get("/").status_code == 303
    assert accounts.invitation(secret) is Role.RESIDENT


def test_nothing_of_the_former_household_can_be_read_from_the_file(tmp_path):
    from laag.adapters.homestore import HomeStore

    path = tmp_path / "home.sqlite3"
    with HomeStore(path) as store:
        store.wish("auto op 90 % om 06:00 voor Wilhelmina")
        store.keep("private means", {"band": "to_1500-Wilhelmina"})
        store.keep("held", {"stored_kwh": 3.0})
        store.start_clean({"held"})
        assert store.kept("held") == {"stored_kwh": 3.0}
        assert store.outbox.last_number == -1
    assert b"Wilhelmina" not in path.read_bytes()
    assert Stopped().now() == NOW
