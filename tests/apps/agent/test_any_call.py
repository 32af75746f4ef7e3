"""Whoever asks a home's own interface, whatever they ask and in whatever shape: no answer is a fault of the home."""

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from tests.apps.agent.paged_home import paged
from tests.apps.street.test_any_call_any_role import answered, said_by

from laag.apps.access.sessions import HEADER
from laag.apps.access.tokens import form_token
from laag.apps.agent.api import API_DOORS

EXAMPLES = 60
ODD = [
    "auto op 80 % om 07:00",
    "charge when the sun shines",
    "",
    "\x00",
    "9" * 400,
    "é" * 5_000,
    "\u202e",
    "auto op 1e999 %",
]


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    with paged(tmp_path_factory.mktemp("home"), "pv", "battery", "charger", "heat_pump") as made:
        yield made


def forms(client):
    return {HEADER: form_token(client.cookies["laag_session"])}


def everything(client, site):
    """All calls of the description; streams have tests of their own."""
    described = client._client._transport.app.openapi()
    paths = {path: steps for path, steps in described["paths"].items() if not path.endswith("/stream")}
    assert set(paths) == {path for _, path in API_DOORS if not path.endswith("/stream")}, site
    schema = schemathesis.openapi.from_dict({**described, "paths": paths})
    return st.one_of(*(one.ok().as_strategy() for one in schema.get_all_operations()))


@pytest.mark.parametrize("signed_in", [True, False], ids=["the household", "anybody"])
def test_no_call_is_a_fault_of_the_home(home, signed_in):
    client, site = home
    met = set()

    @settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck), phases=(Phase.generate,), database=None)  # fmt: skip
    @given(everything(client, site), st.one_of(st.none(), st.sampled_from(ODD)))
    def tried(case, line):
        method, url, said, sent = said_by(case)
        if line is not None and url.endswith("/wishes") and method == "POST":
            sent = {"json": {"line": line}}
        url = url.replace("http://street.example", "http://home.test")
        headers = said | (forms(client) if signed_in else {"cookie": ""})
        answer = answered(client, method, url, headers, sent)
        if answer is None:
            return
        met.add(answer.status_code)
        # Health tells that a home measures nothing; a home without a neighbourhood cannot enrol now.
        tells = httpx.URL(url).path in {"/health", "/api/v1/enrolment"}
        assert answer.status_code < 500 or (answer.status_code == 503 and tells), (case, answer.text)

    tried()
    assert 200 in met
    assert 401 in met or signed_in


@pytest.mark.parametrize("host", ["[", "[::::]", "a b", "localhost]", "\x7f", "home.test:99999999"])
def test_a_name_that_no_home_has_is_no_fault(home, host):
    client, _ = home
    for path in ("/", "/first", "/api/v1/now", "/sign-in"):
        assert client.get(path, headers={"host": host}).status_code == 400
        assert client.get(path, headers={"origin": f"http://{host}"}).status_code < 500


@pytest.mark.parametrize("at", ["0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "9999-12-31T23:59:59-23:59", "2026-06-01T12:00:00", "x"])  # fmt: skip
def test_no_time_that_is_asked_for_is_a_fault(home, at):
    client, _ = home
    for asked in (f"plan?at={at}", f"history?until={at}", f"history?until={at}&hours=840", "history?hours=1"):
        assert client.get(f"/api/v1/{asked}").status_code < 500, asked


def test_an_instant_counts_in_whatever_zone_it_is_given(home):
    client, _ = home
    there = {"until": "2026-05-20T20:00:00+02:00"}, {"until": "2026-05-20T18:00:00Z"}
    here, utc = (client.get("/api/v1/history", params=one).json() for one in there)
    assert here == utc
    assert here["start"] == "2026-05-19T18:00:00+00:00"
