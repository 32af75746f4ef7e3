"""A limit shared out by the neighbourhood reaches a home as an emergency claim with the same numbers."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from laag.cycle.limited import claims_of
from laag.foundation.ptu import PTU, PtuGrid
from laag.home.ladder import On, Rung
from laag.neighbourhood.limits import Limited, Rule, Way

START = datetime(2026, 1, 14, 12, tzinfo=UTC)
GRID = PtuGrid(START, 96)


@given(st.integers(-40, 90), st.integers(1, 40), st.sampled_from(Way), st.integers(0, 5000))
def test_a_limit_holds_in_every_quarter_hour_that_it_touches(first, count, way, wh):
    begins = START + first * PTU + timedelta(minutes=3)
    one = Limited("a", way, wh, None, begins, begins + count * PTU, Rule.SHARED, "cable 2", "dso:x")
    found = claims_of([one], GRID)
    if one.ends <= START:
        assert found == ()
        return
    (claim,) = found
    assert (claim.first, claim.stop) == (first, first + count + 1)
    assert (claim.rung, claim.max_kw, claim.source) == (Rung.EMERGENCY, wh / 250, "dso:x")
    assert claim.on is (On.IMPORT if way is Way.TAKES else On.EXPORT)
