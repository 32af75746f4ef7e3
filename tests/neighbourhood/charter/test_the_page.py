"""The page of the charter has every article as it is; run this to write it again."""

from pathlib import Path

from laag.neighbourhood.charter import ARTICLES, Charter

PAGE = Path(__file__).parents[3] / "docs" / "charter.md"
BEGIN, END = "<!-- every article, from the table itself -->", "<!-- so far -->"


def _cell(text):
    return text.replace("|", "\\|")


def table():
    """A row for each."""
    usual = Charter("Our street")
    rows = ["| article | as usual | it may be | in words | in woorden |", "|---|---|---|---|---|"]
    for one in ARTICLES:
        said, may = one.said(usual), one.may.said.en
        if one.fixed is not None:
            may = f"{may}; not voted on: {one.fixed.why.en} ({one.fixed.source})"
        elif one.two_thirds:
            may = f"{may}; by two thirds"
        value = one.text(usual)
        shown = f"`{value}`" if value and len(value) < 60 else "all of them" if value else "none"
        rows.append(f"| `{one.name}` | {shown} | {_cell(may)} | {_cell(said.en)} | {_cell(said.nl)} |")
    return "\n".join(rows)


def page():
    """As it should be."""
    text = PAGE.read_text("utf-8")
    before, rest = text.split(BEGIN)
    return f"{before}{BEGIN}\n\n{table()}\n\n{END}{rest.split(END)[1]}"


def test_the_page_has_every_article_as_it_is():
    assert PAGE.read_text("utf-8") == page(), "run python -m tests.neighbourhood.charter.test_the_page"


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
