"""Little streets for the tests of sharing: what each takes and gives, and prices outside."""

import numpy as np
from hypothesis import strategies as st

from laag.neighbourhood.sharing.trading import Trading


def made(homes, ptus=96, lot=0, roofs=0.35):
    """Homes with an evening, some with a roof; whole Wh."""
    chance = np.random.default_rng(lot)
    quarter = np.arange(ptus) % 96
    load = chance.gamma(1.2, 80, (homes, ptus)) * (1 + np.exp(-(((quarter - 74) / 10) ** 2)))
    sun = np.maximum(0, np.sin((quarter - 28) / 40 * np.pi)) * (quarter > 28) * (quarter < 68)
    roof = (chance.random(homes) < roofs) * chance.uniform(300, 1200, homes)
    load *= chance.uniform(0.5, 2, homes)[:, None]
    return np.rint(load - roof[:, None] * sun * chance.uniform(0.6, 1, ptus)).astype(np.int64)


def one_producer(homes, ptus=96, lot=0):
    """The first has the only roof, of four kilowatts."""
    net = made(homes, ptus, lot, roofs=0.0)
    quarter = np.arange(ptus) % 96
    net[0] -= np.rint(
        1000 * np.maximum(0, np.sin((quarter - 28) / 40 * np.pi)) * (quarter > 28) * (quarter < 68)
    ).astype(np.int64)
    return net


def prices(ptus=96):
    return np.full(ptus, 25_000), np.full(ptus, 7_000)


def game(net):
    return Trading(net, *prices(net.shape[1]))


@st.composite
def streets(draw, most=6):
    """Any few homes in any few quarter-hours, at any prices of which selling is not the higher."""
    homes, ptus = draw(st.integers(1, most)), draw(st.integers(1, 4))
    wh = st.lists(st.integers(-5000, 5000), min_size=ptus, max_size=ptus)
    net = np.array(draw(st.lists(wh, min_size=homes, max_size=homes)), np.int64)
    sell = np.array(draw(st.lists(st.integers(-5000, 20_000), min_size=ptus, max_size=ptus)), np.int64)
    gap = np.array(draw(st.lists(st.integers(0, 20_000), min_size=ptus, max_size=ptus)), np.int64)
    return net, sell + gap, sell
