"""What a study says of policies adds up, and can be added up again from its tables."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laag.apps.cli import main
from laag.neighbourhood.sharing.fairness import gini

pytest.importorskip("pyarrow", reason="the street extra (pyarrow) is not installed")


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    out = tmp_path_factory.mktemp("study")
    assert main(["study", "--homes", "8", "--days", "1", "--workers", "1", "--out", str(out)]) == 0
    return out, json.loads((out / "study.json").read_text("utf-8"))


def test_every_policy_is_there_and_the_first_is_the_reference(study):
    _, said = study
    assert [policy["name"] for policy in said["policies"]] == [
        "netting-2026",
        "layered",
        "law-2027",
        "dynamic-2027",
        "layered-bandwidth",
    ]
    assert said["reference"] == "netting-2026"
    assert (said["policies"][0]["winners"], said["policies"][0]["losers"]) == (0, 0)


def test_what_homes_pay_is_what_everybody_else_receives(study):
    _, said = study
    for policy in said["policies"]:
        received = sum(policy[key] for key in ("system_cost_eur", "tax_eur", "vat_eur", "supplier_eur"))
        assert policy["residue_units"] == 0
        assert policy["paid_eur"] == pytest.approx(received, abs=0.01), (
            "rounding and the fund are less than a cent"
        )


def test_groups_and_devices_divide_the_same_bills(study):
    _, said = study
    for policy in said["policies"]:
        for division in (policy["groups"], *policy["devices"].values()):
            assert sum(g["homes"] for g in division.values()) == 8
            whole = sum(g["homes"] * g["bill_eur_per_home"] for g in division.values())
            assert whole == pytest.approx(policy["paid_eur"])
        assert policy["winners"] + policy["losers"] <= 8


def test_a_members_bill_is_the_total_of_its_own_run(study):
    out, said = study
    for policy in said["policies"]:
        bills = json.loads((out / policy["run"] / "bills.json").read_text("utf-8"))
        for member in said["members"]:
            assert member["bill_eur"][policy["name"]] == bills[member["member"]][-1]["amount_units"] / 1e8


def test_two_policies_are_the_least_there_is_to_compare(tmp_path, capsys):
    assert main(["study", "--policies", "layered", "--out", str(tmp_path / "out")]) == 2
    assert main(["study", "--policies", "layered,communism", "--out", str(tmp_path / "out")]) == 2
    said = capsys.readouterr().err.strip().splitlines()
    assert "fewer than two" in said[0]
    assert "'communism'" in said[1]


bills = st.lists(st.integers(0, 10**9), min_size=1, max_size=30).filter(sum)


@given(bills)
def test_gini_lies_between_equal_and_all_with_one(amounts):
    assert -1e-9 <= gini(amounts) <= 1 - 1 / len(amounts) + 1e-9


@given(bills, st.randoms())
def test_gini_does_not_care_who_is_who_or_in_which_coin(amounts, chance):
    shuffled = sorted(amounts, key=lambda _: chance.random())
    assert gini([3 * a for a in shuffled]) == pytest.approx(gini(amounts))


def test_gini_says_nothing_where_somebody_has_less_than_nothing():
    assert gini([-1, 5]) is None
