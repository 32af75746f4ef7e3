"""A neighbourhood's pages as people meet them: in a real browser, in two languages, narrow and wide, light and dark."""

import re
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest
from tests.apps.street.paged_street import PASSWORD, SILENT, served
from tests.apps.street.test_record_page import after_a_day
from tests.browser.browsing import IN_A_BROWSER, expect, faults

from laag.apps.access import Role

pytestmark = IN_A_BROWSER
PAGES = {
    None: ["/sign-in", "/nowhere", "/enrol"],
    Role.RESIDENT: ["/", "/gains", "/account", "/members/{member}/looks", "/operator"],
    Role.OPERATOR: ["/?ptu=50", "/operator", "/operator/homes", "/operator/days", "/operator/flex", "/operator/access", "/members/{member}/looks", "/grid?day=2026-03-28&ptu=50"],
    Role.GRID: ["/grid", "/"],
    Role.REGULATOR: ["/regulator?day=2026-03-28&ptu=50", "/regulator/looks", "/members/{member}/looks"],
}  # fmt: skip
REPORTED = tuple(f"the server responded with a status of {code}" for code in (401, 403, 404, 503))
"""The browser itself says so to who opens such a page."""


@pytest.fixture(scope="module")
def street(tmp_path_factory):
    with served(tmp_path_factory.mktemp("street")) as made:
        for role in PAGES:
            if role is not None:
                made.somebody(role, member=made.members[0] if role is Role.RESIDENT else None)
        yield made


@pytest.fixture
def visit(visits, street):
    """A browser in which somebody is signed in, by a cookie; the form itself is tried once."""

    def opened(role=None, language="en", width=1280, scheme="light", *, script=True):
        account = role and street.site.accounts.find(f"{role.value} jansen")
        secret = account and street.site.sessions.begin(account)
        return visits.open(street.url, language, width, scheme, script=script, secret=secret, fine=REPORTED)

    return opened


def addresses(street, role):
    return [street.url + path.replace("{member}", street.members[SILENT if role is not Role.RESIDENT else 0]) for path in PAGES[role]]  # fmt: skip


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("role", PAGES, ids=str)
def test_pages_open_quietly_fit_and_hide_nothing_from_a_screen_reader(visit, street, role, language, width):
    page = visit(role, language, width, scheme="dark" if (width == 390) == (language == "nl") else "light")
    for address in addresses(street, role):
        page.goto(address)
        if width == 1280 and language == "en":  # once: they are long
            page.evaluate("document.querySelectorAll('details').forEach((each) => (each.open = true))")
        assert page.evaluate("document.documentElement.lang") == language
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
        assert faults(page) == "", address


CUT = """() => [...document.querySelectorAll('main table')]
    .filter((each) => each.getBoundingClientRect().right > innerWidth + 0.5 || each.scrollWidth > each.parentElement.clientWidth + 1)
    .map((each) => each.caption.textContent)"""


@pytest.mark.parametrize("language", ["nl", "en"])
def test_on_a_phone_no_column_of_the_record_or_of_the_cables_lies_beyond_the_edge(visit, street, language):
    page = visit(Role.GRID, language, width=390)
    page.goto(f"{street.url}/grid?day=2026-03-28&ptu=50")
    assert page.locator("table.listed").count() == 1
    assert page.evaluate(CUT) == []
    with ThreadPoolExecutor(1) as beside:  # the browser has a loop of its own in this thread
        _, record = beside.submit(after_a_day, language).result()
    main = record.text.partition("<main")[2].partition(">")[2].partition("</main>")[0]
    page.evaluate("(html) => { document.querySelector('main').innerHTML = html }", main)
    assert page.locator("table.listed").count() == 2
    assert page.evaluate(CUT) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert faults(page) == ""


SMALL = """() => [...document.querySelectorAll('a, button, input:not([type=hidden]), select, summary')]
    .filter((each) => each.checkVisibility() && !each.matches('.skip') && !each.closest('p:not(.row), li:not(nav li), td, th[scope=row]')?.textContent.trim().length)
    .map((each) => [each.outerHTML.slice(0, 90), each.getBoundingClientRect()])
    .filter(([, box]) => box.height < 43.5 || box.width < 43.5).map(([html]) => html)"""


def test_what_is_pressed_is_large_enough_for_a_thumb(visit, street):
    page = visit(Role.OPERATOR, width=390)
    for address in addresses(street, Role.OPERATOR):
        page.goto(address)
        assert page.evaluate(SMALL) == [], address


def test_signing_in_leads_to_where_somebody_wanted_to_be(visit, street):
    page = visit()
    page.goto(f"{street.url}/grid?day=2026-03-28")
    page.fill("#field-name", "grid Jansen")
    page.fill("#field-password", "not the password")
    page.keyboard.press("Enter")
    expect(page.locator("#why")).to_be_visible()
    expect(page.locator("#field-password")).to_have_attribute("aria-describedby", re.compile(r"^\s*why\s*$"))
    page.fill("#field-password", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{street.url}/grid?day=2026-03-28")


def test_by_keyboard_the_first_step_leads_to_the_content(visit, street):
    page = visit(Role.RESIDENT)
    page.goto(street.url)
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator("#main :focus")).to_be_visible()
    expect(page.locator("#main :focus")).not_to_have_css("outline-style", "none")


def test_without_scripts_everything_can_be_read_and_done(visit, street):
    page = visit(Role.OPERATOR, script=False)
    page.goto(f"{street.url}/?day=2026-03-28")
    page.select_option("#field-ptu", "50")
    page.get_by_role("button", name="Show").click()
    expect(page.locator("#merit h2")).to_contain_text("12:30")
    expect(page.locator("#merit svg.wide")).to_have_count(1)
    page.goto(f"{street.url}/operator/homes")
    page.fill("#field-note", "number 12")
    page.get_by_role("button", name="Make a code").click()
    expect(page.locator(".handout svg")).to_have_count(1)


def test_a_page_follows_what_happens(visit, street):
    page = visit(Role.OPERATOR)
    page.goto(f"{street.url}/operator")
    health = page.locator("#health")
    before = health.inner_text()
    street.running.keeper._kept = street.running.keeper.kept.after_note()
    for _ in range(60):  # until the page listens
        street.say("settled")
        with suppress(AssertionError):
            expect(health).not_to_have_text(before, timeout=2_500, use_inner_text=True)
            break
    expect(health).not_to_have_text(before, use_inner_text=True)


def test_a_page_says_quietly_when_the_server_is_away(visit, street):
    page = visit(Role.OPERATOR)
    page.route("**/api/v1/stream*", lambda route: route.fulfill(status=503, body=""))
    page.goto(f"{street.url}/operator")
    away = page.locator("#connection")
    expect(away).not_to_be_empty()
    page.unroute("**/api/v1/stream*")
    expect(away).to_be_empty()
