"""Well-kept libraries beside ours, where they are installed: LightGBM, statsforecast, OpenSTEF.

They are extras of nobody: `python -m pip install lightgbm statsforecast "openstef[cpu]"` in an environment of its own.
Each sees what ours sees, the past of the series and the calendar, and those that learn see more of it: up to
120 days, where ours looks back four weeks. They learn anew every week.
"""

from __future__ import annotations

import logging
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stdout
from importlib import import_module
from io import StringIO
from typing import Any, Protocol

import numpy as np
import pandas as pd

from benchmarks.forecasts.score import Floats, Guess
from benchmarks.forecasts.ways import DAY, WEEK, Series, Way
from laag.home.forecast import LEVELS, clear_w_m2

LEARNS_FROM_DAYS = 120
LEARNS_EVERY = WEEK
SEED = 20250101


def rivals() -> dict[str, Way]:
    """The libraries that are here; a line for each that is not."""
    found: dict[str, Way] = {}
    for module, name, made in _LIBRARIES:
        try:
            import_module(module)
        except ImportError:
            print(f"{name} is not installed here; its rows are left out")
        else:
            found[name] = made()
    return found


class Learner(Protocol):
    """Learns once from a past, and guesses from it for a while."""

    def learn(self, series: Series, now: int) -> Any: ...

    def guess(self, model: Any, series: Series, now: int, count: int) -> Guess: ...


class Learnt:
    """A way that learns anew every week, from what lies before."""

    def __init__(self, learner: Learner) -> None:
        self.learner = learner
        self.models: dict[tuple[str, str, int], Any] = {}

    def __call__(self, series: Series, now: int, count: int) -> Guess:
        first = 28 * DAY
        at = first + (now - first) // LEARNS_EVERY * LEARNS_EVERY
        key = (series.home.name, series.kind, at)
        if key not in self.models:
            self.models[key] = self.learner.learn(series, at)
        return self.learner.guess(self.models[key], series, now, count)


class Boosted:
    """LightGBM: one boosted forest for the mean and one per quantile, over all leads."""

    def learn(self, series: Series, now: int) -> list[Any]:
        lightgbm = import_module("lightgbm")
        begin = max(WEEK, now - LEARNS_FROM_DAYS * DAY)
        origins = list(range(begin, now - 16, DAY // 4))
        spans = [144 if i % 4 == 2 else 16 for i in range(len(origins))]
        rows = [_features(series, at, min(n, now - at)) for at, n in zip(origins, spans, strict=True)]
        features = np.concatenate(rows)
        truth = np.concatenate(
            [series.values[at : min(at + n, now)] for at, n in zip(origins, spans, strict=True)]
        )
        known = np.isfinite(truth)
        shape: dict[str, Any] = {"learning_rate": 0.05, "num_leaves": 15, "min_data_in_leaf": 50}
        shape |= {"seed": SEED, "num_threads": 1, "verbose": -1}
        aims: list[dict[str, Any]] = [
            {"objective": "l2"},
            *({"objective": "quantile", "alpha": level} for level in LEVELS),
        ]
        return [
            lightgbm.train({**shape, **aim}, lightgbm.Dataset(features[known], truth[known]), 150)
            for aim in aims
        ]

    def guess(self, model: list[Any], series: Series, now: int, count: int) -> Guess:
        features = _features(series, now, count)
        said = np.maximum([forest.predict(features) for forest in model], 0.0)
        return Guess(said[0], np.sort(said[1:], axis=0))


def _features(series: Series, now: int, count: int) -> Floats:
    """What is known at ``now`` of each PTU ahead, and of the days before it."""
    values, at = series.values, np.arange(now, now + count)
    lead = at - now
    last = at - DAY * (lead // DAY + 1)
    calendar = series.calendar
    columns = [
        lead,
        calendar.quarter[at],
        calendar.weekday[at],
        values[last],
        values[np.maximum(last - DAY, 0)],
        values[at - WEEK],
        np.full(count, np.nanmean(values[now - 4 : now])),
        np.full(count, np.nanmean(values[now - DAY : now])),
        np.full(count, np.nanmean(values[now - WEEK : now])),
    ]
    if series.kind == "pv":
        clear = clear_w_m2(series.place, calendar.grid)
        columns += [clear[at], clear[last], np.full(count, clear[now - 4 : now].mean())]
    if series.said is not None:
        columns.append(series.said[at])
    return np.stack(columns, axis=1).astype(np.float64)


class Seasons:
    """statsforecast: MSTL with a day and a week over hourly means of four weeks, AutoETS for what is left."""

    def __call__(self, series: Series, now: int, count: int) -> Guess:
        models = import_module("statsforecast.models")
        past = series.values[now - 4 * WEEK : now].reshape(-1, 4).mean(axis=1)
        past = pd.Series(past).interpolate(limit_direction="both").to_numpy()
        with _quiet():
            told = models.MSTL(season_length=[24, 168]).forecast(past, -(-count // 4), level=[50, 80])

        def quarters(name: str) -> Floats:
            return np.asarray(np.maximum(np.repeat(told[name], 4)[:count], 0.0))

        mean = quarters("mean")
        return Guess(
            mean,
            np.stack([quarters("lo-80"), quarters("lo-50"), mean, quarters("hi-50"), quarters("hi-80")]),
        )


class Openstef:
    """OpenSTEF's own pipeline with its defaults (XGBoost), without weather: the homes have none."""

    def learn(self, series: Series, now: int) -> Any:
        specified = import_module("openstef.data_classes.model_specifications")
        pipeline = import_module("openstef.pipeline.train_model")
        first = max(0, now - LEARNS_FROM_DAYS * DAY)
        job, specs = self._job(series), specified.ModelSpecificationDataClass(id=1)
        with _quiet():
            model, _, specs, _ = pipeline.train_model_pipeline_core(
                job, specs, self._table(series, first, now, now)
            )
        model.path = ""  # only a stored model has one, and the pipeline asks for it
        return model, specs

    def guess(self, model: Any, series: Series, now: int, count: int) -> Guess:
        pipeline = import_module("openstef.pipeline.create_forecast")
        table = self._table(series, max(0, now - 4 * WEEK), now + count, now)
        with _quiet():
            told = pipeline.create_forecast_pipeline_core(self._job(series), table, model[0], model[1])
        told = told.reindex(table.index[-count:])
        quantiles = np.stack([told[f"quantile_P{round(100 * level):02d}"].to_numpy() for level in LEVELS])
        return Guess(np.maximum(told["forecast"].to_numpy(), 0.0), np.maximum(quantiles, 0.0))

    def _job(self, series: Series) -> Any:
        return import_module("openstef.data_classes.prediction_job").PredictionJobDataClass(
            id=1,
            name=series.home.name,
            model="xgb",
            forecast_type="demand",
            horizon_minutes=36 * 60,
            resolution_minutes=15,
            lat=series.home.place[0],
            lon=series.home.place[1],
            quantiles=list(LEVELS),
            completeness_threshold=0.5,
            minimal_table_length=100,
            flatliner_threshold_minutes=100_000,
        )

    def _table(self, series: Series, first: int, stop: int, now: int) -> Any:
        index = pd.DatetimeIndex(series.calendar.grid.window(first, stop).instants(), tz="UTC")
        load = np.where(np.arange(first, stop) < now, series.values[first:stop], np.nan)
        return pd.DataFrame({"load": load}, index=index)


@contextmanager
def _quiet() -> Iterator[None]:
    """Without the warnings and the log lines of a library."""
    with warnings.catch_warnings(), redirect_stdout(StringIO()):
        warnings.simplefilter("ignore")
        logging.disable(logging.CRITICAL)
        yield
        logging.disable(logging.NOTSET)


_LIBRARIES: tuple[tuple[str, str, Callable[[], Way]], ...] = (
    ("lightgbm", "LightGBM", lambda: Learnt(Boosted())),
    ("statsforecast", "statsforecast MSTL", Seasons),
    ("openstef", "OpenSTEF", lambda: Learnt(Openstef())),
)
