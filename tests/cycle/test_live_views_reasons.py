"""What is said of a quarter-hour fits what happened in it."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from laag.adapters import facts
from laag.cycle.live.views.benefit import Benefit, Rules
from laag.cycle.live.views.reasons import Quarter, because
from laag.settlement.estimate import Method
from laag.settlement.policy import named

USUAL = Quarter(
    quarter=73,
    metered_wh=300,
    bought_wh=300,
    sold_wh=0,
    bought_units=7_500_000,
    sold_units=0,
    deviation_wh=0,
    deviation_units=0,
    flexibility_units=0,
    method=Method.MEASURED,
    street_wh=0,
    landed_ticks=27_000,
    export_ticks=8_000,
)


@pytest.mark.parametrize(
    ("happened", "nl", "en"),
    [
        (
            {"metered_wh": 1_200, "deviation_wh": 900, "deviation_units": 14_000_000, "street_wh": 2_000},
            "0,9 kWh meer af dan afgesproken; de straat kwam samen ook tekort, en dat is landelijk bijgekocht: dat kostte € 0,14.",
            (
                "took 0.9 kWh more than agreed; the street together was short as well, and that was bought from the nation: that "
                "cost €0.14."
            ),
        ),
        (
            {"metered_wh": 1_200, "deviation_wh": 900, "deviation_units": 9_000_000, "street_wh": -100},
            "je buren vingen dat op, tegen de buurtprijs: dat kostte € 0,09.",
            "your neighbours made up for it, at the local price: that cost €0.09.",
        ),
        (
            {"metered_wh": 100, "deviation_wh": -200, "deviation_units": -3_000_000, "street_wh": -900},
            "0,2 kWh minder af dan afgesproken; de straat hield samen ook over, en dat is landelijk verkocht: dat leverde € 0,03 op.",
            (
                "took 0.2 kWh less than agreed; the street together had some left as well, and that was sold to the nation: that "
                "earned €0.03."
            ),
        ),
        (
            {"bought_wh": 0, "bought_units": 0, "sold_wh": 500, "sold_units": -6_000_000, "metered_wh": -700}
            | {"deviation_wh": -200, "deviation_units": -2_000_000, "street_wh": 50},
            "verkocht je 0,5 kWh voor 12,0 ct/kWh (€ 0,06); buiten de buurt was het 8,0 ct/kWh. Je leverde 0,2 kWh meer dan",
            "you sold 0.5 kWh at 12.0 ct/kWh (€0.06); outside the neighbourhood it was 8.0 ct/kWh. You fed in 0.2 kWh more",
        ),
        (
            {"bought_wh": 0, "bought_units": 0, "sold_wh": 500, "sold_units": -6_000_000, "metered_wh": -300}
            | {"deviation_wh": 200, "deviation_units": 100_000, "street_wh": 50},
            "Je leverde 0,2 kWh minder dan afgesproken;",
            "that made less than a cent of difference.",
        ),
        (
            {"bought_wh": 0, "bought_units": 0, "metered_wh": 0},
            "Om 18:15 had je niets gekocht of verkocht.",
            "At 18:15 you had bought and sold nothing.",
        ),
        (
            {"sold_wh": 100, "sold_units": -1_000_000, "metered_wh": 200},
            "kocht je 0,3 kWh voor € 0,08 en verkocht je 0,1 kWh voor € 0,01.",
            "you bought 0.3 kWh for €0.08 and sold 0.1 kWh for €0.01.",
        ),
        (
            {"flexibility_units": -5_000_000},
            "Ruimte voor de netbeheerder leverde € 0,05 op.",
            "Room for the grid operator earned €0.05.",
        ),
        (
            {"method": Method.SAME_QUARTER_LAST_WEEK},
            "De meter zweeg: gerekend is met hetzelfde kwartier een week eerder.",
            "The meter was silent: the same quarter-hour a week before was taken.",
        ),
    ],
)
def test_a_sentence_fits_what_happened(happened, nl, en):
    said = because(replace(USUAL, **happened))
    assert nl in said.nl
    assert en in said.en


def test_a_small_difference_that_costs_nothing_is_not_spoken_of():
    small = replace(USUAL, metered_wh=310, deviation_wh=10, deviation_units=200_000, street_wh=10)
    assert because(small) == because(USUAL)


EURO = 100_000_000
POLICY = named("dynamic-2027")
RULES = Rules(POLICY, facts.load(POLICY.facts_day))


def compared(paid_units, instead_units):
    """Two days of one member, who is then the whole street."""
    instead = {POLICY.name: np.array([instead_units])}
    return Benefit(("ann",), np.array([2]), np.array([paid_units]), instead, (RULES,))


def test_who_receives_is_told_an_amount_received():
    told = compared(-EURO, -2 * EURO).of("ann").said[0]
    assert told.en.startswith("Over 2 days you receive €1.00; ")
    assert told.en.endswith("€2.00 would have been received, a loss of €1.00.")
    assert "krijg je € 1,00" in told.nl


UNITS = st.integers(-100 * EURO, 100 * EURO)


@given(UNITS, UNITS)
def test_no_amount_is_ever_below_zero(paid_units, instead_units):
    said = compared(paid_units, instead_units)
    for told in (said.of("ann").said[0], said.together().said[0]):
        assert "€" in told.nl
        assert "-" not in told.nl + told.en
        assert ("krijgt de straat" in told.nl or "krijg je" in told.nl) == (paid_units < 0)
        assert ("voordeel" in told.nl) <= (instead_units > paid_units)
        assert ("nadeel" in told.nl) <= (instead_units < paid_units)
