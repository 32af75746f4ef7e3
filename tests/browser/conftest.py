"""One browser for each module of tests; what its pages complain of fails the test that opened them."""

import pytest


@pytest.fixture(scope="module")
def browser():
    """It closes with its module: an open one keeps a loop running, in which other tests cannot run theirs."""
    from tests.browser.browsing import ARGUMENTS, CHROMIUM, playwright

    with playwright.sync_playwright() as player:
        opened = player.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield opened
        opened.close()


@pytest.fixture
def visits(browser):
    """For who opens pages."""
    from tests.browser.browsing import Visits

    made = Visits(browser)
    yield made
    assert made.close() == []
