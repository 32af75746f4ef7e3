"""What homes are told to reckon with, and that they never reckon too well."""

from datetime import date
from functools import cache

import numpy as np

from laag.adapters.stores import SqliteLog
from laag.apps.simulator import simulate
from laag.apps.wiring import Options, run_of
from laag.cycle.day import apply, due, start
from laag.cycle.events import STEPPED, from_event


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
