"""The operator changes a member's cable and connection, by the interface and on the page; the log and the home see it."""

from datetime import timedelta

import pytest
from tests.apps.street.callers import SIGNED, Calling, Who
from tests.apps.street.paged_street import street
from tests.apps.web.reading import Page
from tests.cycle.living_street import DAYS, FIRST

from laag.apps.access import Role
from laag.cycle import live

OPEN = FIRST + timedelta(days=DAYS)
OPERATOR = Who(Role.OPERATOR, "by key")


@pytest.fixture
def fresh(tmp_path):
    with street(tmp_path) as made:
        yield made


def ask(made, who, method, path, **given):
    return Calling(made, who, made.members[0]).request(
        method, f"/api/v1/members/{made.members[0]}{path}", **given
    )


def told(made):
    return made.running.keeper.live.members[made.members[0]].changes


def test_an_operator_changes_a_connection_once_however_often_it_is_told(fresh):
    for _ in range(2):
        answer = ask(fresh, OPERATOR, "POST", "/change", json={"first_day": str(OPEN), "connection": "3x35A"})
        assert answer.status_code == 200, answer.text
        assert answer.json()["connection"] == "3x25A"  # the newest gate closed before
    (one,) = told(fresh)
    assert (one.first_day, one.connection) == (OPEN, "3x35A")
    assert one.cable == fresh.running.keeper.live.members[fresh.members[0]].joined.cable
    outcome = fresh.run(fresh.running.keeper.tell(live.Closed(OPEN)))
    assert not getattr(outcome, "why", None)
    standing = ask(fresh, SIGNED, "GET", "").json()
    assert standing["connection"] == "3x35A"


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({"first_day": str(FIRST), "connection": "3x35A"}, 409),
        ({"first_day": str(OPEN), "cable": "moon"}, 409),
        ({"first_day": str(OPEN), "connection": "huge"}, 409),
        ({"first_day": "tomorrow"}, 422),
        ({}, 422),
    ],
)
def test_what_cannot_be_is_answered_with_a_sentence(fresh, asked, status):
    answer = ask(fresh, OPERATOR, "POST", "/change", json=asked)
    assert answer.status_code == status
    assert answer.json()["detail"]["nl"]
    assert told(fresh) == ()


def test_nobody_is_no_member(fresh):
    answer = Calling(fresh, OPERATOR, fresh.members[0]).request(
        "POST", "/api/v1/members/nobody/change", json={"first_day": str(OPEN)}
    )
    assert answer.status_code == 404


def test_what_is_taken_back_before_it_held_is_told_as_well(fresh):
    """Later and earlier words of a day: the newest counts, also where it says what was."""
    later, soon = str(OPEN + timedelta(days=5)), str(OPEN)
    for day, size in ((later, "3x35A"), (soon, "3x25A")):
        assert (
            ask(fresh, OPERATOR, "POST", "/change", json={"first_day": day, "connection": size}).status_code
            == 200
        )
    member = fresh.running.keeper.live.members[fresh.members[0]]
    assert len(member.changes) == 2
    assert member.on(OPEN + timedelta(days=9)).connection == "3x25A"


def test_on_the_page_it_is_a_form_that_says_what_became_of_it(fresh):
    operator = fresh.ask(Role.OPERATOR)
    page = Page(operator.get("/operator/homes").text)
    assert page
    token = operator.get("/operator/homes").text.split('name="form_token" value="')[1].split('"')[0]
    cable = fresh.running.keeper.live.neighbourhood.cables[-1].name
    given = {"form_token": token, "member": fresh.members[0], "day": str(OPEN), "new_cable": cable}
    done = operator.post("/operator/homes/change", data={**given, "new_connection": "3x35A"})
    assert done.status_code == 200
    assert "It is written down." in done.text
    (one,) = told(fresh)
    assert (one.cable, one.connection) == (cable, "3x35A")
    for odd in (
        {"new_connection": "huge"},
        {"new_connection": "3x35A", "day": "x"},
        {"new_connection": "3x35A", "member": "x"},
    ):
        refused = operator.post("/operator/homes/change", data={**given, **odd})
        assert refused.status_code == 422
        assert 'role="alert"' in refused.text
