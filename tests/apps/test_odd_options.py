"""Whatever is typed after `laag run`, the answer is a run or one sentence, never a traceback."""

import pytest

from laag.apps.cli import UNUSABLE, main

ODD = {
    "a day before the calendar": ("--from", "0001-01-02"),
    "a day before Dutch clocks ran by quarter-hours": ("--from", "1850-01-02"),
    "the last day of the calendar": ("--from", "9999-12-31"),
    "more days than the calendar has": ("--days", "10000000"),
    "a seed below zero": ("--seed", "-1"),
    "no homes": ("--homes", "0"),
    "all of the advantage to sellers": ("--k", "1"),
}


@pytest.mark.parametrize("typed", ODD.values(), ids=ODD)
def test_an_odd_option_is_answered_in_a_sentence(typed, tmp_path, capsys):
    assert main(["run", *typed, "--out", str(tmp_path / "out")]) == UNUSABLE
    said = capsys.readouterr().err.strip()
    assert said.startswith("laag: ")
    assert "\n" not in said
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("k", ["nan", "snan", "inf", "0.505", "half", "-0.1"])
def test_an_odd_k_is_answered_in_a_sentence(k, capsys):
    with pytest.raises(SystemExit) as end:
        main(["run", "--k", k])
    assert end.value.code == UNUSABLE
    assert "between 0 and 1" in capsys.readouterr().err
