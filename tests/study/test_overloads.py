"""Overloads of a grid before and after flexibility: nothing is counted away, and what comes back is counted too."""

import csv
import json
import xml.etree.ElementTree as ET
from datetime import UTC, date, datetime

import numpy as np
import pytest
from benchmarks import overloads as benchmark
from benchmarks import powerflow
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.neighbourhood.grid.trees import grids, street

from laag.apps.cli import main
from laag.foundation.ptu import PtuGrid
from laag.foundation.words import Lang, Said
from laag.neighbourhood.grid.flow import flow
from laag.neighbourhood.grid.headroom import headroom
from laag.neighbourhood.grid.network import Connection
from laag.neighbourhood.grid.trouble import elements
from laag.study.grid import overloads
from laag.study.grid.overloads.profiles import CAR, HEAT_PUMP, ROOF
from laag.study.grid.overloads.year import HAIR_KW, _over_kw, windows
from laag.study.population.wires import grid_file

CHAIN = (("first", "B0", "B1"), ("second", "B1", "B2"))
HANG = (Connection("homes", "B1"), Connection("cars", "B2"), Connection("roofs", "B2"))
KINDS = (None, CAR, ROOF)
DAYS = PtuGrid(datetime(2026, 1, 14, 23, tzinfo=UTC), 192)
EVENING, NOON = slice(72, 80), slice(146, 154)
"""Of these days, in quarter-hours from the first midnight."""


def profiles(cars_kw=0.0, roofs_kw=0.0, homes_kw=40.0, kinds=KINDS, made=overloads.Profiles):
    network, _ = street(*CHAIN, connections=HANG)
    kw = np.zeros((len(DAYS), 3))
    kw[:, 0] = homes_kw
    kw[EVENING, 1] = cars_kw
    kw[NOON, 2] = -roofs_kw
    return made(network, DAYS, kw, 0 * kw, kinds)


@given(st.integers(1, 700))
def test_every_quarter_hour_is_of_one_day(count):
    own = [ptu for span, own in windows(count) for ptu in range(span.start, span.start + own)]
    assert own == list(range(count))
    assert all(span.start + own <= span.stop <= count for span, own in windows(count))


def test_cars_that_are_too_much_at_six_charge_at_night_and_lose_nothing():
    found = overloads.compared(lambda: profiles(cars_kw=200.0))
    assert found.before.overloaded_ptus == found.before.of_load_ptus == 8
    assert found.after.calm
    assert found.new_ptus == 0
    assert found.bought.days == 1
    assert found.bought.paid_eur == pytest.approx(0.05 * found.bought.kwh)
    moved_kwh = (found.usual.kw - found.helped.kw)[EVENING].sum() / 4
    assert moved_kwh == pytest.approx(found.bought.kwh, abs=0.01)
    assert found.after.taken_kwh == pytest.approx(found.before.taken_kwh, rel=1e-4)


def test_what_is_bought_is_no_more_than_the_wires_need():
    found = overloads.compared(lambda: profiles(cars_kw=200.0))
    assert 0.995 < found.after.fullest[EVENING].min() <= 1.0


def test_too_much_sun_is_held_back_and_lost():
    found = overloads.compared(lambda: profiles(roofs_kw=300.0))
    assert found.before.overloaded_ptus == found.before.of_sun_ptus == 8
    assert found.after.calm
    lost_kwh = found.after.taken_kwh - found.before.taken_kwh
    assert lost_kwh == pytest.approx(found.bought.kwh, abs=0.01)


def test_where_nobody_can_move_nothing_is_bought_and_all_of_it_is_said():
    found = overloads.compared(lambda: profiles(cars_kw=200.0, kinds=(None, None, None)))
    assert (found.bought.days, found.bought.offers, found.bought.kwh) == (1, 0, 0.0)
    assert found.bought.unresolved_kwh > 0
    np.testing.assert_array_equal(found.after.overloaded, found.before.overloaded)


def test_where_the_wires_bear_it_nobody_is_asked():
    found = overloads.compared(profiles)
    assert found.after is None
    assert found.bought.days == 0
    assert overloads.columns([row(found)])[-1][1] == "-"


class Forgetful(overloads.Profiles):
    """Catches up in the very next hours, and tells nobody."""

    def lived_kw(self, chosen):
        if chosen is not None:
            self.kw[80:84, 1] += chosen.less_wh.sum() / 250 / 4
        return super().lived_kw(chosen)


def test_what_catches_up_unannounced_is_counted_as_new():
    found = overloads.compared(lambda: profiles(cars_kw=300.0, made=Forgetful))
    assert found.new_ptus == 4
    assert found.after.overloaded[80:84].all()


@settings(max_examples=25, deadline=None)
@given(grids(), st.floats(1, 30))
def test_what_is_over_is_what_the_headroom_says_to_the_watt(grid, times):
    """And where one direction is over, the other has not lost its room."""
    network, kw, kvar = grid
    seen = flow(network, times * kw, times * kvar)
    kinds = len(elements(network))
    over, exact = _over_kw(network, seen) - HAIR_KW, headroom(seen, network, rounds=40)
    asked = -np.concatenate([exact.more_kw, exact.less_kw], axis=1).T
    fits = (asked > 0.1) & np.isfinite(asked) & (asked < 500)
    np.testing.assert_allclose(over[fits], asked[fits], rtol=0.02, atol=0.02)
    taken, given_back = over[:kinds], over[kinds:]
    assert (given_back[taken > 1] < 0).all()


def test_a_heat_pump_puts_off_half_of_what_it_takes_at_most():
    load = profiles(cars_kw=300.0, kinds=(None, HEAT_PUMP, None))
    found = overloads.compared(lambda: profiles(cars_kw=300.0, kinds=(None, HEAT_PUMP, None)))
    assert load.kw[EVENING, 1].min() == 300.0
    assert found.helped.kw[EVENING, 1].min() >= 150.0 - 0.01
    assert found.bought.unresolved_days == 1


def test_a_larger_share_of_electric_homes_holds_the_smaller():
    network, _ = street(*CHAIN, connections=HANG)
    village = overloads.Village.of(network, [2, 3, 5], np.zeros(3), date(2026, 1, 14), 1)
    quarter, half, every = (set(village.at(share).electric) for share in (0.25, 0.5, 1.0))
    assert quarter < half < every
    assert len(every) == 10
    summed = village.summed(village.at(0.0).planned_kw(slice(0, 4), 4))
    assert summed.shape == (4, 3)


def test_homes_sell_what_their_own_planner_can_put_off_and_the_wires_feel_it():
    thin = (("first", "B0", "B1", 0.02, 0.008, 40.0),)
    network, _ = street(*thin, connections=(Connection("row", "B1"),))
    village = overloads.Village.of(network, [8], np.zeros(1), date(2026, 1, 14), 2)
    found = overloads.compared(lambda: village.at(0.5))
    assert found.before.overloaded_ptus > 0
    assert found.bought.offers > 0
    assert found.bought.kwh > 0
    assert over_kwh(found.after) < over_kwh(found.before)


def over_kwh(seen):
    return np.maximum(np.abs(seen.fullest) - 1, 0).sum()


def row(found, load=None):
    return overloads.Row("village", load or Said("zoals het is", "as it is"), found, 1.0)


def test_table_picture_and_page_say_the_same_in_two_languages_and_fetch_nothing():
    found = overloads.compared(lambda: profiles(cars_kw=200.0))
    rows = [row(found), row(overloads.compared(profiles), Said("rustig & stil", "calm & quiet"))]
    told = list(csv.DictReader(overloads.csv(rows).splitlines()))
    assert (told[0]["overloaded_ptus_before"], told[0]["overloaded_ptus_after"]) == ("8", "0")
    assert "| overloaded PTUs, before | 8 | 0 |" in overloads.markdown(rows)
    for lang in Lang:
        ET.fromstring(overloads.picture(rows, lang))
    page = overloads.page(rows, "a village")
    assert "rustig &amp; stil" in page
    assert "kwartieren te vol, vooraf" in page
    assert "overloaded PTUs, before" in page
    assert "http" not in page.replace("http://www.w3.org/2000/svg", "")
    assert "<script" not in page


def test_the_command_writes_table_picture_and_page_of_a_file_of_ones_own(tmp_path, capsys):
    out, file = tmp_path / "out", tmp_path / "kanaalstraat.json"
    file.write_text(json.dumps(grid_file([("no-12", "cable-1"), ("no-14", "cable-1"), ("no-16", "cable-2")])))
    assert main(["study", "grid", "--grid", str(file), "--days", "1", "--out", str(out)]) == 0
    assert sorted(path.name for path in out.iterdir()) == ["grid.csv", "grid.md", "grid.svg", "report.html"]
    said = capsys.readouterr()
    assert "report: file:" in said.out
    assert "all 3 homes electric" in said.out.replace("\n", " ")
    assert "kanaalstraat" in (out / "report.html").read_text("utf-8")


def test_what_is_no_study_is_refused(tmp_path, capsys):
    assert main(["study", "grid", "--days", "0"]) == 2
    assert "one or more" in capsys.readouterr().err
    assert main(["study", "grid", "--profiles", str(tmp_path / "year.parquet"), "--homes", "3"]) == 2
    assert "give it as --grid" in capsys.readouterr().err


@pytest.mark.slow
@pytest.mark.real_data
def test_the_command_reads_a_net_of_simbench_and_its_profiles(tmp_path, capsys):
    name = "simbench_1-LV-rural1--2-sw"
    if not powerflow.DATA.is_dir():
        pytest.skip("the measured data are not beside the project")
    grid = powerflow.DATA / f"{name}.pp.json.gz"
    profiles = powerflow.DATA / f"{name}_profiles_3weeks_15min.parquet"
    asked = ["study", "grid", "--grid", str(grid), "--profiles", str(profiles), "--out", str(tmp_path)]
    assert main(asked) == 0
    assert "as drawn" in capsys.readouterr().out
    drawn = next(csv.DictReader((tmp_path / "grid.csv").read_text("utf-8").splitlines()))
    assert int(drawn["overloaded_ptus_before"]) > 50
    assert int(drawn["overloaded_ptus_after"]) < 5


@pytest.mark.real_data
def test_a_summer_week_of_the_village_is_too_full_of_sun_and_its_roofs_and_storage_can_resolve_it(
    monkeypatch,
):
    if not powerflow.DATA.is_dir():
        pytest.skip("the measured data are not beside the project")
    monkeypatch.setattr(powerflow, "PEER", "")
    monkeypatch.setattr(powerflow, "KEPT", powerflow.DATA / "nothing-kept-here")
    case = powerflow.simbench("1-LV-rural1--2-sw")
    laid = benchmark.laid(case, 1.0, 1.0)
    week = slice(len(laid.kw) - 672, len(laid.kw))
    grid = PtuGrid(datetime(2016, 6, 20, tzinfo=UTC), 672)
    kinds = list(laid._kinds.values())

    def summer():
        return overloads.Profiles(laid.network, grid, laid.kw[week], laid.kvar[week], kinds)

    found = overloads.compared(summer)
    assert found.before.of_sun_ptus == found.before.overloaded_ptus > 50
    assert found.before.worst > 1.5
    assert found.after.calm
    assert found.bought.unresolved_kwh == 0
