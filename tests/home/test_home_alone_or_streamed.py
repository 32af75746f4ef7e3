"""What a home plans and bids depends on that home only: the small edition of `benchmarks.thousand_homes`."""

import subprocess
import sys
from pathlib import Path

from benchmarks.homes import MIXES

ROOT = Path(__file__).resolve().parents[2]


def test_each_home_answers_alone_as_it_does_among_others():
    """Two homes of each mix, streamed both ways round, and again by processes that never solved anything."""
    command = [sys.executable, "-m", "benchmarks.thousand_homes", "--only", "mixed", "--ptus", "96"]
    few = ["--homes", str(2 * len(MIXES)), "--interpreters", "1"]
    done = subprocess.run([*command, *few], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"{2 * len(MIXES)} mixed homes" in done.stdout
