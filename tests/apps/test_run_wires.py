"""`laag run --wires`: the grid operator in a street's day, as who types it meets it."""

import json
from dataclasses import replace
from datetime import date

import pytest

from laag.adapters import charterfile
from laag.apps.cli import main
from laag.apps.wiring import Options, run_of
from laag.foundation.errors import BadInput
from laag.neighbourhood.charter import Charter
from laag.study.population import street
from laag.study.population.wires import grid_file

DAY, HOMES = date(2026, 1, 14), 12
RUN = [
    "--from",
    DAY.isoformat(),
    "--days",
    "1",
    "--homes",
    str(HOMES),
    "--rule",
    "mid_market",
    "--workers",
    "1",
]


def thin(folder, share):
    """The built-in wires, so many times as thick."""
    homes = street(DAY, 1, homes=HOMES, warmup_days=0).homes
    said = grid_file([(home.house.name, home.feeder) for home in homes])
    for cable in said["cables"]:
        cable["rated_a"] *= share
    (folder / "grid.json").write_text(json.dumps(said))
    return folder / "grid.json"


@pytest.mark.parametrize("grid", ["buys", "both"])
def test_who_gives_room_reads_it_on_the_bill_and_everything_adds_up(tmp_path, capsys, grid):
    out = tmp_path / "out"
    wires = thin(tmp_path, 0.12)
    assert main(["run", *RUN, "--wires", str(wires), "--grid", grid, "--out", str(out)]) == 0
    assert "all 9 checks hold" in capsys.readouterr().out
    said = (out / "bills.json").read_text()
    assert "Room given to the grid operator" in said
    assert "Ruimte gegeven aan de netbeheerder" in said


def test_what_the_grid_operator_pays_is_shared_where_the_charter_says_so(tmp_path, capsys):
    """Everything still adds up, and those who gave nothing have a line as well."""
    agreed = tmp_path / "charter.toml"
    ours = Charter("Our street", rule="mid_market")
    agreed.write_text(charterfile.text(replace(ours, sharing=replace(ours.sharing, pot=("grid",)))))
    arguments = [word for word in RUN if word not in {"--rule", "mid_market"}]
    wires, out = thin(tmp_path, 0.12), tmp_path / "out"
    assert main(["run", *arguments, "--charter", str(agreed), "--wires", str(wires), "--grid", "buys", "--out", str(out)]) == 0  # fmt: skip
    assert "all 9 checks hold" in capsys.readouterr().out
    bills = json.loads((out / "bills.json").read_text())
    shared = [line["amount_units"] for lines in bills.values() for line in lines if line["code"] == "shared"]
    assert len(shared) == HOMES
    assert sum(shared) == 0
    assert min(shared) < 0 < max(shared)


def test_on_wires_that_bear_it_the_bills_are_what_they_would_be_without(tmp_path):
    for name, more in (("without", []), ("with", ["--wires", "built-in"])):
        assert main(["run", *RUN, *more, "--out", str(tmp_path / name)]) == 0
    one, other = ((tmp_path / name / "bills.json").read_text() for name in ("without", "with"))
    assert one == other


def test_a_grid_without_the_homes_is_refused_by_name(tmp_path):
    wires = thin(tmp_path, 1.0)
    wires.write_text(wires.read_text().replace("nr-03", "number three"))
    with pytest.raises(BadInput, match=r"no connection for 1 of 12 homes \(the first is 'nr-03'\)"):
        run_of(Options(first_day=DAY, days=1, homes=HOMES, wires=wires))


def test_a_grid_operator_that_does_something_unheard_of_is_refused():
    with pytest.raises(BadInput, match="watches, buys, limits, both"):
        run_of(Options(first_day=DAY, days=1, homes=2, grid="prays"))
