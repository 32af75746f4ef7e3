"""The wires of a street that limits, in a real browser: the tree with its slider, chances, limits and the own cable's colour."""

from datetime import timedelta

import pytest
from tests.apps.street.paged_street import ordered_again, served
from tests.browser.browsing import IN_A_BROWSER, expect, faults
from tests.cycle.living_street import FIRST

from laag.apps.access import Role
from laag.apps.street.taking import Told

pytestmark = IN_A_BROWSER
DAY = FIRST + timedelta(days=2)
"""Agreed, and nothing of it measured."""
EVENING = 90
PAGES = {
    Role.OPERATOR: [f"/grid?day={DAY}&ptu={EVENING}", "/operator"],
    Role.GRID: [f"/grid?day={DAY}&ptu={EVENING}"],
    Role.RESIDENT: [f"/?day={DAY}&ptu={EVENING}"],
}


@pytest.fixture(scope="module")
def street(tmp_path_factory):
    with served(
        tmp_path_factory.mktemp("street"), thin=0.12, more=[Told(one) for one in ordered_again()]
    ) as made:
        for role in PAGES:
            made.somebody(role, member=made.members[0] if role is Role.RESIDENT else None)
        yield made


@pytest.fixture
def visit(visits, street):
    def opened(role, language="en", width=1280, scheme="light"):
        account = street.site.accounts.find(f"{role.value} jansen")
        secret = street.site.sessions.begin(account)
        return visits.open(street.url, language, width, scheme, secret=secret)

    return opened


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("role", PAGES, ids=str)
def test_colours_and_limits_fit_and_hide_nothing_from_a_screen_reader(visit, street, role, language, width):
    page = visit(role, language, width, scheme="dark" if width == 390 else "light")
    for path in PAGES[role]:
        page.goto(street.url + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        assert faults(page) == "", path


def test_the_slider_moves_the_chance_with_everything_else(visit, street):
    page = visit(Role.OPERATOR)
    page.goto(f"{street.url}/grid?day={DAY}&ptu=0")
    chance = page.locator(".chance span").first
    expect(chance).to_be_visible()
    steps = chance.get_attribute("data-steps").split()
    at = next(ptu for ptu, step in enumerate(steps) if step not in ("-", "0"))
    slider = page.locator("#wires-step")
    slider.evaluate(
        "(it, at) => { it.value = at; it.dispatchEvent(new Event('input', { bubbles: true })); }", at
    )
    expect(chance).to_have_text(f"{steps[at]} %")


def test_who_lives_there_reads_its_own_cables_colour_in_a_word(visit, street):
    page = visit(Role.RESIDENT, "nl")
    page.goto(f"{street.url}/?day={DAY}&ptu={EVENING}")
    expect(page.get_by_text("Jouw kabel:")).to_be_visible()
