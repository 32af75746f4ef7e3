"""What the shared record costs per home and month, at 100, 10,000 and 8,000,000 homes.

`python -m benchmarks.ledger_costs` measures in about a minute and prints the tables; with `--write` they and what was measured
go into `docs/`. LAAG_COMETBFT=…/cometbft measures the chain as well; without it the chain's recorded figures are taken.
"""

from __future__ import annotations

import argparse
import os

from benchmarks.costs.measured import RECORDED, recorded
from benchmarks.costs.measuring import measured
from benchmarks.costs.page import PAGE, tables, written


def main() -> None:
    """Print the tables."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--recorded", action="store_true", help="measure nothing; take what was recorded")
    arguments.add_argument("--write", action="store_true", help="record it, and write the page")
    asked = arguments.parse_args()
    told = recorded() if asked.recorded else measured(os.environ.get("LAAG_COMETBFT", ""))
    print(tables(told))
    if asked.write:
        RECORDED.write_text(told.json, "utf-8")
        PAGE.write_text(written(PAGE.read_text("utf-8"), told), "utf-8")


if __name__ == "__main__":
    main()
