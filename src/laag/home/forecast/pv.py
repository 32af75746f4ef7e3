"""The power of panels: under the sun as forecast, as lately, and as somebody else said."""

from __future__ import annotations

import numpy as np

from laag.foundation.ptu import PtuGrid
from laag.foundation.series import Unit
from laag.home.forecast.quantiles import LEVELS, Forecast, around
from laag.home.forecast.recency import DAY, utc_quarter
from laag.home.forecast.record import Record
from laag.home.forecast.rehearse import foreseen, rehearsed
from laag.home.forecast.sun import BRIGHT_W_M2, SKY_DAYS, sky, sun_w_m2, usual_by_quarter
from laag.home.forecast.sunshine import Place
from laag.home.outlook import Floats

PANEL_DAYS = 14
MOST_OF_MOST = 1.2
"""Panels give at most so much more than they lately did."""
LEAST_SCALE, MOST_SCALE = 0.5, 2.0


def pv_kw(
    past: Record,
    grid: PtuGrid,
    sun_forecast_w_m2: Floats | None = None,
    place: Place | None = None,
    told_kw: Floats | None = None,
) -> Floats:
    """What the panels could give: under the sun as forecast; without a forecast, as lately.

    ``told_kw`` is what a service forecasts of these very panels; it counts by how well it did lately.
    """
    if sun_forecast_w_m2 is None:
        own = sky(past.pv_kw, past.grid, grid, place)
    else:
        own = panels(past, sun_w_m2(past, grid, sun_forecast_w_m2), grid)
    return own if told_kw is None else _with_told(past, own, told_kw)


def panels(past: Record, sun: Floats, grid: PtuGrid) -> Floats:
    """What the panels give under this sun, from what they lately gave under the sun of the same quarter (UTC).

    The ratio per quarter holds the roof's size, its slope and the neighbour's tree, without asking for any of them.
    """
    first = max(len(past.grid) - PANEL_DAYS * DAY, 0)
    then = utc_quarter(past.grid.window(first, len(past.grid)))
    pv, shone = past.pv_kw[first:], past.sun_w_m2[first:]
    known = np.isfinite(pv) & np.isfinite(shone)
    if not known.all():
        then, pv, shone = then[known], pv[known], shone[known]
    given, got = np.bincount(then, pv, DAY), np.bincount(then, shone, DAY)
    overall = given.sum() / got.sum() if got.sum() > 0 else 0.0
    ratio = np.where(got > BRIGHT_W_M2, given / np.where(got > BRIGHT_W_M2, got, 1.0), overall)
    most = float(np.max(pv, initial=0.0))
    return np.minimum(ratio[utc_quarter(grid)] * sun, most * MOST_OF_MOST)


def pv_forecast(
    past: Record,
    grid: PtuGrid,
    sun_forecast_w_m2: Floats | None = None,
    place: Place | None = None,
    told_kw: Floats | None = None,
    levels: tuple[float, ...] = LEVELS,
) -> Forecast:
    """How far the panels may be off: by what this forecast was off lately, at this hour and so far ahead."""

    def expect(known: Record, then: PtuGrid) -> Floats:
        sun = foreseen(past.grid, past.sun_forecast_w_m2, sun_forecast_w_m2, then)
        told = foreseen(past.grid, past.pv_forecast_kw, told_kw, then)
        return pv_kw(known, then, sun, place, told)

    errors = rehearsed(past, past.pv_kw, grid, expect)
    most = float(np.nanmax(past.pv_kw, initial=0.0)) * MOST_OF_MOST
    values = around(expect(past, grid), errors, levels, least=0.0, most=most)
    return Forecast(grid, levels, values, Unit.KW, past.now, "panels: sun as forecast, else as lately")


def _with_told(past: Record, own: Floats, told_kw: Floats) -> Floats:
    """Between one's own forecast and another's, nearer the one whose squared error was lately smaller.

    J. M. Bates and C. W. J. Granger, Operational Research Quarterly 20 (1969) 451-468. The other is scaled to what the
    panels gave; one's own error is taken around the mean of the same quarter, which flatters it a little.
    """
    if past.pv_forecast_kw is None:
        return own
    first = max(len(past.grid) - SKY_DAYS * DAY, 0)
    pv, said = past.pv_kw[first:], past.pv_forecast_kw[first:]
    then = utc_quarter(past.grid.window(first, len(past.grid)))
    usual = usual_by_quarter(pv, then)[then]
    known = np.isfinite(pv) & np.isfinite(said)
    pv, said, usual = pv[known], said[known], usual[known]
    if not said.sum() > 0:
        return own
    scale = min(max(float(pv.sum() / said.sum()), LEAST_SCALE), MOST_SCALE)
    off_usual, off_said = float(((pv - usual) ** 2).sum()), float(((pv - scale * said) ** 2).sum())
    off = off_usual + off_said
    share = off_usual / off if off > 0 else 0.5
    return np.where(np.isfinite(told_kw), own + share * (scale * told_kw - own), own)
