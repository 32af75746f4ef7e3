"""Regimes: entered at once, left late, never flapping; red only where it was measured, or where nothing is heard."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laag.foundation.errors import BadInput
from laag.neighbourhood.regime import Reason, Regime, Seen, Standing, Thresholds, Why, foreseen, say, step

NOON = datetime(2026, 1, 14, 12, tzinfo=UTC)
chances = st.floats(0, 1)
seens = st.builds(
    Seen,
    st.just(NOON),
    chances,
    chances,
    st.one_of(st.none(), st.floats(0, 3)),
    st.one_of(st.just(0.0), st.floats(0, 1000)),
)
minutes = st.lists(st.tuples(st.floats(1, 900), seens), min_size=1, max_size=80)
thresholds = st.builds(Thresholds, calm_s=st.sampled_from([300.0, 900.0, 1800.0, 3600.0]))


def lived(moves, at=Thresholds()):  # noqa: B008
    """Standings and reasons after each look, some seconds apart."""
    now, standing, found = NOON, Standing(), []
    for gone_s, seen in moves:
        now += timedelta(seconds=gone_s)
        before = standing
        standing, reason = step(standing, replace(seen, at=now), at)
        found.append((now, before, replace(seen, at=now), standing, reason))
    return found


@given(minutes, thresholds)
def test_whatever_is_seen_an_hour_holds_few_changes(moves, at):
    changes = [now for now, before, _, after, _ in lived(moves, at) if before.regime != after.regime]
    for first in changes:
        within = [one for one in changes if first <= one < first + timedelta(hours=1)]
        assert len(within) <= at.changes_per_hour()


@given(st.lists(st.booleans(), min_size=200, max_size=200))
def test_a_forecast_that_jumps_every_minute_does_not_make_the_colour_jump(jumps):
    moves = [(60.0, Seen(NOON, probability=0.9 if up else 0.0)) for up in jumps]
    changes = sum(before.regime != after.regime for _, before, _, after, _ in lived(moves))
    assert changes <= 1 + 2 * 200 // 30


@given(st.sampled_from(Regime), seens, seens)
def test_what_looks_worse_never_gives_a_better_colour(regime, one, other):
    worse = replace(
        one,
        probability=max(one.probability, other.probability),
        left_over=max(one.left_over, other.left_over),
        loading=max(one.loading or 0.0, other.loading or 0.0),
        silent_s=max(one.silent_s, other.silent_s),
    )
    for calm in (None, NOON - timedelta(hours=2)):
        before = Standing(regime, NOON - timedelta(hours=3), calm)
        assert step(before, worse)[0].regime >= step(before, one)[0].regime


@given(st.sampled_from(list(Regime)[1:]), seens)
def test_a_worse_colour_before_never_gives_a_better_one_after(regime, one):
    better, worse = Standing(Regime(regime - 1), NOON), Standing(regime, NOON)
    assert step(worse, one)[0].regime >= step(better, one)[0].regime


@given(minutes)
def test_red_begins_only_by_what_is_measured_or_by_silence(moves):
    for _, before, seen, after, _ in lived(moves):
        if after.regime is Regime.RED and before.regime is not Regime.RED:
            assert (seen.loading or 0.0) >= 1.3 or seen.silent_s >= 300.0


@given(st.lists(st.tuples(chances, chances), min_size=1, max_size=96))
def test_a_forecast_is_never_red(days):
    found = foreseen(NOON, [one for one, _ in days], [other for _, other in days])
    assert len(found) == len(days)
    assert all(regime < Regime.RED for regime, _ in found)


@given(minutes)
def test_the_same_looks_give_the_same_colours(moves):
    assert lived(moves) == lived(moves)


@given(minutes)
def test_every_colour_has_its_sentence_in_both_languages(moves):
    for *_, reason in lived(moves):
        said = say(reason)
        assert said.nl.endswith(".")
        assert said.en.endswith(".")
        assert "{" not in said.nl + said.en


def test_after_an_outage_the_colours_come_back_one_by_one():
    calm = [(60.0, Seen(NOON)) for _ in range(130)]
    found = lived([(60.0, Seen(NOON, silent_s=900.0)), *calm])
    colours = [after.regime for *_, after, _ in found]
    assert colours[0] is Regime.RED
    assert [colours[1 + m] for m in (29, 30, 60, 90, 120)] == [3, 2, 1, 0, 0]
    assert found[0][4] == Reason(Why.SILENT, {"silent_min": 15.0})


def test_a_little_better_is_not_better():
    found = lived([(60.0, Seen(NOON, loading=0.95)), *[(60.0, Seen(NOON, loading=0.85))] * 100])
    assert {after.regime for *_, after, _ in found} == {Regime.YELLOW}
    assert found[-1][4].why is Why.HELD


@pytest.mark.parametrize("odd", [{"full": 1.1}, {"danger": 0.9}, {"lower": 0.3}, {"calm_s": 0.0}])
def test_thresholds_that_cannot_be_meant_are_refused(odd):
    with pytest.raises(BadInput, match="give"):
        Thresholds(**odd)
