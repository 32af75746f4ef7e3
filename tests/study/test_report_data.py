"""What the report reads, adds up and keeps, before anything is drawn."""

import json
import runpy
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from laag.foundation.errors import BadInput
from laag.foundation.ptu import PtuGrid
from laag.study.report import added, chosen, detail, series
from laag.study.report.figures import headline
from laag.study.report.tables import RunFolder, Table

SAMPLE = runpy.run_path(str(Path(__file__).with_name("sample_run.py")))


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return SAMPLE["write_run"](tmp_path_factory.mktemp("run"))


@pytest.fixture(scope="module")
def run(folder):
    return RunFolder.at(folder)


def column(folder, table, name):
    return pq.read_table(folder / "tables" / f"{table}.parquet")[name].to_pylist()


def rewrite(folder, table, change):
    path = folder / "tables" / f"{table}.parquet"
    pq.write_table(change(pq.read_table(path)), path)


class TestFigures:
    def test_energy_is_the_sum_of_the_tables(self, folder, run):
        figures = headline(run, run.grid())
        used = sum(sum(column(folder, "readings", f"{d}_wh")) for d in ("load", "ev", "heat_pump"))
        metered = column(folder, "gateway", "metered_wh")
        assert figures["used_wh"] == used
        assert figures["made_wh"] == -sum(column(folder, "readings", "pv_wh"))
        assert figures["imported_wh"] == sum(wh for wh in metered if wh > 0)
        assert figures["exported_wh"] == -sum(wh for wh in metered if wh < 0)

    def test_what_homes_take_comes_from_neighbours_or_from_outside(self, run):
        figures = headline(run, run.grid())
        assert figures["taken_wh"] == figures["shared_wh"] + figures["imported_wh"]
        assert figures["given_wh"] == figures["shared_wh"] + figures["exported_wh"]

    def test_money_is_that_of_the_totals_alone(self, folder, run):
        figures = headline(run, run.grid())
        bills = pq.read_table(folder / "tables" / "bills.parquet").to_pylist()
        totals = [line for line in bills if line["code"] == "total"]
        assert figures["paid_units"] == sum(line["amount_units"] for line in totals)
        assert figures["otherwise_units"] == sum(line["counterfactual_units"] for line in totals)

    def test_without_a_comparison_on_every_bill_nothing_is_said_to_be_saved(self, tmp_path):
        folder = SAMPLE["write_run"](tmp_path, homes=2, days=1)
        rewrite(
            folder,
            "bills",
            lambda t: t.set_column(
                t.column_names.index("counterfactual_units"),
                "counterfactual_units",
                pa.nulls(len(t), pa.int64()),
            ),
        )
        run = RunFolder.at(folder)
        assert headline(run, run.grid())["otherwise_units"] is None


class TestSums:
    def test_a_sound_run_sums_to_zero(self, run):
        assert [c["name"] for c in added.checks(run) if not c["passed"]] == []
        assert sum(a["units"] for a in added.accounts(run)) == 0
        assert sum(a["wh"] for a in added.accounts(run)) == 0

    @pytest.mark.parametrize(
        ("table", "name", "check"),
        [
            ("postings", "amount_units", "entries_money"),
            ("postings", "energy_wh", "entries_energy"),
            ("readings", "offtake_wh", "meters"),
            ("fills", "units", "fills"),
            ("bills", "amount_units", "bills"),
        ],
    )
    def test_one_unit_that_went_missing_is_seen(self, tmp_path, table, name, check):
        folder = SAMPLE["write_run"](tmp_path, homes=3, days=1)

        def lose_one(rows):
            values = rows[name].to_pylist()
            values[len(values) // 2] += 1
            return rows.set_column(rows.column_names.index(name), name, pa.array(values))

        rewrite(folder, table, lose_one)
        failed = [c for c in added.checks(RunFolder.at(folder)) if not c["passed"]]
        assert [(c["name"], c["residue"]) for c in failed] == [(check, 1)]


def tree(**columns):
    """One quarter-hour of a street with three cables, as the engine cleared it."""
    start = np.array(["2026-04-13T10:30"] * 4, "datetime64[s]")
    return Table(pa.table({"ptu_start": pa.array(start, pa.timestamp("s", "UTC")), **columns}))


def test_members_of_all_cables_are_counted_once():
    """What a cable buys from the street is not bought twice: 930 + 1329 + 726 Wh, paid by members alone."""
    clearings = tree(
        layer=["cable-1", "cable-2", "cable-3", "street"],
        bought_wh=[930, 1329, 726, 1322],
        sold_wh=[472, 465, 809, 83],
        imported_wh=[458, 864, 0, 1239],
        exported_wh=[0, 0, 83, 0],
        buyers_units=[13059006, 18904626, 9779946, 19341305],
        sellers_units=[6358312, 6264015, 10898039, 1118093],
        gateway_units=[-6700694, -12640611, 1118093, -6872733],
    )
    grid = PtuGrid.window(PtuGrid(clearings.cells("ptu_start")[0], 1), 0, 1)
    said = series.members(clearings, grid)
    assert said["members_bought_wh"] == [930 + 1329 + 726]
    assert said["members_sold_wh"] == [472 + 465 + 809]
    assert said["members_buyers_units"] == [13059006 + 18904626 + 9779946]
    assert said["members_sellers_units"] == [6358312 + 6264015 + 10898039]


class TestDays:
    @given(st.integers(1, 400), st.randoms(use_true_random=False))
    def test_every_day_is_ranked_once_and_those_with_a_pick_come_first(self, days, random):
        price = [random.randint(-5000, 20000) for _ in range(days * 4)]
        shown = {"day_ahead_ticks": price, "metered_wh": [random.randint(-900, 900) for _ in price]}
        ranked = chosen.ranked_days(shown, list(range(0, days * 4, 4)), odd=[])
        picked = {ptu // 4 for ptu in chosen.picks(shown).values()}
        assert sorted(ranked) == list(range(days))
        assert set(ranked[: len(picked)]) == picked

    def test_fullest_is_measured_against_the_capacity_of_its_own_direction(self):
        shown = {"day_ahead_ticks": [1, 1], "metered_wh": [900, -500]}
        assert chosen.picks(shown)["fullest"] == 0
        shown |= {"import_max_wh": [1000, 1000], "export_max_wh": [1000, 510]}
        assert chosen.picks(shown)["fullest"] == 1

    def test_a_day_in_full_holds_every_order_and_every_fill(self, folder, run):
        grid = run.grid()
        members = run.read("homes").words("member")
        days = [detail.day(run, grid.window(a, b), members) for a, b in ((0, 96), (96, 196))]
        assert sum(len(d["orders"]["ptu"]) for d in days) == len(column(folder, "orders", "order_id"))
        assert sum(sum(d["orders"]["units"]) for d in days) == sum(column(folder, "fills", "units"))
        offtake = sum(sum(cells) for d in days for cells in d["homes"]["offtake_wh"])
        assert offtake == sum(column(folder, "readings", "offtake_wh"))


class TestFolder:
    def test_a_missing_folder_is_one_sentence(self, tmp_path):
        with pytest.raises(BadInput, match=r"there is no .*run\.json; give the folder"):
            RunFolder.at(tmp_path)

    def test_broken_json_is_one_sentence(self, tmp_path):
        (tmp_path / "run.json").write_text("{", "utf-8")
        with pytest.raises(BadInput, match="is not JSON"):
            RunFolder.at(tmp_path)
        (tmp_path / "run.json").write_text("[]", "utf-8")
        with pytest.raises(BadInput, match="holds a list"):
            RunFolder.at(tmp_path)

    def test_a_missing_table_is_named(self, tmp_path):
        (tmp_path / "run.json").write_text(json.dumps({}), "utf-8")
        with pytest.raises(BadInput, match=r"readings\.parquet"):
            RunFolder.at(tmp_path).read("readings")

    def test_gaps_in_the_prices_are_refused(self, tmp_path):
        folder = SAMPLE["write_run"](tmp_path, homes=2, days=1)
        rewrite(folder, "prices", lambda t: t.filter(pa.array([i != 40 for i in range(len(t))])))
        with pytest.raises(BadInput, match="has gaps"):
            RunFolder.at(folder).grid()

    def test_csv_reads_as_parquet_does(self, tmp_path, run):
        csv = RunFolder.at(SAMPLE["write_run"](tmp_path, csv=True))
        grid = run.grid()
        assert csv.grid() == grid
        assert headline(csv, grid) == headline(run, grid)
        assert series.columns(csv, grid) == series.columns(run, grid)
        noon = grid.window(48, 52)
        members = run.read("homes").words("member")
        assert detail.day(csv, noon, members) == detail.day(run, noon, members)
