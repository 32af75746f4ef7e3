"""The page to which a code's square leads: what to do next, in plain words, and nothing about anybody."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.apps.street.paged_street import street
from tests.apps.web.reading import Page

from laag.apps.street import codes
from laag.apps.street.pages.enrol import at_home


@pytest.fixture
def place(tmp_path):
    with street(tmp_path) as made:
        yield made


def new_code(place):
    made = codes.made(place.records, "cable-1", "number 12, the Smiths", place.clock.now())
    return codes.shown(made.code)


def link_home(page):
    return [attrs["href"] for _, attrs, _ in Page(page).all("a") if "/join?" in attrs.get("href", "")]


@pytest.mark.parametrize(("lang", "says"), [("nl", "Je bent uitgenodigd"), ("en", "You are invited")])
def test_whoever_scans_the_square_is_told_what_it_is_and_led_to_their_own_home(place, lang, says):
    code = new_code(place)
    shown = place.ask(lang=lang).get(f"/enrol?code={code}")
    assert shown.status_code == 200
    assert says in shown.text
    assert code in shown.text
    assert link_home(shown.text) == [f"http://laag.local/join?code={code}"]
    # The only page of ours with a link that leads elsewhere: home.
    assert Page(shown.text).faults == [f"http://laag.local/join?code={code} lies elsewhere"]
    assert "Smith" not in shown.text


def test_a_box_with_another_address_is_found_without_scripts(place):
    code = new_code(place)
    shown = place.ask().get("/enrol", params={"code": code, "home": "192.168.1.20:8411"})
    assert link_home(shown.text) == [f"http://192.168.1.20:8411/join?code={code}"]


def test_nobody_is_led_out_of_their_house_from_here(place):
    code = new_code(place)
    for home in (
        "evil.example",
        "http://8.8.8.8",
        "javascript:alert(1)",
        '"><script>',
        "laag.local@evil.example",
    ):
        shown = place.ask().get("/enrol", params={"code": code, "home": home})
        assert shown.status_code == 422, home
        assert link_home(shown.text) == []
        assert Page(shown.text).faults == []


@given(st.text(max_size=60))
def test_whatever_is_given_as_an_address_is_inside_a_house_or_none(text):
    at = at_home(text)
    assert at is None or (at.startswith(("http://", "https://")) and "@" not in at and '"' not in at)


def test_a_used_an_old_and_a_mistyped_code_are_each_said_so(place):
    used, old = new_code(place), new_code(place)
    codes.claimed(place.records, used, "00" * 32, place.clock.now())
    asked = place.ask()
    first = asked.get(f"/enrol?code={used}")
    place.clock.at += codes.GOOD_FOR + timedelta(seconds=1)
    second, third = asked.get(f"/enrol?code={old}"), asked.get("/enrol?code=NONE-SUCH")
    assert [one.status_code for one in (first, second, third)] == [410, 410, 404]
    for answer, says in ((first, "was used"), (second, "has run out"), (third, "no such code")):
        assert says in answer.text
        assert link_home(answer.text) == []
        assert Page(answer.text).faults == []


def test_whoever_guesses_codes_is_made_to_wait(place):
    asked = place.ask()
    answers = [asked.get(f"/enrol?code=GUESS{n:03d}").status_code for n in range(12)]
    assert answers[:8] == [404] * 8
    assert set(answers[8:]) == {429}


def test_without_a_code_the_page_asks_for_one(place):
    shown = place.ask().get("/enrol")
    assert shown.status_code == 200
    assert 'name="code"' in shown.text
