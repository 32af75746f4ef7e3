"""A household's pages as people meet them: in a real browser, in two languages, on a phone and a wide screen, light and dark."""

import shutil
from contextlib import suppress

import pytest
from tests.browser.home_server import served

from laag.home.devices import Device

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
PAGES = [
    "/", "/today", "/wishes", "/wishes/change?line=auto+op+90+%25+om+06:00", "/wishes/change?line=bla+bla", "/wishes/change?first=own_sun", "/bill",
    "/bill/2026-05-19", "/use", "/use?view=day", "/data", "/settings", "/join",
]  # fmt: skip


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    with served(tmp_path_factory.mktemp("home"), "pv", "battery", "charger", "heat_pump") as made:
        yield made


@pytest.fixture(scope="module")
def browser():
    with playwright.sync_playwright() as player:
        opened = player.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield opened
        opened.close()


@pytest.fixture
def visit(browser, home):
    """A browser in which a resident is signed in; whatever a page complains of or asks of others fails the test."""
    url, secret = home.url, home.secret
    contexts, complaints = [], []

    def opened(language="en", width=1280, scheme="light", script=True):
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme=scheme,
            locale=LOCALES[language],
            reduced_motion="reduce",
            java_script_enabled=script,
        )
        context.add_cookies([{"name": "laag_session", "value": secret, "url": url, "httpOnly": True}])
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(60_000)
        page.on("console", lambda said: complaints.append(said.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda asked: asked.url.startswith(url) or complaints.append(asked.url))
        return page

    yield opened
    for context in contexts:
        with suppress(Exception):
            context.close()
    assert complaints == []


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_pages_open_quietly_fit_and_hide_nothing_from_a_screen_reader(visit, home, language, width):
    page = visit(language, width, scheme="dark" if width == 390 else "light")
    for path in PAGES:
        page.goto(home.url + path)
        page.evaluate("document.querySelectorAll('details').forEach((each) => (each.open = true))")
        assert page.evaluate("document.documentElement.lang") == language
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
        found = axe.Axe().run(page)
        assert found.violations_count == 0, (path, found.generate_report())


def test_targets_are_large_enough_for_a_thumb(visit, home):
    page = visit("nl", 390)
    for path in PAGES:
        page.goto(home.url + path)
        small = page.evaluate(
            """() => [...document.querySelectorAll('button, select, .button, nav a, summary, .days span, input:not([type=checkbox]):not([type=hidden])')]
                .filter((each) => each.offsetParent && Math.min(each.offsetHeight, 44) < 43.5).map((each) => each.outerHTML.slice(0, 90))"""
        )
        assert small == [], path


def test_a_wish_is_said_seen_and_kept_with_the_keyboard_alone_and_without_scripts(visit, home):
    page = visit("nl", 390, script=False)
    page.goto(home.url + "/wishes")
    page.get_by_label("Wat wil je?").focus()
    page.keyboard.type("woonkamer 20 graden van zeven tot tien, 's nachts 17")
    page.keyboard.press("Enter")
    assert page.inner_text("h1").startswith("Je wilt: woonkamer 20 °C van 07:00 tot 22:00")
    page.get_by_role("button", name="Zo wil ik het").focus()
    page.keyboard.press("Enter")
    assert "woonkamer 20 °C" in page.inner_text("#mine")


def test_the_picture_follows_what_the_agent_hears_without_asking_for_the_page_again(visit, home):
    page = visit("en")
    page.goto(home.url + "/")
    shown = page.locator("[data-value='flow.battery']")
    assert shown.text_content() == "0.9 kW"
    says = "() => document.querySelector(`[data-value='flow.battery']`).textContent === '3.2 kW'"
    for _ in range(60):  # until the page listens
        home.hears(Device.BATTERY, 3.2)
        with suppress(playwright.TimeoutError):
            page.wait_for_function(says, timeout=2_500)
            break
        home.hears(Device.BATTERY, 3.1)
    assert shown.text_content() == "3.2 kW"
    assert page.get_attribute("[data-flow='way.battery']", "data-way") == "out"
    assert "takes 3.2 kW" in page.inner_text("[data-value='device.battery.does']")
