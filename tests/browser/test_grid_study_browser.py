"""The page of `laag study grid` in a real browser: two languages without a script, by day and by night, narrow and wide."""

import numpy as np
import pytest
from tests.browser.browsing import IN_A_BROWSER, faults

from laag.foundation.words import Said
from laag.study.grid import overloads

pytestmark = IN_A_BROWSER


def seen(worst):
    fullest = np.linspace(-0.5, worst, 192)
    return overloads.Seen(fullest > 1, np.zeros(192, bool), fullest, 1, "cable 1", 215.0, 240.0, 0, 100.0)


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    load = Said("dertig van zestig huizen elektrisch", "thirty of sixty homes electric")
    calm = overloads.Compared(
        seen(0.8),
        None,
        overloads.Bought(),
        overloads.Year(np.zeros((192, 1))),
        None,
        np.zeros((192, 1)),
    )
    full = overloads.Compared(
        seen(1.4),
        seen(1.1),
        overloads.Bought(2, 30, 120.0, 9.6, 3.0, 1),
        calm.usual,
        calm.usual,
        calm.kvar,
    )
    rows = [overloads.Row("Kanaalstraat", load, full, 1.0), overloads.Row("Dorp", load, calm, 1.0)]
    path = tmp_path_factory.mktemp("study") / "report.html"
    path.write_text(overloads.page(rows, "Kanaalstraat, 2026"), "utf-8")
    return path


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_reads_in_both_languages_and_fits(visits, file, width, scheme):
    page = visits.open(file.as_uri(), "nl", width, scheme)
    page.goto(file.as_uri())
    for language, words in (("nl", "Het net voor en na"), ("en", "The wires before and after")):
        page.check(f"#say-{language}")
        assert words in page.inner_text("main")
        assert page.locator("main h1:visible").count() == 1
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert faults(page) == ""


def test_without_a_script_it_says_the_same_and_the_keyboard_changes_the_language(visits, file):
    page = visits.open(file.as_uri(), script=False)
    page.goto(file.as_uri())
    page.locator("#say-nl").focus()
    page.keyboard.press("ArrowRight")
    assert "overloaded PTUs, before" in page.locator("[data-in=en]").inner_text()
    assert page.locator("[data-in=en]").is_visible()
    assert not page.locator("[data-in=nl]").is_visible()
