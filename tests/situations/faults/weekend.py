"""Three homes on a weekend on which the clock goes forward, in files that a test may spoil."""

from datetime import date

import numpy as np
from tests.apps.audit import Published

from laag.apps.cli import main
from laag.foundation.ptu import AMSTERDAM, PtuGrid

GRID = PtuGrid.days(date(2025, 3, 27), 4, AMSTERDAM)
STREET = """
name = "Weekend"
first_day = 2025-03-29
days = 2
warmup_days = 2
prices = { day_ahead = { file = "day_ahead.csv" }, imbalance = { file = "settlement.csv" } }
weather = { temperature = { constant = 8 }, sun = { constant = 100 } }

[[homes]]
name = "quarters"
load = { file = "quarters.csv" }
battery = { capacity_kwh = 5, charge_max_kw = 2, discharge_max_kw = 2 }

[[homes]]
name = "meter"
load = { file = "meter.csv", format = "registers" }

[[homes]]
name = "hours"
load = { file = "hours.csv" }
"""


def _utc(t):
    return f"{t:%Y-%m-%dT%H:%M:%SZ}"


def _local(t):
    return f"{t.astimezone(AMSTERDAM):%Y-%m-%d %H:%M}"


def _rows(header, stamps, *columns):
    return [header, *(",".join([at, *(f"{x:.3f}" for x in row)]) for at, *row in zip(stamps, *columns, strict=True))]  # fmt: skip


class Weekend:
    """The folder of a street, and how to spoil and run it."""

    def __init__(self, folder) -> None:
        self.folder, self.out = folder, folder / "out"
        quarter = np.arange(len(GRID)) % 96
        edges = GRID.window(0, len(GRID) + 1)
        hours = [GRID[i] for i in range(0, len(GRID), 4)]
        utc = [_utc(t) for t in GRID]
        self.write("street.toml", [STREET])
        self.write("day_ahead.csv", _rows("start_utc,price_eur_per_mwh", utc, 60 + quarter % 50))
        self.write(
            "settlement.csv", _rows("start_utc,price_shortage,price_surplus", utc, 70 + quarter, 40 + quarter)
        )
        self.write("quarters.csv", _rows("start_utc,load_w", utc, 300 + 2 * quarter))
        self.write(
            "meter.csv",
            _rows(
                "time,Import T1 kWh,Export T1 kWh",
                [_local(t) for t in edges],
                1000 + np.arange(len(edges)) * 0.1,
                np.full(len(edges), 50.0),
            ),
        )
        self.write("hours.csv", _rows("time,load_kw", [_local(t) for t in hours], np.full(len(hours), 0.4)))

    def lines(self, name):
        return (self.folder / name).read_text("utf-8").splitlines()

    def write(self, name, lines):
        (self.folder / name).write_text("\n".join(lines) + "\n", "utf-8")

    def spoil(self, name, change):
        """Replace a file's lines (header first) by what ``change`` makes of them."""
        self.write(name, change(self.lines(name)))

    def run(self, *options):
        arguments = ["run", "--street", str(self.folder / "street.toml"), "--out", str(self.out)]
        return main([*arguments, "--workers", "1", *options])

    @property
    def about(self):
        return Published(self.out).about
