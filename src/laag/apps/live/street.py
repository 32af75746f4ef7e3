"""Keeping a street alive: its processes started, enrolled, begun again when they die, and stopped together."""

from __future__ import annotations

import fcntl
import signal
import subprocess
import sys
import time
import urllib.request
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import IO

from laag.adapters.clocks import clock_of
from laag.apps.live import witnesses
from laag.apps.live.child import WITHIN_S
from laag.apps.live.links import answers, first_link, welcome
from laag.apps.live.making import Made, set_clocks
from laag.foundation.errors import BadInput

_STARTS_WITHIN_S = 60.0
_STOPS_WITHIN_S = 15.0
_LOOKS_S = 1.0


@dataclass(slots=True)
class Process:
    """One of them, with what it is started by and where it writes."""

    name: str
    command: list[str]
    log: Path
    holds: tuple[int, ...] = ()
    """Open files that it keeps open as long as it runs."""
    running: subprocess.Popen[bytes] | None = None
    deaths: int = 0
    begun_at_s: float = 0.0

    def begin(self) -> None:
        """Start it; Ctrl-C is for the street to hear, not for each of its processes."""
        with self.log.open("ab") as log:
            self.running = subprocess.Popen(  # noqa: S603 - our own commands
                self.command,
                stdin=subprocess.PIPE,  # nothing is ever said there; that it closes is heard (``child``)
                stdout=log,
                stderr=log,
                start_new_session=True,
                pass_fds=self.holds,
            )
        self.begun_at_s = time.monotonic()

    @property
    def died(self) -> bool:
        """Whether it was started and is no more."""
        return self.running is not None and self.running.poll() is not None

    def stop(self) -> None:
        """Ask it to stop."""
        if self.running is not None and self.running.poll() is None:
            self.running.terminate()

    def wait(self, until_s: float) -> None:
        """Until it has, and no longer than that."""
        if self.running is None:
            return
        try:
            self.running.wait(max(until_s - time.monotonic(), 0.1))
        except subprocess.TimeoutExpired:
            self.running.kill()
            self.running.wait()
        finally:
            if self.running.stdin is not None:
                self.running.stdin.close()


@dataclass(slots=True)
class Living:
    """A street and its processes."""

    made: Made
    processes: list[Process] = field(default_factory=list)
    stopping: bool = False
    holds: tuple[int, ...] = ()

    def live(self) -> int:
        """Until Ctrl-C; a folder holds one street, and one that lives is not begun a second time."""
        with (self.made.out / "lives").open("w") as lives, (self.made.out / "still").open("w") as still:
            if not _held(lives):
                raise BadInput(
                    f"the street in {self.made.out} lives already; look at http://127.0.0.1:{self.made.port}, "
                    "or give another --out and --port"
                )
            self._last_ones_gone(still)
            self.holds = (still.fileno(),)
            return self._live()

    def _last_ones_gone(self, still: IO[str]) -> None:
        """Processes keep ``still`` held: after a `kill -9` those of before may be stopping yet."""
        until_s, told = time.monotonic() + WITHIN_S + _STOPS_WITHIN_S, False
        while not _held(still):
            if time.monotonic() > until_s:
                raise BadInput(
                    f"processes of the street in {self.made.out} do not stop; end them, and begin again"
                )
            if not told:
                print("waiting for what was there before to stop ...", flush=True)
            told = True
            time.sleep(_LOOKS_S / 10)

    def _live(self) -> int:
        clock = clock_of(set_clocks(self.made))
        began = time.monotonic()
        for stops in (signal.SIGINT, signal.SIGTERM):
            signal.signal(stops, self._stop)
        try:
            server = self._add(
                "the street", ["serve", str(self.made.street_settings)], self.made.out / "street.log"
            )
            server.begin()
            self._answers(server)
            for number in range(1, self.made.homes + 1):
                self._home(number)
            self._all_answer()
            self._witnesses()
            print(
                f"{self.made.homes} homes live after {time.monotonic() - began:.0f} s, at {self.made.speed:g} times the speed"
            )
            for line in welcome(self.made):
                print(line)
            for party, _ in witnesses.there(self.made.out):
                print(
                    f"  {party.called} watches the ledger at http://127.0.0.1:{witnesses.port_of(self.made.port, party)}"
                )
            print(f"What they say is in {self.made.out}/street.log and {self.made.out}/home-*/home.log.")
            print("Ctrl-C stops it; the same command goes on where it stood.", flush=True)
            while not self.stopping:
                time.sleep(_LOOKS_S)
                self.made.save(clock.now())
                for process in self.processes:
                    self._revive(process)
        finally:
            self.made.save(clock.now())
            self._end()
        return 0

    def _add(self, name: str, arguments: list[str], log: Path) -> Process:
        command = [sys.executable, "-m", "laag.apps.live.child", *arguments]
        process = Process(name, command, log, self.holds)
        self.processes.append(process)
        return process

    def _home(self, number: int) -> None:
        if self.stopping:
            return
        settings = self.made.home_settings(number)
        code = settings.parent / "code"
        if code.exists():
            self._enrol(settings, code)
        first_link(self.made, number).unlink(missing_ok=True)  # of the last time
        self._add(f"home {number}", ["home", "run", str(settings)], settings.parent / "home.log").begin()

    def _witnesses(self) -> None:
        """Once all homes live: they catch up with what was written meanwhile."""
        for party, settings in witnesses.there(self.made.out):
            if not self.stopping:
                log = settings.parent / "witness.log"
                self._add(party.called, ["ledger", "witness", str(settings)], log).begin()

    def _enrol(self, settings: Path, code: Path) -> None:
        """Once; a code that was used by this home before is answered as it was then."""
        from laag.apps.agent.commands import enrol_now

        enrol_now(settings, code.read_text("utf-8"))
        code.unlink()

    def _answers(self, server: Process) -> None:
        until_s = time.monotonic() + _STARTS_WITHIN_S
        while time.monotonic() < until_s and not self.stopping:
            if server.died:
                raise BadInput(f"the street's server does not start; {server.log} says why")
            with (
                suppress(OSError),
                urllib.request.urlopen(f"http://127.0.0.1:{self.made.port}/api/v1/about", timeout=2),
            ):
                return
            time.sleep(0.2)
        if not self.stopping:
            raise BadInput(f"the street's server does not answer; {server.log} says why")

    def _all_answer(self) -> None:
        """Wait for the homes' pages; one that does not come up keeps no other from being shown."""
        until_s = time.monotonic() + _STARTS_WITHIN_S
        for number in range(1, self.made.homes + 1):
            answers(self.made.home_port(number), until_s, lambda: self.stopping)

    def _revive(self, process: Process) -> None:
        """Begin a process that died again; one that keeps dying waits ever longer."""
        if not process.died or self.stopping:
            return
        if time.monotonic() - process.begun_at_s < min(2.0**process.deaths, 60.0):
            return
        process.deaths += 1
        print(f"{process.name} stopped and is begun again ({process.log} says why)", flush=True)
        process.begin()

    def _stop(self, _: int, __: FrameType | None) -> None:
        self.stopping = True

    def _end(self) -> None:
        for process in reversed(self.processes):
            process.stop()
        until_s = time.monotonic() + _STOPS_WITHIN_S
        for process in reversed(self.processes):
            process.wait(until_s)


def _held(file: IO[str]) -> bool:
    """Whether a file is ours alone now."""
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
