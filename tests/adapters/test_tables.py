"""What is written can be read and re-added by anyone."""

import re
from pathlib import Path

import numpy as np
import pytest

from laag.adapters.tables import TABLES, TableWriter
from laag.foundation.errors import BadInput

pq = pytest.importorskip("pyarrow.parquet", reason="the street extra (pyarrow) is not installed")
DOCS = Path(__file__).parents[2] / "docs" / "tables.md"

GATEWAY = {name: np.arange(2) for name in TABLES["gateway"]} | {
    "ptu_start": np.array(["2025-10-26T00:45", "2025-10-26T01:00"], "datetime64[s]"),
    "deviation_wh": np.ma.masked_array([5, 0], [False, True]),
}


def test_the_page_and_the_schema_name_the_same_columns():
    page = DOCS.read_text()
    for table, columns in TABLES.items():
        listed = re.search(rf"## `{table}`[^\n]*\n`([^`]*)`", page)
        assert listed, f"docs/tables.md does not describe {table}"
        assert re.split(r",\s*", listed.group(1)) == list(columns)


def test_days_are_appended_and_read_back_as_one(tmp_path):
    with TableWriter(tmp_path, csv=True) as tables:
        tables.write("gateway", GATEWAY)
        tables.write("gateway", GATEWAY)
    rows = pq.read_table(tmp_path / "gateway.parquet").to_pydict()
    assert rows["nominated_wh"] == [0, 1, 0, 1]
    assert rows["deviation_wh"] == [5, None, 5, None]
    text = (tmp_path / "gateway.csv").read_text().splitlines()
    assert text[1].replace('"', "").startswith("2025-10-26T00:45:00Z,0,0,5,")
    assert text[2].replace('"', "").startswith("2025-10-26T01:00:00Z,1,1,,")


def test_words_may_come_as_codes(tmp_path):
    reading = {name: np.zeros(3) for name in TABLES["readings"]} | {
        "ptu_start": np.zeros(3, "datetime64[s]"),
        "member": (np.array([1, 0, 1]), ["nr-1", "nr-2"]),
        "estimated": ["", "", "plan"],
    }
    with TableWriter(tmp_path, csv=True) as tables:
        tables.write("readings", reading)
    assert pq.read_table(tmp_path / "readings.parquet")["member"].to_pylist() == ["nr-2", "nr-1", "nr-2"]
    assert "plan" in (tmp_path / "readings.csv").read_text()


def test_the_same_rows_give_the_same_bytes(tmp_path):
    for name in ("a", "b"):
        with TableWriter(tmp_path / name, csv=True) as tables:
            tables.write("gateway", GATEWAY)
    for kind in ("parquet", "csv"):
        assert (tmp_path / f"a/gateway.{kind}").read_bytes() == (tmp_path / f"b/gateway.{kind}").read_bytes()


def test_a_forgotten_column_is_named(tmp_path):
    with TableWriter(tmp_path, csv=False) as tables, pytest.raises(BadInput, match="nominated_wh"):
        tables.write("gateway", {k: v for k, v in GATEWAY.items() if k != "nominated_wh"})


def test_words_that_are_the_same_are_refused_before_they_are_written(tmp_path):
    """Parquet would hold other bytes each time: a dictionary with a word twice is filled from unset memory."""
    posting = {name: np.zeros(2) for name in TABLES["postings"]} | {
        "ptu_start": np.zeros(2, "datetime64[s]"),
        "cause": (np.array([0, 1]), ["clearing", "clearing"]),
        "account": ["dso", "grid"],
    }
    with TableWriter(tmp_path, csv=False) as tables, pytest.raises(BadInput, match="must differ"):
        tables.write("postings", posting)
