"""What a grid operator is told, and how a fault in it is said."""

from datetime import date
from decimal import Decimal

import numpy as np
import pytest

from laag.adapters.clocks import Wall
from laag.adapters.keys import Key
from laag.adapters.uftp.rules import Rules
from laag.apps.cli import main
from laag.apps.dso import powers
from laag.apps.dso.aggregating import Aggregating
from laag.apps.dso.checks import FromFiles, Measured
from laag.apps.dso.operating import Operating
from laag.apps.dso.settings import AggregatorWire, read_operator
from laag.foundation.errors import BadInput

POINT = "ean.871685900012636543"
KEY = "cs1." + "A" * 43 + "="
GRID = Rules({}).grid(date(2026, 6, 2))
GOOD = f"""
[dso]
domain = "net.example"
penalty_eur_per_kwh = 0.30
[[dso.point]]
address = "{POINT}"
aggregators = ["kade.example"]
capacity_kw = 160
[[participant]]
domain = "kade.example"
role = "AGR"
endpoint = "http://127.0.0.1:1/x"
key = "{KEY}"
"""


def file(tmp_path, text=GOOD):
    (tmp_path / "dso.toml").write_text(text)
    return tmp_path / "dso.toml"


def test_a_file_is_read_with_its_deadlines(tmp_path):
    wire = read_operator(file(tmp_path)).dso
    assert wire.penalty_eur_per_kwh == Decimal("0.3")
    assert wire.agreed().gate(date(2026, 6, 2)).isoformat() == "2026-06-01T14:30:00+02:00"


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ('"net.example"', '"Net"', 'dso.domain is "Net"; write a domain as net.example'),
        (POINT, "feeder-7", "write an address as ean."),
        ("capacity_kw", "capacity_kW", 'no "capacity_kW"; did you mean capacity_kw'),
        ("capacity_kw = 160", "capacity_kw = -1", "capacity_kw"),
        ('"AGR"', '"HOME"', "role"),
        ("[dso]", "[dso", "is not TOML"),
    ],
)
def test_a_fault_is_said_with_its_place(tmp_path, old, new, why):
    with pytest.raises(BadInput, match=why.replace("(", r"\(")):
        read_operator(file(tmp_path, GOOD.replace(old, new, 1)))


def test_a_point_is_checked_in_one_way(tmp_path):
    Key.new().save(tmp_path / "uftp.pem")
    with pytest.raises(BadInput, match="none or several of capacity_kw, needs and network"):
        Operating(file(tmp_path, GOOD.replace("capacity_kw = 160", "")))


def test_a_key_that_is_none_is_refused(tmp_path, capsys):
    Key.new().save(tmp_path / "uftp.pem")
    assert main(["dso", "run", str(file(tmp_path, GOOD.replace(KEY, "hello")))]) == 2
    assert "is no public key of 32 bytes" in capsys.readouterr().err


def test_a_folder_is_made_once_and_says_the_key_to_tell(tmp_path, capsys):
    folder = tmp_path / "net"
    assert main(["dso", "init", str(folder), "--domain", "net.example"]) == 0
    told = capsys.readouterr().out.strip().rpartition(" ")[2]
    assert main(["dso", "key", str(folder / "dso.toml")]) == 0
    assert capsys.readouterr().out.strip() == told
    assert read_operator(folder / "dso.toml").dso.domain == "net.example"
    assert main(["dso", "init", str(folder), "--domain", "net.example"]) == 2
    assert "already" in capsys.readouterr().err


@pytest.mark.parametrize("verb", ["messages", "verify"])
def test_a_store_that_is_not_there_is_not_made(tmp_path, capsys, verb):
    assert main(["dso", verb, str(tmp_path / "none.sqlite")]) == 2
    assert "there is no store at" in capsys.readouterr().err
    assert not (tmp_path / "none.sqlite").exists()


def test_powers_are_read_as_they_were_written(tmp_path):
    watts = np.arange(96) * 1500 - 20_000
    powers.write(tmp_path / "2026-06-02.csv", GRID, POINT, watts, "kade.example")
    np.testing.assert_array_equal(Measured(tmp_path, Rules({}).zone)(POINT, "kade.example", GRID), watts)
    assert Measured(tmp_path, Rules({}).zone)(POINT, "other.example", GRID) is None
    assert Measured(tmp_path / "none", Rules({}).zone)(POINT, "kade.example", GRID) is None


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("start,kw\n", "has no column point"),
        (f"start,point,kw\n2026-06-02T00:00:00,{POINT},1\n", "line 2: start is '2026-06-02T00:00:00'"),
        (f"start,point,kw\n2026-06-02T00:00:00+02:00,{POINT},much\n", "line 2: kw is 'much'"),
        (f"start,point,kw\n2026-06-02T00:00:00+02:00,{POINT},1\n", "at 2026-06-01T22:15:00"),
    ],
)
def test_powers_that_cannot_be_meant_are_refused(tmp_path, text, why):
    (tmp_path / "a.csv").write_text(text)
    with pytest.raises(BadInput, match=why.replace("+", r"\+")):
        powers.read(tmp_path / "a.csv", GRID, POINT)


def test_a_need_from_a_file_is_what_is_asked(tmp_path):
    change = np.zeros(96, np.int64)
    change[72:80] = -5_000
    powers.write(tmp_path / "needs.csv", GRID, POINT, change)
    text = GOOD.replace("capacity_kw = 160", 'needs = "needs.csv"')
    check = FromFiles(read_operator(file(tmp_path, text)).dso, tmp_path)
    asked = check(POINT, GRID, {"kade.example": np.zeros(96, np.int64)})
    assert (asked.low_w[72], asked.high_w[72], asked.high_w[0]) == (-5_000, 0, 5_000)


def test_others_at_a_point_count_towards_its_capacity(tmp_path):
    powers.write(tmp_path / "others.csv", GRID, POINT, np.full(96, 100_000))
    text = GOOD.replace("capacity_kw = 160", 'capacity_kw = 160\nothers = "others.csv"')
    check = FromFiles(read_operator(file(tmp_path, text)).dso, tmp_path)
    assert check(POINT, GRID, {"kade.example": np.full(96, 60_000)}) is None
    assert check(POINT, GRID, {"kade.example": np.full(96, 61_000)}).low_w[0] == -1_000


def test_a_sum_of_few_homes_is_not_told(tmp_path):
    import asyncio

    wire = AggregatorWire(
        domain="kade.example",
        operator="net.example",
        operator_endpoint="http://127.0.0.1:1/x",
        operator_key=KEY,
        points=(POINT,),
    )

    async def offers(_):
        return []

    async def tell(homes):
        async with Aggregating(wire, Key.new(), str(tmp_path / "s.sqlite"), Wall(), offers).opened() as agr:
            return await agr.prognose(POINT, date(2026, 6, 2), np.zeros(96, np.int64), homes)

    with pytest.raises(BadInput, match="a sum of 9 homes would show what one of them does"):
        asyncio.run(tell(9))
    assert asyncio.run(tell(10))
