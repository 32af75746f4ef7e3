"""The planner asked again at other prices: the same days as the planner's own, held near another day where that is asked."""

from datetime import date

import numpy as np
import pytest

from laag.apps.wiring import Options, terms_of
from laag.foundation.errors import GridMismatch
from laag.foundation.ptu import PTU_HOURS
from laag.home.plan.cheapest import weighed
from laag.home.plan.priced import AskedAgain
from laag.home.plan.solver import Solver
from laag.study.coordination import Neighbours


@pytest.fixture(scope="module")
def street() -> Neighbours:
    return Neighbours.of(date(2025, 6, 3), 1, 8, terms_of(Options()))


def again(street: Neighbours, at: int) -> AskedAgain:
    landed, export = street.prices(street.span(0))
    home = street.homes[at]
    return AskedAgain(home.house, home.start, street.outlook(at, street.span(0), landed, export))


def test_at_a_contracts_prices_it_is_the_planners_own_day(street):
    """As cheap as the planner's, or a few cents cheaper where that has to switch something on or off as a whole."""
    landed, export = street.prices(street.span(0))
    for at, home in enumerate(street.homes):
        made = again(street, at).between(landed, export)
        kw = made.connection_kw
        mine = made.beside_eur + float(np.where(kw > 0, landed, export) @ kw) * PTU_HOURS
        outlook = street.outlook(at, street.span(0), landed, export)
        planned, weighs = weighed(home.house, home.start, outlook, solver=Solver())
        assert not planned.missed
        assert weighs - 0.10 <= mine <= weighs + 1e-3


def test_the_dearer_moving_is_the_nearer_it_stays(street):
    """With no weight it goes where it likes; with a high one it hardly moves."""
    landed, _ = street.prices(street.span(0))
    one = again(street, 6)
    own = one.between(*street.prices(street.span(0))).connection_kw
    far = [
        float(np.abs(one.at(landed[::-1].copy(), own, weight).connection_kw - own).sum())
        for weight in (0.0, 0.03, 0.3, 30.0)
    ]
    assert far == sorted(far, reverse=True)
    assert far[0] > 10
    assert far[-1] < 0.5


def test_what_was_asked_before_does_not_change_how_cheap_a_day_is(street):
    """A warm solver may find another day that is as cheap, never a dearer one."""
    landed, export = street.prices(street.span(0))
    one = again(street, 6)
    fresh = one.at(landed)
    for other in (export, landed[::-1].copy(), np.zeros(len(landed))):
        one.at(other, fresh.connection_kw, 0.03)
    warm = one.at(landed)

    def weighs(made):
        return made.beside_eur + float(landed @ made.connection_kw) * PTU_HOURS

    assert weighs(warm) == pytest.approx(weighs(fresh), abs=1e-6)


def test_prices_for_another_day_are_refused(street):
    """With how many there should be."""
    with pytest.raises(GridMismatch, match="one per PTU"):
        again(street, 0).at(np.zeros(3))
