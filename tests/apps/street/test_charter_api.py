"""The charter for programs: what everybody may read, what is a home's own, and one vote whichever way it came."""

from datetime import UTC, datetime

import pytest
from tests.apps.street.charter_street import street
from tests.apps.street.paged_street import KEYS
from tests.apps.street.test_charter_pages import proposed, shadowed, vote
from tests.apps.web.asking import Asking

from laag.adapters.neighbourhood.signing import call_bytes
from laag.apps.access import Role
from laag.cycle import live


@pytest.fixture
def place(tmp_path):
    with street(tmp_path) as made:
        made.name = proposed(made)
        shadowed(made)
        yield made


class Home:
    """Signs every call."""

    def __init__(self, place, home) -> None:
        self.member = place.members[home]
        self.asking = Asking(place.app, {"accept": "*/*"}, runner=place.runner)

    def call(self, method, path, member=None, **sent):
        target = f"/api/v1/members/{member or self.member}{path}"
        call, at = self.asking.build(method, target, **sent), datetime.now(UTC)
        data = call_bytes(method, target, self.member, at, call.read())
        call.headers.update(
            {
                "laag-member": self.member,
                "laag-at": at.isoformat(timespec="seconds"),
                "laag-signature": KEYS[self.member].sign(data),
            }
        )
        return self.asking.send(call)

    def votes(self, name, choice, **more):
        return self.call("POST", "/charter/votes", json={"proposal": name, "choice": choice}, **more)


def test_a_home_reads_its_own_and_its_vote_is_in_the_log_with_its_signature(place):
    home = Home(place, 3)
    before = home.call("GET", "/charter").json()["proposals"][0]
    assert before["own"]["en"].startswith("Your home would have paid")
    assert (before["can_vote"], before["choice"], before["code"]) == (True, None, None)
    after = home.votes(place.name, "yes").json()["proposals"][0]
    assert (after["choice"], after["about"]["voted"]) == ("yes", 1)
    (event,) = place.run(place.running.keeper.read(list, "voted"))
    assert event.facts["signature"]
    assert live.from_event(event).choice == "yes"


def test_of_a_vote_at_home_and_one_on_the_page_the_later_counts_and_only_one(place):
    home = Home(place, 3)
    home.votes(place.name, "yes")
    assert vote(place, place.name, 3, "no").status_code == 303
    assert place.process.proposals[place.name].votes == {home.member: "no"}
    home.votes(place.name, "abstain")
    assert place.process.proposals[place.name].votes == {home.member: "abstain"}


def test_nobody_votes_for_another_or_reads_what_is_anothers(place):
    home, other = Home(place, 3), place.members[4]
    assert home.votes(place.name, "yes", member=other).status_code == 403
    assert home.call("GET", "/charter", member=other).status_code == 403
    assert not place.process.proposals[place.name].votes


def test_what_cannot_be_voted_on_is_told_why(place):
    answer = Home(place, 3).votes("no-such", "yes")
    assert answer.status_code == 409
    assert "no proposal no-such" in answer.json()["detail"]["en"]
    assert Home(place, 3).votes(place.name, "maybe").status_code == 422


def test_everybody_who_sees_the_market_reads_the_charter_and_nothing_of_one_home(place):
    home = Home(place, 3)
    home.votes(place.name, "yes")
    seen = place.ask(Role.REGULATOR).get("/api/v1/charter/proposals").json()
    assert [one["article"] for one in seen["rules"]][:2] == ["market.rule", "market.k_percent"]
    (one,) = seen["proposals"]
    assert (one["stage"], one["voted"], one["votes"]) == ("voting", 1, None)
    assert not [member for member in place.members if member in str(seen)]
    assert place.ask().get("/api/v1/charter/proposals").status_code == 401
