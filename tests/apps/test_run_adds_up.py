"""Whatever the law and whatever the rule, a stranger with the tables finds every account closed."""

import json
import shutil

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tests.apps import audit

from laag.apps.cli import main
from laag.neighbourhood.market import RULES
from laag.settlement.policy import POLICIES

STREET = ["--from", "2026-03-28", "--days", "2", "--homes", "6", "--workers", "1"]
"""Six homes with all of the big four, and a Sunday of 23 hours."""


def lived(out, *options):
    assert main(["run", *STREET, "--out", str(out), *options]) == 0
    return out


def left(out):
    return {claim: residue for claim, residue in audit.residues(out).items() if residue}


@pytest.mark.parametrize("policy", POLICIES)
def test_every_law_closes(policy, tmp_path):
    out = lived(tmp_path / "out", "--policy", policy)
    assert left(out) == {}
    assert len(audit.Published(out).column("gateway", "metered_wh")) == 96 + 92
    if audit.Published(out).has_market:
        assert not any(audit.prices_out_of_place(out).values())


@pytest.mark.parametrize("rule", sorted(set(RULES) - {"layered"}))
def test_every_rule_closes(rule, tmp_path):
    out = lived(tmp_path / "out", "--rule", rule)
    assert left(out) == {}
    assert audit.Published(out).about["rule"] == rule


@pytest.mark.parametrize("k", ["0", "0.99"])
def test_the_tax_advantage_may_go_to_either_side(k, tmp_path):
    out = lived(tmp_path / "out", "--k", k)
    assert left(out) == {}
    assert not any(audit.prices_out_of_place(out).values())


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    return lived(tmp_path_factory.mktemp("published") / "out")


@pytest.mark.parametrize(
    ("table", "column", "claim"),
    [
        ("postings", "amount_units", "entries in money"),
        ("postings", "energy_wh", "entries in energy"),
        ("readings", "battery_wh", "meters against devices"),
        ("readings", "offtake_wh", "street meter against homes"),
        ("readings", "cleared_wh", "cleared beside what was filled"),
        ("fills", "units", "money of the market in each quarter-hour"),
        ("fills", "wh", "energy of the market in each quarter-hour"),
        ("clearings", "levy_units", "money of the market in each quarter-hour"),
        ("clearings", "import_max_wh", "through a cable above its capacity"),
        ("gateway", "nominated_wh", "deviation at the gateway"),
        ("gateway", "day_ahead_units", "account of the exchange"),
        ("gateway", "imbalance_units", "imbalance at its price"),
        ("prices", "day_ahead_ticks", "energy bought day-ahead at its price"),
        ("bills", "amount_units", "bills against their lines"),
    ],
)
def test_one_number_changed_anywhere_is_found(published, tmp_path, table, column, claim):
    shutil.copytree(published, tmp_path / "run")
    path = tmp_path / "run" / "tables" / f"{table}.parquet"
    rows = pq.read_table(path)
    values = rows.column(column).to_pylist()
    values[max(range(len(values)), key=lambda i: abs(values[i] or 0))] = -1000
    changed = pa.array(values, pa.int64())
    pq.write_table(rows.set_column(rows.schema.get_field_index(column), column, changed), path)
    assert claim in left(tmp_path / "run")


@pytest.mark.parametrize(("column", "value"), [("quantity_wh", 1), ("limit_ticks", -(10**9))])
def test_a_fill_beyond_its_order_is_found(published, tmp_path, column, value):
    shutil.copytree(published, tmp_path / "run")
    path = tmp_path / "run" / "tables" / "orders.parquet"
    rows = pq.read_table(path)
    other = pa.array([value] * len(rows), pa.int64())
    pq.write_table(rows.set_column(rows.schema.get_field_index(column), column, other), path)
    assert list(left(tmp_path / "run")) == ["fills beyond their order's quantity or limit"]


def test_a_quarter_hour_that_is_not_there_is_found(published, tmp_path):
    shutil.copytree(published, tmp_path / "run")
    path = tmp_path / "run" / "tables" / "gateway.parquet"
    pq.write_table(pq.read_table(path).slice(1), path)
    assert audit._quarters(audit.Published(tmp_path / "run")) == 1


def test_a_check_that_failed_is_passed_on(published, tmp_path):
    shutil.copytree(published, tmp_path / "run")
    about = json.loads((tmp_path / "run" / "run.json").read_text("utf-8"))
    about["checks"][0]["passed"] = False
    (tmp_path / "run" / "run.json").write_text(json.dumps(about), "utf-8")
    assert left(tmp_path / "run") == {"checks that failed": 1}
