"""Every outcome has its sentence, in both languages, without gaps."""

import re
from itertools import product

import pytest

from laag.foundation.contracts import ANY_PRICE, Outcome, Side
from laag.neighbourhood.market.reasons import TEXTS, reason


@pytest.mark.parametrize(("language", "outcome", "side"), list(product(TEXTS, Outcome, Side)))
def test_every_outcome_is_one_plain_sentence(language, outcome, side):
    for wh in (0, 40):
        if wh == 0 and outcome <= Outcome.ACCEPTED:
            continue
        text = reason(outcome, side, 50, 12_345, wh, 600_000 if side == Side.BUY else -600_000, language)
        assert re.fullmatch(r"[^{}]+\.", text)
        assert "None" not in text
        assert ("150.00" in text) == (wh > 0 and outcome not in {Outcome.PRICED_OUT, Outcome.NO_PARTNER})


def test_a_price_takers_sentence_names_no_limit():
    text = reason(Outcome.RATIONED, Side.BUY, 50, ANY_PRICE, 0, 0)
    assert str(ANY_PRICE)[:4] not in text


def test_a_negative_price_is_told_as_such():
    assert "-20.00 EUR/MWh" in reason(Outcome.ACCEPTED, Side.SELL, 10, -5_000, 10, 20_000)
