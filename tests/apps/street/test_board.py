"""The board tells everybody the market's prices, and nobody's position, whatever the number of members."""

import pytest
from tests.cycle.living_street import FIRST, place, told

from laag.apps.street.board import board
from laag.apps.street.kept import Kept, followed
from laag.cycle import live
from laag.foundation.ptu import PTU


@pytest.fixture(scope="module")
def cleared():
    """A street of six homes whose first day has its market."""
    kept = Kept(live.begin(place()))
    for message in (message for moment in told()[:4] for message in moment):
        kept = followed(kept, live.to_event(message))
    return kept


def test_where_a_market_is_cleared_its_prices_are_told(cleared):
    market = cleared.live.day(FIRST).market
    assert market is not None
    assert len(market.cleared_wh) == 6
    day = place().grid(FIRST)
    one = board(cleared, {}, day.start + 40 * PTU)
    buy, sell = place().terms.felt(market.buyer_centiticks, market.seller_centiticks)
    assert one.start == day[40]
    assert one.buy_eur_per_kwh[: len(day) - 40] == pytest.approx(buy[40:], abs=1e-9)
    assert one.sell_eur_per_kwh[: len(day) - 40] == pytest.approx(sell[40:], abs=1e-9)


def test_no_position_is_told(cleared):
    one = board(cleared, {}, place().grid(FIRST).start)
    assert not any("position" in name for name in type(one).model_fields)
