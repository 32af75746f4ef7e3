"""Whatever happens to a file, an importer gives a whole series or one sentence; it never just falls over."""

import re
import tempfile
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from laag.adapters.files.layout import Layout
from laag.adapters.p1 import home_from, read_registers
from laag.adapters.prices import read_day_ahead, read_imbalance
from laag.adapters.profiles import read_load, read_pv
from laag.adapters.streetfile.schema import parse
from laag.adapters.streetfile.sessions import read_sessions
from laag.adapters.weather import read_sun, read_temperature
from laag.foundation.errors import BadInput
from laag.foundation.ptu import AMSTERDAM, PtuGrid
from laag.home.devices import Charger

GRID = PtuGrid.days(date(2025, 10, 25), 3, AMSTERDAM)
JUNK = st.one_of(
    st.sampled_from(
        [
            "",
            ",",
            ";",
            '"',
            "\0",
            "nan",
            "inf",
            "-",
            "1e999",
            "0001-01-01 00:00",
            "9999-12-31 23:45",
            "2025-13-45",
            "\t",
            "é",
        ]
    ),
    st.text(max_size=12),
)


def lines(header, cells):
    isp = [1 + i for _, span in GRID.local_days(AMSTERDAM) for i in range(span.stop - span.start)]
    stamps = [f"{t:%Y-%m-%d %H:%M}," for t in GRID.local(AMSTERDAM)]
    return [header, *(t + cells.format(i=i, v=100 + i % 96, isp=isp[i]) for i, t in enumerate(stamps))]


KNMI = ["# STN,YYYYMMDD,HH,T,Q"]
KNMI += [f"260,202510{day},{hour},{100 + hour},{hour}" for day in (24, 25, 26, 27) for hour in range(1, 25)]

READERS = {
    "load": (lines("time,load_w", "{v}"), lambda p: [read_load(p, GRID).profile]),
    "pv": (lines("time,pv_w", "{v}"), lambda p: [read_pv(p, GRID).profile]),
    "prices": (lines("time,price_eur_per_mwh", "{v}"), lambda p: [read_day_ahead(p, GRID).profile]),
    "imbalance": (
        lines("Timeinterval Start Loc,Isp,Price Shortage,Price Surplus", "{isp},{v},{v}"),
        lambda p: [side.profile for side in read_imbalance(p, GRID)],
    ),
    "registers": (
        lines("time,Import T1 kWh,Export T1 kWh", "{i},{i}"),
        lambda p: [home_from(read_registers(p, GRID.window(0, 290))).load_kw],
    ),
    "temperature": (lines("time,temperature_c", "12"), lambda p: [read_temperature(p, GRID).profile]),
    "knmi": (
        KNMI,
        lambda p: [
            read_temperature(p, GRID.window(16, 280)).profile,
            read_sun(p, GRID.window(16, 280)).profile,
        ],
    ),
    "sun": (lines("time,ghi_w_m2", "{v}"), lambda p: [read_sun(p, GRID).profile]),
}


@st.composite
def damaged(draw, rows):
    """Rows dropped, repeated, swapped, cut and overwritten."""
    rows = list(rows)
    for _ in range(draw(st.integers(1, 6))):
        if not rows:
            break
        at = draw(st.integers(0, len(rows) - 1))
        other = draw(st.integers(0, len(rows) - 1))
        match draw(st.sampled_from(["drop", "repeat", "swap", "cut", "cell", "line", "many"])):
            case "drop":
                del rows[at]
            case "repeat":
                rows.insert(at, rows[other])
            case "swap":
                rows[at], rows[other] = rows[other], rows[at]
            case "cut":
                rows[at] = rows[at][: draw(st.integers(0, 20))]
            case "cell":
                cells = rows[at].split(",")
                cells[draw(st.integers(0, len(cells) - 1))] = draw(JUNK)
                rows[at] = ",".join(cells)
            case "line":
                rows[at] = draw(JUNK)
            case "many":
                del rows[min(at, other) : max(at, other)]
    return "\n".join(rows)


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(sorted(READERS)), st.data())
def test_a_damaged_file_gives_a_whole_series_or_one_sentence(name, data):
    rows, read = READERS[name]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "export.csv"
        path.write_text(data.draw(damaged(rows)), "utf-8")
        try:
            profiles = read(path)
        except BadInput:
            return
    for profile in profiles:
        assert not np.isnan(profile.values).any()
        assert np.isfinite(profile.values).all()


@settings(max_examples=100, deadline=None)
@given(
    st.binary(max_size=400),
    st.sampled_from(["export.csv", "export.csv.gz", "export.parquet", "export.json", "s.toml"]),
)
def test_any_bytes_are_refused_in_one_sentence(content, name):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        for magic in (b"", b"PAR1", b"\x1f\x8b", b"\xff\xfe"):
            path.write_bytes(magic + content)
            for read in (
                lambda p: read_load(p, GRID),
                lambda p: read_imbalance(p, GRID),
                lambda p: read_sessions(p, GRID, Charger(11), Layout()),
                parse,
            ):
                with pytest.raises(BadInput, match=re.escape(name)):
                    read(path)
