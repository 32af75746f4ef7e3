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
from collections.abc import Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from statistics import mean, median
from time import perf_counter, process_time

import numpy as np

from benchmarks.homes import MIXES, mixed_home
from laag.home.bid import Prospect, orders
from laag.home.plan import cheapest
from laag.home.plan.solver import Solver

AIM_S = 8.0
"""For a thousand homes, planned and bid."""
MARKET_DAY = slice(48, 144)
SPREAD_EUR_PER_KWH = 0.005
GROUPS = {"plain": ("plain",), "mixed": tuple(MIXES)}
ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True, slots=True)
class Ask:
    """One of the homes."""

    seed: int
    mix: str
    ptus: int


def answered(ask: Ask, solver: Solver) -> tuple[str, float]:
    """A digest of all that a home plans and bids, and the processor's seconds that it took."""
    home = mixed_home(ask.seed, ask.mix, ask.ptus)
    began = process_time()
    plan = cheapest(*home, solver=solver)
    prospect = Prospect.as_expected(home.outlook, MARKET_DAY, SPREAD_EUR_PER_KWH)
    booked = orders((plan,), home.house, MARKET_DAY, prospect)
    seconds = process_time() - began
    digest = hashlib.sha256()
    for said in (plan, booked):
        for field in fields(said):
            value = getattr(said, field.name)
            digest.update(value.tobytes() if isinstance(value, np.ndarray) else repr(value).encode())
    return digest.hexdigest(), seconds


def streamed(asks: Sequence[Ask]) -> list[tuple[str, float]]:
    """The answers of one child that plans all of these homes with one solver; this process never solves."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        failed = 1
        try:
            solver = Solver()
            with os.fdopen(writing, "w") as out:
                for ask in asks:
                    print(*answered(ask, solver), file=out)
            failed = 0
        finally:
            os._exit(failed)
    os.close(writing)
    with os.fdopen(reading) as lines:
        answers = [(digest, float(seconds)) for digest, seconds in (line.split() for line in lines)]
    _, status = os.waitpid(child, 0)
    if status or len(answers) != len(asks):
        raise SystemExit(f"the process that planned {asks[0]} to {asks[-1]} ended with {status}")
    return answers


def in_a_new_interpreter(ask: Ask) -> str:
    """The digest of a home that has an interpreter to itself."""
    code = f"from benchmarks.thousand_homes import *; print(answered({ask!r}, Solver())[0])"
    done = subprocess.run(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, check=True, cwd=ROOT
    )
    return done.stdout.strip()


def by_mix(asks: Sequence[Ask], together: Sequence[float], alone: Sequence[float]) -> None:
    """One line per mix: how many homes, and milliseconds of a processor among the others and alone."""
    print(f"{'':20}{'homes':>6}{'warm ms':>10}{'worst':>9}{'alone ms':>10}{'worst':>9}")
    for mix in dict.fromkeys(ask.mix for ask in asks):
        chosen = [k for k, ask in enumerate(asks) if ask.mix == mix]
        warm, cold = ([1e3 * times[k] for k in chosen] for times in (together, alone))
        print(
            f"  {mix:18}{len(chosen):6}{median(warm):10.1f}{max(warm):9.1f}{median(cold):10.1f}{max(cold):9.1f}"
        )


def show(name: str, asks: Sequence[Ask], interpreters: int) -> int:
    """Print what these homes took, and how many answer otherwise; how many that is in all."""
    began = perf_counter()
    together = streamed(asks)
    wall_s, load = perf_counter() - began, os.getloadavg()[0]
    backwards = streamed(asks[::-1])[::-1]
    alone = [streamed([ask])[0] for ask in asks]
    few = range(0, len(asks), max(len(asks) // max(interpreters, 1), 1))[:interpreters]
    new = [in_a_new_interpreter(asks[k]) for k in few]
    digests, taken = zip(*together, strict=True)
    print(f"{len(asks)} {name} homes of {asks[0].ptus} quarter-hours through one solver, planned and bid:")
    print(
        f"  {sum(taken):.1f} s of a processor, {1e3 * mean(taken):.1f} ms each; aim {AIM_S:.0f} s for a thousand"
    )
    print(f"  ({wall_s:.1f} s on the wall with the making of the homes, the machine's load being {load:.1f})")
    by_mix(asks, taken, [seconds for _, seconds in alone])
    differ = {
        "streamed the other way round": sum(a != b for a, (b, _) in zip(digests, backwards, strict=True)),
        "each in a process that never solved before": sum(
            a != b for a, (b, _) in zip(digests, alone, strict=True)
        ),
        f"{len(few)} in new interpreters": sum(digests[k] != b for k, b in zip(few, new, strict=True)),
    }
    print("  homes that answer otherwise, aim 0: " + ", ".join(f"{n} {how}" for how, n in differ.items()))
    return sum(differ.values())


def main() -> int:
    """Print both groups; 1 where a home answered otherwise."""
    ask = argparse.ArgumentParser(prog="python -m benchmarks.thousand_homes", description=__doc__)
    ask.add_argument("--homes", type=int, default=1_000, help="in each group")
    ask.add_argument("--ptus", type=int, default=192, help="48 hours, as the benchmark home, unless told")
    ask.add_argument("--interpreters", type=int, default=50, help="how many homes get a new one each")
    ask.add_argument("--only", choices=tuple(GROUPS))
    given = ask.parse_args()
    differ = 0
    for name, mixes in GROUPS.items():
        if given.only in {None, name}:
            asks = [Ask(seed, mixes[seed % len(mixes)], given.ptus) for seed in range(given.homes)]
            differ += show(name, asks, given.interpreters)
    return int(differ > 0)


if __name__ == "__main__":
    sys.exit(main())
