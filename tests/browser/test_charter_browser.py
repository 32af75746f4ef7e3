"""A rule is changed by those who live by it: the whole loop in a real browser, by keyboard, against a street that lives."""

import pytest
from tests.apps.street.charter_street import CHARTER, DAY, TODAY, prices_as, served
from tests.browser.browsing import IN_A_BROWSER, expect, faults

from laag.apps.access import Role
from laag.neighbourhood.charter.process import Stage, Why

pytestmark = IN_A_BROWSER
FROM = TODAY + 3 * DAY
ANSWERED = tuple(f"the server responded with a status of {code}" for code in (409, 422))


@pytest.fixture
def street(tmp_path):
    with served(tmp_path) as made:
        yield made


@pytest.fixture
def visit(visits, street):
    def opened(home=0, language="en", width=1280, role=Role.RESIDENT, *, script=True):
        secret = street.session(role, home)
        return visits.open(street.url, language, width, script=script, secret=secret, fine=ANSWERED)

    return opened


def reach(page, target):
    """By the tab key alone, as somebody without a mouse does."""
    for _ in range(200):
        page.keyboard.press("Tab")
        if target.evaluate("(each) => each === document.activeElement"):
            return
    raise AssertionError(f"the keyboard does not come to {target}")


def looked_at(page):
    assert faults(page) == "", page.url
    width = page.viewport_size["width"]
    assert page.evaluate("document.documentElement.scrollWidth") <= width, page.url


def proposes(page, street, value, day=FROM, article="market.k_percent"):
    """By keyboard, from the rule to the proposal; its name."""
    page.goto(f"{street.url}/charter/articles/{article}")
    reach(page, page.locator("#field-value"))
    page.keyboard.press("Control+A")
    page.keyboard.type(value)
    page.locator("#field-from").fill(day.isoformat())
    reach(page, page.locator("#field-why"))
    page.keyboard.type("Sellers earn enough.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#preview")).to_be_visible()
    reach(page, page.locator("#preview button.main"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/charter/proposals/*")
    return page.url.partition("?")[0].rpartition("/")[2]


def votes(page, street, name, choice):
    page.goto(f"{street.url}/charter/proposals/{name}")
    chosen = page.locator(f"input[name=vote][value={choice}]")
    page.locator("input[name=vote]").first.focus()
    while not chosen.is_checked():
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**?said=voted")


def in_stage(page, street, name, stage):
    """Wait until the server has got there, and read it."""
    street.wait(street.until(lambda: street.process.proposals[name].stage == stage))
    page.goto(f"{street.url}/charter/proposals/{name}")
    return page.locator("#standing")


def test_k_goes_from_half_to_three_tenths_by_the_whole_loop(visit, street):
    page = visit()
    page.goto(f"{street.url}/charter")
    expect(page.get_by_text("50% goes to sellers and 50% to buyers")).to_be_visible()
    looked_at(page)
    about = page.locator("li[id='market.k_percent'] a.about")
    reach(page, about)
    page.keyboard.press("Enter")
    page.wait_for_url("**/charter/articles/market.k_percent")
    reach(page, page.locator("#field-text"))
    page.keyboard.type("Who has no roof pays too much.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Who has no roof pays too much.")).to_be_visible()
    looked_at(page)

    name = proposes(page, street, "30")
    taken_back = proposes(page, street, "20")
    overtaken = proposes(visit(1), street, "40", FROM + DAY)
    too_few = proposes(page, street, "3", article="voting.days")

    expect(in_stage(page, street, name, Stage.VOTING)).to_contain_text("The vote is open")
    expect(page.locator("#shadow")).to_contain_text("Worked out again over 4 days")
    expect(page.locator("#shadow")).to_contain_text("Of 12 homes")
    expect(page.locator("#shadow")).to_contain_text("Your home would have paid")
    expect(page.locator("#shadow svg.wide")).to_be_visible()
    expect(page.locator("#shadow table").first).to_contain_text("everybody")
    looked_at(page)
    dutch = visit(2, "nl", 390)
    dutch.goto(f"{street.url}/charter/proposals/{name}")
    expect(dutch.locator("#shadow")).to_contain_text("Van 12 huizen gaan er")
    looked_at(dutch)

    expect(in_stage(page, street, taken_back, Stage.VOTING)).to_be_visible()
    reach(page, page.get_by_role("button", name="Withdraw this proposal"))
    page.keyboard.press("Enter")
    expect(page.locator("#standing")).to_contain_text("Taken back by who proposed it.")

    for home, choice in enumerate(["no", "yes", "yes", "yes", "yes", "yes", "no"]):
        voter = dutch if home == 2 else visit(home)
        votes(voter, street, name, choice)
        if home < 6:
            votes(voter, street, overtaken, "yes")
    votes(page, street, name, "yes")  # thought better of it
    expect(page.locator("#counted")).to_contain_text("7 of 12 connections have voted")
    expect(page.locator("#vote")).to_contain_text("You voted: For")
    code = page.locator("#vote code").first.inner_text()
    votes(page, street, too_few, "yes")

    for number in range(4):
        street.wait(street.lives(TODAY + number * DAY))
    page.goto(f"{street.url}/charter/proposals/{name}")
    expect(page.locator("#standing")).to_contain_text("in force from Saturday 4 April 2026")
    ballot = page.locator("#vote table tr", has_text=code)
    expect(ballot).to_contain_text("For")
    assert page.locator("#vote tbody tr").count() == 7
    looked_at(page)
    after = CHARTER.changed({"market.k_percent": 30})
    for day, now, other in ((FROM - DAY, CHARTER, after), (FROM, after, CHARTER)):
        settled = street.live.day(day).details.whole().settled
        assert settled.charter.startswith(f"{now.version}.")
        assert prices_as(street, day, now)
        assert not prices_as(street, day, other)

    page.goto(f"{street.url}/charter")
    expect(page.get_by_text("30% goes to sellers and 70% to buyers")).to_be_visible()
    expect(page.locator("#charter .facts")).to_contain_text("2")
    looked_at(page)
    page.goto(f"{street.url}/charter/proposals/{overtaken}")
    expect(page.locator("#standing")).to_contain_text("changed the same rule first")
    page.goto(f"{street.url}/charter/proposals/{too_few}")
    expect(page.locator("#standing")).to_contain_text(
        "Nothing changes: 1 home voted of the 12 who could vote, and 6 were needed."
    )
    assert street.process.proposals[too_few].rejected == Why.QUORUM
    dutch.goto(f"{street.url}/charter")
    expect(dutch.get_by_text("gaat 30 % naar verkopers en 70 % naar kopers")).to_be_visible()
    looked_at(dutch)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_without_scripts_a_rule_can_be_read_and_a_change_be_proposed(visit, street, language):
    page = visit(language=language, width=390, script=False)
    page.goto(f"{street.url}/charter/articles/market.rule")
    page.locator("input[name=value][value=mid_market]").check()
    page.fill("#field-why", "Simple.")
    page.locator("#propose button.main").click()
    expect(page.locator("#preview")).to_be_visible()
    page.locator("#preview button.main").click()
    page.wait_for_url("**/charter/proposals/*")
    expect(page.locator("#proposal h1")).to_contain_text("mid_market")
    page.goto(f"{street.url}/charter/articles/ladder.first")
    expect(page.locator("#propose")).to_have_count(0)


def test_the_operator_reads_and_finds_nothing_to_vote_with(visit, street):
    page = visit(role=Role.OPERATOR)
    page.goto(f"{street.url}/charter/articles/market.k_percent")
    expect(page.locator("textarea")).to_have_count(0)
    expect(page.locator("#propose")).to_contain_text("Residents can propose and vote here")
    looked_at(page)
