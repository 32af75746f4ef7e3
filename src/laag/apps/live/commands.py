"""`laag live`."""

from __future__ import annotations

import argparse
import os
import sys
from datetime import date
from pathlib import Path


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Hang it under the main command."""
    live = subparsers.add_parser(
        "live",
        help="let a street live: a server and its homes, on a clock that runs faster",
        description="The built-in street as it would really run: one server, and each home a process of its own that "
        "measures a simulated house, plans, steers and trades. Goes on where it stood.",
    )
    live.add_argument("--homes", type=int, default=12, help="how many homes (12)")
    live.add_argument("--speed", type=float, default=60.0, help="how many times faster than the wall (60)")
    live.add_argument("--from", dest="first_day", type=date.fromisoformat, default=date(2026, 6, 1),
                      metavar="YYYY-MM-DD", help="its first day (2026-06-01)")  # fmt: skip
    live.add_argument(
        "--port", type=int, default=8400, help="of the server; homes are on 11 further and up (8400)"
    )
    live.add_argument("--seed", type=int, default=1, help="of the street (1)")
    live.add_argument("--out", type=Path, default=Path("out/live"), help="folder to live in (out/live)")
    live.set_defaults(run=_live)


def _live(args: argparse.Namespace) -> int:
    from laag.apps.live.making import Options, make, there
    from laag.apps.live.street import Living

    made = there(args.out)
    if made is None:
        print("making the street ...", flush=True)
        make(Options(args.out, args.homes, args.speed, args.first_day, args.port, args.seed))
        # Making needs 200 MB that watching over processes does not: go on as a fresh one.
        os.execv(sys.executable, [sys.executable, "-m", "laag.apps.cli", "live", "--out", str(args.out)])  # noqa: S606 - ourselves
    print(f"the street in {args.out} goes on at {made.at:%Y-%m-%d %H:%M} UTC", flush=True)
    return Living(made).live()
