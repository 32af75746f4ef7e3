"""Twelve homes, one day, every way: the claims of docs/coordination.md in small."""

import time
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from laag.apps.wiring import Options, terms_of
from laag.home.plan.priced import AskedAgain
from laag.neighbourhood.coordination import Terms
from laag.study.coordination import Neighbours, gap_percent, study
from laag.study.coordination.by_prices import by_prices
from laag.study.coordination.central import bound_eur, central
from laag.study.coordination.ways import ceiling_kw


@pytest.fixture(scope="module")
def street() -> Neighbours:
    return Neighbours.of(date(2025, 1, 14), 1, 12, terms_of(Options()), limit_kw_per_home=2.0)


@pytest.fixture(scope="module")
def compared(street):
    return study(street, "winter", 1, time.process_time)


def asked(street: Neighbours) -> dict[str, AskedAgain]:
    landed, export = street.prices(street.span(0))
    return {
        home.house.name: AskedAgain(home.house, home.start, street.outlook(i, street.span(0), landed, export))
        for i, home in enumerate(street.homes)
    }


def test_prices_alone_come_within_one_percent_of_one_mind(compared):
    """Without the mind: the bound that prices give says nearly as much."""
    assert compared.worst_percent < 1.0
    for one in compared.optima:
        assert one.bound_eur <= one.central_eur + 1e-6
        assert one.central_eur <= one.prices_eur + 1e-6
        assert gap_percent(replace(one, central_eur=float("nan"))) < 3.0


def test_the_herd_is_seen_and_undone(compared):
    """Alone, or by one simple price, all charge in the same cheap hours; rounds of prices keep them within the transformer."""
    rows = {row.way: row for row in compared.rows}
    assert min(rows["alone"].peak_import_kw, rows["signal"].peak_import_kw) > compared.limit_kw
    assert rows["prices"].peak_import_kw < rows["alone"].peak_import_kw
    assert rows["prices"].beyond_kwh < 0.05 * rows["alone"].beyond_kwh
    assert rows["operator"].beyond_kwh < rows["alone"].beyond_kwh


def test_nobody_is_colder_or_leaves_with_less(compared):
    """Comfort is above money on the ladder in every way but where the grid operator cuts."""
    for row in compared.rows:
        if row.way != "operator":
            assert row.car_short_kwh <= compared.rows[0].car_short_kwh + 0.2, row.way
            assert row.cold_kh <= compared.rows[0].cold_kh + 0.2, row.way


def test_the_optimum_is_the_optimum(street):
    """No single price, however chosen, bounds it from above; at its own price the bound meets it."""
    homes, gate = list(asked(street).values()), street.gate(street.span(0))
    best = central(homes, gate)
    low, *_, high = gate.slopes
    assert bound_eur(homes, gate, np.clip(best.price_eur_per_kwh, low, high)) == pytest.approx(
        best.eur, abs=2e-3
    )
    assert bound_eur(homes, gate, gate.landed_eur_per_kwh) <= best.eur + 1e-6


def test_one_home_alone_behind_the_gateway_plans_as_it_would_alone(street):
    """The large program of one home is that home's own."""
    landed, export = street.prices(street.span(0))
    home = street.homes[6]
    one = AskedAgain(home.house, home.start, street.outlook(6, street.span(0), landed, export))
    gate = replace(street.gate(street.span(0)), import_max_kw=np.inf, export_max_kw=np.inf)
    alone = one.between(landed, export)
    assert central([one], gate).eur == pytest.approx(
        gate.cost_eur(alone.connection_kw) + alone.beside_eur, abs=1e-4
    )


def test_homes_that_stay_silent_half_way_keep_their_last_day(street):
    """The others go on; what stands of a silent one is a mixture of what it told before."""
    name = "nr-07"

    def post(ask, answers):
        return [one for one in answers if one.home != name or ask.round < 2]

    agreed = by_prices(Terms(street.gate(street.span(0)), street.connections()), asked(street), post=post)
    assert agreed.settled.saved_eur > 0
    assert agreed.settled.silent == ()
    assert len(agreed.settled.stands) == 12


def test_the_same_ceiling_lets_through_what_fits():
    """No more and no less, and nobody below it is touched."""
    rng = np.random.default_rng(3)
    kw = rng.uniform(-2, 8, (30, 50))
    for most in (5.0, 40.0, 90.0):
        ceiling = ceiling_kw(kw, most)
        cut = np.minimum(kw, ceiling)
        tight = np.isfinite(ceiling) & (ceiling > 0)
        assert cut.sum(axis=0)[tight] == pytest.approx(np.full(int(tight.sum()), most))
        assert (kw.sum(axis=0)[~np.isfinite(ceiling)] <= most + 1e-6).all()
