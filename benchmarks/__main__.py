"""Benchmarks, one after the other: `python -m benchmarks`; some of them by name, or `--list` for what each prints and how long it takes."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from tempfile import TemporaryDirectory


@dataclass(frozen=True, slots=True)
class Benchmark:
    """One that runs by itself, with nothing but this checkout and the measured data beside it."""

    name: str
    prints: str
    seconds: int
    """Of a processor, on one machine, to the order of size."""
    arguments: tuple[str, ...] | None = None
    """``None``: it takes none."""

    def run(self) -> None:
        """Print its tables."""
        main = import_module(f"benchmarks.{self.name}").main
        if self.arguments is None:
            main()
        else:
            main(list(self.arguments))


@dataclass(frozen=True, slots=True)
class Hacked(Benchmark):
    """`laag study hacked` on a small street; its pictures are thrown away."""

    def run(self) -> None:
        """Attack, and print the table."""
        from laag.apps.cli import main

        with TemporaryDirectory() as folder:
            main([*(self.arguments or ()), "--out", folder])


BENCHMARKS: tuple[Benchmark, ...] = (
    Benchmark("clearing", "clearing one book, beside a plain numpy sort and cumulative sum", 5),
    Benchmark("planning", "planning one home, beside the same program in SciPy", 20),
    Benchmark("street_year", "two weeks of a street, multiplied to a year, and where its time goes", 70),
    Benchmark("powerflow", "a grid's year of power flow, beside pandapower on a week of it", 15),
    Benchmark("nested_layers", "nested layers against the full power flow", 6),
    Benchmark("flexibility", "the cheapest set of offers, beside cheapest offers first", 40),
    Benchmark(
        "coordination",
        "seven ways to plan together, and prices alone beside the central optimum; one day of sixty homes (weeks by the module itself)",
        60,
        ("--homes", "60", "--days", "1", "--season", "winter"),
    ),
    Benchmark("congestion", "whether a sum's forecast holds what it promises, on measured loads", 2),
    Benchmark(
        "stressed_week",
        "one winter day of 260 homes on thin wires, seven ways of living (more days by the module itself)",
        200,
        ("--homes", "260", "--days", "1"),
    ),
    Hacked(
        "hacked",
        "how far a signal that lies moves fifty homes (a thousand by `laag study hacked`)",
        20,
        ("study", "hacked", "--homes", "50"),
    ),
    Benchmark(
        "shapley",
        "Shapley's shares of a street's pot, beside the textbook, a long run and cheap guesses",
        25,
        ("--quick",),
    ),
    Benchmark(
        "vpp",
        "a street as one power plant on real imbalance prices, two days of twenty homes (four weeks of sixty by the module itself)",
        30,
        ("--quick",),
    ),
    Benchmark("ledger", "the ledger's core, beside its signatures alone", 2),
)
ALONE = {
    "absorbing, bids, real_weeks, thousand_homes": "homes on measured days",
    "differencing": "attacks on answers about homes together (needs the extra research)",
    "backtest, forecasts": "measured homes, weeks and seasons of them",
    "peers": "other planners, each in an environment of its own",
    "live.load, live.limits, live.restart, live.bills, live.listeners": "a server with thousands of homes",
    "chain, chain_street, ledger_embedded, ledger_costs": "the shared record, some of it with CometBFT",
}
"""Those that want more than this checkout, or an hour: `python -m benchmarks.NAME`."""


def listed() -> str:
    """What each prints and how long it takes.

    >>> listed().splitlines()[0]
    'clearing        5 s  clearing one book, beside a plain numpy sort and cumulative sum'
    """
    rows = [f"{one.name:<13}{_lasting(one.seconds):>6}  {one.prints}" for one in BENCHMARKS]
    alone = [f"  {names}: {what}" for names, what in ALONE.items()]
    return "\n".join([*rows, "", "by themselves (python -m benchmarks.NAME --help):", *alone])


def _lasting(seconds: int) -> str:
    return f"{seconds} s" if seconds < 120 else f"{round(seconds / 60)} min"


def main(argv: Sequence[str] | None = None) -> None:
    """Run those named, or all."""
    names = tuple(one.name for one in BENCHMARKS)
    about = argparse.ArgumentParser(
        prog="python -m benchmarks",
        description="Benchmarks, one after the other; times are of a processor.",
        epilog=listed(),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    about.add_argument("names", nargs="*", metavar="NAME", help="only these")
    about.add_argument("--list", action="store_true", help="say what there is, and run nothing")
    given = about.parse_args(argv)
    if unknown := sorted(set(given.names) - set(names)):
        about.error(f"{', '.join(unknown)}: there is no such benchmark here; choose among {', '.join(names)}")
    if given.list:
        print(listed())
        return
    for one in BENCHMARKS:
        if not given.names or one.name in given.names:
            print(f"\n{one.prints[0].upper()}{one.prints[1:]}", flush=True)
            one.run()


if __name__ == "__main__":
    main()
