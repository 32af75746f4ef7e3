"""A car's stays: whole quarter-hours, one after the other, never more energy than fits."""

import tempfile
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laag.adapters.files.days import DayMap
from laag.adapters.files.layout import Layout
from laag.adapters.streetfile.sessions import read_sessions
from laag.foundation.findings import Finding
from laag.foundation.ptu import AMSTERDAM, PtuGrid
from laag.home.devices import Charger, EvSession

WEEK = PtuGrid.days(date(2025, 6, 2), 7, AMSTERDAM)
WALL_BOX = Charger(max_kw=11, efficiency=0.9, capacity_kwh=60)
HEADER = "arrival,departure,energy_kwh"


def read(write, *rows):
    return read_sessions(write([HEADER, *rows]), WEEK, WALL_BOX, Layout())


def test_a_stay_is_counted_in_whole_quarter_hours_around_it(write):
    sessions, findings = read(write, "2025-06-02 18:05,2025-06-03 07:20,10")
    assert sessions == (EvSession(72, 96 + 30, 48.0 - 9.0, 48.0),)
    assert findings == ()


def test_a_large_charge_raises_what_was_wanted(write):
    (session,), _ = read(write, "2025-06-02 18:00,2025-06-03 07:00,60")
    assert (session.stored_kwh, session.wanted_kwh) == (0.0, 54.0)


def test_stays_that_cannot_be_are_refused_by_line(write):
    sessions, findings = read(
        write,
        "2025-06-02 18:00,,10",
        "2025-06-03 18:00,2025-06-03 17:00,10",
        "2025-06-04 18:00,2025-06-05 07:00,-3",
        "2025-06-05 18:00,2025-06-06 07:00,3",
    )
    assert [session.arrives for session in sessions] == [3 * 96 + 72]
    assert findings == (
        Finding("export.csv", "line 2", "'departure' is no time in 1 row, such as ''"),
        Finding("export.csv", "line 3", "1 session that ends before it begins"),
        Finding("export.csv", "line 4", "1 session with a negative amount"),
    )


def test_more_energy_than_the_time_allows_is_cut_and_said(write):
    (session,), findings = read(write, "2025-06-02 18:00,2025-06-02 18:30,22")
    assert session.wanted_kwh - session.stored_kwh == pytest.approx(0.5 * 11 * 0.9)
    assert findings == (
        Finding(
            "export.csv", "line 2", "1 session charged more than 11 kW or 60 kWh allow", "cut to what fits"
        ),
    )


def test_a_stay_inside_another_is_refused(write):
    sessions, findings = read(
        write, "2025-06-02 18:00,2025-06-03 07:00,5", "2025-06-02 20:00,2025-06-02 21:00,1"
    )
    assert len(sessions) == 1
    assert findings == (Finding("export.csv", "line 3", "1 session wholly inside an earlier one"),)


@given(st.lists(st.tuples(st.integers(0, 6 * 1440), st.integers(1, 2000), st.floats(0, 90)), max_size=12))
def test_stays_are_in_order_apart_and_feasible(stays):
    midnight = WEEK.start.astimezone(AMSTERDAM)
    said = [
        f"{midnight + timedelta(minutes=at):%Y-%m-%d %H:%M},{midnight + timedelta(minutes=at + lasts):%Y-%m-%d %H:%M},{kwh}"
        for at, lasts, kwh in stays
    ]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sessions.csv"
        path.write_text("\n".join([HEADER, *said, "2025-06-08 10:00,2025-06-08 12:00,1"]))
        sessions, _ = read_sessions(path, WEEK, WALL_BOX, Layout())
    ends = 0
    for session in sessions:
        assert ends <= session.arrives < session.departs <= len(WEEK)
        charged = session.wanted_kwh - session.stored_kwh
        assert 0 <= session.stored_kwh <= session.wanted_kwh <= WALL_BOX.capacity_kwh
        assert charged <= (session.departs - session.arrives) * 0.25 * 11 * 0.9 + 1e-9
        ends = session.departs


@pytest.mark.real_data
def test_a_norwegian_garage_charges_in_a_dutch_week(shared):
    layout = Layout(
        zone=ZoneInfo("Europe/Oslo"),
        where={"user_id": "AdO3-4"},
        days=DayMap(date(2019, 1, 1), date(2019, 12, 31)),
    )
    grid = PtuGrid.days(date(2025, 1, 6), 60, AMSTERDAM)
    path = shared / "ev/no_trondheim_apartment_ev_sessions_2018-2020.csv.gz"
    sessions, _ = read_sessions(path, grid, WALL_BOX, layout)
    assert len(sessions) >= 4
    assert all(a.departs <= b.arrives for a, b in pairwise(sessions))


@pytest.mark.real_data
def test_a_workplace_charger_is_read_with_its_offsets(shared):
    grid = PtuGrid.days(date(2019, 5, 1), 120, ZoneInfo("America/Los_Angeles"))
    path = shared / "ev/us_acn_caltech_ev_sessions_2019-05_2019-08.csv.gz"
    sessions, findings = read_sessions(path, grid, WALL_BOX, Layout(where={"station_id": "CA-305"}))
    assert len(sessions) > 20
    assert all(finding.repair or "inside an earlier one" in finding.what for finding in findings)
