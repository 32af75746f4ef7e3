"""What a household sees of the shared record in a real browser: on a phone, in both languages, when all is well and when it is lied to."""

import asyncio

import pytest
from tests.apps.agent.paged_home import YESTERDAY
from tests.apps.agent.recorded import Recorded
from tests.apps.agent.test_record import LIES
from tests.browser.browsing import IN_A_BROWSER, expect, faults
from tests.browser.home_server import served

from laag.apps.agent.ledger.watching import SharedRecord

pytestmark = IN_A_BROWSER
PAGES = [f"/bill/{YESTERDAY}", "/bill", "/data", "/join"]


def looked(made, there):
    """The home has looked at its neighbourhood."""
    look = SharedRecord(made.site.here.life, there).look()
    asyncio.run_coroutine_threadsafe(look, made.loop).result(60)
    return made


@pytest.fixture(scope="module")
def homes(tmp_path_factory):
    good, bad = Recorded(), Recorded(lies=LIES["altered amount"][0])
    with (
        served(tmp_path_factory.mktemp("good"), neighbours=good, planned=False) as well,
        served(tmp_path_factory.mktemp("bad"), neighbours=bad, planned=False) as lied_to,
    ):
        yield {"well": looked(well, good), "lied to": looked(lied_to, bad)}


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("which", ["well", "lied to"])
def test_pages_of_the_record_fit_a_phone_and_hide_nothing_from_a_screen_reader(
    visits, homes, which, language
):
    home = homes[which]
    page = visits.open(home.url, language, 390, secret=home.secret)
    for path in PAGES:
        page.goto(home.url + path)
        page.evaluate("document.querySelectorAll('details').forEach((each) => (each.open = true))")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
        assert faults(page) == "", path


def test_a_household_reads_what_was_checked_and_takes_the_evidence_along(visits, homes):
    home = homes["well"]
    page = visits.open(home.url, "nl", 390, script=False, secret=home.secret)
    page.goto(home.url + PAGES[0])
    expect(page.locator("#record h2")).to_have_text("Vastgelegd en nagerekend")
    expect(page.locator("#record")).to_contain_text(
        "3 van de 4 leden tekenden ervoor; 2 rekenden het zelf na."
    )
    page.get_by_text("Wat er is nagegaan").click()
    with page.expect_download() as taken:
        page.get_by_role("link", name="Neem het bewijs mee").click()
    assert taken.value.suggested_filename == f"laag-{YESTERDAY}.json"


def test_a_household_that_is_lied_to_reads_what_is_wrong_and_what_to_do(visits, homes):
    home = homes["lied to"]
    page = visits.open(home.url, "en", 390, script=False, secret=home.secret)
    page.goto(home.url + PAGES[0])
    alarm = page.locator("#record [role=alert]")
    expect(alarm).to_contain_text("The amounts that are shown are not those in the record.")
    expect(alarm).to_contain_text("show it to another member")
    expect(page.locator("#record h2")).to_have_text("This does not hold")


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("width", [390, 1280])
def test_the_first_page_tells_an_alarm_in_one_sentence_and_leads_to_it(visits, homes, language, width):
    home = homes["lied to"]
    page = visits.open(home.url, language, width, secret=home.secret)
    page.goto(home.url)
    alarm = page.get_by_role("alert")
    expect(alarm).to_contain_text(
        {
            "nl": "De bedragen die getoond worden zijn niet die in het boek staan.",
            "en": "The amounts that are shown are not those in the record.",
        }[language]
    )
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert faults(page) == ""
    alarm.get_by_role("link").click()
    expect(page.locator("#record [role=alert]")).to_be_visible()


def test_an_alarm_that_rings_while_the_page_is_open_is_announced_and_goes_when_it_is_over(
    visits, tmp_path_factory
):
    there = Recorded()
    with served(tmp_path_factory.mktemp("rings"), neighbours=there, planned=False) as home:
        looked(home, there)
        page = visits.open(home.url, "en", 390, secret=home.secret)
        page.goto(home.url)
        expect(page.get_by_role("alert")).to_have_count(0)
        there.holds = "cd" * 32
        looked(home, there)
        expect(page.get_by_role("alert")).to_contain_text(
            "holds another key to be this home's", timeout=30_000
        )
        there.holds = there.public
        looked(home, there)
        expect(page.get_by_role("alert")).to_have_count(0, timeout=30_000)


def test_an_alarm_that_rings_after_a_page_was_made_and_before_it_listens_is_announced_all_the_same(
    visits, tmp_path_factory
):
    there = Recorded()
    with served(tmp_path_factory.mktemp("between"), neighbours=there, planned=False) as home:
        looked(home, there)
        page = visits.open(home.url, "en", 390, secret=home.secret)

        def rings_first(route):
            there.holds = "cd" * 32
            looked(home, there)
            route.continue_()

        page.route("**/stream*", rings_first)
        page.goto(home.url)
        expect(page.get_by_role("alert")).to_contain_text("holds another key", timeout=30_000)
