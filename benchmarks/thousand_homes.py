"""A thousand different homes through one warm solver, and each of them alone: `python -m benchmarks.thousand_homes`.

What a home plans and bids depends on that home only. So all of them are streamed through one solver, and then each is
planned again by a process that has never solved anything: a fork of one that only imported, and for fifty of them a new
interpreter. Every number of the plan - powers, levels, worths - and every order must be the same, bit for bit.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import subprocess
import sys
from collections.abc import Iterable, Sequence
from dataclasses import fields
from pathlib import Path
from statistics import mean, median
from time import perf_counter

import numpy as np

from benchmarks.homes import mix_of, mixed_home
from laag.home.bid import orders
from laag.home.plan import cheapest
from laag.home.plan.solver import Solver

AIM_S = 8.0
MARKET_DAY = slice(48, 144)
SPREAD_EUR_PER_KWH = 0.005


def answered(seed: int, solver: Solver, count: int) -> tuple[str, float]:
    """A digest of all that a home plans and bids, and the seconds that planning and bidding took."""
    home = mixed_home(seed, count)
    began = perf_counter()
    plan = cheapest(*home, solver=solver)
    booked = orders(plan, home.house, MARKET_DAY, SPREAD_EUR_PER_KWH)
    seconds = perf_counter() - began
    digest = hashlib.sha256()
    for said in (plan, booked):
        for field in fields(said):
            value = getattr(said, field.name)
            digest.update(value.tobytes() if isinstance(value, np.ndarray) else repr(value).encode())
    return digest.hexdigest(), seconds


def forked(seeds: Sequence[int], *, together: bool, count: int) -> list[tuple[str, float]]:
    """The answers of one child that plans all of these homes; not ``together``: of one child for each home."""
    if not together:
        return [answer for seed in seeds for answer in forked([seed], together=True, count=count)]
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        failed = 1
        try:
            solver = Solver()
            with os.fdopen(writing, "w") as out:
                for seed in seeds:
                    print(*answered(seed, solver, count), file=out)
            failed = 0
        finally:
            os._exit(failed)
    os.close(writing)
    with os.fdopen(reading) as lines:
        answers = [(digest, float(seconds)) for digest, seconds in (line.split() for line in lines)]
    _, status = os.waitpid(child, 0)
    if status or len(answers) != len(seeds):
        raise SystemExit(f"a process that planned homes {seeds[0]} to {seeds[-1]} ended with {status}")
    return answers


def in_new_interpreters(seeds: Iterable[int], count: int) -> list[str]:
    """The digests of homes that each had an interpreter to themselves."""
    command = [sys.executable, "-m", "benchmarks.thousand_homes", "--ptus", str(count), "--digest"]
    root = Path(__file__).resolve().parents[1]
    return [
        subprocess.run(
            [*command, str(seed)], stdout=subprocess.PIPE, text=True, check=True, cwd=root
        ).stdout.strip()
        for seed in seeds
    ]


def by_mix(seeds: Sequence[int], streamed: Sequence[float], alone: Sequence[float]) -> None:
    """One line per mix: how many homes, and milliseconds warm and cold."""
    print(f"{'':18}{'homes':>6}{'warm ms':>10}{'worst':>8}{'alone ms':>10}{'worst':>8}")
    for mix in dict.fromkeys(mix_of(seed) for seed in seeds):
        chosen = [k for k, seed in enumerate(seeds) if mix_of(seed) == mix]
        warm, cold = ([1e3 * times[k] for k in chosen] for times in (streamed, alone))
        print(
            f"{mix:18}{len(chosen):6}{median(warm):10.1f}{max(warm):8.1f}{median(cold):10.1f}{max(cold):8.1f}"
        )


def main() -> int:
    """Print what it took and how many homes differ; 1 if any does."""
    ask = argparse.ArgumentParser(prog="python -m benchmarks.thousand_homes", description=__doc__)
    ask.add_argument("--homes", type=int, default=1_000)
    ask.add_argument("--ptus", type=int, default=192, help="48 hours, as the benchmark home, unless told")
    ask.add_argument("--interpreters", type=int, default=50, help="how many homes get a new one each")
    ask.add_argument("--digest", type=int, help="only plan the home of this seed, and print its digest")
    given = ask.parse_args()
    if given.digest is not None:
        print(answered(given.digest, Solver(), given.ptus)[0])
        return 0
    seeds = range(given.homes)
    streamed = forked(seeds, together=True, count=given.ptus)
    backwards = forked(seeds[::-1], together=True, count=given.ptus)[::-1]
    alone = forked(seeds, together=False, count=given.ptus)
    few = seeds[:: max(len(seeds) // given.interpreters, 1)][: given.interpreters]
    warm_s = [seconds for _, seconds in streamed]
    print(f"{len(seeds)} homes of {given.ptus} quarter-hours through one solver, planned and bid")
    print(
        f"  {sum(warm_s):.1f} s in all (aim {AIM_S:.0f} s for a thousand), {1e3 * mean(warm_s):.1f} ms a home"
    )
    by_mix(seeds, warm_s, [seconds for _, seconds in alone])
    digests = [digest for digest, _ in streamed]
    others = {
        "streamed the other way round": (digests, [digest for digest, _ in backwards]),
        "each alone, by a process that never solved before": (digests, [digest for digest, _ in alone]),
        f"{len(few)} of them each in a new interpreter": (
            [digests[seed] for seed in few],
            in_new_interpreters(few, given.ptus),
        ),
    }
    print("homes that then answer differently, bit for bit; aim 0")
    differ = {name: sum(a != b for a, b in zip(*pair, strict=True)) for name, pair in others.items()}
    for name, homes in differ.items():
        print(f"  {name}: {homes}")
    return int(any(differ.values()))


if __name__ == "__main__":
    sys.exit(main())
