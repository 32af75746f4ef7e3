"""Questions from outside over HTTP: a key asks, everybody reads, each home reads its part, and nothing is told twice."""

import asyncio
import shutil
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from tests.apps.access.hands import Hands
from tests.apps.street.paged_street import PAGE, PASSWORD
from tests.apps.web.asking import Asking
from tests.cycle.asked_street import DAY, FIRST, LAST, NAMES, place, told, withdrawn
from tests.neighbourhood.commons.homes import fair

from laag.adapters.stores import open_log, open_records
from laag.apps.access import Role
from laag.apps.street import commons
from laag.apps.street.keeper import Keeper
from laag.apps.street.pages import paged_app
from laag.apps.street.running import Running
from laag.apps.street.sources import InTurn, Model
from laag.apps.street.taking import Told

TODAY = LAST + 2 * DAY
WEEK = {"first": f"{FIRST}", "last": f"{FIRST + 6 * DAY}", "why": "hoe vol de kabel wordt"}


@dataclass
class Made:
    """A street's server and ways to call it."""

    app: object
    keeper: Keeper
    runner: asyncio.Runner
    log: str

    def ask(self, role=None, lang="nl", member=None):
        site = self.app.state.site
        asking = Asking(self.app, {"accept": PAGE, "accept-language": lang}, runner=self.runner)
        if role is not None:
            account = site.accounts.find(f"{role.value} jansen")
            if account is None:
                secret = site.accounts.invite(role, member=member)
                account = site.accounts.accept(secret, f"{role.value} Jansen", PASSWORD)
            asking.cookies.set("laag_session", site.sessions.begin(account), domain="street.example")
        return asking

    def by_key(self, role, member=None, name="TU Oostende"):
        secret = self.app.state.site.keys.make(name, role, member)
        return Asking(self.app, {"accept": "*/*", "authorization": f"Bearer {secret}"}, runner=self.runner)

    def tell(self, *messages):
        self.runner.run(self.keeper.ask([Told(one) for one in messages]))


@contextmanager
def opened(folder, **charter):
    """A street that lived sixteen days, in this process."""
    here, log = place(**charter), str(folder / "street.sqlite")
    hands = Hands(datetime(TODAY.year, TODAY.month, TODAY.day, 11, tzinfo=UTC))
    keeper = Keeper(lambda: open_log(log), here, hands)
    with open_records(log) as records, asyncio.Runner() as runner:
        running = Running(keeper, records, InTurn([Model()], keeper.figures), version="test")
        app = paged_app(running, public=True)
        runner.run(keeper.__aenter__())
        made = Made(app, keeper, runner, log)
        try:
            if not keeper.live.members:
                made.tell(*told(here))
            yield made
        finally:
            runner.run(keeper.__aexit__(None, None, None))


@pytest.fixture(scope="module")
def lived(tmp_path_factory):
    """The log of sixteen days, told once."""
    folder = tmp_path_factory.mktemp("lived")
    with opened(folder):
        pass
    return folder


@pytest.fixture
def made(tmp_path, lived):
    shutil.copytree(lived, tmp_path, dirs_exist_ok=True)
    with opened(tmp_path) as one:
        yield one


@pytest.fixture(autouse=True)
def known_coin(monkeypatch):
    """A noise that a test can say: whether the right one is installed or not."""
    monkeypatch.setattr(commons, "noise", lambda: (fair(11), "a coin of the test"))


def post(asking, name="taken-total", **more):
    return asking.post(f"/api/v1/questions/{name}", json={**WEEK, **more})


def test_a_researcher_asks_and_is_told_how_far_off_the_answer_may_be(made):
    answer = post(made.by_key(Role.RESEARCHER))
    assert answer.status_code == 200, answer.text
    told_ = answer.json()
    (figure,) = told_["figures"]
    right = sum(int(one.sum()) for one in _taken())
    assert abs(figure["value"] - right) <= figure["off_by"]
    assert figure["value"] != right
    assert told_["unit"] == "Wh"
    assert told_["epsilon"] == 0.1
    assert not any(name in answer.text for name in NAMES)


def _taken():
    from tests.cycle.asked_street import taken_wh

    for name in NAMES:
        for n in range(7):
            yield taken_wh(name, FIRST + n * DAY, 96).clip(min=0)


def test_asked_a_hundred_times_it_is_one_answer_and_costs_once(made):
    """Or the middle of a hundred answers would be the truth."""
    keys = made.by_key(Role.RESEARCHER), made.by_key(Role.COMPANY, name="Stroom BV")
    texts = {post(keys[n % 2]).text for n in range(100)}
    assert len(texts) == 1
    assert len(made.keeper.live.answers) == 1


def test_after_a_restart_the_answer_is_the_same_and_what_was_spent_is_spent(tmp_path, lived):
    shutil.copytree(lived, tmp_path, dirs_exist_ok=True)
    with opened(tmp_path) as before:
        first = post(before.by_key(Role.RESEARCHER)).text
    with opened(tmp_path) as after:
        assert post(after.by_key(Role.RESEARCHER)).text == first
        for n in (1, 2):
            post(after.by_key(Role.RESEARCHER), first=f"{FIRST + n * DAY}", last=f"{FIRST + (6 + n) * DAY}")
        no = post(after.by_key(Role.RESEARCHER), first=f"{FIRST + 3 * DAY}", last=f"{LAST}")
        assert no.status_code == 409
        assert "1 January 2027" in no.json()["detail"]["en"]


def test_who_takes_its_yes_back_stays_in_what_was_told_and_is_in_nothing_more(made):
    post(made.by_key(Role.RESEARCHER))
    made.tell(withdrawn("n-04", 90, TODAY))
    again = post(made.by_key(Role.RESEARCHER), first=f"{FIRST + DAY}", last=f"{FIRST + 7 * DAY}")
    assert again.status_code == 200
    both = list(made.keeper.live.answers.values())
    assert [("n-04" in one.homes) for one in both] == [True, False]


def test_nobody_but_researchers_and_companies_asks(made):
    for role in (Role.OPERATOR, Role.GRID, Role.REGULATOR):
        assert post(made.by_key(role)).status_code == 403
    assert post(Asking(made.app, {"accept": "*/*"}, runner=made.runner)).status_code == 401


def test_what_is_not_approved_or_not_there_is_said(made):
    key = made.by_key(Role.RESEARCHER)
    no = post(key, "taken-by-week")
    assert no.status_code == 409
    assert "niet goedgekeurd" in no.json()["detail"]["nl"]
    assert post(key, "who-is-home").status_code == 404
    turned = post(key, first=f"{LAST}", last=f"{FIRST}")
    assert turned.status_code == 409
    ancient = post(key, first="0001-01-01", last=f"{LAST}")
    assert ancient.status_code == 409


def test_without_what_makes_the_noise_only_what_needs_none_is_answered(made, monkeypatch):
    monkeypatch.setattr(commons, "noise", lambda: None)
    key = made.by_key(Role.RESEARCHER)
    no = post(key)
    assert no.status_code == 409
    assert "laag[research]" in no.json()["detail"]["en"]
    exact = post(key, "imported-by-day", last=f"{FIRST}")
    assert exact.json()["figures"][0]["off_by"] == 0
    assert exact.json()["epsilon"] == 0


def test_everybody_reads_what_may_be_asked_and_what_was_answered(made):
    anybody = Asking(made.app, {"accept": "*/*"}, runner=made.runner)
    listed = anybody.get("/api/v1/questions").json()
    assert {one["name"] for one in listed["questions"] if one["approved"]} >= {"taken-total", "homes-by-use"}
    assert listed["epsilon_per_year"] == 0.3
    post(made.by_key(Role.RESEARCHER), "homes-by-use")
    (given,) = anybody.get("/api/v1/answers").json()
    assert given["asked_by"] == "TU Oostende"
    assert given["figures"][0]["said"]["nl"] == "tot en met 4 kWh per dag"
    page = made.ask().get("/questions").text
    assert "TU Oostende" in page
    assert "±" in page
    assert not any(name in page for name in NAMES)


def test_a_resident_reads_which_answers_their_home_is_in_and_what_is_left(made):
    post(made.by_key(Role.RESEARCHER), cable="north")
    north = made.ask(Role.RESIDENT, member="n-01")
    page = north.get("/members/n-01/answers").text
    assert "Hoeveel stroom namen deze huizen samen af?" in page
    assert "0,2" in page
    assert north.get("/members/s-01/answers").status_code == 403
    home = made.by_key(Role.HOME, "s-01").get("/api/v1/members/s-01/answers").json()
    assert home == {"answers": [], "epsilon_left": {"2026": 0.3}}


def test_what_somebody_writes_as_a_reason_is_shown_and_not_read_as_ours(made):
    post(made.by_key(Role.RESEARCHER, name="<b>Boze {firma}</b>"), why="{epsilon} <script>alert(1)</script>")
    page = made.ask().get("/questions").text
    assert "{epsilon} &lt;script&gt;" in page
    assert "Boze {firma}" in page
