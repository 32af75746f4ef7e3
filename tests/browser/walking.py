"""A server and a home as two processes on one fast clock, for who walks through them with a browser."""

import contextlib
import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
from datetime import UTC, date, datetime, timedelta

from tests.doors import free_port

from laag.adapters.clocks import clock_of, faster
from laag.apps.live.making import Options, make
from laag.foundation.ptu import AMSTERDAM

FIRST = date(2026, 6, 1)
HOME, OTHER = 7, 3
"""One with panels, a battery, a car and a heat pump; and a neighbour to trade with."""


class Walk:
    """The street on disk, and its processes while it lives."""

    def __init__(self, folder) -> None:
        server, home, other = (free_port() for _ in range(3))
        self.made = make(Options(folder, homes=HOME, first_day=FIRST, port=server))
        self.street, self.home = f"http://127.0.0.1:{server}", f"http://127.0.0.1:{home}"
        self.settings = {
            "street": self.made.street_settings,
            "home": self.made.home_settings(HOME),
            "other": self.made.home_settings(OTHER),
        }
        for name, port in (("home", home), ("other", other)):
            text = self.settings[name].read_text("utf-8")
            self.settings[name].write_text(
                re.sub(r"(\[home\.page\]\n(?:.*\n)*?port = )\d+", rf"\g<1>{port}", text), "utf-8"
            )
        self.at = datetime(2026, 6, 1, 5, 0, tzinfo=AMSTERDAM).astimezone(UTC)
        self.running = {}
        self.clock = None

    @property
    def code(self):
        """What the operator would hand out."""
        return (self.settings["home"].parent / "code").read_text("utf-8")

    @property
    def first_link(self):
        """What the home's process said when it began."""
        return (self.settings["home"].parent / "store" / "first-link").read_text("utf-8").strip()

    def begin(self, speed):
        """Go on from where it stood."""
        clock = str(faster(speed, self.at))
        self.clock = clock_of(clock)
        for path in self.settings.values():
            text = path.read_text("utf-8")
            path.write_text(re.sub(r'clock = ".*"', f'clock = "{clock}"', text), "utf-8")
        self._start("street", "serve")
        self.answers("street", f"{self.street}/health")
        if not (self.settings["other"].parent / "enrolled").exists():
            code = (self.settings["other"].parent / "code").read_text("utf-8")
            laag("home", "enrol", str(self.settings["other"]), "--code", code)
            (self.settings["other"].parent / "enrolled").touch()
        self._start("home", "home", "run")
        self._start("other", "home", "run")
        self.answers("home", f"{self.home}/sign-in")

    def _start(self, name, *command):
        with (self.settings[name].parent / f"{name}.log").open("ab") as log:
            self.running[name] = subprocess.Popen(
                [sys.executable, "-m", "laag.apps.cli", *command, str(self.settings[name])],
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def answers(self, name, url, within_s=180):
        """Wait until it does; who has ended will not."""
        ends = time.monotonic() + within_s
        while self.running[name].poll() is None and time.monotonic() < ends:
            try:
                urllib.request.urlopen(url, timeout=10).close()
            except urllib.error.HTTPError:
                return
            except OSError:
                time.sleep(0.2)
            else:
                return
        raise AssertionError(f"{name} does not answer at {url}: {self.told()[name]}")

    def stop(self):
        """All of it; its clock stands."""
        if self.clock is not None:
            self.at = self.clock.now()
        for process in reversed(list(self.running.values())):
            process.send_signal(signal.SIGTERM)
        for process in self.running.values():
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(30)
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
        self.running = {}

    def until(self, at, within_s=300):
        """Wait until the clock says so."""
        ends = time.monotonic() + within_s
        while self.clock.now() < at:
            assert time.monotonic() < ends, f"it is {self.clock.now()} only"
            time.sleep(0.2)

    def told(self):
        """The last lines of each process, for who wonders."""
        return {
            name: (self.settings[name].parent / f"{name}.log").read_text("utf-8")[-3000:]
            for name in self.running
        }


def laag(*arguments):
    subprocess.run(
        [sys.executable, "-m", "laag.apps.cli", *arguments], check=True, timeout=120, capture_output=True
    )


def days_on(count):
    """So many local days after the first, at half past eight."""
    day = FIRST + timedelta(days=count)
    return datetime(day.year, day.month, day.day, 8, 30, tzinfo=AMSTERDAM).astimezone(UTC)
