"""Environments made for one benchmark and thrown away with it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.peers.stopwatch import Case

ROOT = Path(__file__).resolve().parents[2]
INSTALL_S, RUN_S = 1_800.0, 300.0


class Skipped(Exception):
    """A planner that cannot take part, with the reason in one sentence."""


@dataclass(frozen=True, slots=True)
class Planner:
    """One line of the table: what is installed, and what runs it."""

    name: str
    module: str
    argument: str = ""
    package: str | None = None
    """Pinned, so that the table can be made again; ``None``: it is here already."""


def python_of(planner: Planner, folder: Path) -> Path:
    """An interpreter that has the planner; installed into ``folder`` unless it is there from before."""
    if planner.package is None:
        return Path(sys.executable)
    home = folder / planner.package
    python = home / "bin" / "python"
    ready = home / "installed"
    if not ready.exists():
        _call([sys.executable, "-m", "venv", str(home)], INSTALL_S, f"no environment for {planner.package}")
        pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        _call([*pip, planner.package], INSTALL_S, f"{planner.package} does not install")
        ready.touch()
    return python


def timed(planner: Planner, python: Path, case: Case) -> dict[str, Any]:
    """What a young process of this planner reports of this home."""
    done = _call(
        [str(python), "-m", planner.module, *([planner.argument] if planner.argument else [])],
        RUN_S,
        f"{planner.name} does not run",
        given=lambda: json.dumps({"case": case, "started": time.time()}),
    )
    found: dict[str, Any] = json.loads(done.splitlines()[-1])
    return found


def _call(command: list[str], seconds: float, failing: str, given: Any = lambda: "") -> str:
    """Standard output, or ``Skipped`` with the last thing that was said on the way down."""
    try:
        done = subprocess.run(
            command,
            input=given(),
            capture_output=True,
            text=True,
            timeout=seconds,
            check=False,
            cwd=ROOT,
            # Compiled modules are kept for everyone, as pip keeps them for what it installs.
            env=os.environ | {"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": ""},
        )
    except subprocess.TimeoutExpired as late:
        raise Skipped(f"{failing}: no end after {seconds:.0f} s") from late
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["it says nothing"])[-1]
        raise Skipped(f"{failing}: {last}")
    said: str = done.stdout
    return said
