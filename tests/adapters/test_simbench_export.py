"""A SimBench grid becomes a street that runs: with a package in miniature, and with the real one where it is installed."""

import json
import re
import sys
from datetime import date
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest

from laag.adapters.streetfile import load_street
from laag.apps.cli import UNUSABLE, main
from laag.foundation.ptu import AMSTERDAM
from laag.study.population import street as built_in

CODE = "1-LV-hamlet--2-sw"
FIRST, DAYS, WARMUP, SEED = date(2026, 10, 24), 2, 14, 5
TYPED = ["--from", str(FIRST), "--days", str(DAYS), "--seed", str(SEED)]


def table(names, *rows):
    return pd.DataFrame(rows, columns=names.split())


@pytest.fixture(scope="module")
def hamlet():
    """Two houses on two cables; the first has a car, panels and a battery. Profiles tell weekday and wall-clock quarter."""
    clock = pd.date_range("2016", "2017", freq="15min", tz="Europe/Berlin", inclusive="left")
    told = clock.day_of_week + (clock.hour * 4 + clock.minute // 15) / 100
    series = {"time": clock.strftime("%d.%m.%Y %H:%M")}
    return {
        "bus": table("name vn_kv", ("medium", 20.0), ("busbar", 0.4), ("west", 0.4), ("east", 0.4)),
        "load": table(
            "name bus p_mw profile scaling in_service",
            ("House 1", 2, 0.001, "H0-A", 1.0, True),
            ("Car 1", 2, 0.002, "HLS_A1", 1.0, True),
            ("House 2", 3, 0.003, "H0-B", 1.0, True),
        ),
        "sgen": table("name bus p_mw profile scaling in_service", ("Roof", 2, 0.004, "PV5", 1.0, True)),
        "storage": table("name bus p_mw max_e_mwh efficiency_percent", ("Box", 2, -0.002, 0.005, 0.95)),
        "line": table(
            "name from_bus to_bus max_i_ka parallel df", ("West", 1, 2, 0.27, 1, 1.0), ("East", 1, 3, 0.27, 1, 1.0)
        ),
        "trafo": table("name hv_bus lv_bus sn_mva parallel", ("T", 0, 1, 0.1, 1)),
        "switch": table("bus element et closed"),
        "ext_grid": table("name bus vm_pu", ("feed", 0, 1.0)),
        "profiles": {
            "load": pd.DataFrame(
                series
                | {f"{name}_pload": told for name in ("H0-A", "H0-B", "H0-C", "HLS_A1")}
                | {f"{name}_qload": told for name in ("H0-A", "H0-B", "H0-C", "HLS_A1")}
            ),
            "renewables": pd.DataFrame(series | {"PV5": told / 10, "PV6": told}),
        },
    }  # fmt: skip


@pytest.fixture
def package(monkeypatch, hamlet):
    """A module with what `laag grid` asks of simbench."""
    levels = {"LV": [CODE, "1-LV-village--0-sw"], "MV": ["1-MV-rural--0-sw"]}

    def collected(hv_level, *, all_data):
        return levels[hv_level] if not all_data else ["1-complete_data-mixed-all-0-sw", *levels[hv_level]]

    module = SimpleNamespace(
        collect_all_simbench_codes=collected, get_simbench_net={CODE: hamlet}.__getitem__
    )
    monkeypatch.setitem(sys.modules, "simbench", module)


@pytest.fixture
def made(package, tmp_path):
    """The folder of the hamlet's street."""
    assert main(["grid", CODE, "--out", str(tmp_path / "hamlet"), *TYPED]) == 0
    return tmp_path / "hamlet"


def test_the_homes_read_back_with_their_cables_devices_and_profiles(made):
    street = load_street(made / "street.toml")
    assert street.findings == ()
    assert (street.import_max_kw, [feeder.name for feeder in street.feeders]) == (100.0, ["West", "East"])
    one, two = street.homes
    assert [(home.house.name, home.feeder) for home in street.homes] == [
        ("House-1", "West"),
        ("House-2", "East"),
    ]
    assert (one.house.pv.peak_kw, one.house.battery.capacity_kwh, two.house.pv) == (4.0, 5.0, None)
    weekday = np.array([local.weekday() for local in street.grid.local(AMSTERDAM)])
    told = weekday + street.grid.quarter_of_day(AMSTERDAM) / 100
    np.testing.assert_allclose(one.load_kw.values, 1 * told + 2 * told)
    np.testing.assert_allclose(one.pv_kw.values, 4 * told / 10)
    np.testing.assert_allclose(two.load_kw.values, 3 * told)


def test_prices_and_weather_read_back_as_those_of_the_built_in_street(made):
    street, model = load_street(made / "street.toml"), built_in(FIRST, DAYS, 1, SEED, WARMUP)
    assert street.grid == model.grid
    for read, drawn in (
        (street.nation.day_ahead, model.nation.day_ahead),
        (street.nation.shortage, model.nation.shortage),
        (street.nation.surplus, model.nation.surplus),
        (street.nation.state, model.nation.state),
        (street.outdoor_c, model.outdoor_c),
        (street.sun_w_m2, model.sun_w_m2),
    ):
        np.testing.assert_allclose(read.values, drawn.values, atol=0.005001)


def test_the_profiles_run_through_both_clock_changes_without_a_gap(made):
    stamps = pq.read_table(made / "profiles.parquet").column("time").to_numpy()
    assert set(np.diff(stamps)) == {np.timedelta64(15, "m")}
    assert stamps[0] == np.datetime64("2015-12-31T23:00")


def test_only_profiles_that_are_used_are_written(made):
    names = pq.read_schema(made / "profiles.parquet").names
    assert names == ["time", "H0-A_pload", "H0-B_pload", "HLS_A1_pload", "PV5"]


def test_the_street_runs_at_once_and_adds_up(made):
    out = made / "out"
    assert main(["run", "--street", str(made / "street.toml"), "--out", str(out), "--workers", "1"]) == 0
    about = json.loads((out / "run.json").read_text("utf-8"))
    assert all(check["passed"] for check in about["checks"])
    assert about["name"] == f"SimBench {CODE}, modelled prices and weather"


def test_the_licence_is_said_where_the_files_are_and_on_the_terminal(package, tmp_path, capsys):
    assert main(["grid", CODE, "--out", str(tmp_path), *TYPED]) == 0
    for text in ((tmp_path / "street.toml").read_text("utf-8"), capsys.readouterr().out):
        assert {"SimBench", "share-alike", "models"} <= set(re.findall(r"[\w-]+", text))


def test_the_same_question_gives_the_same_bytes(made, tmp_path):
    again = tmp_path / "again"
    assert main(["grid", CODE, "--out", str(again), *TYPED]) == 0
    assert {path.name: path.read_bytes() for path in made.iterdir()} == {
        path.name: path.read_bytes() for path in again.iterdir()
    }


def test_the_list_names_low_voltage_grids_only(package, capsys):
    assert main(["grid", "--list"]) == 0
    assert capsys.readouterr().out.split() == [CODE, "1-LV-village--0-sw"]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (["1-LV-hamlet-2-sw"], f"the nearest is {CODE}"),
        (["1-MV-rural--0-sw"], "simbench has no low-voltage grid '1-MV-rural--0-sw'"),
        ([CODE, "--days", "0"], "--days 0 leaves nothing to run"),
        ([CODE, "--seed", "-1"], "--seed -1 is below zero"),
        ([CODE, "--from", "1849-01-01"], "do not lie between"),
    ],
)
def test_what_cannot_be_meant_is_answered_in_a_sentence_and_nothing_is_written(
    package, tmp_path, capsys, typed, said
):
    assert main(["grid", *typed, "--out", str(tmp_path / "new")]) == UNUSABLE
    error = capsys.readouterr().err.strip()
    assert said in error
    assert "\n" not in error
    assert not (tmp_path / "new").exists()


def test_a_folder_with_a_street_is_left_alone(made, capsys):
    before = (made / "street.toml").read_bytes()
    assert main(["grid", CODE, "--out", str(made)]) == UNUSABLE
    assert "give another --out, or remove it first" in capsys.readouterr().err
    assert (made / "street.toml").read_bytes() == before


@pytest.mark.parametrize("typed", [["--list"], [CODE]])
def test_without_the_package_one_sentence_says_what_to_install(monkeypatch, tmp_path, capsys, typed):
    monkeypatch.setitem(sys.modules, "simbench", None)
    assert main(["grid", *typed, "--out", str(tmp_path / "new")]) == UNUSABLE
    error = capsys.readouterr().err.strip()
    assert "pip install 'laag[simbench]'" in error
    assert "\n" not in error
    assert not (tmp_path / "new").exists()


@pytest.mark.slow
def test_a_real_village_runs_for_two_days_and_adds_up(tmp_path):
    pytest.importorskip("simbench", reason="simbench is not installed; pip install 'laag[simbench]' adds it")
    village, out = tmp_path / "village", tmp_path / "out"
    assert main(["grid", "1-LV-rural1--2-sw", "--out", str(village), "--days", "2"]) == 0
    street = load_street(village / "street.toml")
    assert (len(street.homes), len(street.feeders), street.import_max_kw, street.findings) == (13, 4, 160, ())
    assert main(["run", "--street", str(village / "street.toml"), "--out", str(out), "--workers", "1"]) == 0
    about = json.loads((out / "run.json").read_text("utf-8"))
    assert all(check["passed"] for check in about["checks"])
