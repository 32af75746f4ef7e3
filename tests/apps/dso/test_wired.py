"""A point that is a network: what is asked for is what its wires do not bear, and no more."""

import logging
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.apps.dso.test_settings import GOOD, POINT, file
from tests.apps.dso.wires import grid_file

from laag.adapters.gridfile import read_grid_file
from laag.adapters.keys import Key
from laag.adapters.uftp.rules import Rules
from laag.apps.cli import main
from laag.apps.dso import hanging, powers, wired
from laag.apps.dso.checks import FromFiles
from laag.apps.dso.settings import read_operator
from laag.apps.dso.wired import Wired
from laag.foundation.errors import BadInput

pytest.importorskip("power_grid_model")

RULES = Rules({})
GRID = RULES.grid(date(2026, 6, 2))
AGR = "kade.example"
OTHER = "plein.example"
EVENING = slice(72, 80)


def day(evening_w, otherwise_w=30_000):
    watts = np.full(96, otherwise_w)
    watts[EVENING] = evening_w
    return watts


def wires(tmp_path, text="", **grid):
    """The check of a point, with ``text`` in its table."""
    grid_file(tmp_path, **grid)
    told = GOOD.replace("capacity_kw = 160", f'network = "grid.json"\n{text}')
    return FromFiles(read_operator(file(tmp_path, told)).dso, tmp_path)


@pytest.fixture(scope="module")
def thin(tmp_path_factory):
    network, _ = read_grid_file(grid_file(tmp_path_factory.mktemp("thin")))
    return Wired(POINT, network, hanging.alike(network, AGR), RULES.zone)


def changed(space, watts):
    """A day on which everybody does what is asked."""
    return watts + np.where(space.requested, np.where(space.high_w <= 0, space.low_w, space.high_w), 0)


@given(st.integers(30, 220), st.integers(-140, 60))
@settings(deadline=None, max_examples=25)
def test_whoever_does_what_is_asked_is_asked_no_more(thin, evening_kw, noon_kw):
    watts = day(evening_kw * 1000)
    watts[48:52] = noon_kw * 1000
    space = thin(GRID, {AGR: watts})
    if space is None:
        return
    assert thin(GRID, {AGR: changed(space, watts)}) is None
    slack = (
        np.where(space.low_w < 0, 400, -400) * space.requested
    )  # half a per cent of the cable less than was asked
    assert thin(GRID, {AGR: changed(space, watts) + slack}) is not None


@given(st.floats(0.15, 2.0), st.integers(60, 200), st.booleans())
@settings(deadline=None, max_examples=25)
def test_what_is_named_as_room_is_room_to_the_last_of_it(tmp_path_factory, r_ohm, evening_kw, back):
    """A straight line is off where voltage is what pinches; whatever comes back may use it all."""
    network, _ = read_grid_file(grid_file(tmp_path_factory.mktemp("room"), 250, r_ohm_per_km=r_ohm))
    check = Wired(POINT, network, hanging.alike(network, AGR), RULES.zone)
    watts = day(evening_kw * 1000, 10_000)
    space = check(GRID, {AGR: watts})
    if space is not None:
        used = watts + np.where(space.requested, 0, space.high_w if back else space.low_w)
        assert check(GRID, {AGR: changed(space, used)}) is None


def test_only_the_evening_is_asked_for_where_only_the_evening_is_too_much(thin):
    space = thin(GRID, {AGR: day(90_000)})
    assert np.flatnonzero(space.requested).tolist() == list(range(72, 80))
    assert -27_000 < space.low_w[72] < -20_000  # 69 kW at 400 V, and a little less for what it draws itself
    assert space.high_w[72] == 0
    assert 36_000 < space.high_w[0] < 42_000


def test_too_much_sun_is_asked_to_be_used(thin):
    space = thin(GRID, {AGR: day(-90_000)})
    assert (space.low_w[72], space.low_w[72] < space.high_w[72]) == (0, True)
    assert 15_000 < space.high_w[72] < 22_000


def test_a_thick_cable_is_asked_nothing(tmp_path, caplog):
    caplog.set_level(logging.INFO, "laag.dso")
    assert wires(tmp_path, rated_a=300)(POINT, GRID, {AGR: day(90_000)}) is None
    assert "2026-06-02: the wires bear it, " in caplog.text


def test_a_long_cable_is_asked_for_its_voltage(tmp_path, caplog):
    check = wires(tmp_path, rated_a=400, r_ohm_per_km=1.0)
    space = check(POINT, GRID, {AGR: day(200_000)})
    assert np.flatnonzero(space.requested).tolist() == list(range(72, 80))
    assert " V at 18:00 (8 quarter-hours in all)" in caplog.text
    assert check(POINT, GRID, {AGR: changed(space, day(200_000))}) is None


def test_a_voltage_that_collapses_is_asked_for_too(tmp_path, caplog):
    check = wires(tmp_path, rated_a=400, r_ohm_per_km=4.0)
    space = check(POINT, GRID, {AGR: day(400_000, 5_000)})
    assert "the voltage collapses at 18:00" in caplog.text
    assert np.flatnonzero(space.requested).tolist() == list(range(72, 80))
    assert check(POINT, GRID, {AGR: changed(space, day(400_000, 5_000))}) is None


def test_a_sum_goes_back_on_its_connections_by_what_each_is_entitled_to(tmp_path):
    """Who is counted at the end of the street weighs on the cable there."""
    rows = [f"no-{i},{AGR},{1 if i < 5 else 9}" for i in range(10)]
    (tmp_path / "hangs.csv").write_text("\n".join(["connection,aggregator,kw", *rows]))
    network, _ = read_grid_file(grid_file(tmp_path))
    hangs = hanging.read(tmp_path / "hangs.csv", network, (AGR,))
    np.testing.assert_allclose(hangs.kw({AGR: np.array([50_000])}), [[1.0] * 5 + [9.0] * 5])


def test_others_hang_on_what_is_nobodys(tmp_path):
    rows = [f"no-{i},{AGR}" for i in range(5)]
    (tmp_path / "hangs.csv").write_text("\n".join(["connection,aggregator", *rows]))
    powers.write(tmp_path / "others.csv", GRID, POINT, day(50_000, 20_000))
    check = wires(tmp_path, 'connections = "hangs.csv"\nothers = "others.csv"')
    assert check(POINT, GRID, {AGR: day(10_000)}) is None
    assert check(POINT, GRID, {AGR: day(40_000)}).requested.sum() == 8


def test_what_no_home_here_can_help_is_said_and_not_asked(tmp_path, caplog):
    """The cable that is too full is behind the bend, and they hang before it."""
    (tmp_path / "hangs.csv").write_text(
        "\n".join(["connection,aggregator", *(f"no-{i},{AGR}" for i in range(5))])
    )
    powers.write(tmp_path / "others.csv", GRID, POINT, day(230_000, 20_000))
    check = wires(tmp_path, 'connections = "hangs.csv"\nothers = "others.csv"', rated_a=600)
    assert check(POINT, GRID, {AGR: day(10_000)}) is None
    assert "behind the bend is 1" in caplog.text


def test_two_aggregators_are_asked_together(tmp_path):
    rows = [f"no-{i},{AGR if i < 5 else OTHER}" for i in range(10)]
    (tmp_path / "hangs.csv").write_text("\n".join(["connection,aggregator", *rows]))
    network, _ = read_grid_file(grid_file(tmp_path))
    both = Wired(POINT, network, hanging.read(tmp_path / "hangs.csv", network, (AGR, OTHER)), RULES.zone)
    space = both(GRID, {AGR: day(45_000, 0), OTHER: day(45_000, 0)})
    half = (changed(space, day(90_000, 0)) / 2).astype(np.int64)
    assert both(GRID, {AGR: half, OTHER: half}) is None


def test_what_stays_over_is_said_in_plain_words(thin):
    assert "with what was ordered the wires bear it, even side is " in thin.look(GRID, {AGR: day(60_000)})
    said = thin.look(GRID, {AGR: day(80_000)})
    assert said.startswith("with what was ordered even side is 11")
    assert said.endswith("% full at 18:00 (8 quarter-hours in all)")


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        (f"connection,kw\nno-1,{AGR}", "has no column aggregator"),
        (f"connection,aggregator\nno-77,{AGR}", "line 2: .*grid.json has no connection 'no-77'"),
        (f"connection,aggregator\nno-1,{AGR}\nno-1,{AGR}", "line 3: no-1 stands here before"),
        ("connection,aggregator\nno-1,who.example", "line 2: who.example is no aggregator of this point"),
        (f"connection,aggregator,kw\nno-1,{AGR},much", "line 2: kw is 'much'"),
        (f"connection,aggregator,kw\nno-1,{AGR},-3", "line 2: kw is '-3'"),
        (f"connection,aggregator,kw\nno-1,{AGR},3\nno-2,{AGR},", "kw of some and not of others"),
        ("connection,aggregator\nno-1,", f"has no connection of {AGR}"),
    ],
)
def test_a_file_of_who_hangs_where_that_cannot_be_meant_is_refused(tmp_path, rows, why):
    (tmp_path / "hangs.csv").write_text(rows)
    with pytest.raises(BadInput, match=why):
        wires(tmp_path, 'connections = "hangs.csv"')


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("capacity_kw = 3", "none or several of capacity_kw, needs and network"),
        ('connections = "none.csv"', "there is no .*none.csv"),
        ('others = "others.csv"', "has others and every connection is of an aggregator"),
    ],
)
def test_a_point_with_a_network_says_what_it_lacks(tmp_path, text, why):
    with pytest.raises(BadInput, match=why):
        wires(tmp_path, text)


def test_two_aggregators_need_a_file_of_who_hangs_where(tmp_path):
    grid_file(tmp_path)
    told = GOOD.replace("capacity_kw = 160", 'network = "grid.json"').replace(
        '["kade', '["plein.example", "kade'
    )
    with pytest.raises(BadInput, match="2 aggregators on one network; say in a file who hangs where"):
        FromFiles(read_operator(file(tmp_path, told)).dso, tmp_path)


def test_connections_without_a_network_are_refused(tmp_path):
    told = GOOD.replace("capacity_kw = 160", 'capacity_kw = 160\nconnections = "hangs.csv"')
    with pytest.raises(BadInput, match="connections and no network"):
        FromFiles(read_operator(file(tmp_path, told)).dso, tmp_path)


def test_without_the_extra_one_sentence_says_what_to_install(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(wired, "find_spec", lambda _: None)
    Key.new().save(tmp_path / "uftp.pem")
    grid_file(tmp_path)
    told = file(tmp_path, GOOD.replace("capacity_kw = 160", 'network = "grid.json"'))
    assert main(["dso", "run", str(told)]) == 2
    (line,) = [one for one in capsys.readouterr().err.splitlines() if one]
    assert (
        line
        == f"laag: the network of {POINT} needs a power flow; pip install 'laag[grid]' adds it, or give capacity_kw"
    )
