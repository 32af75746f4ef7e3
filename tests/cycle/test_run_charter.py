"""A simulated street whose charter changes half-way: each day by its own, by the same function as one that lives."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from tests.cycle.living_street import DAYS, FIRST, simulated

from laag.apps import remembered, wiring
from laag.apps.run import _dated
from laag.apps.simulator import opening
from laag.apps.wiring import Options, run_of
from laag.cycle import replay
from laag.foundation.errors import BadInput
from laag.neighbourhood.charter import Charter
from laag.neighbourhood.charter.process import Since

SECOND = FIRST + timedelta(days=1)


def changed():
    """The steps of the simulation again: what is ordered for two days is ordered before anything differs."""
    run, steps, _ = simulated()
    run = replace(run, later=(Since(SECOND, run.terms.charter.changed({"market.k_percent": 10})),))
    return run, list(replay.days(run, steps))


def test_each_day_is_cleared_by_the_charter_that_holds_on_it():
    _, _, plain = simulated()
    run, days = changed()
    assert [run.terms_on(FIRST + timedelta(days=day)).charter.k_percent for day in range(DAYS)] == [50, 10]
    first, second = zip(plain, days, strict=True)
    assert np.array_equal(first[0].postings.amount_units, first[1].postings.amount_units)
    assert np.array_equal(second[0].market.cleared_wh, second[1].market.cleared_wh)
    assert (
        second[1].market.clearings.price_centiticks.sum() < second[0].market.clearings.price_centiticks.sum()
    )


def test_a_run_with_another_change_is_another_run():
    run, _ = changed()
    assert opening(run, "") != opening(replace(run, later=()), "")
    assert "charters" not in opening(replace(run, later=()), "").facts


def write(folder, name, text):
    path = folder / name
    path.write_text(f'name = "Kade"\n{text}', "utf-8")
    return path


def test_a_run_takes_a_charter_and_another_from_a_day_on(tmp_path):
    begins = write(tmp_path, "charter.toml", "[market]\nk_percent = 40\n")
    then = write(tmp_path, "then.toml", "version = 2\n[market]\nk_percent = 30\n")
    options = Options(homes=2, days=2, first_day=FIRST, charter=begins, then=((SECOND, then),))
    run = run_of(options)
    assert [run.terms_on(day).charter.k_percent for day in (FIRST, SECOND)] == [40, 30]
    remembered.keep(options, tmp_path)
    assert Options(**remembered.options(tmp_path)) == options


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"k_percent": 30}, "has market.k_percent = 40 and you ask for 30"),
        ({"rule": "uniform"}, "has market.rule = layered and you ask for uniform"),
        ({"then": "2026-01-01"}, "give a day of the run after"),
        ({"then": "2026-03-29", "table": "[sharing]\nkey = 'shapley'"}, "shares otherwise"),
    ],
)
def test_what_contradicts_the_charter_or_the_run_is_refused(tmp_path, monkeypatch, more, says):
    run, _, _ = simulated()
    monkeypatch.setattr(wiring, "street_of", lambda _: (run.street, FIRST, DAYS))
    begins = write(tmp_path, "charter.toml", "[market]\nk_percent = 40\n")
    given = dict(more)
    other = write(tmp_path, "then.toml", given.pop("table", ""))
    if "then" in given:
        given["then"] = (_dated(f"{given['then']}={other}"),)
    with pytest.raises(BadInput) as refused:
        run_of(Options(charter=begins, **given))
    assert says in str(refused.value)


def test_the_usual_charter_is_what_a_run_had_before():
    assert run_of(Options(homes=2, days=1, first_day=FIRST)).terms.charter == Charter("built-in charter")
