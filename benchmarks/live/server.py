"""A real `laag serve` in a process of its own, with a clock that is set for what is to be measured."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self

from benchmarks.live.homes import CABLES, FIRST

_TICKS = os.sysconf("SC_CLK_TCK")


def configured(folder: Path, store: str) -> Path:
    """A configuration of a large neighbourhood; its clock is put in by each start."""
    cables = "".join(
        f'[[street.cable]]\nname = "c{n}"\nimport_max_kw = 250\nexport_max_kw = 250\n' for n in range(CABLES)
    )
    path = folder / "street.toml"
    path.write_text(
        f'[street]\nname = "Load"\nfirst_day = {FIRST}\nstore = "{store}"\nport = 0\nclock = "wall"\nprices = "model"\n{cables}',
        "utf-8",
    )
    return path


class Server:
    """Runs while it is used."""

    def __init__(self, config: Path, at: datetime, more: Sequence[str] = ()) -> None:
        now = datetime.now(UTC)
        self._offset = at - now
        text = config.read_text("utf-8").replace(
            'clock = "wall"', f'clock = "1x {_stamp(at)} since {_stamp(now)}"'
        )
        self._config = config.with_name("now.toml")
        self._config.write_text(text, "utf-8")
        self._said = config.with_name(f"said-{time.monotonic_ns()}.txt")
        self._more = more
        self.port = 0
        self.ready_s = 0.0

    def wall(self, at: datetime) -> float:
        """When it is so late there, in ``time.time()``."""
        return (at - self._offset).timestamp()

    def __enter__(self) -> Self:
        began = time.monotonic()
        command = [*self._more, sys.executable, "-m", "laag.apps.cli", "serve", str(self._config)]
        with self._said.open("w") as said:
            self._process = subprocess.Popen(command, stdout=said, stderr=said)
        while not (found := re.search(r'"url": "http://127.0.0.1:(\d+)"', self._said.read_text("utf-8"))):
            if self._process.poll() is not None:
                raise SystemExit(self._said.read_text("utf-8"))
            time.sleep(0.02)
        self.port = int(found[1])
        self.ready_s = time.monotonic() - began
        return self

    def __exit__(self, *_: object) -> None:
        self._process.send_signal(signal.SIGTERM)
        self._process.wait(60)

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()

    def said(self) -> list[dict[str, Any]]:
        """What it wrote down."""
        lines = self._said.read_text("utf-8").splitlines()
        return [json.loads(line) for line in lines if line.startswith("{")]

    def cpu_s(self) -> float:
        """Seconds of a processor that it took so far."""
        parts = Path(f"/proc/{self._process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(parts[11]) + int(parts[12])) / _TICKS

    def quiet(self) -> None:
        """Return when it has reckoned what it reckons at a start."""
        before = -1.0
        while (now := self.cpu_s()) - before > 0.05:
            before = now
            time.sleep(1.0)

    def rss_mb(self, which: str = "VmRSS") -> float:
        """Memory that it holds now, or with ``VmHWM`` held at most."""
        status = Path(f"/proc/{self._process.pid}/status").read_text()
        found = re.search(rf"{which}:\s+(\d+) kB", status)
        return int(found[1]) / 1024 if found else float("nan")

    def get(self, path: str) -> Any:
        """Something that everybody may ask."""
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=30) as answer:
            return json.load(answer)


def _stamp(at: datetime) -> str:
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")
