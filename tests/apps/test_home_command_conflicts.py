"""`laag home conflicts`: rung by rung what met, in a terminal's width and in both languages; every ruling for programs."""

import json
from pathlib import Path

import pytest

from laag.apps.cli import main

HOME = {
    "version": 1,
    "name": "Kade 12",
    "start": "2026-01-14T16:00",
    "hours": 8,
    "defaults": None,
    "devices": {"charger": {"max_kw": 7.4}},
    "stays": [
        {
            "arrives": "2026-01-14T17:00",
            "departs": "2026-01-14T20:30",
            "stored_kwh": 22,
            "wanted_kwh": 40,
        }
    ],
    "expected": {"load_kw": 0.4},
    "prices": {"buy_eur_per_kwh": 0.3, "sell_eur_per_kwh": 0.08},
    "signals": [
        {
            "kind": "limit",
            "rung": "agreement",
            "on": "car",
            "max_kw": 0,
            "from": "2026-01-14T17:00",
            "until": "2026-01-14T20:00",
            "source": "neighbours:no charging 17-20",
        }
    ],
}


@pytest.fixture
def said(capsys, monkeypatch, tmp_path):
    """Write a home file, run the command, and give what it printed."""

    def run(*options, columns=80, **changes):
        monkeypatch.setenv("COLUMNS", str(columns))
        path: Path = tmp_path / "home.json"
        path.write_text(json.dumps({**HOME, **changes}), "utf-8")
        assert main(["home", "conflicts", str(path), *options]) == 0
        printed = capsys.readouterr()
        assert printed.err == ""
        return printed.out

    return run


def test_a_page_says_rung_by_rung_what_met_and_who_put_the_rung_there(said):
    text = said()
    assert "Comfort, 4 of 8, put there by you" in text
    assert "Agreements between neighbours, 7 of 8, put there by the neighbourhood" in text
    assert text.index("Comfort, 4") < text.index("Agreements between")
    assert "met but for 15.9 kWh" in text
    assert "of 4 things asked of this home 2 met something" in text.lower()


@pytest.mark.parametrize("columns", [40, 80, 200])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_page_fits_its_terminal(said, columns, language):
    assert max(map(len, said("--language", language, columns=columns).splitlines())) <= columns


def test_where_nothing_met_it_says_so(said):
    assert "Nothing stands in the way of anything" in said(signals=[])


def test_json_has_every_ruling_with_its_rung_cost_losses_and_otherwise(said):
    words = json.loads(said("--json"))
    assert words["ladder"][3:5] == ["comfort", "own_sun"]
    assert len(words["rulings"]) == 4
    agreement = words["rulings"][-1]
    assert agreement["source"] == "neighbours:no charging 17-20"
    assert (agreement["rung"], agreement["set_by"], agreement["outcome"]) == (
        "agreement",
        "community",
        "partly",
    )
    assert (agreement["missed"], agreement["unit"]) == (pytest.approx(15.865, abs=1e-3), "kWh")
    assert agreement["since"] == "2026-01-14T17:00:00+01:00"
    assert [one["source"] for one in agreement["decided_by"]] == ["need:car_ready"]
    assert agreement["otherwise"]["device"] == "car"
    car = next(ruling for ruling in words["rulings"] if ruling["kind"] == "car_ready")
    assert [(one["source"], one["unit"]) for one in car["took"]] == [(agreement["source"], "kWh")]


def test_the_household_moves_what_is_its_own_and_the_page_shows_it(said):
    text = said(ladder=["own_sun", "comfort"])
    assert "Comfort, 5 of 8, put there by you" in text
