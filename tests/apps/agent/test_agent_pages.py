"""A household's pages without a browser: both languages, nothing left out, and what a form does."""

import html
import io
import itertools
import json
import re
import zipfile
from datetime import timedelta
from typing import get_args

import numpy as np
import pytest
from starlette.datastructures import QueryParams
from tests.apps.agent.lived_in import NOW, SOLVER, TODAY
from tests.apps.agent.paged_home import NAME, PASSWORD, Neighbours, paged, token

from laag.adapters.neighbourhood.bindings import BINDINGS, field_of
from laag.adapters.neighbourhood.own import OwnConsents, OwnLike, OwnStreet
from laag.adapters.neighbourhood.wire import Message
from laag.apps.agent.mind import Mind
from laag.apps.agent.pages.controls import form_of, wish_of
from laag.apps.agent.pages.data import consents_of
from laag.apps.agent.pages.words import bill, data, frame, grid, now, settings, today, use, wishes
from laag.apps.agent.pages.words import leaves as leaf_words
from laag.apps.web import written
from laag.cycle.day import HORIZON_PTUS
from laag.cycle.living import think
from laag.foundation.data import Purpose
from laag.foundation.words import Lang, Said
from laag.home.ladder import Ladder, Rung
from laag.home.preferences import KINDS, say, to_plain
from laag.home.preferences.sentences import example

ALL = ("pv", "battery", "charger", "heat_pump")
PAGES = [
    "/", "/today", "/wishes", "/wishes/change?line=auto+op+90+%25+om+06:00", "/wishes/change?line=bla+bla",
    "/wishes/change?without=1", "/wishes/change?first=own_sun", "/bill", "/bill/2026-05-19", "/bill/2026-05-01", "/use", "/use?view=day", "/use?view=month",
    "/data", "/settings", "/join", "/account", "/advice", "/settings/coach", "/means", "/compare", "/move", "/rules", "/charter",
]  # fmt: skip


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    with paged(tmp_path_factory.mktemp("home"), *ALL) as (client, site):
        yield client, site


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("lang", ["nl", "en"])
def test_every_page_speaks_one_language_and_is_well_built(home, path, lang):
    client, _ = home
    page = client.get(path + ("&" if "?" in path else "?") + f"lang={lang}")
    text = page.text
    assert page.status_code in {200, 404}
    assert f'<html lang="{lang}">' in text
    assert "Said(" not in text
    assert "{" not in re.sub(r"<script.*?</script>", "", text)
    levels = [int(level) for level in re.findall(r"<h([1-4])", text)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))
    for control in re.findall(r"<(?:input|select)\b[^>]*>", text):
        labelled = (
            'type="hidden"' in control
            or " hidden" in control
            or "aria-label=" in control
            or _has_label(control, text)
        )
        assert labelled, control


def _has_label(control, text):
    named = re.search(r'id="([^"]+)"', control)
    return (
        (named and f'for="{named[1]}"' in text)
        or f"<label>{control}" in text
        or f'<label class="switch">{control}' in text
    )


def test_the_two_languages_say_different_things(home):
    client, _ = home
    for path in PAGES:
        dutch, english = (
            words_of(client.get(path + ("&" if "?" in path else "?") + f"lang={lang}").text)
            for lang in ("nl", "en")
        )
        left = {one for one in dutch & english if len(one.split()) > 3 and one not in SAME}
        assert not left, (path, left)


SAME = set()


def words_of(text):
    inside = re.sub(r"<(script|style|svg|option).*?</\1>", " ", text, flags=re.DOTALL)
    found = (html.unescape(one).strip() for one in re.findall(r">([^<>]+)<", inside))
    return {one for one in found if re.search(r"[a-z]{3}", one)}


@pytest.mark.parametrize(
    "module", [bill, data, frame, grid, now, settings, today, use, wishes], ids=lambda one: one.__name__
)
def test_everything_that_is_said_is_said_in_both_languages(module):
    said = [one for one in vars(module).values() if isinstance(one, Said)]
    said += [
        each
        for one in vars(module).values()
        if isinstance(one, dict)
        for each in one.values()
        if isinstance(each, Said)
    ]
    assert said
    for one in said:
        assert one.nl
        assert one.en
        assert set(re.findall(r"{\w+}", one.nl)) == set(re.findall(r"{\w+}", one.en)), one


def test_nobody_sees_a_home_that_is_somebodys_without_signing_in(tmp_path):
    with paged(tmp_path, *ALL, signed_in=False) as (client, site):
        first = client.get("/")
        assert (first.status_code, first.headers["location"]) == (303, "/first")
        link = site.first_link("http://home.test")
        assert client.get(link.removeprefix("http://home.test")).status_code == 200
        form = {
            "form_token": token(client, link.removeprefix("http://home.test")),
            "name": NAME,
            "password": PASSWORD,
        }
        assert client.post(link.removeprefix("http://home.test"), data=form).status_code == 303
        assert client.get("/").status_code == 200
        client.cookies.clear()
        assert client.get("/").headers["location"].startswith("/sign-in")
        assert site.first_link("http://home.test") is None


def test_a_form_that_is_not_ours_changes_nothing(home):
    client, site = home
    before = site.here.wishes()
    assert client.post("/wishes", data={"line": "bespaar geld"}).status_code == 403
    assert client.post("/data/delete", data={"word": "weg"}).status_code == 403
    assert site.here.wishes() == before


def test_a_wish_is_shown_before_it_is_kept_and_kept_as_it_was_shown(tmp_path):
    with paged(tmp_path, *ALL) as (client, site):
        shown = client.get("/wishes/change?line=auto%20op%2095%20%25%20om%2006:00&instead=1")
        assert "Je wilt: auto op 95 % om 06:00" in shown.text
        assert "In plaats van: auto op 80 % om 07:00 op werkdagen" in shown.text
        assert [say(one) for _, one in site.here.wishes()] == ["car at 80 % by 07:00 on weekdays"]
        given = {
            "form_token": token(client, "/wishes/change?without=1"),
            "line": "auto op 95 % om 06:00",
            "instead": "1",
        }
        assert client.post("/wishes", data=given).status_code == 303
        assert [say(one) for _, one in site.here.wishes()] == ["car at 95 % by 06:00"]
        assert site.here.life.replan.is_set()


def test_what_a_change_costs_is_the_difference_of_two_plans_made_now(tmp_path):
    with paged(tmp_path, *ALL) as (client, site):
        text = html.unescape(client.get("/wishes/change?without=1").text)
        cents = [
            round(100 * float(one.replace(".", "").replace(",", ".")))
            for one in re.findall(r"€ (-?[\d.]+,\d\d)", text.split('id="cost"')[1])[:3]
        ]
        then, was, more = cents
        assert more == abs(then - was)
        assert was == round(100 * site.here.day().plan.cost_eur)


SUN_OR_CAR = ("auto op 80 % om 07:00", "laad de auto als de zon schijnt")


def test_what_is_the_households_on_the_ladder_is_shown_before_it_is_moved_and_then_planned_by(tmp_path):
    """In a home whose car cannot both leave full and wait for the sun, another order is another plan."""
    with paged(tmp_path, *ALL, wishes=SUN_OR_CAR) as (client, site):
        page = client.get("/wishes").text
        assert re.findall(r'href="/wishes/change\?first=(\w+)"', page) == ["own_sun"]
        shown = html.unescape(client.get("/wishes/change?first=own_sun").text)
        assert "‘eigen zon eerst’ gaat voor ‘comfort’" in shown
        assert wishes.NO_CHANGES.nl not in shown
        assert site.here.ladder == Ladder()

        before = planned(site)
        given = {"form_token": token(client, "/wishes/change?first=own_sun"), "first": "own_sun"}
        assert client.post("/wishes", data=given).headers["location"] == "/wishes?done=moved"
        after = planned(site)
        assert site.here.life.replan.is_set()
        assert missed(before, Rung.OWN_SUN) > missed(after, Rung.OWN_SUN)
        assert missed(before, Rung.COMFORT) < missed(after, Rung.COMFORT)
        assert after.plan.ev_kw.tolist() != before.plan.ev_kw.tolist()
        page = client.get("/wishes").text
        assert page.index("eigen zon eerst</b>") < page.index("comfort</b>")
        assert re.findall(r'href="/wishes/change\?first=(\w+)"', page) == ["comfort"]


def test_the_order_of_the_ladder_is_kept_and_can_be_put_back(tmp_path):
    with paged(tmp_path, *ALL, wishes=SUN_OR_CAR) as (client, site):
        first = planned(site)
        for name in ("own_sun", "comfort"):
            site.here.agent.wishes.put_first(name)
        assert planned(site).plan.ev_kw.tolist() == first.plan.ev_kw.tolist()
        assert client.get("/data/laag.json").json()["ladder"][3] == {"rung": "comfort", "set_by": "household"}


@pytest.mark.parametrize("name", ["emergency", "market", "agreement", "nonsense", "0"])
def test_what_law_or_neighbours_set_cannot_be_moved(tmp_path, name):
    with paged(tmp_path) as (client, site):
        assert wishes.NOT_YOURS.nl in html.unescape(client.get(f"/wishes/change?first={name}").text)
        given = {"form_token": token(client, "/wishes/change?without=1"), "first": name}
        client.post("/wishes", data=given)
        assert site.here.ladder == Ladder()


def planned(site):
    known, board = Mind(site.here.life).question(NOW)
    return think(known, board, site.here.life.senses.held, HORIZON_PTUS, solver=SOLVER)


def missed(thought, rung):
    return sum(one.amount for one in thought.plan.shortfalls if one.rung is rung)


def test_a_line_that_is_not_understood_says_how_far_and_what_could_be_meant(home):
    text = html.unescape(home[0].get("/wishes/change?line=auto+op+80+%25+vroeg&lang=nl").text)
    assert "Begrepen tot en met ‘auto op 80 %’" in text
    assert "/wishes/change?line=auto%20op%2080%20%25%20om%2007%3A00" in text


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
@pytest.mark.parametrize("lang", Lang)
def test_every_wish_can_be_filled_in_and_means_what_it_meant(kind, lang):
    wish = example(kind)
    form = form_of(wish, lang, Said())
    sent = [("wish", form.kind)]
    for part in form.parts:
        if part.control is None or part.value in (None, False):
            continue
        values = part.value if isinstance(part.value, list) else [part.value]
        sent += [(part.name, "yes" if one is True else str(one)) for one in values]
    assert to_plain(wish_of(QueryParams(sent))) == to_plain(wish)


def test_the_bill_is_shown_as_it_was_last_told_while_the_neighbourhood_is_away(tmp_path):
    there = Neighbours()
    with paged(tmp_path, *ALL, neighbours=there) as (client, _):
        assert "€ 4,84" in html.unescape(client.get("/bill").text)
        there.away = True
        again = html.unescape(client.get("/bill").text)
        assert "€ 4,84" in again
        assert frame.STREET_AWAY.nl in again
        assert frame.STREET_AWAY_NOTHING.nl in html.unescape(client.get("/bill?month=2026-03").text)


def test_a_home_alone_has_all_pages_and_says_what_is_missing(tmp_path):
    with paged(tmp_path, joined=False, planned=False, board=False, wishes=()) as (client, _):
        for path in ("/", "/today", "/wishes", "/bill", "/use", "/data", "/settings", "/join"):
            assert client.get(path).status_code == 200, path
        assert today.NO_PLAN.nl in html.unescape(client.get("/today").text)
        assert frame.NOT_A_MEMBER.nl in html.unescape(client.get("/bill").text)
        assert data.NOT_JOINED.nl in html.unescape(client.get("/data").text)
        assert settings.JOIN_NOWHERE.nl in html.unescape(client.get("/join").text)


@pytest.mark.parametrize(
    ("joined", "away", "said"),
    [
        (False, False, use.LIKE_NOT_JOINED),
        (True, False, use.LIKE_NOTHING_YET),
        (True, True, frame.STREET_AWAY_NOTHING),
    ],
)
def test_why_a_home_is_not_beside_others_yet_is_one_reason(tmp_path, joined, away, said):
    there = Neighbours(away=away, nothing={OwnLike})
    with paged(tmp_path, joined=joined, neighbours=there) as (client, _):
        text = html.unescape(client.get("/use").text)
        reasons = (use.LIKE_NOT_JOINED, use.LIKE_NOTHING_YET, frame.STREET_AWAY_NOTHING)
        assert [one for one in reasons if one.nl in text] == [said]
        assert frame.STREET_AWAY.nl not in text


def test_days_of_which_nothing_is_known_lead_nowhere(tmp_path):
    with paged(tmp_path, *ALL) as (client, site):
        first = site.here.life.store.first().astimezone(site.here.life.zone).date()
        text = client.get(f"/use?view=week&to={first + timedelta(days=1)}").text
        linked = re.findall(r'<th scope="row"><a href="/use\?view=day&amp;to=([\d-]+)"', text)
        assert linked == [str(first), str(first + timedelta(days=1))]
        assert use.EARLIER.nl not in text
        assert use.LATER.nl in text


def test_the_picture_has_the_country_where_the_neighbourhood_says_what_went_there(tmp_path):
    with paged(tmp_path, *ALL) as (client, _):
        text = html.unescape(client.get("/").text)
        assert "land geeft 12,4 kW" in text
        assert "van 18:15 tot 18:30 gemiddeld 12,4 kW van het land" in text


@pytest.mark.parametrize(
    "neighbours",
    [
        {"away": True},
        {"nothing": {OwnStreet}},
        {"answers": {OwnStreet: OwnStreet(start=NOW - timedelta(hours=2), wh=3_100)}},
    ],
)
def test_a_flow_that_nobody_knows_is_not_in_the_picture(tmp_path, neighbours):
    with paged(tmp_path, *ALL, neighbours=Neighbours(**neighbours)) as (client, _):
        assert "flow.country" not in client.get("/").text


def test_a_home_without_a_street_asks_nobody(tmp_path):
    there = Neighbours()
    with paged(tmp_path, *ALL, joined=False, neighbours=there) as (client, _):
        assert "flow.country" not in client.get("/").text
        assert there.asked == []


def test_a_day_without_orders_says_so_on_its_bill(home):
    client, _ = home
    assert "Je huis deed voor deze dag geen bod." in client.get("/bill/2026-05-19?lang=nl").text
    assert "Your home did not order for this day." in client.get("/bill/2026-05-19?lang=en").text


def test_the_export_holds_every_quarter_hour_and_what_the_neighbourhood_keeps(home):
    client, site = home
    found = client.get("/data/laag.json").json()
    known = site.here.life.store.series(site.here.life.past.grid)["import_wh"]
    assert sum(one["import_wh"] is not None for one in found["quarters"]) == int(np.isfinite(known).sum())
    assert found["neighbourhood/readings"] == [{"number": 7, "start": "2026-05-19T10:00:00+00:00", "wh": 120}]
    archive = zipfile.ZipFile(io.BytesIO(client.get("/data/laag.zip").content))
    assert {"README.txt", *(f"{name}.csv" for name in found)} == set(archive.namelist())
    assert len(archive.read("quarters.csv").splitlines()) == 1 + len(found["quarters"])


def test_deleting_needs_the_word_and_forgets_all_but_what_still_has_to_be_said(tmp_path):
    with paged(tmp_path, *ALL) as (client, site):
        store, life = site.here.life.store, site.here.life
        last = NOW - timedelta(hours=2)
        quarter = last - timedelta(seconds=last.timestamp() % 900)
        store.say([quarter], lambda number: json.dumps({"number": number}))
        wrong = client.post("/data/delete", data={"form_token": token(client, "/data"), "word": "ja"})
        assert wrong.status_code == 422
        assert store.first() is not None
        life.store._db.execute(
            "UPDATE quarter SET number = 0 WHERE number IS NULL AND at < ?", (int(NOW.timestamp()),)
        )
        store.outbox.answered([])
        done = client.post("/data/delete", data={"form_token": token(client, "/data"), "word": " Weg "})
        assert done.status_code == 200
        assert store.plan(NOW) is None
        assert [say(one) for _, one in site.here.wishes()] == ["car at 80 % by 07:00 on weekdays"]


def test_leaving_tells_the_neighbourhood_once_and_says_what_stays(tmp_path):
    there = Neighbours()
    with paged(tmp_path, *ALL, neighbours=there) as (client, site):
        asked = client.post("/data/leave", data={"form_token": token(client, "/data"), "word": "vertrek"})
        assert asked.status_code == 200
        assert ("DELETE", "") in there.asked
        assert site.here.life.store.kept("left") == (TODAY + timedelta(days=1)).isoformat()
        there.away = True
        away = client.post("/data/leave", data={"form_token": token(client, "/data"), "word": "vertrek"})
        assert away.status_code == 503
        assert data.LEAVE_AWAY.nl in html.unescape(away.text)


def test_a_pause_is_kept_shown_and_ended(tmp_path):
    with paged(tmp_path, *ALL) as (client, site):
        client.post("/settings/pause", data={"form_token": token(client, "/settings"), "hours": "2"})
        assert "20:37" in client.get("/settings").text
        assert site.here.life.store.kept("paused_until") == (NOW + timedelta(hours=2)).isoformat()
        client.post("/settings/pause", data={"form_token": token(client, "/settings")})
        assert (
            "20:37"
            not in client.get("/settings").text.partition("<footer")[0].partition(settings.HOUSE.nl)[0]
        )


def test_a_device_is_written_down_as_it_was_given_and_nonsense_is_not(tmp_path):
    with paged(tmp_path, *ALL) as (client, _):
        given = {"form_token": token(client, "/settings"), "name": "Bus", "kind": "car", "make": "Volks", "support_until": "2024-06-30", "cloud": "no"}  # fmt: skip
        assert client.post("/settings/devices", data=given).status_code == 303
        text = html.unescape(client.get("/settings").text)
        assert "Bus" in text
        assert "30 juni 2024" in text
        assert client.post("/settings/devices", data={**given, "kind": "toaster"}).status_code == 422


def test_nothing_leaves_the_home_that_is_not_said_on_the_page(home):
    """Every field of every message, in words, with its reason and why nothing less would do."""
    client, _ = home
    text = html.unescape(client.get("/data?lang=en").text)
    kinds = get_args(get_args(Message)[0])
    for kind in kinds:
        for name in kind.model_fields:
            field = field_of(BINDINGS[kind].group, name)
            assert field.what.en in text, field.name
            assert field.why.en in text
            assert field.least.en in text


def agreeing():
    """A neighbourhood that may ask for two purposes."""
    place = Neighbours()
    place.answers[OwnConsents] = OwnConsents(asked=["coach", "comparison"], given=[])
    return place


def test_no_is_as_easy_as_yes_and_neither_is_chosen_for_anybody(tmp_path):
    with paged(tmp_path, neighbours=agreeing()) as (client, site):
        text = html.unescape(client.get("/data").text)
        for purpose in ("coach", "comparison"):
            part = text.split(f'id="for-{purpose}"')[1].split("</form>")[0]
            assert part.count("<button") == 2
            assert leaf_words.YES.nl in part
            assert leaf_words.NO.nl in part
            assert "class=" not in part.split("<button")[1].split(">")[0]
        assert leaf_words.NOT_ASKED.nl in text
        assert not consents_of(site.here).may(Purpose.COACH)


def test_a_yes_is_a_year_long_and_taken_back_at_once(tmp_path):
    with paged(tmp_path, neighbours=agreeing()) as (client, site):
        given = {"purpose": "coach", "form_token": token(client, "/data")}
        yes = client.post("/data/consent", data={**given, "answer": "yes"})
        assert leaf_words.SAID_YES.nl in html.unescape(yes.text)
        assert consents_of(site.here).held(Purpose.COACH).until == TODAY + timedelta(days=366)
        until = written.day(TODAY + timedelta(days=366), Lang.NL)
        assert f"tot en met {until} 2027" in html.unescape(yes.text)
        no = client.post("/data/consent", data={**given, "answer": "no"})
        assert leaf_words.SAID_NO.nl in html.unescape(no.text)
        assert not consents_of(site.here).may(Purpose.COACH)
        for odd in ({"purpose": "advertising"}, {"answer": "perhaps"}):
            refused = client.post("/data/consent", data={**given, "answer": "yes", **odd})
            assert refused.status_code == 422
        assert not consents_of(site.here).may(Purpose.ADVERTISING)
