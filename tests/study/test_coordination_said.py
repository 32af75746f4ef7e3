"""The study in words, table, picture and page: both languages, the same numbers, nothing fetched."""

import json
from dataclasses import replace
from html.parser import HTMLParser

import numpy as np
import pytest

from laag.apps.cli import main
from laag.foundation.words import Lang
from laag.study.coordination import (
    NAMES,
    WAYS,
    Optimum,
    Row,
    Study,
    as_data,
    columns,
    from_data,
    markdown,
    optima_markdown,
    page,
    picture,
    sentences,
)


def row(way: str, peak: float) -> Row:
    street = np.full(192, 20.0)
    street[140:150] = peak
    street[10:20] = -8.0
    return Row(way, 1234.5, 1200.0, peak, 8.0, 3.0, 0.0, 0.0, 12.0, 25.0, 0.4, 0.6, 0.12, 9.0, 40, 3000, 1500.0, 9.0,
               tuple(street.tolist()))  # fmt: skip


STUDY = Study(
    "winter", "2025-01-14", 2, 60, 100.0,
    tuple(row(way, peak) for way, peak in zip(WAYS, (150.0, 180.0, 100.0, 101.0, 160.0, 155.0, 100.0), strict=True)),
    (Optimum(-46.9, -47.0, -47.1, 200.0, -30.0, 3), Optimum(-20.0, -20.1, -20.2, 240.0, -5.0, None)),
)  # fmt: skip


def test_every_way_has_a_name_and_a_column_in_both_languages():
    """And every figure a line of the same length."""
    assert set(NAMES) == set(WAYS)
    for lang in Lang:
        table = columns(STUDY, lang)
        assert {len(line) for line in table} == {1 + len(WAYS)}
        assert len({line[0] for line in table}) == len(table)
    assert "1.234,50" in columns(STUDY, Lang.NL)[1]
    assert "1,234.50" in columns(STUDY, Lang.EN)[1]


def test_what_is_said_holds_the_numbers():
    """The herd's peak, the limit, and how many lose."""
    told = sentences(STUDY)
    assert all(one.nl and one.en for one in told)
    assert "180 kW" in told[2].nl
    assert "100 kW" in told[2].en
    assert "25 %" in told[3].nl
    assert not any(
        "worse off" in one.en
        for one in sentences(
            replace(STUDY, rows=tuple(replace(one, losing_percent=0.0) for one in STUDY.rows))
        )
    )


class Page(HTMLParser):
    """What a reader is given."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))


def test_the_page_fetches_and_runs_nothing():
    """No script, no link, no picture from elsewhere; one heading per language, a label for each choice and table."""
    read = Page()
    read.feed(page([STUDY]))
    names = [tag for tag, _ in read.tags]
    assert not {"script", "link", "img", "iframe"} & set(names)
    assert names.count("h1") == 2
    assert {attrs["lang"] for tag, attrs in read.tags if tag == "div" and "data-in" in attrs} == {"nl", "en"}
    assert all("aria-label" in attrs for tag, attrs in read.tags if attrs.get("role") in {"region", "img"})
    assert page([STUDY]) == page([STUDY])


def test_the_picture_marks_what_is_beyond_the_limit_and_nothing_else():
    """Of the five strips three are beyond it, one of them by hardly anything."""
    assert picture(STUDY).count("#b3541e") == 4
    assert "highest 180 kW" in picture(STUDY)
    assert "hoogste 180 kW" in picture(STUDY, Lang.NL)


def test_a_study_can_be_kept_and_drawn_again():
    """Through JSON and back, to the letter."""
    again = from_data(json.loads(json.dumps(as_data(STUDY))))
    assert again == STUDY
    assert page([again]) == page([STUDY])
    assert markdown(STUDY).count("\n") == len(columns(STUDY, Lang.EN))
    assert "0.05 %" in optima_markdown([STUDY])


def test_the_command_writes_all_of_it(tmp_path, capsys):
    """A few homes, one day."""
    assert main(["study", "coordination", "--homes", "3", "--days", "1", "--out", str(tmp_path)]) == 0
    assert {one.name for one in tmp_path.iterdir()} == {
        "coordination.json",
        "coordination.md",
        "coordination.svg",
        "report.html",
    }
    assert "report.html" in capsys.readouterr().out


@pytest.mark.parametrize("bad", [["--homes", "1"], ["--days", "0"], ["--kw-per-home", "0"], ["--seed", "-1"]])
def test_what_cannot_be_studied_is_refused(bad, tmp_path, capsys):
    """With what would do."""
    assert main(["study", "coordination", *bad, "--out", str(tmp_path)]) != 0
    assert "two or more" in capsys.readouterr().err
