"""What homes are told to reckon with, and that they never reckon too well."""

from dataclasses import replace
from datetime import date
from functools import cache

import numpy as np

from laag.adapters.stores import SqliteLog
from laag.apps.simulator import simulate
from laag.apps.wiring import Options, run_of
from laag.cycle.day import apply, due, start
from laag.cycle.events import STEPPED, from_event
from laag.cycle.surprises import DAYS_BACK


@cache
def boards():
    """The bulletin of every gate of two sunny days, with the landed prices of its quarter-hours and the VAT."""
    run = run_of(Options(first_day=date(2026, 6, 13), days=2, homes=6))
    with SqliteLog(":memory:") as log:
        simulate(run, log, version="test", workers=1, resume=False, told=lambda *_: None)
        steps = [from_event(event) for event in log.events(STEPPED)]
    state, seen = start(run), []
    for step in steps:
        board = due(run, state).bulletin
        landed, _ = run.terms.steps_ticks(run.prices.day_ahead_ticks[board.first :])
        seen.append((board, landed / 1e5))
        state = apply(run, state, step)
    return seen


def test_more_than_agreed_is_reckoned_an_import_also_while_the_street_exports():
    exported = 0
    for board, landed in boards():
        for home in range(len(board.position_kw)):
            more, less = board.change_prices(home, slice(None))
            agreed = np.flatnonzero(np.isfinite(board.position_kw[home]))
            assert (more[agreed] >= landed[agreed] - 1e-9).all()
            assert (less < more).all()
            exported += int((board.below_eur_per_kwh[agreed] < landed[agreed] - 0.05).sum())
    assert exported > 0


def test_a_home_reads_its_own_position_and_nobody_elses():
    board, _ = boards()[1]
    own = board.of([2])
    np.testing.assert_array_equal(own.position_kw, board.position_kw[[2]])
    np.testing.assert_array_equal(own.change_prices(0, slice(None)), board.change_prices(2, slice(None)))


def test_vat_is_reckoned_on_what_is_supplied_and_not_on_what_a_home_delivers():
    """Beside a position near zero a change is soon of the other kind: more is a purchase, less a home's own delivery."""
    board, _ = boards()[1]
    ptu = int(np.flatnonzero(np.isfinite(board.position_kw[0]))[0])
    span, spread = slice(ptu, ptu + 1), board.spread_eur_per_kwh
    for kw, more_taxed, less_taxed in (
        (4.0, True, True),
        (0.3, True, False),
        (-0.3, True, False),
        (-4.0, False, False),
    ):
        agreed = np.full_like(board.position_kw, kw)
        more, less = replace(board, position_kw=agreed).change_prices(0, span)
        tax = {True: board.vat, False: 1.0}
        assert more[0] == board.above_eur_per_kwh[ptu] * tax[more_taxed] + spread
        assert less[0] == board.below_eur_per_kwh[ptu] * tax[less_taxed] - spread


def test_limits_are_held_against_a_price_that_an_import_never_beats():
    for board, _ in boards():
        assert (board.margin_eur_per_kwh <= board.above_eur_per_kwh + 1e-9).all()
        assert board.surprise_eur_per_kwh.shape[0] <= DAYS_BACK
