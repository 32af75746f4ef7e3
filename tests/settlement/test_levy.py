"""The rate falls as a year's use passes a bracket, and cutting a year in parts changes nothing."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from laag.adapters import facts
from laag.settlement.levy import bracket_units, brackets, levy_ticks

RATES_2026 = brackets(facts.load(date(2026, 1, 1)))
use = st.integers(0, 80_000_000)


@given(use, use)
def test_a_year_in_two_parts_is_taxed_as_one(first_wh, second_wh):
    in_parts = bracket_units(first_wh, RATES_2026) + bracket_units(second_wh, RATES_2026, before_wh=first_wh)
    assert in_parts == bracket_units(first_wh + second_wh, RATES_2026)


@given(use)
def test_no_kwh_is_taxed_above_the_first_rate_or_below_the_last(used_wh):
    assert (
        used_wh * RATES_2026[-1].rate_ticks
        <= bracket_units(used_wh, RATES_2026)
        <= used_wh * RATES_2026[0].rate_ticks
    )


def test_until_2022_the_levy_is_tax_and_surcharge_together():
    of_2022 = facts.load(date(2022, 3, 1))
    assert levy_ticks(of_2022) == 3679 + 3050
    assert [figure.name for figure in brackets(of_2022)[0].figures] == ["energy_tax.0", "ode.0"]
