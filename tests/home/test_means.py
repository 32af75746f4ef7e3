"""Whether energy weighs heavily: a household's own business."""

import ast
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import laag
from laag.foundation.errors import BadInput
from laag.foundation.register import REGISTER
from laag.home.means import Band, Means, Weight, sign

ORDER = list(Weight)


@given(st.sampled_from(list(Band)), st.integers(1, 8), st.floats(0, 800), st.floats(0, 200))
def test_dearer_energy_never_weighs_less(band, people, cost_eur, more_eur):
    means = Means(band, people)
    assert ORDER.index(sign(means, cost_eur).weight) <= ORDER.index(sign(means, cost_eur + more_eur).weight)


@given(st.integers(1, 8), st.floats(0, 800))
def test_more_coming_in_never_weighs_more(people, cost_eur):
    weights = [ORDER.index(sign(Means(band, people), cost_eur).weight) for band in Band]
    assert weights == sorted(weights, reverse=True)


def test_a_low_income_with_a_high_bill_is_what_researchers_call_energy_poverty():
    assert sign(Means(Band.TO_1500), 240.0).weight is Weight.VERY_HEAVY
    assert sign(Means(Band.TO_1500), 135.0).weight is Weight.HEAVY
    assert sign(Means(Band.TO_1500), 60.0).weight is Weight.LIGHT
    assert sign(Means(Band.TO_2500, people=4), 240.0).weight is Weight.VERY_HEAVY
    assert sign(Means(Band.MORE), 300.0).weight is Weight.LIGHT


def test_the_words_are_kind():
    said = sign(Means(Band.TO_1500), 240.0).said
    assert "niet aan jou" in said.nl
    assert "not you" in said.en


def test_nothing_of_it_is_among_what_may_leave_a_home():
    names = {name.partition(".")[2] for name in REGISTER}
    assert not names & {"income", "income_eur", "band", "means", "weight", "share", "people_income"}


def test_no_module_that_speaks_to_a_neighbourhood_knows_of_it():
    """Only pages of the home itself do."""
    root = Path(laag.__file__).parent
    knows = {
        file.relative_to(root).as_posix()
        for file in root.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and node.module == "laag.home.means"
    }
    assert all(one.startswith("apps/agent/pages/") for one in knows), knows


def test_a_household_of_nobody_is_refused():
    with pytest.raises(BadInput):
        Means(Band.MORE, people=0)
