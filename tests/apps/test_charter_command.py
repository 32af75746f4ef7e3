"""`laag charter` says what was agreed, what is wrong, and what differs."""

import pytest

from laag.adapters.charterfile import parse
from laag.apps.cli import main
from laag.neighbourhood.charter import ARTICLES, Charter


@pytest.fixture
def charter(tmp_path):
    file = tmp_path / "charter.toml"
    file.write_text('name = "Kade"\n[market]\nk_percent = 30\n', "utf-8")
    return file


def test_what_is_shown_is_a_charter(charter, capsys):
    assert main(["charter", "show", str(charter)]) == 0
    assert parse(capsys.readouterr().out) == Charter("Kade", k_percent=30)
    assert main(["charter", "show", "--nl"]) == 0
    assert "Elke aansluiting heeft één stem." in capsys.readouterr().out


def test_every_article_has_its_line(charter, capsys):
    assert main(["charter", "sentences", str(charter), "--nl"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == len(ARTICLES)
    assert "30 % naar verkopers" in lines[1]


def test_what_differs_is_said_before_and_after(charter, tmp_path, capsys):
    other = tmp_path / "other.toml"
    other.write_text('name = "Kade"\n', "utf-8")
    assert main(["charter", "diff", str(other), str(charter)]) == 0
    assert capsys.readouterr().out.startswith("market.k_percent: 50 -> 30\n  - Of the advantage")
    assert main(["charter", "diff", str(other), str(other), "--nl"]) == 0
    assert capsys.readouterr().out == "Beide zeggen hetzelfde.\n"


def test_all_that_is_wrong_is_said_at_once_in_either_language(tmp_path, capsys):
    file = tmp_path / "wrong.toml"
    file.write_text('name = "Kade"\n[market]\nk_procent = 30\n[data]\nfloor_homes = 2\n', "utf-8")
    assert main(["charter", "check", str(file), "--nl"]) == 2
    said = capsys.readouterr()
    assert "er is geen artikel market.k_procent; bedoel je market.k_percent?" in said.out
    assert "data.floor_homes is 2; het mag zijn: een geheel getal van 10" in said.out
    assert "2 wrong" in said.err


def test_a_good_one_is_named_by_its_digest(charter, capsys):
    assert main(["charter", "check", str(charter)]) == 0
    assert capsys.readouterr().out.startswith("Kade, version 1, ")
    assert main(["charter", "check", str(charter.parent / "none.toml")]) == 2
    assert "there is no charter at" in capsys.readouterr().err
