"""Agreements between neighbours as people meet them: what holds, what was found of one's own home, and an appeal to those whom the lot chose."""

import re
from datetime import timedelta

import pytest
from tests.apps.street.agreed_street import TODAY, agreed
from tests.cycle.test_live_agreements import FIRST, HOMES, SILENT, TELLER

from laag.apps.access import Role
from laag.apps.street.pages import agreements_words as words
from laag.neighbourhood.agreements import Standing

DAY = timedelta(days=1)


@pytest.fixture
def street(tmp_path):
    with agreed(tmp_path) as made:
        yield made


def posts(asking, path, **form):
    """A form of the page, with its token."""
    page = asking.get("/agreements")
    token = re.search(r'name="form_token" value="([0-9a-f]+)"', page.text)[1]
    return asking.post(path, data={"form_token": token, **form})


def appeals(street, text="A child was ill."):
    teller = street.ask(member=TELLER)
    return posts(teller, "/agreements/appeal", agreement="No car at dinner", day=FIRST.isoformat(), why=text)


def jurors(street):
    (case,) = street.site.state.book.of(TELLER)
    return case.jury


def test_a_resident_reads_what_is_agreed_and_what_was_found_of_its_own_home(street):
    page = street.ask(member=TELLER).get("/agreements").text
    assert "No car at dinner" in page
    assert "2.4 kWh in the agreed hours" in page
    assert words.APPEAL.en in page
    assert not any(f">{name}<" in page for name in HOMES)


def test_another_reads_nothing_of_it_but_a_count(street):
    page = street.ask(member=SILENT).get("/agreements").text
    assert words.ALL_WELL.en in page
    assert "2.4 kWh" not in page
    assert re.search(r'data-head="not kept"[^>]*>1<', page)


def test_of_nine_homes_no_count_is_shown(tmp_path):
    with agreed(tmp_path, HOMES[:9]) as made:
        page = made.ask(member=SILENT).get("/agreements").text
        assert 'data-head="not kept"' not in page
        assert words.FEW.en.format(floor=10) in page


def test_an_appeal_goes_to_those_whom_the_lot_chose_without_a_name(street):
    assert words.APPEALED.en in appeals(street).text
    for name in HOMES:
        page = street.ask(member=name).get("/agreements").text
        assert ("A child was ill." in page) == (name in jurors(street))
        assert name == TELLER or not re.search(rf"\b{TELLER}\b", page)


def test_voices_are_heard_and_can_be_changed_until_the_end(street):
    appeals(street)
    for name in jurors(street)[:3]:
        asking = street.ask(member=name)
        case = re.search(r'name="case" value="([0-9a-f]+)"', asking.get("/agreements").text)[1]
        posts(asking, "/agreements/voice", case=case, grants="yes")
        page = posts(asking, "/agreements/voice", case=case, grants="no").text
        assert words.SAID_REFUSE.en in page
    (case,) = street.site.state.book.of(TELLER)
    assert list(case.voices.values()) == [False] * 3
    assert case.standing == Standing.APPEALED


def test_who_was_not_chosen_has_no_voice(street):
    appeals(street)
    juror = street.ask(member=jurors(street)[0])
    case = re.search(r'name="case" value="([0-9a-f]+)"', juror.get("/agreements").text)[1]
    other = next(name for name in HOMES if name not in {*jurors(street), TELLER})
    # The page of one who was not chosen has no form; the token is one's own all the same.
    asking = street.ask(member=other)
    token = re.search(r'name="form_token" value="([0-9a-f]+)"', asking.get("/account").text)[1]
    asking.post("/agreements/voice", data={"form_token": token, "case": case, "grants": "no"})
    assert not street.site.state.book.of(TELLER)[0].voices


def test_one_appeals_once_and_only_of_ones_own(street):
    appeals(street)
    teller = street.ask(member=TELLER)
    token = re.search(r'name="form_token" value="([0-9a-f]+)"', teller.get("/account").text)[1]
    again = {"form_token": token, "agreement": "No car at dinner", "day": FIRST.isoformat(), "why": "again"}
    assert "appeal once" in teller.post("/agreements/appeal", data=again).text
    other = street.ask(member=SILENT)
    again["form_token"] = re.search(r'name="form_token" value="([0-9a-f]+)"', other.get("/account").text)[1]
    assert "nothing was found" in other.post("/agreements/appeal", data=again).text


@pytest.mark.parametrize(("cold", "day", "well"), [("-2,5", 1, True), ("warm", 1, False), ("-3", -3, False)])
def test_an_operator_tells_in_time_how_cold_it_will_be(street, cold, day, well):
    operator = street.ask(Role.OPERATOR)
    page = posts(
        operator, "/agreements/cold", day=(TODAY + day * DAY).isoformat(), cold=cold, source="KNMI"
    ).text
    assert (words.COLD_TOLD.en in page) == well
    holds = "Holds tomorrow, from 17:00–20:00." in street.ask(member=TELLER).get("/agreements").text
    assert holds == well


def test_it_is_written_in_dutch_too(street):
    page = street.ask(member=TELLER, lang="nl").get("/agreements").text
    assert "2,4 kWh in de afgesproken uren" in page
    assert words.APPEAL.nl in page
