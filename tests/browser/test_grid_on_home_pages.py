"""What a household reads of its grid operator, in a real browser: in two languages, on a phone and a wide screen, by keyboard."""

import threading

import pytest
from tests.apps.agent.test_grid_pages import going_on
from tests.browser.browsing import IN_A_BROWSER, expect, faults
from tests.browser.home_server import served

pytestmark = IN_A_BROWSER


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    folder = tmp_path_factory.mktemp("home")
    with served(folder, "pv", "battery", "charger", "heat_pump", wishes=()) as made:
        begin(made)
        yield made


def begin(home, **what):
    """As if the neighbourhood had just said it."""
    done = threading.Event()

    def begins():
        life = home.site.here.life
        going_on(life, **what)
        life.tell("grid", {})
        done.set()

    home.loop.call_soon_threadsafe(begins)
    assert done.wait(30)


@pytest.fixture
def visit(visits, home):
    """A browser in which a resident is signed in."""

    def opened(language="en", width=1280, scheme="light", *, script=True):
        return visits.open(home.url, language, width, scheme, script=script, secret=home.secret)

    return opened


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_what_is_asked_sold_and_limited_fits_and_hides_nothing_from_a_screen_reader(
    visit, home, language, width
):
    page = visit(language, width, scheme="dark" if (width == 390) == (language == "nl") else "light")
    for path in ("/", "/today", "/wishes"):
        page.goto(home.url + path)
        expect(page.locator("#grid")).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
        assert faults(page) == "", path
        small = page.evaluate(
            "() => [...document.querySelectorAll('#grid button, #grid .button')].filter((each) => each.offsetHeight < 43.5).map((each) => each.outerHTML)"
        )
        assert small == [], path


def test_leave_is_given_and_a_promise_let_go_of_with_the_keyboard_alone_and_without_scripts(visit, home):
    page = visit("nl", 390, script=False)
    page.goto(home.url + "/")
    page.get_by_role("button", name="Ja, vanaf 5,0 ct/kWh").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#grid")).to_contain_text("Dat staat nu bij je wensen")
    page.goto(home.url + "/wishes")
    expect(page.locator("#mine")).to_contain_text("help als een kabel vol is vanaf 5 ct/kWh")
    page.goto(home.url + "/")
    page.get_by_role("button", name="Niet nu").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#grid [role='status']")).to_contain_text("comfort gaat nu voor")
    expect(page.locator("#grid")).to_contain_text("Je koos ‘niet nu’ voor vandaag")


def test_an_open_page_says_it_as_soon_as_it_is_so(visit, home):
    page = visit("en")
    begin(home, answered=True, sold=False, limit=False)
    page.goto(home.url + "/")
    expect(page.locator("#grid")).not_to_contain_text("bought of you")
    for _ in range(20):  # until the page listens
        begin(home, answered=False)
        page.wait_for_timeout(1_500)
        if "bought of you" in page.locator("#grid").inner_text():
            break
    expect(page.locator("#grid")).to_contain_text("bought of you that you take 1.6 kWh less today")
