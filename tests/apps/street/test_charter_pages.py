"""The loop by which a charter changes, as people go through it by pages: every step, every situation, both languages."""

import re
import shutil

import pytest
from tests.apps.street.charter_street import CHARTER, DAY, TODAY, at, form_token, prices_as, street
from tests.apps.web.reading import Page

from laag.apps.access import Role
from laag.cycle.fingerprint import fingerprint
from laag.neighbourhood.charter import ARTICLES
from laag.neighbourhood.charter.process import Stage, Why

RULE = "/charter/articles/market.k_percent"
FROM = TODAY + 3 * DAY


@pytest.fixture
def place(tmp_path):
    with street(tmp_path) as made:
        yield made


def post(asking, path, **form):
    token = form_token(asking.get("/account").text)
    return asking.post(path, data={"form_token": token, **form})


def proposed(place, home=0, value="30", article="market.k_percent", day=FROM):
    """The name under which something was proposed."""
    page = f"/charter/articles/{article}"
    form = {"value": value, "from": day.isoformat(), "why": "Sellers earn enough."}
    answer = post(place.ask(Role.RESIDENT, home), f"{page}/propose", **form)
    assert answer.status_code == 303, answer.text
    return answer.headers["location"].partition("?")[0].rpartition("/")[2]


def shadowed(place):
    place.run(place.running.trying.once())


def vote(place, name, home, choice):
    page = f"/charter/proposals/{name}"
    return post(place.ask(Role.RESIDENT, home), f"{page}/vote", vote=choice)


def voted(place, name, **choices):
    homes = iter(range(12))
    for choice, many in choices.items():
        for _ in range(many):
            assert vote(place, name, next(homes), choice).status_code == 303


def day_comes(place, day):
    place.run(place.lives(day))


def text_of(place, path, role=Role.RESIDENT, home=0, lang="en"):
    answer = place.ask(role, home, lang).get(path)
    assert answer.status_code == 200, answer.text
    page = Page(answer.text)
    assert page.faults == []
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", answer.text))


def test_a_proposal_goes_all_the_way_and_the_day_it_names_is_the_first_that_it_changes(place):
    name = proposed(place)
    here = f"/charter/proposals/{name}"
    assert "is being replayed now" in text_of(place, here)
    shadowed(place)
    read = text_of(place, here)
    assert "Worked out again over 4 days" in read
    assert re.search(r"Of 12 homes \d+ gain and \d+ lose", read)
    assert "Your home would have paid" in read
    voted(place, name, yes=5, no=2)
    assert "7 of 12 connections have voted; at least 6 are needed." in text_of(place, here)
    for number in range(4):
        day_comes(place, TODAY + number * DAY)
    before, after = FROM - DAY, FROM
    assert place.process.proposals[name].stage == Stage.ACTIVE
    assert place.live.day(before).details.whole().settled.charter.startswith("1.")
    assert place.live.day(after).details.whole().settled.charter.startswith("2.")
    assert prices_as(place, before, CHARTER)
    assert not prices_as(place, before, changed(30))
    assert prices_as(place, after, changed(30))
    assert not prices_as(place, after, CHARTER)
    assert "in force from" in text_of(place, here)
    assert "30% goes to sellers" in text_of(place, "/charter")


def changed(k):
    return CHARTER.changed({"market.k_percent": k})


def test_a_vote_below_the_quorum_changes_nothing_and_says_so_with_its_figures(place):
    name = proposed(place)
    shadowed(place)
    voted(place, name, yes=5)
    for number in range(2):
        day_comes(place, TODAY + number * DAY)
    assert place.process.proposals[name].rejected == Why.QUORUM
    read = text_of(place, f"/charter/proposals/{name}", lang="nl")
    assert (
        "Er verandert niets: er stemden 5 huizen van de 12 die mochten stemmen, en er waren er 6 nodig."
        in read
    )


def test_of_two_proposals_on_one_rule_the_first_in_force_overtakes_the_other(place):
    first, second = proposed(place), proposed(place, home=1, value="40", day=FROM + DAY)
    shadowed(place)
    for name in (first, second):
        voted(place, name, yes=8)
    for number in range(3):
        day_comes(place, TODAY + number * DAY)
    assert place.process.proposals[second].rejected == Why.OVERTAKEN
    assert f"Overtaken: proposal {first} changed the same rule first." in text_of(
        place, f"/charter/proposals/{second}"
    )


def test_who_proposed_it_takes_it_back_and_nobody_else_is_offered_to(place):
    name = proposed(place)
    shadowed(place)
    page = f"/charter/proposals/{name}"
    assert "Withdraw this proposal" not in text_of(place, page, home=1)
    refused = post(place.ask(Role.RESIDENT, 1), f"{page}/withdraw")
    assert refused.status_code == 409
    assert "vote against it" in refused.text
    assert post(place.ask(Role.RESIDENT, 0), f"{page}/withdraw").status_code == 303
    assert "Taken back by who proposed it." in text_of(place, page)
    assert vote(place, name, 2, "yes").status_code == 409


def test_a_vote_can_be_changed_until_the_end_and_counts_once_whichever_way_it_came(place):
    name = proposed(place)
    shadowed(place)
    voted(place, name, yes=1)
    vote(place, name, 0, "no")
    assert place.process.proposals[name].votes == {place.members[0]: "no"}
    assert "You voted: Against" in text_of(place, f"/charter/proposals/{name}")


def test_nobody_reads_what_another_voted_and_afterwards_all_can_count(place):
    name = proposed(place)
    shadowed(place)
    voted(place, name, yes=4, no=3)
    page = f"/charter/proposals/{name}"
    code = re.search(r"Your check code: ([A-Z2-7-]{19})", text_of(place, page))[1]
    assert code not in text_of(place, page, home=1)
    assert "The count, to be checked" not in text_of(place, page)
    for number in range(2):
        day_comes(place, TODAY + number * DAY)
    shown = text_of(place, page, home=11)
    ballots = re.findall(r"([A-Z2-7]{4}(?:-[A-Z2-7]{4}){3}) (For|Against)", shown)
    assert sorted(choice for _, choice in ballots) == ["Against"] * 3 + ["For"] * 4
    assert (code, "For") in ballots
    assert not [member for member in place.members if member in shown]


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.REGULATOR, Role.RESEARCHER, Role.GRID])
def test_who_does_not_live_there_reads_and_does_not_vote(place, role):
    name = proposed(place)
    shadowed(place)
    page = f"/charter/proposals/{name}"
    read = text_of(place, page, role)
    assert "Residents can propose and vote here" in read
    assert "Your home" not in read
    assert post(place.ask(role), f"{page}/vote", vote="yes").status_code == 403


def test_a_street_that_is_open_to_all_shows_its_charter_to_all(tmp_path):
    with street(tmp_path, public=True) as made:
        assert "What the neighbourhood agreed" in text_of(made, "/charter", role=None)
        assert made.ask().get("/charter.toml").status_code == 200
        assert made.ask().get("/charter", follow_redirects=False).status_code == 200
    with street(tmp_path) as made:
        assert made.ask().get("/charter").status_code == 303


def test_feedback_is_read_by_all_under_no_name(place):
    answer = post(place.ask(Role.RESIDENT, 3), f"{RULE}/feedback", text="<b>Too much</b> for sellers")
    assert answer.status_code == 303
    read = place.ask(Role.RESIDENT, 5).get(RULE).text
    assert "&lt;b&gt;Too much&lt;/b&gt; for sellers" in read
    assert place.members[3] not in read


@pytest.mark.parametrize("text", ["", "   ", "x" * 501])
def test_feedback_that_says_nothing_or_too_much_is_refused_in_a_sentence(place, text):
    answer = post(place.ask(Role.RESIDENT), f"{RULE}/feedback", text=text)
    assert answer.status_code == 422
    assert not place.process.feedback


@pytest.mark.parametrize(
    ("form", "says"),
    [
        ({"value": "130"}, "a whole number from 0 to 99"),
        ({"value": "50"}, "is 50 already"),
        ({"from": "2026-04-02"}, "too early"),
        ({"from": "soon"}, "That is no day"),
        ({"why": "x" * 501}, "too long"),
    ],
)
def test_what_cannot_be_proposed_is_said_before_it_is_handed_in(place, form, says):
    whole = {"value": "30", "from": FROM.isoformat(), "why": "Because."} | form
    asking = place.ask(Role.RESIDENT)
    shown = asking.get(RULE, params=whole)
    assert says in shown.text
    assert Page(shown.text).faults == []
    refused = post(asking, f"{RULE}/propose", **whole)
    assert refused.status_code == 422
    assert says in refused.text
    assert not place.process.proposals


def test_before_it_is_handed_in_one_reads_what_it_would_say(place):
    shown = place.ask(Role.RESIDENT, lang="nl").get(
        RULE, params={"value": "30", "from": FROM.isoformat(), "why": "Eerlijker."}
    )
    assert "gaat 50 % naar verkopers" in shown.text
    assert "gaat 30 % naar verkopers" in shown.text
    assert not place.process.proposals


def test_what_law_fixes_is_marked_with_its_source_and_offers_no_form(place):
    read = text_of(place, "/charter/articles/ladder.first")
    assert "Fixed" in read
    assert "Energiewet" in read
    assert "Propose a change" not in read


def test_an_article_that_changes_nothing_of_the_past_gets_no_table_of_zeros(place):
    name = proposed(place, value="60", article="voting.quorum_percent")
    shadowed(place)
    read = text_of(place, f"/charter/proposals/{name}")
    assert "changes nothing of days that have been" in read
    assert "Gain" not in read


@pytest.mark.parametrize("path", ["/charter/articles/market.k_procent", "/charter/proposals/none"])
def test_what_is_not_there_is_said_on_a_page(place, path):
    assert place.ask(Role.RESIDENT).get(path).status_code == 404


def test_every_article_has_a_page_that_reads_well(place):
    for lang in ("nl", "en"):
        for one in ARTICLES:
            text_of(place, f"/charter/articles/{one.name}", lang=lang)


@pytest.mark.parametrize("told", ["proposed", "shadowed", "voted"])
def test_killed_at_any_step_the_loop_goes_on_where_it_was(tmp_path, told):
    """Between a proposal and its shadow, between that and the vote, between the vote and its count."""
    with street(tmp_path / "before") as made:
        name = proposed(made)
        if told != "proposed":
            shadowed(made)
        if told == "voted":
            voted(made, name, yes=8)
        before = made.running.trying.shadows.get(name)
        # What is on the disk at this instant is all that is left of a server that is killed.
        shutil.copytree(tmp_path / "before", tmp_path / "after")
    with street(tmp_path / "after") as made:
        shadowed(made)
        again = made.running.trying.shadows.get(name)
        assert again.replayed
        assert before is None or again == before
        one = made.process.proposals[name]
        assert one.stage == Stage.VOTING
        assert one.shadowed.digest == fingerprint(again)
        if told != "voted":
            voted(made, name, yes=8)
        shutil.copytree(tmp_path / "after", tmp_path / "counted")
    with street(tmp_path / "counted", start=at(one.ends, 9)) as made:
        made.run(made.running.watch.look())
        assert made.process.proposals[name].stage in {Stage.ADOPTED, Stage.ACTIVE}
        assert made.process.proposals[name].count.yes == 8
