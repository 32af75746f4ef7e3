"""What is spent of a home's year is added up, whoever asks, and never comes back."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from laag.neighbourhood.commons.budget import Cost, exhausted, spent

NAMES = ["ann", "bob", "cas", "dot"]
days = st.dates(date(2025, 11, 1), date(2027, 2, 1))
costs = st.builds(
    lambda homes, one, other, price: Cost(tuple(sorted(homes)), min(one, other), max(one, other), price),
    st.sets(st.sampled_from(NAMES), min_size=1),
    days,
    days,
    st.integers(1, 400_000),
)
MOST = 1_000_000


@given(st.lists(costs, max_size=40))
def test_no_home_ever_gives_away_more_of_a_year_than_was_agreed(asked):
    """Whatever is asked, of whomever, in whatever order, where every answer is asked for first."""
    given_ = []
    for one in asked:
        if exhausted(given_, one, MOST) is None:
            given_.append(one)
    assert all(spent(given_, home, year) <= MOST for home in NAMES for year in (2025, 2026, 2027))


@given(st.lists(costs, max_size=10), costs)
def test_an_answer_costs_who_is_in_it_and_nobody_else(before, more):
    for home in NAMES:
        for year in (2025, 2026, 2027):
            added = spent([*before, more], home, year) - spent(before, home, year)
            assert added == (more.micro_epsilon if home in more.homes and year in more.years else 0)


def test_a_period_over_new_year_costs_both_years():
    one = Cost(("ann",), date(2026, 12, 20), date(2027, 1, 10), 300_000)
    assert spent([one], "ann", 2026) == spent([one], "ann", 2027) == 300_000


def test_one_home_without_budget_holds_up_the_answer_and_the_refusal_says_from_when_it_goes_on():
    old = Cost(("ann",), date(2026, 1, 1), date(2026, 1, 31), 900_000)
    asked = Cost(("ann", "bob"), date(2026, 2, 1), date(2026, 2, 28), 200_000)
    why = exhausted([old], asked, MOST)
    assert why is not None
    assert "1 januari 2027" in why.nl
    assert "not every home has more than 0.1 left" in why.en


def test_other_homes_of_the_same_street_still_have_theirs():
    """Answers about other homes do not add up: that is the one case in which they do not."""
    north = Cost(("ann", "bob"), date(2026, 1, 1), date(2026, 1, 31), MOST)
    south = Cost(("cas", "dot"), date(2026, 1, 1), date(2026, 1, 31), MOST)
    assert exhausted([north], south, MOST) is None
