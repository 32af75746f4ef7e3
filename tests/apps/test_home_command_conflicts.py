"""`laag home conflicts`: rung by rung what met, in a terminal's width and in both languages; every ruling for programs."""

import io
import json
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from rich.console import Console

from laag.adapters import homefile
from laag.apps.cli import main
from laag.apps.home import conflicts, page
from laag.apps.home.day import planned
from laag.foundation.words import Lang
from laag.home.plan.solver import Solver

sys.path.insert(0, str(Path(__file__).resolve().parent))
from test_home_command_any import homes

SOLVER = Solver()

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


@pytest.fixture
def plan_says(capsys, tmp_path):
    """What the page of the plan says of the same home."""

    def run(**changes):
        path = tmp_path / "same.json"
        path.write_text(json.dumps({**HOME, **changes}), "utf-8")
        assert main(["home", "plan", str(path)]) == 0
        return capsys.readouterr().out

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


GIVES_WAY = {
    "a wish for a limit": {"wishes": ["car at 100 % by 20:30", "car at most 95 %"]},
    "a wish for what a device can do": {"stays": [{**HOME["stays"][0], "wanted_kwh": 99}]},
    "a wish without its device": {"wishes": ["keep 20 % for a power cut"]},
}


@pytest.mark.parametrize("changes", GIVES_WAY.values(), ids=GIVES_WAY)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_what_gave_way_before_the_plan_is_shown_first(said, plan_says, changes, language):
    """The page of the plan and that of the conflicts agree on whether all can be done."""
    text = said("--language", language, signals=[], **changes)
    assert ("Wat al vóór het plannen toegaf" if language == "nl" else "What gave way before anything") in text
    assert "Nothing stands in the way" not in text
    assert "Niets zit elkaar in de weg" not in text
    assert json.loads(said("--json", signals=[], **changes))["gave_way"]
    assert "Not everything" in plan_says(signals=[], **changes) or "could not be met" in plan_says(
        signals=[], **changes
    )


@given(homes())
@settings(max_examples=8, deadline=None)
def test_never_all_can_be_done_where_the_plan_says_it_cannot(home):
    day = planned(
        homefile.asked(homefile.parse(json.dumps({**home, "hours": 2, "expected": {}, "prices": {}}))), SOLVER
    )
    shown = {}
    for lang in Lang:
        for name, show in (
            ("plan", lambda lang, console: page.show(day, lang, console)),
            ("met", lambda lang, console: conflicts.show(day, conflicts.rulings(day, SOLVER), lang, console)),
        ):
            text = io.StringIO()
            show(lang, Console(file=text, width=100, highlight=False, markup=False))
            shown[name, lang] = text.getvalue()
    if "Nothing stands in the way" in shown["met", Lang.EN]:
        assert "Everything that is wished for can be done" in shown["plan", Lang.EN]
        assert "Alles wat gewenst is, kan" in shown["plan", Lang.NL]


def test_a_day_is_named_once_where_both_ends_lie_on_it(said):
    limit = {**HOME["signals"][0], "on": "import", "source": "dso:night"}
    night = {**limit, "from": "2026-01-15T02:00", "until": "2026-01-15T05:00"}
    late = {**limit, "from": "2026-01-15T09:00", "until": "2026-01-16T00:00"}
    changes = {"hours": 40, "signals": [night, {**late, "source": "dso:day"}]}
    english, dutch = (" ".join(said("--lang", lang, **changes).split()) for lang in ("en", "nl"))
    assert "from tomorrow 02:00 to 05:00" in english
    assert "from tomorrow 09:00 to 00:00" in english
    assert "van morgen 02:00 tot 05:00" in dutch


def test_what_it_costs_is_said_to_count_more_than_the_bill(said):
    assert "counts wear and what is left at the end too" in " ".join(
        said(ladder=["own_sun", "comfort"]).split()
    )
    assert "counts wear" not in said(signals=[])


def test_each_sentence_of_a_ruling_stands_on_its_own_line(said):
    lines = said(columns=200).splitlines()
    assert any(line.startswith("    Otherwise") for line in lines)
    assert any(line.startswith("    So the car charges") for line in lines)


def test_who_puts_a_rung_somewhere_is_said_in_plain_dutch(said):
    assert "Comfort, 4 van 8, door jou op die plaats gezet" in said("--lang", "nl")


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
