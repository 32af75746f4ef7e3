"""A neighbourhood's pages as people meet them: in a real browser, in two languages, narrow and wide, light and dark."""

import shutil
from contextlib import suppress

import pytest
from tests.apps.street.paged_street import PASSWORD, SILENT, served

from laag.apps.access import Role

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
axe = pytest.importorskip(
    "axe_playwright_python.sync_playwright", reason="axe is not installed: it is in the group dev"
)

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="there is no chromium on this machine"),
]
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"]  # fmt: skip
LOCALES = {"nl": "nl-NL", "en": "en-GB"}
PAGES = {
    None: ["/sign-in", "/nowhere", "/enrol"],
    Role.RESIDENT: ["/", "/account", "/members/{member}/looks", "/operator"],
    Role.OPERATOR: ["/?ptu=50", "/operator", "/operator/homes", "/operator/days", "/operator/access", "/members/{member}/looks"],
    Role.GRID: ["/grid", "/"],
    Role.REGULATOR: ["/regulator?day=2026-03-28&ptu=50", "/regulator/looks", "/members/{member}/looks"],
}  # fmt: skip


@pytest.fixture(scope="module")
def street(tmp_path_factory):
    with served(tmp_path_factory.mktemp("street")) as made:
        for role in PAGES:
            if role is not None:
                made.somebody(role, member=made.members[0] if role is Role.RESIDENT else None)
        yield made


@pytest.fixture(scope="module")
def browser():
    with playwright.sync_playwright() as player:
        opened = player.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield opened
        opened.close()


@pytest.fixture
def visit(browser, street):
    """A browser in which somebody signed in; whatever a page complains of or asks of others fails the test."""
    contexts, complaints = [], []

    def opened(role=None, language="en", width=1280, scheme="light", script=True):
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme=scheme,
            locale=LOCALES[language],
            reduced_motion="reduce",
            java_script_enabled=script,
        )
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda said: _expected(said.text) or complaints.append(said.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda asked: asked.url.startswith(street.url) or complaints.append(asked.url))
        if role is not None:
            sign_in(page, street, role)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []


def _expected(text):
    """The browser itself reports an answer of 401, 403, 404 or 503 to who opens it."""
    return "the server responded with a status of 40" in text or "status of 503" in text


def sign_in(page, street, role):
    """By its cookie; the form itself is tried once."""
    account = street.site.accounts.find(f"{role.value} jansen")
    page.context.add_cookies(
        [
            {
                "name": "laag_session",
                "value": street.site.sessions.begin(account),
                "url": street.url,
                "httpOnly": True,
            }
        ]
    )


def addresses(street, role):
    return [street.url + path.replace("{member}", street.members[SILENT if role is not Role.RESIDENT else 0]) for path in PAGES[role]]  # fmt: skip


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("role", PAGES, ids=str)
def test_pages_open_quietly_fit_and_hide_nothing_from_a_screen_reader(visit, street, role, language, width):
    page = visit(role, language, width, scheme="dark" if width == 390 else "light")
    for address in addresses(street, role):
        page.goto(address)
        if width == 1280 and language == "en":  # once: they are long
            page.evaluate("document.querySelectorAll('details').forEach((each) => (each.open = true))")
        assert page.evaluate("document.documentElement.lang") == language
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
        found = axe.Axe().run(page)
        assert found.response["violations"] == [], (address, found.generate_report())


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
    page.wait_for_selector("#why")
    assert page.get_attribute("#field-password", "aria-describedby").strip() == "why"
    page.fill("#field-password", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{street.url}/grid?day=2026-03-28")


def test_by_keyboard_the_first_step_leads_to_the_content(visit, street):
    page = visit(Role.RESIDENT)
    page.goto(street.url)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.keyboard.press("Tab")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"


def test_without_scripts_everything_can_be_read_and_done(visit, street):
    page = visit(Role.OPERATOR, script=False)
    page.goto(f"{street.url}/?day=2026-03-28")
    page.select_option("#field-ptu", "50")
    page.click("main form button")
    assert "12:30" in page.inner_text("#merit h2")
    assert page.locator("#merit svg.wide").count() == 1
    page.goto(f"{street.url}/operator/homes")
    page.fill("#field-note", "number 12")
    page.click("button.main")
    assert page.locator(".handout svg").count() == 1


def test_a_page_follows_what_happens(visit, street):
    page = visit(Role.OPERATOR)
    page.goto(f"{street.url}/operator")
    before = page.inner_text("#health")
    street.running.keeper._kept = street.running.keeper.kept.after_note()
    street.say("settled")
    page.wait_for_function(
        "(before) => document.querySelector('#health').innerText !== before", arg=before, timeout=30_000
    )


def test_a_page_says_quietly_when_the_server_is_away(visit, street):
    page = visit(Role.OPERATOR)
    page.route("**/api/v1/stream*", lambda route: route.fulfill(status=503, body=""))
    with suppress(playwright.TimeoutError):
        page.goto(f"{street.url}/operator")
    page.wait_for_function(
        "() => document.getElementById('connection').textContent.length > 20", timeout=30_000
    )
    page.unroute("**/api/v1/stream*")
    page.wait_for_function("() => document.getElementById('connection').textContent === ''", timeout=60_000)
