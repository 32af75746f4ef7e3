"""The same proposal among modelled homes that plan anew."""

from datetime import date

from laag.apps.shadow_street import anew
from laag.apps.wiring import Options, terms_of

OPTIONS = Options(homes=3, days=1, first_day=date(2026, 6, 1))
CHARTER = terms_of(OPTIONS).charter


def test_under_the_same_charter_modelled_homes_do_the_same():
    (street, *_) = anew(OPTIONS, CHARTER, CHARTER, workers=1)
    assert (street.homes, street.same, street.change_units) == (3, 3, 0)


def test_who_gains_and_who_loses_where_homes_plan_anew():
    street, *kinds = anew(OPTIONS, CHARTER, CHARTER.changed({"market.k_percent": 0}), workers=1)
    assert street.gain + street.lose + street.same == 3
    assert street.gain
    assert sum(one.homes for one in kinds if one.name == "pv") <= 3
