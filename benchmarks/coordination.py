"""Coordination by prices alone against the central optimum, and every way beside it: 60 and 500 homes, a winter and a summer week.

`python -m benchmarks.coordination --homes 60 --season winter --out out/coordination` writes one study; without both, all four. `--only-pages`
makes table, picture and page again of what was written. 500 homes take minutes of a processor for each day.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from laag.apps.coordination import write
from laag.apps.wiring import Options, terms_of
from laag.study.coordination import (
    LIMIT_KW_PER_HOME,
    WAYS,
    Neighbours,
    as_data,
    from_data,
    optima_markdown,
    study,
)

SEASONS = {"winter": date(2025, 1, 14), "summer": date(2025, 6, 3)}
HOMES, DAYS = (60, 500), 7


def main(argv: Sequence[str] | None = None) -> int:
    """Run what is asked, one file per study."""
    command = argparse.ArgumentParser(description=__doc__)
    command.add_argument("--homes", type=int, action="append")
    command.add_argument("--season", choices=sorted(SEASONS), action="append")
    command.add_argument("--days", type=int, default=DAYS)
    command.add_argument(
        "--ways",
        default=",".join(WAYS),
        help="names with commas between; the first is what others are compared with",
    )
    command.add_argument("--out", type=Path, default=Path("out/coordination"))
    command.add_argument("--only-pages", action="store_true")
    args = command.parse_args(argv)
    args.out.mkdir(parents=True, exist_ok=True)
    if not args.only_pages:
        for homes in args.homes or HOMES:
            for season in args.season or sorted(SEASONS):
                _one(args.out, homes, season, args.days, tuple(args.ways.split(",")))
    _drawn(args.out)
    return 0


def _one(out: Path, homes: int, season: str, days: int, ways: tuple[str, ...]) -> None:
    neighbours = Neighbours.of(SEASONS[season], days, homes, terms_of(Options()), LIMIT_KW_PER_HOME)
    made = study(
        neighbours,
        season,
        days,
        time.process_time,
        lambda said: print(f"{homes} homes, {season}: {said}", file=sys.stderr),
        ways,
    )
    (out / f"{season}-{homes}.json").write_text(json.dumps(as_data(made), indent=1) + "\n", encoding="utf-8")


def _drawn(out: Path) -> None:
    """Table, picture and page of every study that is in the folder."""
    found = [
        from_data(json.loads((out / name).read_text("utf-8")))
        for name in (f"{season}-{homes}.json" for homes in HOMES for season in ("winter", "summer"))
        if (out / name).exists()
    ]
    if found:
        write(out, *found)
        print(optima_markdown(found))


if __name__ == "__main__":
    sys.exit(main())
