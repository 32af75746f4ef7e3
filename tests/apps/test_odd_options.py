"""Whatever is typed after `laag run`, the answer is a run or one sentence, never a traceback."""

import json
import os
import subprocess
import sys

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


@pytest.fixture
def explain(tmp_path):
    """What a shell starts for `laag explain`, on a run with one long line about euros."""
    line = {"line": 1, "code": "total", "en": {"explained": "Total: €1.76\n" * 20_000}}
    (tmp_path / "bills.json").write_text(json.dumps({"ann": [line]}), "utf-8")
    return [sys.executable, "-m", "laag.apps.cli", "explain", "ann", "total", "--out", str(tmp_path)]


def test_a_terminal_without_a_euro_sign_is_no_reason_to_stop(explain):
    plain = os.environ | {"PYTHONIOENCODING": "ascii"}
    told = subprocess.run(explain, env=plain, capture_output=True, check=True)
    assert told.stdout.startswith(b"Total: ?1.76")


def test_a_reader_who_has_seen_enough_is_no_fault(explain):
    with subprocess.Popen(explain, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as telling:
        assert telling.stdout is not None
        telling.stdout.read(10)
        telling.stdout.close()
        assert telling.stderr is not None
        assert telling.stderr.read() == b""
    assert telling.returncode == 0
