"""A street's year end to end: how long, and where the time goes.

The whole year takes minutes, so by default two weeks of it are run and multiplied (living and settling grow with the days,
building does not); `python -m benchmarks.street_year 365` runs all of it. The named reference is HiGHS itself: the seconds
in which the solver alone, called by nobody, would have solved the same programs.
"""

from __future__ import annotations

import cProfile
import pstats
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from laag import __version__
from laag.adapters.stores import SqliteLog
from laag.apps.homes import cores
from laag.apps.publish import publish
from laag.apps.simulator import simulate
from laag.apps.wiring import Options, run_of
from laag.cycle.day import Run
from laag.study import report

YEAR = 365
HOMES = 60
ROOMS = {
    "HiGHS": ("highspy", "_core"),
    "stating programs": ("home/plan/",),
    "forecasts": ("home/forecast/", "home/outlook.py", "home/calendar.py"),
    "living": ("home/operate/", "home/physics/"),
    "bids, clearing, bulletin": ("home/bid/", "neighbourhood/", "cycle/", "gateway/"),
}


def main(days: int = 14) -> None:
    """Print one line per phase."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder)
        began = time.perf_counter()
        run = run_of(Options(first_day=date(2025, 1, 1), days=days, homes=HOMES))
        built = time.perf_counter()
        with SqliteLog(out / "run.sqlite") as log:
            simulate(run, log, version=__version__, workers=cores(), resume=False, told=_nobody)
            lived = time.perf_counter()
            publish(run, log, out, version=__version__, seed=1, csv=False, told=_nobody)
        settled = time.perf_counter()
        report.write(out)
        drawn = time.perf_counter()
    phases = {
        "building": built - began,
        "living": lived - built,
        "settling": settled - lived,
        "report": drawn - settled,
    }
    scale = YEAR / days
    print(f"{HOMES} homes, {days} days, {cores()} processes")
    for name, seconds in phases.items():
        grows = name in {"living", "settling"}
        print(
            f"{name:>9} {seconds:8.1f} s"
            + (f"   {seconds * scale / 60:6.1f} min a year" if grows and days < YEAR else "")
        )
    year = phases["building"] + (phases["living"] + phases["settling"]) * scale + phases["report"]
    print(f"{'a year':>9} {year / 60:8.1f} min")
    _profile(run_of(Options(first_day=date(2025, 1, 1), days=3, homes=HOMES)))


def _profile(run: Run) -> None:
    """Where one process spends its time while homes live; the profiler itself weighs on the small rooms."""
    profile = cProfile.Profile()
    with SqliteLog(":memory:") as log:
        profile.enable()
        simulate(run, log, version=__version__, workers=1, resume=False, told=_nobody)
        profile.disable()
    spent = dict.fromkeys([*ROOMS, "numpy and the rest"], 0.0)
    for (file, _, name), (_, _, own, _, _) in pstats.Stats(profile).stats.items():  # type: ignore[attr-defined]
        place = f"{file} {name}"
        room = next(
            (room for room, signs in ROOMS.items() if any(sign in place for sign in signs)),
            "numpy and the rest",
        )
        spent[room] += own
    total = sum(spent.values())
    for room, seconds in sorted(spent.items(), key=lambda item: -item[1]):
        print(f"{room:>26} {100 * seconds / total:5.1f} %")
    print(f"everything takes {total / spent['HiGHS']:.2f} times what HiGHS takes for the same programs")


def _nobody(done: int, of: int) -> None:
    """Progress that nobody looks at."""


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))
