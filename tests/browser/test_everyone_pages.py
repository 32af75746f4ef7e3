"""Pages for every household in a real browser: on a phone in Dutch, wide in English, and the path of who has only a meter."""

import pytest
from tests.browser.browsing import IN_A_BROWSER, expect, faults
from tests.browser.home_server import served

from laag.home.house import House

pytestmark = IN_A_BROWSER
PAGES = ["/advice", "/settings/coach", "/means", "/compare", "/move"]


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """A home with a meter and nothing else that laag could steer."""
    with served(tmp_path_factory.mktemp("everyone"), planned=False) as made:
        made.site.here.life.house = House("Kade 12")
        yield made


@pytest.mark.parametrize(("language", "width"), [("nl", 390), ("en", 1280)])
def test_pages_fit_and_hide_nothing_from_a_screen_reader(visits, home, language, width):
    page = visits.open(home.url, language, width, "dark" if width == 390 else "light", secret=home.secret)
    for path in PAGES:
        page.goto(home.url + path)
        page.evaluate("document.querySelectorAll('details').forEach((each) => (each.open = true))")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
        assert faults(page) == "", path


def test_without_scripts_a_household_is_advised_and_a_coach_is_let_in_and_out(visits, home):
    page = visits.open(home.url, "en", 390, script=False, secret=home.secret)
    page.goto(home.url + "/use")
    page.get_by_role("link", name="Advice from your own meter").click()
    page.get_by_label("Building year").fill("1960")
    page.get_by_label("Bulbs and halogen lamps that are still there").fill("6")
    page.get_by_role("button", name="Keep", exact=True).last.click()
    expect(page.get_by_role("heading", name="Replace the last bulbs and halogen lamps")).to_be_visible()

    page.goto(home.url + "/settings/coach")
    page.get_by_label("the advice from your meter").check()
    page.get_by_role("button", name="Make a link for the coach").click()
    link = page.locator("code").inner_text()

    coach = visits.open(home.url, "en", 390, script=False, fine=("403",))
    coach.goto(link)
    coach.locator("input[name=name]").fill("Coby")
    coach.locator("input[name=password]").fill("vier gele laarzen")
    coach.locator("main form button").first.click()
    coach.goto(home.url + "/coach")
    expect(coach.get_by_role("heading", name="What you can do")).to_be_visible()
    assert coach.get_by_role("heading", name="The last four weeks, by day").count() == 0

    page.goto(home.url + "/settings/coach")
    expect(page.get_by_text("Coby looked at the advice from your meter").first).to_be_visible()
    page.get_by_role("button", name="Stop now").click()
    coach.goto(home.url + "/coach")
    assert coach.get_by_role("heading", name="What you can do").count() == 0
