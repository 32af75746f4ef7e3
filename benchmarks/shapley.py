"""Shapley's shares: exact beside the textbook, sampled beside exact and beside a long run, cheap guesses beside both.

`python -m benchmarks.shapley` takes a few minutes of a processor; `--quick` some twenty seconds. `--out FOLDER` writes the picture of
docs/sharing.md. The homes are the built-in street's, on a week without control; prices outside are the layered policy's. Beside all
coalitions stands the least that numpy does for them: one product of a matrix of bits and the same meters.
"""

from __future__ import annotations

import argparse
import json
import subprocess
from collections.abc import Callable, Sequence
from datetime import date
from fractions import Fraction
from itertools import combinations
from math import factorial
from pathlib import Path
from time import process_time
from typing import TypeVar

import numpy as np

from benchmarks.peers.environments import Planner, Skipped, python_of
from laag.apps.wiring import Options, terms_of
from laag.foundation.contracts import Ints
from laag.neighbourhood.sharing import KEYS, Facts, shares
from laag.neighbourhood.sharing.cheap import by_classes, last_marginal, stratified_expected
from laag.neighbourhood.sharing.exact import exact
from laag.neighbourhood.sharing.fairness import alone_units
from laag.neighbourhood.sharing.sampled import Estimate, sampled
from laag.neighbourhood.sharing.trading import Floats, Trading
from laag.study.fairness.guesses import picture
from laag.study.fairness.street import Days, days_of

T = TypeVar("T")
WEEK = date(2026, 5, 4)
DAYS = 7
GUESSES: tuple[tuple[str, Callable[[Trading], Floats]], ...] = (
    ("last marginal", last_marginal),
    ("stratified expected", stratified_expected),
    ("three classes", by_classes),
)
ROOFS_KW = (1, 2, 4, 8, 16)
LONG_VALUES = 40_000_000
SHAPIQ, PEER_VALUES = "shapiq==1.4.1", 5_000


def timed(work: Callable[[], T]) -> tuple[T, float]:
    started = process_time()
    found = work()
    return found, process_time() - started


def textbook(values: list[int], n: int) -> list[Fraction]:
    """The formula over all coalitions without each, in fractions."""
    shares = []
    for i in range(n):
        others = [1 << j for j in range(n) if j != i]
        share = Fraction(0)
        for size in range(n):
            weight = Fraction(factorial(size) * factorial(n - size - 1), factorial(n))
            share += weight * sum(
                values[sum(some) | 1 << i] - values[sum(some)] for some in combinations(others, size)
            )
        shares.append(share)
    return shares


def bills(street: Days, rows: Sequence[int]) -> list[int]:
    """Every coalition's value from its bills, one quarter-hour after the other."""
    net = [street.base_wh[row].tolist() for row in rows]
    buy, sell = street.buy_ticks.tolist(), street.sell_ticks.tolist()

    def pays(meter: Sequence[int]) -> int:
        return sum(wh * (b if wh > 0 else s) for wh, b, s in zip(meter, buy, sell, strict=True))

    alone = [pays(meter) for meter in net]
    found = []
    for coalition in range(1 << len(rows)):
        who = [i for i in range(len(rows)) if coalition >> i & 1]
        together = pays([sum(column) for column in zip(*(net[i] for i in who), strict=True)]) if who else 0
        found.append(sum(alone[i] for i in who) - together)
    return found


def plain(game: Trading) -> Floats:
    """All coalitions by one product of matrices, in parts that fit in memory."""
    net, gap, alone = game.net
    who = (np.arange(1 << game.players)[:, None] >> np.arange(game.players) & 1).astype(np.float64)
    parts = np.array_split(who, max(len(who) // 4096, 1))
    return np.concatenate([(part @ alone - np.abs(part @ net) @ gap) / 2 for part in parts])


def wrong(guess: Floats, right: Floats) -> tuple[float, float]:
    """Which part of the pot goes to the wrong member, and how far the worst share is off, in mean shares."""
    off = np.abs(guess - right)
    return float(off.sum() / (2 * right.sum())), float(off.max() / right.mean())


def game(street: Days, homes: int) -> Trading:
    return Trading(street.base_wh[:homes], street.buy_ticks, street.sell_ticks)


def exact_table(street: Days, most: int) -> None:
    print("exact: every coalition (process time)")
    print(f"{'homes':>6}{'coalitions':>12}{'values s':>10}{'shares s':>10}{'plain numpy s':>15}{'textbook s':>12}{'largest difference':>20}")  # fmt: skip
    for n in (4, 8, 10, 12, 14, 16, 18, 20):
        if n > most:
            break
        one = game(street, n)
        values, took = timed(one.of_all)
        shares, sharing = timed(lambda v=values: exact(v))  # type: ignore[misc]
        beside, plainly = timed(lambda o=one: plain(o))  # type: ignore[misc]
        assert np.array_equal(values, beside)
        row = f"{n:6d}{len(values):12,}{took:10.3f}{sharing:10.3f}{plainly:15.3f}"
        if n <= 12:
            theirs, slow = timed(lambda n=n: textbook(bills(street, range(n)), n))  # type: ignore[misc]
            row += f"{slow:12.1f}{max(abs(a - b) for a, b in zip(shares, theirs, strict=True))!s:>20}"
        print(row, flush=True)


def floats(shares: Sequence[Fraction]) -> Floats:
    return np.array([float(share) for share in shares])


def sampled_table(street: Days, quick: bool) -> None:
    print(
        "\nsampled: how far off, in mean shares; process time; of 20 seeds, how many 95 % intervals hold the right share"
    )
    print(f"{'homes':>6}{'beside':>12}{'asked':>8}{'said':>8}{'worst share':>13}{'wrong member':>14}{'coalitions':>12}{'seconds':>9}{'held':>8}")  # fmt: skip
    for n in (16, 50) if quick else (16, 50, 200):
        one = game(street, n)
        mean = one.whole() / n
        name, right, sure = "exact", np.zeros(n), np.zeros(n)
        if n == 16:
            right = floats(exact(one.of_all()))
        else:
            long = sampled(one, 999, 0.0, LONG_VALUES // (10 if quick else 1))
            name, right, sure = f"{long.values / 1e6:.0f} M", long.units, long.half_width_units
        for asked in (0.1, 0.05, 0.02):
            found, took = timed(lambda o=one, a=asked, m=mean: sampled(o, 1, a * m))  # type: ignore[misc]
            part, worst = wrong(found.units, right)
            held = coverage(one, right, sure, asked * mean) if asked == 0.1 and not quick else None
            said = found.half_width_units.max() / mean
            print(
                f"{n:6d}{name:>12}{asked:8.1%}{said:8.1%}{worst:13.2%}{part:14.3%}{found.values:12,}{took:9.2f}"
                + (f"{held:8.1%}" if held is not None else ""),
                flush=True,
            )


def coverage(one: Trading, right: Floats, sure: Floats, within: float) -> float:
    """What is right is itself known to within ``sure``, which widens the interval as variances add."""
    holds = [
        np.abs(found.units - right) <= np.hypot(found.half_width_units, sure)
        for seed in range(20)
        for found in [sampled(one, seed, within)]
    ]
    return float(np.mean(holds))


def guesses(street: Days, homes: int) -> list[tuple[str, list[float]]]:
    print(
        f"\ncheap guesses for {homes} homes: which part of the pot goes to the wrong member (how far off the worst share is, in mean shares)"
    )
    print(f"{'street':<34}" + "".join(f"{name:>24}" for name, _ in GUESSES) + f"{'sampled to 5 %':>24}")
    rows = []
    for name, one in streets(street, homes):
        right = floats(exact(one.of_all()))
        drawn: Estimate = sampled(one, 1, 0.05 * one.whole() / homes)
        found = [wrong(guess(one), right) for _, guess in GUESSES] + [wrong(drawn.units, right)]
        print(
            f"{name:<34}" + "".join(f"{f'{part:.1%} ({worst:.2f})':>24}" for part, worst in found), flush=True
        )
        rows.append((name, [part for part, _ in found]))
    return rows


def streets(street: Days, homes: int) -> list[tuple[str, Trading]]:
    """The street as it is, and one in which a single home has the only roof, of several sizes."""
    found = [("mixed, as built in", game(street, homes))]
    sun = street.sun_wh_per_kw
    for kw in ROOFS_KW:
        net = street.load_wh[:homes].copy()
        net[0] -= np.rint(kw * sun).astype(np.int64)
        found.append((f"one roof of {kw} kW", Trading(net, street.buy_ticks, street.sell_ticks)))
    return found


def splitting(street: Days, homes: int) -> None:
    """The second home of the street (a roof, no battery) becomes two connections that nobody knows to be one household."""
    row = 1
    sun = street.base_wh[row] - street.load_wh[row]
    cuts = {"half of everything": street.base_wh[row] // 2, "the roof apart": sun}
    print(
        f"\nsplitting in two, {homes} homes: what the share of one home gains, where connections count and not households"
    )
    print(f"{'key':<16}" + "".join(f"{cut:>24}" for cut in cuts))
    for key in KEYS:
        alone = shared_with(street, key, street.base_wh[:homes])[row]
        cells = []
        for first in cuts.values():
            net = np.vstack([street.base_wh[:homes], street.base_wh[row] - first])
            net[row] = first
            both = shared_with(street, key, net)
            cells.append(f"{(both[row] + both[-1]) / alone - 1:+.1%}")
        print(f"{key:<16}" + "".join(f"{cell:>24}" for cell in cells))
    prices = (street.buy_ticks, street.sell_ticks)
    whole = alone_units(street.base_wh[row : row + 1], *prices)
    parts = alone_units(np.stack([sun, street.load_wh[row]]), *prices)
    print(
        f"{'its own bill':<16}{0:>24.2f}{(int(parts.sum()) - int(whole[0])) / 1e8:>24.2f}  EUR more, beside a share of EUR",
        end=" ",
    )
    print(f"{shared_with(street, 'shapley', street.base_wh[:homes])[row] / 1e8:.2f} by Shapley")


def shared_with(street: Days, key: str, net: Ints) -> list[int]:
    """Of what that street saves; parts of what was bought together are held by the second home, whichever way it is cut."""
    names = tuple(f"home-{row:02d}" for row in range(len(net)))
    facts = Facts(
        names, net_wh=net, buy_ticks=street.buy_ticks, sell_ticks=street.sell_ticks, held={names[1]: 1000}
    )
    return list(shares(key, 10**10, facts).values())


def beside_shapiq(street: Days, folder: Path) -> None:
    """Its samplers on the same game with as many coalitions, in an environment of its own."""
    try:
        python = python_of(Planner("shapiq", "", package=SHAPIQ), folder)
    except Skipped as why:
        print(f"left out: {why}")
        return
    one = game(street, 16)
    right, mean = floats(exact(one.of_all())), one.whole() / 16
    net, gap, _ = one.net
    asked = {"net": net.tolist(), "gap": gap.tolist(), "values": PEER_VALUES, "seeds": [1, 2, 3]}
    done = subprocess.run(
        [str(python), str(Path(__file__).parent / "peers" / "run_shapiq.py")],
        input=json.dumps(asked), capture_output=True, text=True, check=True,
    )  # fmt: skip
    print(
        f"\nbeside {SHAPIQ}, 16 homes, {PEER_VALUES:,} coalitions: the worst share in mean shares, seconds; mean of three seeds"
    )
    found = json.loads(done.stdout.splitlines()[-1])
    exactly = found.pop("exact")
    print(
        f"{'shapiq, exact':<32}{np.abs(np.array(exactly['shares']) - right).max() / mean:>8.2%}{exactly['seconds']:>8.2f}"
    )
    for name, runs in found.items():
        off = float(np.mean([np.abs(np.array(run["shares"]) - right).max() for run in runs])) / mean
        print(f"{f'shapiq, {name}':<32}{off:>8.2%}{float(np.mean([run['seconds'] for run in runs])):>8.2f}")
    ours = [timed(lambda seed=seed: sampled(one, seed, 0.0, PEER_VALUES)) for seed in (1, 2, 3)]  # type: ignore[misc]
    off = float(np.mean([np.abs(run.units - right).max() for run, _ in ours])) / mean
    print(
        f"{f'laag, {ours[0][0].values:,} coalitions':<32}{off:>8.2%}{float(np.mean([took for _, took in ours])):>8.2f}"
    )


def main(argv: Sequence[str] | None = None) -> None:
    """Print the tables."""
    ask = argparse.ArgumentParser(prog="python -m benchmarks.shapley", description=__doc__)
    ask.add_argument("--quick", action="store_true", help="smaller, and without how often intervals hold")
    ask.add_argument("--out", type=Path, help="a folder for the picture")
    ask.add_argument(
        "--shapiq",
        type=Path,
        metavar="FOLDER",
        help="also beside shapiq, whose environment is made in this folder",
    )
    ask.add_argument("--only-peer", action="store_true", help="with --shapiq: nothing else")
    given = ask.parse_args(argv)
    street = days_of(WEEK, DAYS, 50 if given.quick else 200, terms_of(Options()))
    print(f"{DAYS} days from {WEEK}, {street.base_wh.shape[1]} quarter-hours")
    if given.shapiq is not None:
        beside_shapiq(street, given.shapiq)
        if given.only_peer:
            return
    exact_table(street, 14 if given.quick else 20)
    sampled_table(street, given.quick)
    rows = guesses(street, 14)
    splitting(street, 14)
    if given.out is not None:
        given.out.mkdir(parents=True, exist_ok=True)
        (given.out / "sharing-guesses.svg").write_text(
            picture(rows, "Part of the pot that goes to the wrong member, 14 homes, one week"), "utf-8"
        )


if __name__ == "__main__":
    main()
