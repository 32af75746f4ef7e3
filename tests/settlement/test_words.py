"""Numbers as a neighbour reads them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laag.foundation.errors import BadInput
from laag.foundation.words import Lang, Said
from laag.settlement.sentences import WORDINGS
from laag.settlement.words import euros, filled, kwh, written


@given(st.integers(-(10**14), 10**14))
def test_dutch_and_english_differ_only_in_their_points_and_commas(units):
    swap = str.maketrans(",.", ".,")
    assert euros(units, Lang.NL).replace("€ ", "€") == euros(units, Lang.EN).translate(swap)


def test_nothing_is_never_minus_nothing():
    assert euros(-3, Lang.NL) == "€ 0,00"


def test_small_and_negative_energy_keeps_its_sign():
    assert (kwh(-400, Lang.NL), kwh(-1_234_500, Lang.EN)) == ("-0,4 kWh", "-1,234.5 kWh")


def test_a_number_must_say_what_it_counts():
    with pytest.raises(BadInput, match="end its name in one of units"):
        written("speed", 3, Lang.NL)


@pytest.mark.parametrize("code", WORDINGS)
def test_every_line_has_its_words_in_both_languages(code):
    wording = WORDINGS[code]
    for said in (wording.text, wording.because, wording.rule):
        assert said.nl
        assert said.en
    for said in (wording.more, wording.less, wording.same):
        assert bool(said.nl) == bool(said.en)
        assert _names(said.nl) == _names(said.en)


def _names(sentence):
    return {part.partition("}")[0] for part in sentence.split("{")[1:]}


def test_a_word_among_the_numbers_is_said_as_it_is():
    assert filled(Said("{size}", "{size}"), {"size": "3x25A"}) == Said("3x25A", "3x25A")
