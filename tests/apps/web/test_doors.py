"""Sessions, forms, doors and headers, as a browser and whoever misuses one meet them."""

import pytest
from fastapi import APIRouter, FastAPI
from tests.apps.web.small_site import BILL, GOOD, sign_in, site, token

from laag.apps.access import Door, Purpose, Role, undeclared
from laag.apps.access.roles import PURPOSES
from laag.foundation.errors import BadInput
from laag.foundation.words import Said

ROLES = list(Role)


@pytest.fixture
def place():
    with site() as made:
        yield made


def key(place, role, member=None):
    """A caller of this role, without a browser."""
    headers = (
        {}
        if role is Role.ANYBODY
        else {"authorization": f"Bearer {place.keys.make('machine', role, member)}"}
    )
    return place.client(**headers)


@pytest.mark.parametrize("role", ROLES)
def test_every_door_lets_in_whom_its_table_names_and_nobody_else(place, role):
    client = key(place, role)
    for (method, path), door in place.doors.items():
        if door.personal:
            continue
        answer = client.request(method, path.replace("{secret}", "x").replace("{name}", "style.css"))
        admitted = Role.ANYBODY in door.roles or role in door.roles
        sent_to_sign_in = answer.status_code == 401 or answer.headers.get("location", "").startswith(
            "/sign-in?next"
        )
        shut = sent_to_sign_in or (answer.status_code == 403 and "not meant for your role" in answer.text)
        assert shut != admitted, (method, path, answer.status_code)


@pytest.mark.parametrize("purpose", [None, "curiosity", *Purpose])
@pytest.mark.parametrize("role", [role for role in ROLES if role is not Role.ANYBODY])
def test_what_is_somebodys_is_shown_for_an_allowed_purpose_only_and_noted_first(place, role, purpose):
    client = key(place, role, member="m-2")
    query = "" if purpose is None else f"?purpose={purpose}"
    answer = client.get(f"/members/m-1/bill{query}")
    may = role in place.doors[BILL].roles and purpose in PURPOSES[role] - {Purpose.OWN}
    assert answer.status_code == (200 if may else 403)
    noted = [("m-1", "machine", Purpose(purpose), "GET /members/{member}/bill", 0)] if may else []
    assert place.looks == noted
    assert place.bills_given == len(noted)


def test_its_owner_looks_without_a_note(place):
    assert key(place, Role.RESIDENT, "m-1").get("/members/m-1/bill").status_code == 200
    assert place.looks == []


def test_nothing_is_shown_that_could_not_be_noted(place):
    client, place.looks = key(place, Role.OPERATOR), None
    with pytest.raises(AttributeError):
        client.get("/members/m-1/bill?purpose=support")
    assert place.bills_given == 0


def test_who_looks_without_a_purpose_is_asked_for_one(place):
    asked = place.signed_in("Op", Role.OPERATOR, None).get("/members/m-1/bill?day=2026-11-22")
    assert asked.status_code == 403
    assert '<select id="field-purpose" name="purpose">' in asked.text
    assert 'name="day" value="2026-11-22"' in asked.text
    assert asked.text.count("<option") == len(PURPOSES[Role.OPERATOR])


def test_who_is_not_signed_in_is_sent_there_and_comes_back(place):
    place.somebody()
    client = place.client()
    sent = client.get("/members-only?x=1")
    assert sent.status_code == 303
    assert sent.headers["location"] == "/sign-in?next=%2Fmembers-only%3Fx%3D1"
    back = sign_in(client, "Ann", GOOD, onward="/members-only?x=1")
    assert back.headers["location"] == "/members-only?x=1"
    assert client.get("/members-only").status_code == 200


@pytest.mark.parametrize(
    "onward", ["//elsewhere.example", "https://elsewhere.example", "/\\elsewhere.example", "/\r\nx: y"]
)
def test_signing_in_leads_nowhere_else(place, onward):
    place.somebody()
    assert sign_in(place.client(), "Ann", GOOD, onward=onward).headers["location"] == "/"


def test_a_machine_is_answered_in_json_and_both_languages(place):
    answer = place.client(accept="application/json").get("/members-only")
    assert answer.status_code == 401
    assert answer.json()["detail"].keys() == {"nl", "en"}


def test_a_cookie_is_closed_to_scripts_and_other_sites(place):
    place.somebody()
    cookie = sign_in(place.client(), "Ann", GOOD).headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert "secure" not in cookie


def test_over_tls_cookies_stay_on_tls(place):
    place.somebody()
    client = place.client(base_url="https://street.example")
    answer = sign_in(client, "Ann", GOOD)
    assert "secure" in answer.headers["set-cookie"].lower()
    assert "strict-transport-security" in answer.headers


def test_a_planted_session_is_worth_nothing_after_signing_in(place):
    place.somebody()
    client = place.client()
    client.cookies.set("laag_session", "planted", domain="street.example")
    sign_in(client, "Ann", GOOD)
    assert place.sessions.account("planted") is None


def test_signing_in_again_ends_the_session_before(place):
    client = place.signed_in()
    before = client.cookies["laag_session"]
    place.sessions.begin(place.accounts.find("ann"))
    sign_in(client, "Ann", GOOD)
    assert client.cookies["laag_session"] != before
    assert place.sessions.account(before) is None


def test_a_session_that_is_over_opens_nothing(place):
    client = place.signed_in("Op", Role.OPERATOR)
    assert client.get("/members-only").status_code == 200
    place.later(hours=2)
    assert client.get("/members-only").status_code == 303


def test_signing_out_ends_it_here_and_everywhere(place):
    one = place.signed_in()
    two = place.client()
    sign_in(two, "Ann", GOOD)
    page = one.get("/account")
    assert one.post("/account/sign-out", data={"form_token": token(page)}).status_code == 303
    assert two.get("/members-only").status_code == one.get("/members-only").status_code == 303


FORGERIES = {
    "no token": ({}, {}),
    "another's token": ({"form_token": "0" * 64}, {}),
    "another site": (None, {"origin": "https://elsewhere.example"}),
    "another site, as the browser says": (None, {"sec-fetch-site": "cross-site"}),
    "a page without an origin": (None, {"origin": "null"}),
}


@pytest.mark.parametrize("forgery", FORGERIES)
@pytest.mark.parametrize(
    "path", ["/change", "/account/password", "/account/sign-out", "/sign-out", "/sign-in"]
)
def test_no_form_is_believed_that_is_not_ours(place, path, forgery):
    client = place.signed_in()
    data, headers = FORGERIES[forgery]
    own = {
        "form_token": token(client.get("/account")),
        "old": GOOD,
        "password": "lantaarn onder het zand",
        "name": "Ann",
    }
    answer = client.post(
        path, data=own if data is None else {**own, "form_token": "", **data}, headers=headers
    )
    assert answer.status_code == 403
    assert client.get("/members-only").status_code == 200
    assert isinstance(place.accounts.find("ann"), object)


def test_our_own_form_is_believed_also_from_a_script(place):
    client = place.signed_in()
    mine = token(client.get("/account"))
    assert client.post("/change", data={"form_token": mine}).status_code == 200
    assert client.post("/change", headers={"laag-form-token": mine}).status_code == 200
    assert (
        client.post(
            "/change", data={"form_token": mine}, headers={"origin": "http://street.example"}
        ).status_code
        == 200
    )


def test_a_key_needs_no_form(place):
    assert key(place, Role.RESIDENT).post("/change").status_code == 200


def test_who_guesses_at_the_door_is_told_to_wait(place):
    place.somebody()
    client = place.client()
    answers = [sign_in(client, "Ann", "guess after guess") for _ in range(8)]
    assert [one.status_code for one in answers].count(401) >= 5
    assert answers[-1].status_code == 429
    assert int(answers[-1].headers["retry-after"]) >= 1
    assert sign_in(place.client("198.51.100.9"), "Ann", GOOD).status_code == 303


def test_an_invitation_leads_in_once(place):
    secret = place.accounts.first_operator()
    client = place.client()
    shown = client.get(f"/welcome/{secret}")
    assert "operator" in shown.text
    given = {"form_token": token(shown), "name": "Op", "password": "kort"}
    refused = client.post(f"/welcome/{secret}", data=given)
    assert refused.status_code == 422
    assert 'value="Op"' in refused.text
    assert "kort" not in refused.text
    assert client.post(f"/welcome/{secret}", data=given | {"password": GOOD}).status_code == 303
    assert client.get("/account").status_code == 200
    assert place.client().get(f"/welcome/{secret}").status_code == 404


def test_another_password_signs_out_and_says_so(place):
    client = place.signed_in()
    given = {"form_token": token(client.get("/account")), "old": GOOD, "password": "lantaarn onder het zand"}
    changed = client.post("/account/password", data=given)
    assert "signed out everywhere" in changed.text
    assert client.get("/account").status_code == 303
    assert sign_in(client, "Ann", "lantaarn onder het zand").status_code == 303


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/sign-in",
        "/nowhere",
        "/members-only",
        "/static/style.css",
        "/static/nothing.css",
        "/members/m-1/bill",
    ],
)
def test_every_answer_has_its_headers(place, path):
    headers = place.client().get(path).headers
    policy = headers["content-security-policy"]
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    assert "http" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "same-origin"
    expected = "immutable" if path == "/static/style.css" else "no-store"
    assert expected in headers["cache-control"]


def test_no_route_goes_around_the_guard():
    inner = APIRouter(prefix="/inner")

    @inner.get("/there")
    def there():
        return {}

    for under, add, says in (
        ("/outer/inner/there", lambda app: app.include_router(inner, prefix="/outer"), "under a prefix"),
        ("/inner/there", lambda app: app.include_router(inner), None),
        ("/mounted", lambda app: app.mount("/mounted", FastAPI()), "around the guard"),
    ):
        app = FastAPI(openapi_url=None)
        add(app)
        doors = {("GET", under): Door.of(Role.ANYBODY)}
        if says is None:
            undeclared(app, doors)
        else:
            with pytest.raises(BadInput, match=says):
                undeclared(app, doors)


def test_the_table_must_be_whole():
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)

    @app.get("/there")
    def there():
        return {}

    open_door, odd = Door.of(Role.ANYBODY), Door.of(Role.OPERATOR, personal=True, what=Said("x", "x"))
    for doors, says in (
        ({}, "no door"),
        ({("GET", "/there"): open_door, ("GET", "/gone"): open_door}, "lead nowhere"),
        ({("GET", "/there"): odd}, "name no member"),
    ):
        with pytest.raises(BadInput, match=says):
            undeclared(app, doors)
    undeclared(app, {("GET", "/there"): open_door})
