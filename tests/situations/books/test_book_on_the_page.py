"""The book that the page on the rules shows is one that can be cleared, with the answer that stands below it."""

import io
import re
from pathlib import Path

from laag.apps.market import clear

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "docs" / "market-rules.md").read_text("utf-8")
EXAMPLE = ROOT / "examples" / "book.json"


def test_the_book_on_the_page_is_the_example():
    (shown,) = re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL)
    assert shown == EXAMPLE.read_text("utf-8")


def test_the_answer_on_the_page_is_how_the_answer_begins():
    (shown,) = re.findall(r"\$ laag market clear examples/book.json\n(.*) \.\.\.\n", PAGE)
    out, err = io.StringIO(), io.StringIO()
    assert clear(str(EXAMPLE), out, err) == 0, err.getvalue()
    assert out.getvalue().startswith(shown)
