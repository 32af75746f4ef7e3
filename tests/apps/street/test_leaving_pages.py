"""The operator's page about leaving and support, and the final account behind a link."""

import html

import pytest
from tests.apps.street.paged_street import street
from tests.cycle.living_street import FIRST

from laag.apps.access import Role


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    with street(tmp_path_factory.mktemp("leaving")) as one:
        yield one


def token(page):
    return page.text.split('name="form_token" value="')[1].split('"')[0]


def post(asking, path, **form):
    return asking.post(path, data={"form_token": token(asking.get("/operator/accounts")), **form})


@pytest.mark.parametrize(("lang", "said"), [("nl", "Er is niemand vertrokken."), ("en", "Nobody has left.")])
def test_the_page_speaks_one_language(made, lang, said):
    text = html.unescape(made.ask(Role.OPERATOR, lang).get("/operator/accounts").text)
    if "m-" not in text:
        assert said in text
    assert "Said(" not in text
    assert "hoogstens € 25,00" in text if lang == "nl" else "at most €25.00" in text


def test_a_member_leaves_by_the_operators_hand_and_reads_its_account_by_the_link(made):
    operator, member = made.ask(Role.OPERATOR), made.members[0]
    page = post(operator, "/operator/accounts/leave", member=member, why="moved", last=FIRST.isoformat())
    text = html.unescape(page.text)
    assert "Code for who follows" in text
    path = "/account-of/" + text.split("/account-of/")[1].split("<")[0]
    final = made.ask().get(path)
    assert final.status_code == 200
    assert "not settled yet" in html.unescape(final.text)
    assert "Code for who follows" not in made.ask(Role.OPERATOR).get("/operator/accounts").text
    assert made.ask().get("/account-of/nothing").status_code == 404


def test_support_of_a_month_that_is_not_over_is_refused_in_words(made):
    page = post(made.ask(Role.OPERATOR), "/operator/accounts/support", month="2026-03", fund="100")
    assert page.status_code == 422
    assert "is not over yet" in page.text


def test_only_an_operator_sees_who_leaves(made):
    for role in (Role.GRID, Role.REGULATOR, Role.RESEARCHER):
        assert made.ask(role).get("/operator/accounts").status_code == 403
    assert made.ask().get("/operator/accounts").status_code in {303, 401}


def test_a_code_is_made_for_a_kind_of_member(made):
    operator = made.ask(Role.OPERATOR)
    page = operator.get("/operator/homes")
    form = {
        "form_token": token(page),
        "cable": "",
        "connection": "3x25A",
        "kind": "municipality",
        "lived_in": "",
        "note": "gemaal",
    }
    assert "Kind of member" in page.text
    assert operator.post("/operator/homes", data=form).status_code == 200
    from laag.apps.street import codes

    (one,) = (code for code in codes.listed(made.records) if code.note == "gemaal")
    assert (one.kind.value, one.lived_in) == ("municipality", False)
