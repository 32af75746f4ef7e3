"""`laag home explain`, `defaults` and `--what-if`: why, by whose word, and what else there could have been."""

import io
import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from rich.console import Console

from laag.adapters import homefile
from laag.apps.cli import main
from laag.apps.home import explain, what_if
from laag.apps.home.day import planned
from laag.apps.home.doing import doing
from laag.apps.home.prices import prices
from laag.foundation.errors import BadInput
from laag.foundation.words import Lang
from laag.home.ladder import Rung
from laag.home.plan.solver import Solver
from laag.home.reasons import Bound, Subject
from laag.home.reasons.near import ON_KW

EXAMPLE = Path(__file__).parents[2] / "examples" / "home.json"


@pytest.fixture(scope="module")
def day():
    """The example's day, planned once."""
    return planned(homefile.asked(homefile.parse(homefile.example())), Solver())


@pytest.fixture
def out(capsys, monkeypatch):
    """Run a command and give its exit code and what it printed, its lines joined."""

    def run(*arguments):
        monkeypatch.setenv("COLUMNS", "80")
        code = main(["home", *arguments])
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return run


def test_every_device_is_explained_in_every_quarter_hour_in_both_languages(day):
    there = {"connection", "pv", "battery", "car", "heating"}
    for ptu in range(0, len(day.plan), 7):
        for lang in Lang:
            words = explain.as_words(day, ptu, lang)
            assert there <= {one["subject"] for one in words["reasons"]}
            assert all(one["sentence"].endswith(".") for one in words["reasons"])


def test_a_time_is_looked_for_on_the_wall(day):
    assert day.local(explain.ptu_at(day, 73, None)).isoformat() == "2026-04-14T18:15:00+02:00"
    assert day.local(explain.ptu_at(day, 0, None)).date() == date(2026, 4, 15)
    assert explain.ptu_at(day, 68, date(2026, 4, 14)) == 0
    with pytest.raises(
        BadInput, match=r"runs from 2026-04-14 17:00 to 2026-04-15 17:00 and has no 18:15 on 2026-04-15"
    ):
        explain.ptu_at(day, 73, date(2026, 4, 15))


def test_a_page_of_reasons_names_price_power_level_and_why(out):
    code, text, err = out("explain", str(EXAMPLE), "--at", "18:20")
    assert (code, err) == (0, "")
    assert "Tuesday 14 April 2026 18:15–18:30" in text
    assert "Buying costs" in text
    assert "Battery: " in text
    assert max(map(len, text.splitlines())) <= 80


def test_who_decided_is_said_where_it_was_not_the_price(day, out):
    held = next(
        ptu
        for ptu in range(len(day.plan))
        if any(one.subject == "battery" and one.rung is Rung.COMFORT for one in day.reasons.at(ptu))
    )
    text = out(
        "explain", str(EXAMPLE), "--at", f"{day.local(held):%H:%M}", "--day", f"{day.local(held):%Y-%m-%d}"
    )[1]
    assert "What decided here: your own wish." in text


def test_nobody_decides_what_is_simply_so(day):
    """Warm enough, or not yet allowed to begin: nothing was done for comfort's sake."""
    for ptu in range(len(day.plan)):
        for reason in day.reasons.at(ptu):
            shown = io.StringIO()
            explain.tell(day, reason, Lang.EN, Console(file=shown, width=100))
            idle_by_wish = reason.bound is Bound.WISH and abs(reason.power_kw) < ON_KW
            assert not (idle_by_wish and "What decided here" in shown.getvalue())


def test_what_takes_a_little_does_not_rest(day):
    little = replace(day.reasons.of(Subject.WATER, 0), power_kw=0.024)
    assert doing(day, little, Lang.EN).startswith("Hot water: takes 24 W, then at ")
    assert doing(day, little, Lang.NL).startswith("Warm water: neemt 24 W, daarna ")
    for ptu in range(len(day.plan)):
        for reason in day.reasons.at(ptu):
            words = doing(day, reason, Lang.EN)
            assert " 0.0 kW" not in words
            assert ("rests" in words or "nothing" in words) == (abs(reason.power_kw) < ON_KW)


def test_panels_are_several(day):
    gives = replace(day.reasons.of(Subject.PV, 0), power_kw=2.0)
    assert doing(day, gives, Lang.NL) == "Zonnepanelen: geven 2,0 kW"
    assert doing(day, gives, Lang.EN) == "Solar panels: give 2.0 kW"
    assert doing(day, replace(gives, power_kw=0.0), Lang.NL) == "Zonnepanelen: geven niets"


@pytest.mark.parametrize(
    ("language", "says"),
    [
        (
            "en",
            "The plan begins on Tuesday 14 April 2026 at 17:00; this is the first time after that it is 16:45.",
        ),
        (
            "nl",
            "Het plan begint dinsdag 14 april 2026 om 17:00; dit is de eerste keer daarna dat het 16:45 is.",
        ),
    ],
)
def test_a_time_before_the_plan_is_not_silently_taken_for_tomorrow(out, language, says):
    asked = ("explain", str(EXAMPLE), "--at", "16:59", "--language", language)
    assert says in " ".join(out(*asked)[1].split())
    assert says not in " ".join(out(*asked, "--day", "2026-04-15")[1].split())
    assert says[:12] not in " ".join(
        out("explain", str(EXAMPLE), "--at", "17:00", "--language", language)[1].split()
    )


def test_a_kwh_more_that_costs_another_price_than_buying_says_why(day, out):
    own = next(
        ptu
        for ptu in range(len(day.plan))
        if day.plan.connection_kw[ptu] <= 0
        and day.plan.connection_eur_per_kwh[ptu] < day.outlook.buy_eur_per_kwh[ptu] - 0.001
    )
    at = ("--at", f"{day.local(own):%H:%M}", "--day", f"{day.local(own):%Y-%m-%d}")
    assert "it need not be bought now" in " ".join(out("explain", str(EXAMPLE), *at)[1].split())
    assert "hoeft nu niet gekocht" in " ".join(out("explain", str(EXAMPLE), *at, "--lang", "nl")[1].split())


def test_two_prices_that_read_differently_are_told_apart(day):
    for ptu in range(len(day.plan)):
        buying, more = prices(day, ptu, Lang.EN)
        same = re.search(r"[\d.]+ ct", buying).group() == re.search(r"[\d.]+ ct", more).group()
        assert same or "it need not be bought" in more or "with all that it would change" in more


def test_reasons_for_a_program_are_json_without_broken_numbers(out):
    text = out("explain", str(EXAMPLE), "--at", "02:00", "--json", "--language", "nl")[1]
    words = json.loads(text, parse_constant=lambda name: pytest.fail(f"{name} is not JSON"))
    assert words["at"] == "2026-04-15T02:00:00+02:00"
    assert {"subject", "power_kw", "rung", "bound", "next_best", "sentence"} <= set(words["reasons"][0])


@pytest.mark.parametrize(("at", "says"), [("25:00", "is no time"), ("noon", "is no time")])
def test_a_time_that_is_none_is_refused(out, at, says, capsys):
    with pytest.raises(SystemExit):
        out("explain", str(EXAMPLE), "--at", at)
    assert says in capsys.readouterr().err


def test_the_defaults_say_by_whom_and_why(out):
    text = " ".join(out("defaults")[1].split())
    assert "Public default nl-2026.11, proposed by" in text
    assert "run the dishwasher before 06:00 For everyone with a dishwasher." in text
    assert json.loads(out("defaults", "--json")[1])["edition"] == "nl-2026.11"
    assert "een boilervat" in out("defaults", "--lang", "nl")[1]


def test_a_home_is_told_which_of_them_hold(out):
    text = " ".join(out("defaults", str(EXAMPLE))[1].split())
    assert "This home counts as a family with children: that is what was set." in text
    assert "What you said yourself run the dishwasher before 06:00 keep 20 % for a power cut" in text
    assert "never feed in when the price is negative: feeding in costs money then" in text
    assert "living room" not in text


def test_a_home_without_defaults_is_told_so(out, tmp_path):
    path = tmp_path / "home.json"
    path.write_text(
        json.dumps({"version": 1, "name": "K", "start": "2026-04-14T00:00", "defaults": None}), "utf-8"
    )
    code, _, err = out("defaults", str(path))
    assert code == 2
    assert "says that no defaults hold" in err


def test_one_wish_more_says_what_it_changes(out):
    text = " ".join(out("plan", str(EXAMPLE), "--what-if", "car at 80 % by seven on weekdays")[1].split())
    assert "What if: car at 80 % by 07:00 on weekdays" in text
    assert "What then changes" in text
    assert "more is then left in the battery, the car, the house and the tank." in text


def test_what_changes_is_said_old_beside_new(out):
    text = out("plan", str(EXAMPLE), "--what-if", "car at 80 % by seven on weekdays", "--lang", "nl")[1]
    changed = text.split("Dan verandert")[1].splitlines()
    car = [line.split()[0] for line in changed if "auto" in line]
    assert "nu" in car
    assert car == sorted(car, reverse=True)
    assert "dan" in car


def test_what_is_left_counts_in_what_a_wish_changes(day):
    assert what_if.left(day, 0.634, Lang.EN).startswith("At its end €0.63 more is then left in")
    assert what_if.left(day, -0.05, Lang.NL).startswith("Aan het eind is er dan € 0,05 minder over in")
    assert what_if.left(day, 0.001, Lang.NL) == ""
    assert day.kept_eur(day.plan) == day.left_eur


def test_one_wish_less_says_what_it_cost(out):
    text = " ".join(
        out("plan", str(EXAMPLE), "--without", "keep 20 % for a power cut", "--lang", "nl")[1].split()
    )
    assert "Stel: niet meer houd 20 % achter voor stroomuitval" in text
    assert "minder." in text


def test_a_wish_that_is_there_already_changes_nothing(out):
    text = " ".join(out("plan", str(EXAMPLE), "--what-if", "keep 20 % for a power cut")[1].split())
    assert "This day then costs the same" in text
    assert "Nothing changes in what happens." in text


def test_a_wish_that_is_not_there_cannot_be_left_out(out):
    code, text, err = out("plan", str(EXAMPLE), "--without", "use my own sun first")
    assert (code, text) == (2, "")
    assert "the file does not wish 'use my own sun first'; it wishes: run the dishwasher before 06:00;" in err


@pytest.mark.parametrize("option", ["--what-if", "--without"])
def test_a_wish_that_nobody_understands_is_refused_before_the_page(out, option):
    code, text, err = out("plan", str(EXAMPLE), option, "sing me a song")
    assert (code, text) == (2, "")
    assert "'sing me a song'" in err


def test_what_a_wish_costs_is_the_difference_of_the_amounts_beside_it():
    assert what_if.costs(6.4249, 6.0151, Lang.EN).endswith("€6.02 instead of €6.42: €0.40 less.")
    assert what_if.costs(6.0151, 6.4249, Lang.NL).endswith("€ 6,42 in plaats van € 6,02: € 0,40 meer.")
    assert "the same" in what_if.costs(6.421, 6.419, Lang.EN)


def test_a_connection_that_passes_nothing_does_not_rest(day):
    idle = replace(day.reasons.at(0)[0], power_kw=0.0)
    assert idle.subject is Subject.CONNECTION
    assert doing(day, idle, Lang.NL) == "Aansluiting: neemt niets en geeft niets"
