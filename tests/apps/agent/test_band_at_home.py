"""A home that was told its band plans within it, says so, and believes no band that leaves it nothing."""

import numpy as np
import pytest
from tests.apps.agent.lived_in import NOW, a_board, home_with, life_of, thinks

from laag.adapters.neighbourhood.wire import Positions
from laag.apps.agent.mind import Mind

BEYOND = 0.363
START = a_board(NOW).start


def told(band_kw, beyond=BEYOND):
    life = life_of(home_with("charger", "pv"))
    board = a_board(NOW).model_copy(update={"beyond_eur_per_kwh": beyond})
    life.board, life.positions = board, Positions(start=START, wh=[None] * 220, band_kw=band_kw)
    return life


@pytest.fixture(scope="module")
def thoughts():
    return {kw: thinks(told(kw)).thought for kw in (None, 4)}


def test_it_charges_within_its_band_and_without_one_as_fast_as_it_pays(thoughts):
    free, banded = (thoughts[kw].plan.connection_kw for kw in (None, 4))
    assert np.abs(free).max() > 4.5
    assert np.abs(banded).max() <= 4 + 1e-6
    charged = (thoughts[kw].plan.ev_kw.sum() for kw in (None, 4))
    assert next(charged) == pytest.approx(next(charged), rel=0.02)


def test_the_plan_knows_its_band_and_what_beyond_costs(thoughts):
    assert thoughts[None].outlook.band is None
    assert thoughts[4].outlook.band.kw == 4
    assert thoughts[4].outlook.band.beyond_eur_per_kwh == pytest.approx(BEYOND)


def test_a_band_or_a_price_that_cannot_be_meant_does_not_press_a_home_below_its_minimum():
    life = told(0.001, beyond=900_000.0)
    _, board = Mind(life).question(NOW)
    assert board.band(0).kw == life.caution.least_import_kw
    assert board.band(0).beyond_eur_per_kwh == life.caution.highest_eur_per_kwh
    _, board = Mind(told(8, beyond=-3.0)).question(NOW)
    assert board.band(0).beyond_eur_per_kwh == 0.0


def test_an_old_street_that_says_nothing_of_bands_is_understood():
    life = told(None)
    life.positions = Positions.model_validate(
        {key: value for key, value in life.positions.model_dump(mode="json").items() if key != "band_kw"}
    )
    life.board = replace_without(life.board, "beyond_eur_per_kwh")
    _, board = Mind(life).question(NOW)
    assert board.band(0) is None


def replace_without(board, name):
    said = board.model_dump(mode="json")
    del said[name]
    return type(board).model_validate(said)
