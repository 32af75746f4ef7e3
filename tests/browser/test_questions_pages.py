"""What people see of questions from outside and of the rules in force, in a real browser: on a phone, without a script, in both languages."""

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
import uvicorn
from tests.apps.access.hands import Hands
from tests.apps.street.paged_street import PASSWORD
from tests.browser.browsing import IN_A_BROWSER, expect, faults
from tests.cycle.asked_street import DAY, FIRST, LAST, place, told
from tests.neighbourhood.commons.homes import fair

from laag.adapters.stores import open_log, open_records
from laag.apps.access import Role
from laag.apps.street import commons
from laag.apps.street.keeper import Keeper
from laag.apps.street.pages import paged_app
from laag.apps.street.running import Running
from laag.apps.street.sources import InTurn, Model
from laag.apps.street.taking import Told

pytestmark = IN_A_BROWSER
MEMBER = "n-01"
ASKED = (("taken-total", ""), ("homes-by-use", "north"), ("imported-by-day", ""))


def noon():
    day = LAST + 2 * DAY
    return datetime(day.year, day.month, day.day, 11, tzinfo=UTC)


async def lives(log, clock):
    """Sixteen days, and three answers."""
    async with Keeper(lambda: open_log(log), place(), clock) as keeper:
        await keeper.ask([Told(one) for one in told()])
        for name, cable in ASKED:
            last = FIRST + timedelta(days=6 if name != "imported-by-day" else 2)
            asked = await commons.ask(
                keeper, name, FIRST, last, cable, asked_by="TU Oostende", why="of de kabel groter moet"
            )
            assert isinstance(asked, commons.Answered), asked


@contextmanager
def served(folder):
    log, clock = str(folder / "street.sqlite"), Hands(noon())
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, lives(log, clock)).result()
    with open_records(log) as records:
        keeper = Keeper(lambda: open_log(log), place(), clock)
        app = paged_app(
            Running(keeper, records, InTurn([Model()], keeper.figures), version="test"), public=True
        )
        site = app.state.site
        account = site.accounts.accept(site.accounts.invite(Role.RESIDENT, member=MEMBER), "Ann", PASSWORD)
        server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error", timeout_graceful_shutdown=1))
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        while not server.started:
            assert thread.is_alive(), "the server did not start"
            thread.join(0.05)
        try:
            port = server.servers[0].sockets[0].getsockname()[1]
            yield f"http://127.0.0.1:{port}", site.sessions.begin(account)
        finally:
            server.should_exit = True
            thread.join(20)


@pytest.fixture(scope="module")
def street(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(commons, "noise", lambda: (fair(11), "a coin of the test"))
        with served(tmp_path_factory.mktemp("street")) as there:
            yield there


@pytest.mark.parametrize(("language", "width"), [("nl", 390), ("en", 1280)])
def test_pages_of_questions_and_rules_fit_and_hide_nothing_from_a_screen_reader(
    visits, street, language, width
):
    url, secret = street
    page = visits.open(url, language, width, secret=secret, script=False)
    for path in ("/questions", f"/members/{MEMBER}/answers", "/rules", "/rules?about=home&for=resident"):
        page.goto(url + path)
        expect(page.locator("h1")).to_be_visible()
    page = visits.open(url, language, width, secret=secret)
    for path in ("/questions", f"/members/{MEMBER}/answers", "/rules"):
        page.goto(url + path)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
        assert faults(page) == "", path


def test_somebody_without_an_account_reads_what_was_asked_and_how_far_off_it_may_be(visits, street):
    url, _ = street
    page = visits.open(url, "nl", 390, script=False)
    page.goto(url + "/questions")
    expect(page.locator("main")).to_contain_text("TU Oostende")
    expect(page.locator("main")).to_contain_text("of de kabel groter moet")
    expect(page.locator("main")).to_contain_text("±")
    expect(page.locator("main")).not_to_contain_text(MEMBER)


def test_a_resident_sees_the_year_and_what_is_left_of_it(visits, street):
    url, secret = street
    page = visits.open(url, "nl", 390, secret=secret, script=False)
    page.goto(f"{url}/members/{MEMBER}/answers")
    expect(page.locator("tbody").first).to_contain_text("2026")
    expect(page.locator("main article")).to_have_count(2)


def test_a_rule_can_be_pointed_at_and_chosen_by_whom_it_is_for(visits, street):
    url, _ = street
    page = visits.open(url, "nl", 390, script=False)
    page.goto(url + "/rules?about=home&for=resident#energy-tax")
    expect(page.locator("#energy-tax h3")).to_be_visible()
    page.get_by_label("Voor").select_option("grid")
    page.get_by_label("Over", exact=True).select_option("community")
    page.get_by_role("button", name="Toon").click()
    expect(page.locator("#flexibility-market h3")).to_be_visible()
    expect(page.locator("#price-cap")).to_have_count(0)
