"""shapiq's own samplers on the same game, in an environment that has it: meters and prices on stdin, shares on stdout.

Each gets the same number of coalitions and the same vectorised value of a coalition; time is of the process.
"""

from __future__ import annotations

import json
import sys
from time import process_time
from typing import Any

import numpy as np
from shapiq import ExactComputer  # type: ignore[import-not-found]  # only in an environment of its own
from shapiq.approximator import (  # type: ignore[import-not-found]  # the same
    SVARM,
    KernelSHAP,
    PermutationSamplingSV,
    StratifiedSamplingSV,
)

SAMPLERS = {
    "permutations": PermutationSamplingSV,
    "stratified": StratifiedSamplingSV,
    "SVARM": SVARM,
    "KernelSHAP": KernelSHAP,
}


def main() -> None:
    """One line of JSON: for each sampler its shares and seconds."""
    given = json.load(sys.stdin)
    net, gap = np.array(given["net"], np.float64), np.array(given["gap"], np.float64)
    n, alone = len(net), np.abs(net) @ gap

    def worth(coalitions: Any) -> Any:
        who = np.atleast_2d(np.asarray(coalitions, np.float64))
        parts = np.array_split(who, max(len(who) // 4096, 1))
        return np.concatenate([(part @ alone - np.abs(part @ net) @ gap) / 2 for part in parts])

    started = process_time()
    shares = ExactComputer(worth, n)("SV", 1)
    found: dict[str, Any] = {"exact": {"shares": _by_player(shares, n), "seconds": process_time() - started}}
    for name, sampler in SAMPLERS.items():
        for seed in given["seeds"]:
            started = process_time()
            shares = sampler(n, random_state=seed).approximate(given["values"], worth)
            found.setdefault(name, []).append(
                {"shares": _by_player(shares, n), "seconds": process_time() - started}
            )
    print(json.dumps(found))


def _by_player(shares: Any, n: int) -> list[float]:
    return [float(shares[(player,)]) for player in range(n)]


if __name__ == "__main__":
    main()
