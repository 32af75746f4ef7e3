"""The pages of a neighbourhood: who sees what, in both languages, and what their buttons do."""

import asyncio
import re
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import numpy as np
import pytest
from tests.apps.street.paged_street import ROLES_WITH_PAGES, SILENT, street
from tests.apps.web.reading import Page
from tests.cycle.living_street import FIRST

from laag.apps.access import Role
from laag.apps.street import few
from laag.apps.street.pages import welcome_link, words
from laag.apps.street.taking import Told
from laag.cycle import live
from laag.foundation.errors import BadInput

EVERY = [None, *ROLES_WITH_PAGES]


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    with street(tmp_path_factory.mktemp("street")) as made:
        yield made


@pytest.fixture
def fresh(tmp_path):
    with street(tmp_path) as made:
        yield made


def pages(place):
    return sorted(
        path
        for method, path in place.site.doors
        if method == "GET"
        and "{" not in path
        and path not in {"/health", "/metrics"}
        and not path.startswith("/api")
        and not path.endswith(".toml")
    )


def form_of(page):
    return {"form_token": re.search(r'name="form_token" value="([0-9a-f]+)"', page.text)[1]}


@pytest.mark.parametrize("role", EVERY, ids=str)
def test_each_role_opens_the_pages_of_its_doors_and_is_led_to_no_other(place, role):
    asking = place.ask(role, member=place.members[0] if role is Role.RESIDENT else None)
    for path in pages(place):
        roles = place.site.doors["GET", path].roles
        answer = asking.get(path)
        expected = 200 if Role.ANYBODY in roles or role in roles else 303 if role is None else 403
        assert answer.status_code == expected, path
        if answer.status_code == 200:
            links = {attrs["href"] for tag, attrs, inside in Page(answer.text).all("a") if "nav" in inside}
            assert all({role, Role.ANYBODY} & place.site.doors["GET", link].roles for link in links), path


def test_a_page_listens_from_the_moment_that_it_was_asked_for(place):
    stream = place.running.stream
    page = Page(place.ask(Role.OPERATOR).get("/operator").text)
    since = parse_qs(urlsplit(page.all("body")[0][1]["data-stream"]).query)["since"][0]
    stream.say("cleared", {"day": str(FIRST)})

    async def told():
        listening = stream.listen(since)
        return [await anext(listening) for _ in range(2)]

    assert "event: cleared" in asyncio.run(told())[1]


@pytest.mark.parametrize("lang", ["nl", "en"])
@pytest.mark.parametrize("role", [role for role in EVERY if role], ids=str)
def test_every_page_reads_well_without_a_browser(place, role, lang):
    asking = place.ask(role, lang, member=place.members[0] if role is Role.RESIDENT else None)
    for path in [*pages(place), f"/regulator?day={FIRST}&ptu=50", f"/?day={FIRST}&ptu=50", "/nowhere"]:
        answer = asking.get(path)
        page = Page(answer.text)
        assert page.faults == [], path
        assert page.all("html")[0][1]["lang"] == lang
        assert "Said(" not in answer.text
        assert "None" not in re.sub(r"<[^>]*>", " ", answer.text)
        main = [attrs for _, attrs, _ in page.all("button") if attrs.get("class") == "main"]
        assert len(main) <= 1, "one thing is what a page is for"


def test_the_same_page_in_another_language_is_one_press_away(place):
    asking = place.ask(Role.RESIDENT, "nl", member=place.members[0])
    asked = asking.get(f"/?day={FIRST}&ptu=50")
    other = next(attrs for _, attrs, _ in Page(asked.text).all("a") if attrs.get("hreflang") == "en")
    shown = asking.get(other["href"])
    assert "What the neighbourhood agreed" in shown.text
    assert "12:30" in shown.text
    assert "What the neighbourhood agreed" in asking.get("/").text


def test_members_read_what_the_neighbourhood_came_to_beside_two_other_sets_of_rules(place):
    asking = place.ask(Role.RESIDENT, member=place.members[0])
    shown = Page(asking.get("/").text)
    assert [attrs for _, attrs, _ in shown.all("section") if attrs.get("id") == "together"]
    text = asking.get("/").text
    for says in (
        "the street together pays",
        "with a dynamic contract (rules of 2027)",
        "netting (rules of 2026)",
        "The same use was counted",
    ):
        assert says in text, says
    assert "metered</dt>" in text


def test_a_market_that_is_open_to_all_shows_no_totals_of_few_homes(tmp_path):
    with street(tmp_path, public=True) as made:
        shown = made.ask().get("/")
        assert shown.status_code == 200
        assert few.WITHHELD.en in shown.text
        assert 'class="chart merit"' not in shown.text
        assert 'id="flows"' not in shown.text
        assert 'id="together"' not in shown.text
        assert "metered</dt>" not in shown.text


def test_few_homes_are_a_share_of_their_cable_to_the_grid_operator_and_no_more(place):
    told, kept = place.ask(Role.OPERATOR).get("/grid").text, place.ask(Role.GRID).get("/grid").text
    assert "<small>kW</small>" in told
    assert "<small>kW</small>" not in kept
    assert few.WITHHELD.en in kept
    shares = {int(one) for one in re.findall(r'<td class="n">(\d+)</td>', kept.split("</table>", 1)[1])}
    assert shares
    assert all(one % 10 == 0 for one in shares)


def test_a_quarter_hour_comes_out_of_the_log_as_it_was_recorded(place):
    shown = place.ask(Role.REGULATOR).get(f"/regulator?day={FIRST}&ptu=50").text
    assert shown.count("exactly as it was recorded then") == 2
    assert "layered/1" in shown


def test_what_homes_changed_of_a_quarter_hour_is_told_to_its_street_and_to_who_supervises(fresh):
    day, ptu = FIRST + timedelta(days=1), 60
    one, numbers = [np.array([number]) for number in (1, ptu)], fresh.running.keeper.live.numbers
    changes = live.Rows(one[0], one[1], np.array([1]), np.array([700]), np.array([300_000]))
    amended = live.Amended(fresh.members[0], day, numbers.get(fresh.members[0], -1) + 1, changes)
    quoted = live.Intraday(day, one[1], np.array([9_000]), np.array([8_000]), "test")
    told = [Told(message, {}) for message in (amended, quoted, live.RoundClosed(day, ptu, in_time=True))]
    asking = fresh.ask(Role.RESIDENT, member=fresh.members[0])
    before = asking.get(f"/?day={day}&ptu={ptu}").text
    fresh.run(fresh.running.keeper.ask(told))
    after = asking.get(f"/?day={day}&ptu={ptu}").text
    assert words.CHANGED_LATER.en not in before
    assert words.CHANGED_LATER.en in after
    assert "homes wanted to buy 0.7 kWh more" in after
    assert words.CHANGED_LATER.en not in asking.get(f"/?day={day}&ptu={ptu + 1}").text
    again = fresh.ask(Role.REGULATOR).get(f"/regulator?day={day}&ptu={ptu}").text
    assert "homes wanted to buy 0.7 kWh more" in again
    assert "the round of 16:00 on" in again
    assert "otherwise" not in again


def test_a_regulator_sees_one_members_orders_only_with_a_purpose_which_the_member_can_read(fresh):
    member, asking = fresh.members[0], fresh.ask(Role.REGULATOR)
    found = asking.get(f"/regulator?day={FIRST}&ptu=50&member={member}").text
    link = next(
        attrs["href"] for _, attrs, _ in Page(found).all("a") if "/regulator/members/" in attrs["href"]
    )
    assert asking.get(link).status_code == 403
    shown = asking.get(f"{link}&purpose=supervision")
    assert shown.status_code == 200
    assert Page(shown.text).faults == []
    assert shown.text.count("<tr>") > 1
    api = f"/api/v1/members/{member}/fills/{FIRST}/50"
    assert asking.get(api).status_code == 403
    told = asking.get(f"{api}?purpose=supervision").json()
    assert told["same"]
    assert sum(one["filled_wh"] for one in told["fills"]) > 0
    assert "what became of your orders in a quarter-hour" in asking.get("/regulator/looks").text
    for role in (Role.OPERATOR, Role.GRID, Role.RESEARCHER):
        assert fresh.ask(role).get(f"{link}&purpose=supervision").status_code == 403
    assert asking.get(f"/regulator/members/nobody?day={FIRST}&ptu=50&purpose=supervision").status_code == 404


@pytest.mark.parametrize(
    "query",
    [
        "day=nonsense",
        "day=1999-01-01&ptu=5",
        "day=2999-01-01",
        "ptu=9999",
        "ptu=-1",
        "ptu=x",
        "day=2026-03-30&ptu=95",
    ],
)
def test_an_odd_address_shows_a_page_all_the_same(place, query):
    for path in ("/", "/grid", "/operator/days", "/regulator"):
        assert place.ask(Role.OPERATOR).get(f"{path}?{query}").status_code == 200


def test_settling_again_says_that_nothing_changed(fresh):
    asking = fresh.ask(Role.OPERATOR)
    given = form_of(asking.get("/operator/days")) | {"day": str(FIRST)}
    assert "The same came out" in asking.post("/operator/days", data=given).text
    assert 'role="alert"' in asking.post("/operator/days", data=given | {"day": "2026-03-29"}).text
    assert 'role="alert"' in asking.post("/operator/days", data=given | {"day": "nonsense"}).text


def test_a_code_is_shown_with_its_square_and_can_be_withdrawn(fresh):
    asking = fresh.ask(Role.OPERATOR)
    given = form_of(asking.get("/operator/homes"))
    made = asking.post(
        "/operator/homes",
        data=given | {"cable": "cable-1", "connection": "3x35A", "note": "<b>number 12</b>"},
    ).text
    code = re.search(r'class="code">([A-Z0-9]{4}-[A-Z0-9]{4})<', made)[1]
    assert f"http://street.example/enrol?code={code}" in made
    assert "&lt;b&gt;number 12&lt;/b&gt;" in made
    assert "<td>3x35A</td>" in made
    assert Page(made).faults == []
    assert code in asking.get("/operator/homes").text
    assert code not in asking.post("/operator/homes/withdraw", data=given | {"code": code}).text


def test_a_connection_without_a_tariff_gets_no_code_and_the_choices_are_said(fresh):
    asking = fresh.ask(Role.OPERATOR)
    given = form_of(asking.get("/operator/homes"))
    answer = asking.post("/operator/homes", data=given | {"cable": "cable-1", "connection": "9x99A"})
    assert answer.status_code == 422
    assert "choose from 3x25A" in answer.text
    assert 'class="code">' not in answer.text


def test_people_are_invited_by_a_link_that_is_shown_once(fresh):
    asking = fresh.ask(Role.OPERATOR)
    given = form_of(asking.get("/operator/access"))

    def invite(**form):
        return asking.post("/operator/access/invite", data=given | form).text

    link = re.search(r"http://street.example(/welcome/[\w-]+)", invite(role="grid"))[1]
    assert link not in asking.get("/operator/access").text
    assert "grid operator" in fresh.ask().get(link).text
    assert 'role="alert"' in invite(role="resident")
    assert 'role="alert"' in invite(role="resident", member="nobody")
    assert "/welcome/" in invite(role="resident", member=fresh.members[0])


def test_the_only_operator_stays(fresh):
    asking = fresh.ask(Role.OPERATOR)
    fresh.somebody(Role.GRID)
    given = form_of(asking.get("/operator/access"))
    assert (
        'role="alert"'
        in asking.post("/operator/access/remove", data=given | {"account": "operator jansen"}).text
    )
    assert (
        "grid Jansen"
        not in asking.post("/operator/access/remove", data=given | {"account": "grid jansen"}).text
    )
    assert asking.get("/operator").status_code == 200


def test_a_key_is_shown_once_and_opens_what_its_role_may(fresh):
    asking = fresh.ask(Role.OPERATOR)
    given = form_of(asking.get("/operator/access"))
    made = asking.post("/operator/access/keys", data=given | {"name": "planning", "role": "grid"}).text
    key = re.search(r"laag_[\w-]+", made)[0]
    assert key not in asking.get("/operator/access").text
    machine = fresh.ask()
    machine.headers["authorization"] = f"Bearer {key}"
    assert machine.get("/grid").status_code == 200
    assert machine.get("/operator").status_code == 403


def test_a_look_is_in_the_log_before_it_is_shown_and_its_owner_reads_it(fresh):
    member = fresh.members[SILENT]
    operator = fresh.ask(Role.OPERATOR)
    path = f"/api/v1/members/{member}/settled/{FIRST}"
    assert operator.get(path).status_code == 403
    assert operator.get(f"{path}?purpose=support").status_code == 200
    fresh.somebody(Role.RESIDENT, "Owner", member)
    owner = fresh.ask()
    owner.cookies.set(
        "laag_session", fresh.site.sessions.begin(fresh.site.accounts.find("owner")), domain="street.example"
    )
    told = owner.get(f"/members/{member}/looks").text
    assert (
        "operator Jansen (operator) looked at the settlement of a day of yours, to help you with a question."
        in told
    )
    assert "operator Jansen" in fresh.ask(Role.REGULATOR).get("/regulator/looks").text
    assert owner.get(f"/members/{fresh.members[0]}/looks").status_code == 403


def test_where_a_look_cannot_be_written_down_nothing_is_shown(fresh, monkeypatch):
    async def away(_):
        raise OSError("no space left on device")

    monkeypatch.setattr(fresh.running.keeper, "note", away)
    member = fresh.members[0]
    answer = fresh.ask(Role.OPERATOR).get(f"/api/v1/members/{member}/settled/{FIRST}?purpose=support")
    assert answer.status_code == 503
    assert "metered" not in answer.text


def test_the_first_operator_follows_a_printed_link(fresh):
    link = welcome_link(fresh.app, "http://street.example/")
    assert fresh.ask().get(link.removeprefix("http://street.example")).status_code == 200
    fresh.somebody(Role.OPERATOR)
    assert welcome_link(fresh.app, "http://street.example/") is None


def test_no_page_of_the_market_names_a_member(place):
    for role in (Role.RESIDENT, Role.RESEARCHER, Role.GRID, Role.REGULATOR):
        asking = place.ask(role, member=place.members[0] if role is Role.RESIDENT else None)
        for path in ("/", "/grid", f"/regulator?day={FIRST}&ptu=50"):
            shown = asking.get(path).text
            assert [one for one in place.members if one in shown] == [], (role, path)


def test_people_read_a_page_where_programs_get_json(fresh, monkeypatch):
    asking = fresh.ask(Role.OPERATOR)
    given = form_of(asking.get("/operator/homes"))

    def away(*_, **__):
        raise BadInput("no space left on device")

    monkeypatch.setattr("laag.apps.street.codes.made", away)
    answer = asking.post("/operator/homes", data=given | {"connection": "3x25A"})
    assert answer.status_code == 503
    assert Page(answer.text).faults == []
    assert "Nothing can be written down now" in answer.text
    program = asking.get("/api/v1/market/nonsense")
    assert program.headers["content-type"] == "application/json"
