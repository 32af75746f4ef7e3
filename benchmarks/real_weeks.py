"""Real homes under real prices: what the days of `tests/situations/real` were like, and whether they add up.

`python -m benchmarks.real_weeks`; needs the measured data beside the project.
"""

from __future__ import annotations

import contextlib
import io
import tempfile
import time
from pathlib import Path

from tests.apps import audit
from tests.situations.real import streets

from laag.apps.cli import main as laag
from laag.apps.homes import cores

COLUMNS = (
    ("homes", "homes", "{:d}"),
    ("quarters", "quarter-hours", "{:d}"),
    ("negative", "below zero", "{:d}"),
    ("used_kwh", "used, kWh", "{:.0f}"),
    ("made_kwh", "made, kWh", "{:.0f}"),
    ("imported_kwh", "imported, kWh", "{:.0f}"),
    ("exported_kwh", "exported, kWh", "{:.0f}"),
    ("strayed_kwh", "off position, kWh", "{:.0f}"),
    ("rationed", "full, quarters", "{:d}"),
    ("day_ahead_eur", "day-ahead, EUR", "{:.2f}"),
    ("imbalance_eur", "imbalance, EUR", "{:.2f}"),
    ("tax_eur", "energy tax, EUR", "{:.2f}"),
    ("network_eur", "network, EUR", "{:.2f}"),
    ("bills_eur", "all bills, EUR", "{:.2f}"),
)


def main() -> None:
    """Print one column per stretch of days."""
    if not streets.DATA.is_dir():
        print(f"the measured data are not at {streets.DATA.resolve()}; put them there to see their days")
        return
    days = {}
    for name in streets.DAYS:
        with tempfile.TemporaryDirectory() as folder:
            began = time.perf_counter()
            out = _lived(name, Path(folder))
            seconds = time.perf_counter() - began
            days[name] = (audit.figures(out), sum(audit.residues(out).values()), seconds)
    print(f"{'':>18}" + "".join(f"{name:>22}" for name in days))
    for field, label, shape in COLUMNS:
        print(
            f"{label:>18}"
            + "".join(f"{shape.format(getattr(seen, field)):>22}" for seen, _, _ in days.values())
        )
    print(f"{'residues':>18}" + "".join(f"{left:>22d}" for _, left, _ in days.values()))
    print(f"{'seconds':>18}" + "".join(f"{seconds:>22.1f}" for *_, seconds in days.values()))
    print(f"on {cores()} cores, from the command line to the report")


def _lived(name: str, folder: Path) -> Path:
    street, out = streets.write(name, folder), folder / "out"
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        code = laag(["run", "--street", str(street), "--out", str(out)])
    if code != 0:
        raise SystemExit(f"{name} ended with exit code {code}; run it by hand to see why")
    return out


if __name__ == "__main__":
    main()
