"""Whoever asks, whatever they ask, in whatever shape, of the interface or of a page: no answer is a fault of the server."""

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from tests.apps.street.callers import ANYBODY, EVERYBODY, Calling
from tests.apps.street.paged_street import street
from tests.cycle.living_street import FIRST

EXAMPLES = 40
STREAM = "/stream"
GOES_ON = {"leave", "goodbye", "sign-out", "withdraw", "remove"}
"""These would end what the next calls are about."""
PURPOSE = {"laag-purpose": "support"}
FIELDS = (
    "day", "first", "last", "days", "member", "ptu", "lang", "purpose", "next", "name", "password", "role", "cable",
    "connection", "note", "code", "account", "key", "old", "view", "start", "count",
)  # fmt: skip
odd_text = st.one_of(
    st.sampled_from(
        ["", "0", "-1", "9" * 30, "1e400", "NaN", "²", "2026-03-28", "9999-12-31", "0001-01-01", "2026-02-30",
         "north", "operator", "\x00", "\u202e", "//elsewhere.example", "[::", "../../etc/passwd", "%00", "é" * 300]
    ),
    st.text(max_size=20),
)  # fmt: skip
fields = st.dictionaries(st.sampled_from(FIELDS), odd_text, max_size=6)
settled = settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.generate,),
    database=None,
)


@pytest.fixture(scope="module")
def lived_in(tmp_path_factory):
    with street(tmp_path_factory.mktemp("street"), public=True) as made:
        limits = made.running.limits
        for buckets in (limits.calls, limits.messages, limits.codes, limits.all_codes, limits.reads):
            buckets.take = lambda *_: True
        yield made


@pytest.fixture
def somebody(lived_in):
    def calls(who):
        return Calling(lived_in, who, lived_in.members[0])

    return calls


def said_by(case):
    """What a client puts on the line."""
    asked = case.as_transport_kwargs(base_url="http://street.example")
    sent = {name: asked[name] for name in ("params", "json", "content") if asked.get(name) is not None}
    if isinstance(asked.get("data"), bytes | str):
        sent["content"] = asked["data"]
    said = {name: value for name, value in (asked.get("headers") or {}).items() if name.lower() != "cookie"}
    return asked["method"], asked["url"], said, sent


def answered(calling, method, url, headers, sent):
    """The answer; ``None`` where no client can say this."""
    try:
        return calling.request(method, url, headers=headers, **sent)
    except (httpx.InvalidURL, UnicodeEncodeError, TypeError, ValueError) as odd:
        if isinstance(odd, httpx.InvalidURL | UnicodeEncodeError) or "header" in str(odd).lower():
            return None
        raise


@pytest.mark.parametrize("who", EVERYBODY, ids=str)
def test_no_call_is_a_fault(lived_in, somebody, who):
    calling = somebody(who)
    described = lived_in.app.openapi()
    paths = {
        path: steps for path, steps in described["paths"].items()
        if not path.endswith(STREAM) and not GOES_ON & set(path.split("/"))
    }  # fmt: skip
    for steps in paths.values():
        steps.pop("delete", None)
    schema = schemathesis.openapi.from_dict({**described, "paths": paths})
    calls = st.one_of(*(one.ok().as_strategy() for one in schema.get_all_operations()))
    met = set()

    @settled
    @given(calls, st.booleans(), st.booleans())
    def tried(case, real, purpose):
        if real:
            known = {"member": calling.member, "day": FIRST.isoformat()}
            case.path_parameters = {
                name: known.get(name, value) for name, value in (case.path_parameters or {}).items()
            }
        method, url, said, sent = said_by(case)
        answer = answered(calling, method, url, said | (PURPOSE if purpose else {}), sent)
        if answer is not None:
            met.add(answer.status_code)
            assert answer.status_code < 500, (case, answer.text)

    tried()
    assert 200 in met


@pytest.mark.parametrize("who", EVERYBODY, ids=str)
def test_no_page_is_a_fault(lived_in, somebody, who):
    calling = somebody(who)
    pages = sorted(
        at
        for at in lived_in.site.doors
        if not at[1].startswith("/api/") and not GOES_ON & set(at[1].split("/"))
    )
    page = "text/html" if who.by == "in a browser" else "*/*"

    @settled
    @given(st.sampled_from(pages), st.booleans(), odd_text, fields, fields)
    def tried(at, real, odd, query, form):
        method, path = at
        known = {"member": calling.member, "day": FIRST.isoformat(), "ptu": "40"} if real else {}
        for name in ("member", "day", "ptu", "code", "secret", "name"):
            path = path.replace(
                f"{{{name}}}", httpx.QueryParams({"": known.get(name, odd) or "-"}).__str__()[1:]
            )
        sent = {"params": query} | ({"data": form} if method == "POST" else {})
        answer = answered(calling, method, path, {"accept": page, **PURPOSE}, sent)
        assert answer is None or answer.status_code < 500, (at, query, form, answer.text)

    tried()


@pytest.mark.parametrize(
    "host", ["[", "[::1", "a]b", "street.example:99999999", "", "\xff", "a b", "x" * 70_000]
)
@pytest.mark.parametrize(
    "path", ["/", "/sign-in", "/api/v1/about", "/api/v1/members/{member}", "/api/v1/codes"]
)
def test_a_name_that_no_server_has_is_no_fault(lived_in, somebody, host, path):
    """Programs on the line write what they like where a browser writes the server's name."""
    for who in (ANYBODY, *(one for one in EVERYBODY if one.role.value in {"home", "operator"})):
        calling = somebody(who)
        at = path.replace("{member}", calling.member)
        for headers in ({"host": host.encode("latin-1")}, {"origin": f"http://{host}".encode("latin-1")}):
            assert (
                calling.request("POST" if "codes" in path else "GET", at, headers=headers).status_code < 500
            )
