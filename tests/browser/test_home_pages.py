"""A household's pages as people meet them: in a real browser, in two languages, on a phone and a wide screen, light and dark."""

from contextlib import suppress

import pytest
from tests.browser.browsing import IN_A_BROWSER, expect, faults
from tests.browser.home_server import served

from laag.home.devices import Device

pytestmark = IN_A_BROWSER
PAGES = [
    "/", "/today", "/wishes", "/wishes/change?line=auto+op+90+%25+om+06:00", "/wishes/change?line=bla+bla", "/wishes/change?first=own_sun", "/bill",
    "/bill/2026-05-19", "/use", "/use?view=day", "/data", "/settings", "/join",
]  # fmt: skip


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    with served(tmp_path_factory.mktemp("home"), "pv", "battery", "charger", "heat_pump") as made:
        yield made


@pytest.fixture
def visit(visits, home):
    """A browser in which a resident is signed in."""

    def opened(language="en", width=1280, scheme="light", *, script=True):
        return visits.open(home.url, language, width, scheme, script=script, secret=home.secret)

    return opened


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_pages_open_quietly_fit_and_hide_nothing_from_a_screen_reader(visit, home, language, width):
    page = visit(language, width, scheme="dark" if (width == 390) == (language == "nl") else "light")
    for path in PAGES:
        page.goto(home.url + path)
        page.evaluate("document.querySelectorAll('details').forEach((each) => (each.open = true))")
        assert page.evaluate("document.documentElement.lang") == language
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
        assert faults(page) == "", path


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_household_reads_its_days_on_a_phone_without_shifting_a_table(visit, home, language):
    page = visit(language, 390)
    for path in ("/bill", "/use"):
        page.goto(home.url + path)
        cut = page.eval_on_selector_all(
            ".scroll",
            """(all) => all.filter((each) => each.checkVisibility() && each.scrollWidth > each.clientWidth + 1)
                .map((each) => each.getAttribute('aria-label'))""",
        )
        assert cut == [], path


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
    expect(page.locator("h1")).to_contain_text("Je wilt: woonkamer 20 °C van 07:00 tot 22:00")
    page.get_by_role("button", name="Zo wil ik het").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#mine")).to_contain_text("woonkamer 20 °C")


def test_the_picture_follows_what_the_agent_hears_without_asking_for_the_page_again(visit, home):
    page = visit("en")
    page.goto(home.url + "/")
    shown = page.locator("[data-value='flow.battery']")
    expect(shown).to_have_text("0.9 kW")
    for _ in range(60):  # until the page listens
        home.hears(Device.BATTERY, 3.2)
        with suppress(AssertionError):
            expect(shown).to_have_text("3.2 kW", timeout=2_500)
            break
        home.hears(Device.BATTERY, 3.1)
    expect(shown).to_have_text("3.2 kW")
    expect(page.locator("[data-flow='way.battery']").first).to_have_attribute("data-way", "out")
    expect(page.locator("[data-value='device.battery.does']")).to_contain_text("takes 3.2 kW")
