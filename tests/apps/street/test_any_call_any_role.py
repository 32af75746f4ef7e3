"""Whoever asks, whatever they ask, in whatever shape, of the interface or of a page: no answer is a fault of the server."""

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from tests.apps.street.paged_street import street
from tests.cycle.living_street import FIRST

from laag.apps.access import Role

EXAMPLES = 60
ROLES = (None, Role.RESIDENT, Role.OPERATOR, Role.GRID, Role.REGULATOR, Role.RESEARCHER)
STREAM = "/stream"
GOES_ON = {"leave", "goodbye", "sign-out"}
"""These would end what the next calls are about."""


@pytest.fixture(scope="module")
def lived_in(tmp_path_factory):
    with street(tmp_path_factory.mktemp("street"), public=True) as made:
        limits = made.running.limits
        for buckets in (limits.calls, limits.messages, limits.codes, limits.all_codes):
            buckets.take = lambda *_: True
        yield made


def headers(case, role):
    """As a browser sends them; whoever may look at others' data says what for, every other time."""
    said = {name: value for name, value in (case.headers or {}).items() if name.lower() != "cookie"}
    return said if role is None else {"laag-purpose": "support", **said}


@pytest.mark.parametrize("role", ROLES, ids=lambda role: "anybody" if role is None else role.value)
def test_no_call_is_a_fault(lived_in, role):
    member = lived_in.members[0]
    asking = lived_in.ask(role, member=member if role is Role.RESIDENT else None)
    # A page that is asked for by a program is answered as one.
    asking.headers["accept"] = "*/*"
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

    @settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck), phases=(Phase.generate,), database=None)  # fmt: skip
    @given(calls, st.booleans())
    def tried(case, real):
        if real:
            known = {"member": member, "day": FIRST.isoformat()}
            case.path_parameters = {
                name: known.get(name, value) for name, value in (case.path_parameters or {}).items()
            }
        asked = case.as_transport_kwargs(base_url="http://street.example")
        sent = {name: asked[name] for name in ("params", "json", "content") if asked.get(name) is not None}
        if isinstance(asked.get("data"), bytes | str):
            sent["content"] = asked["data"]
        try:
            answer = asking.request(asked["method"], asked["url"], headers=headers(case, role), **sent)
        except (httpx.InvalidURL, UnicodeEncodeError, TypeError, ValueError) as odd:
            if isinstance(odd, httpx.InvalidURL | UnicodeEncodeError) or "header" in str(odd).lower():
                return  # no client can say this
            raise
        met.add(answer.status_code)
        assert answer.status_code < 500, (case, answer.text)

    tried()
    assert 200 in met
