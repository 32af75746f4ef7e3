"""A market small enough to check by hand: everybody trades at the middle of the gateway's two prices, pooled."""

from dataclasses import dataclass

import numpy as np
import pytest

from laag.gateway.exchange import NationalPrices, position, steps
from laag.settlement.allocate import pro_rata
from laag.settlement.bands import BEYOND, WATT_MINUTES_PER_WH, Pooling
from laag.settlement.day import Settled, Traded, local, retail
from laag.settlement.levy import levy_ticks
from laag.settlement.policy import net_value, pool_centiticks, retail_ticks


@dataclass(frozen=True)
class Lived:
    settled: Settled
    postings: object
    position: object
    buy_centiticks: np.ndarray
    sell_centiticks: np.ndarray
    landed_ticks: np.ndarray
    export_ticks: np.ndarray
    traded: Traded | None = None


def traded(accounts, planned_wh, door):
    bought, sold = np.maximum(planned_wh, 0), np.maximum(-planned_wh, 0)
    B, S = bought.sum(axis=0), sold.sum(axis=0)
    M, X = np.maximum(B - S, 0), np.maximum(S - B, 0)
    p = (door.landed_ticks + door.export_ticks) // 2
    sellers = p * (S - X) + door.export_ticks * X
    buyers = sellers + door.landed_ticks * M - door.export_ticks * X
    none = np.zeros_like(M)
    market = Traded(
        bought_wh=bought,
        bought_units=pro_rata(buyers, bought, accounts.rank),
        sold_wh=sold,
        sold_units=-pro_rata(sellers, sold, accounts.rank),
        price_centiticks=p * 100,
        levy_ticks=door.levy_ticks,
        levy_units=door.levy_ticks * M,
        gateway_units=door.export_ticks * X - door.import_ticks * M,
        fund_units=none,
        rent_units=none,
    )
    return (
        market,
        pool_centiticks(buyers, B, 100 * door.landed_ticks),
        pool_centiticks(sellers, S, 100 * door.export_ticks),
    )


def alone(metered_wh, facts):
    """Everybody with 4 kW of their own, and nothing to borrow."""
    beyond = np.maximum(np.abs(metered_wh) - 1000, 0) * WATT_MINUTES_PER_WH
    return Pooling(0 * beyond, 0 * beyond, beyond, net_value(facts, BEYOND))


def lived(accounts, policy, facts, planned_wh, metered_wh, day_ahead, shortage, surplus, first_ptu=0):
    """A day of a street under a policy, from what was planned and what was measured."""
    prices = NationalPrices(day_ahead, shortage, surplus)
    here = position(planned_wh.sum(axis=0), metered_wh.sum(axis=0), prices)
    door = steps(prices, net_value(facts, "gateway_import_fee"), 0, levy_ticks(facts))
    outside = door.landed_ticks, door.export_ticks
    if policy.has_market:
        market, buy, sell = traded(accounts, planned_wh, door)
        settled, postings = local(
            accounts,
            market,
            metered_wh,
            here.day_ahead_units,
            here.imbalance_ticks,
            first_ptu=first_ptu,
            pooling=alone(metered_wh, facts) if policy.bands else None,
        )
        return Lived(settled, postings, here, buy, sell, *outside, market)
    buy, sell = retail_ticks(policy, facts, day_ahead)
    settled, postings = retail(
        accounts,
        metered_wh,
        buy,
        sell,
        here.nominated_wh,
        here.day_ahead_units,
        here.imbalance_ticks,
        first_ptu=first_ptu,
    )
    return Lived(settled, postings, here, buy * 100, sell * 100, *outside)


@pytest.fixture(scope="session")
def live():
    return lived
