"""Real Dutch prices of 2025: both clock-change days, a week of negative prices in June, a week in January."""

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from laag.adapters import facts
from laag.adapters.prices import load_nation
from laag.foundation.ptu import AMSTERDAM, PtuGrid
from laag.foundation.series import ticks
from laag.settlement import books
from laag.settlement.books import Accounts
from laag.settlement.levy import levy_ticks
from laag.settlement.policy import POLICIES

PRICES = Path(__file__).parents[3] / "shared" / "data" / "prices"
STREET = Accounts(tuple(f"home {i:02d}" for i in range(60)))

pytestmark = [
    pytest.mark.real_data,
    pytest.mark.skipif(not PRICES.is_dir(), reason="the measured prices are not beside the project"),
]


@pytest.fixture(scope="module")
def nation():
    year = PtuGrid.days(date(2025, 1, 1), 365, AMSTERDAM)
    found, _ = load_nation(
        PRICES / "nl_day_ahead_2025_15min.csv.gz", PRICES / "nl_tennet_imbalance_2025_15min.csv.gz", year
    )
    return found


@pytest.mark.parametrize("name", POLICIES)
@pytest.mark.parametrize(
    ("first", "days"),
    [(date(2025, 3, 30), 1), (date(2025, 10, 26), 1), (date(2025, 6, 9), 7), (date(2025, 1, 13), 7)],
    ids=["spring", "autumn", "June", "January"],
)
def test_a_street_of_sixty_closes_on_real_prices(live, nation, name, first, days):
    grid = PtuGrid.days(first, days, AMSTERDAM)
    day_ahead, shortage, surplus = (
        ticks(profile.on(grid).per_kwh().values)
        for profile in (nation.day_ahead, nation.shortage, nation.surplus)
    )
    rng = np.random.default_rng(first.toordinal())
    planned = rng.integers(-900, 1200, (60, len(grid)))
    metered = planned + rng.integers(-80, 80, planned.shape)
    policy = POLICIES[name]
    known = facts.load(policy.facts_day)
    lived = live(STREET, policy, known, planned, metered, day_ahead, shortage, surplus)
    books.check(lived.postings)
    total = books.totals(STREET, lived.postings)
    off = metered.sum(axis=0) - planned.sum(axis=0)
    assert total["nation/imbalance"][0] == -int((off * np.where(off > 0, shortage, surplus)).sum())
    if policy.has_market:
        assert total["tax/energy"][0] == -levy_ticks(known) * int(np.maximum(metered.sum(axis=0), 0).sum())
