"""What a community may agree on."""

import numpy as np
import pytest

from laag.foundation.contracts import Gateways, Orders
from laag.foundation.errors import BadInput
from laag.neighbourhood.charter import Charter
from laag.neighbourhood.market import RULES


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_can_be_agreed_on(rule):
    assert Charter("Our street", rule).rule == rule


@pytest.mark.parametrize("wrong", [{"rule": "lottery"}, {"k_percent": 100}, {"k_percent": -1}])
def test_what_cannot_work_is_refused_with_the_name_of_the_charter(wrong):
    with pytest.raises(BadInput, match="Our street"):
        Charter("Our street", **wrong)


def test_books_carry_what_was_agreed():
    gate = Gateways(*(np.zeros(2, np.int64),) * 5)
    none = Orders(*(np.zeros(0, np.int64),) * 5)
    books = Charter("Our street", k_percent=30, scarcity_ticks=9_000).books(gate, none)
    assert (books.k_percent, books.scarcity_ticks.tolist(), books.surplus_ticks) == (30, [9_000, 9_000], None)
