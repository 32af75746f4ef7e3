"""`laag grid check` says what is odd and, in one sentence, what the grid carries."""

import importlib.util
import json

import pytest

from laag.apps import grid_check
from laag.apps.cli import UNUSABLE, main

GRID = {
    "feeding_points": [{"node": "MV"}],
    "transformers": [{"name": "kiosk", "from": "MV", "to": "rail", "rated_kva": 100, "high_kv": 10, "low_kv": 0.4,
                      "short_circuit_percent": 4, "copper_kw": 1.5}],
    "cables": [{"name": "west", "from": "rail", "to": "end", "length_m": 50, "r_ohm_per_km": 0.2, "x_ohm_per_km": 0.08, "rated_a": 270}],
    "connections": [{"name": f"no-{i}", "node": "end"} for i in range(10)],
}  # fmt: skip


def checked(tmp_path, capsys, **change):
    path = tmp_path / "grid.json"
    path.write_text(json.dumps(GRID | change), "utf-8")
    code = main(["grid", "check", str(path)])
    return code, *capsys.readouterr()


def test_a_sound_grid_says_what_each_home_may_take_at_once(tmp_path, capsys):
    code, out, err = checked(tmp_path, capsys)
    assert (code, err) == (0, "")
    assert "10 connections on 1 cable and 1 transformer (100 kVA), fed at MV." in out
    assert "each may take 9.8 kW before kiosk is full; when all feed in, 10.2 kW before kiosk is full." in out


def test_a_long_thin_cable_is_limited_by_its_voltage(tmp_path, capsys):
    _, out, _ = checked(tmp_path, capsys, cables=[GRID["cables"][0] | {"length_m": 900}])
    assert "before end falls below 207 V; when all feed in" in out
    assert "before end rises above 253 V." in out


def test_what_is_odd_is_said_and_what_was_refused_is_told_by_the_code(tmp_path, capsys):
    code, _, err = checked(
        tmp_path, capsys, connections=[{"name": "far", "node": "nowhere"}, *GRID["connections"]]
    )
    assert code == 1
    assert "connection 'far': hangs on 'nowhere', which is no node (refused)" in err
    mended = [GRID["connections"][0] | {"phases": "9"}, *GRID["connections"][1:]]
    assert checked(tmp_path, capsys, connections=mended)[0] == 0


def test_without_the_extra_the_tree_is_looked_at_and_the_extra_named(tmp_path, capsys, monkeypatch):
    found = importlib.util.find_spec
    monkeypatch.setattr(
        grid_check, "find_spec", lambda name: None if name == "power_grid_model" else found(name)
    )
    code, out, _ = checked(tmp_path, capsys)
    assert code == 0
    assert "kiosk is full at 10.0 kW each; voltages need a power flow: pip install 'laag[grid]'" in out


def test_a_grid_without_anybody_has_nothing_to_carry(tmp_path, capsys):
    code, out, _ = checked(tmp_path, capsys, connections=[])
    assert (code, "nothing to carry" in out) == (0, True)


@pytest.mark.parametrize("typed", [["check"], ["1-LV-rural1--2-sw", "grid.json"]])
def test_check_without_a_file_and_a_file_without_check_are_one_sentence(capsys, typed):
    assert main(["grid", *typed]) == UNUSABLE
    assert "laag grid check FILE looks at a grid file" in capsys.readouterr().err
