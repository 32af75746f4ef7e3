"""A Dutch report says in Dutch what our own code wrote, and leaves what others wrote as it is."""

import pytest

from laag.adapters.files import mend
from laag.study.population.build import _source
from laag.study.population.households import household
from laag.study.population.prices import SOURCE
from laag.study.report.dutch import dutch, with_dutch

ENGLISH = {"the", "of", "a", "year", "house", "built", "missing", "without", "to", "not", "prices", "quarter"}


def english_in(text):
    return ENGLISH & set(text.replace(",", " ").replace(";", " ").replace(":", " ").split())


@pytest.mark.parametrize("built", [None, "1992-2005"])
@pytest.mark.parametrize("number", range(6))
def test_where_a_synthetic_home_comes_from_is_said_in_dutch(number, built):
    said = dutch(_source(household(number, seed=1), built))
    assert said.startswith("synthetisch: huishouden van ")
    assert not english_in(said)


def test_modelled_prices_are_called_a_model_in_dutch_too():
    assert dutch(SOURCE).startswith("model: day-ahead uit een merit order")
    assert not english_in(dutch(SOURCE).replace("docs/built-in-street.md", ""))


@pytest.mark.parametrize(
    "text",
    [
        "1 quarter-hour missing",
        "12 quarter-hours missing",
        "3 of 96 quarter-hours without a reading on their edge, sure to 4 Wh each",
        "2025-10-25T08:00Z to 08:30Z",
        "1 row out of step with the quarter-hours",
        *mend.HABITS,
        mend.LINEAR,
    ],
)
def test_what_was_wrong_with_a_file_and_how_it_was_mended_is_said_in_dutch(text):
    assert not english_in(dutch(text))
    assert dutch(text) != text


def test_what_others_wrote_stays_as_it_is():
    for text in ("slimme-meter.csv", "line 218", "the house of a neighbour.csv"):
        assert dutch(text) == text
    assert with_dutch({"source": "p1.csv", "what": None}, "source", "what") == {
        "source": "p1.csv",
        "what": None,
    }
