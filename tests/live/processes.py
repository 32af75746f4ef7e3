"""Processes of the operating system, and what they answer."""

import asyncio
import subprocess
import sys
import time

import httpx

LONG_S = 150


class Process:
    """One `laag …`, with all that it says in a file."""

    def __init__(self, log, *words) -> None:
        self.log, self._words, self._process = log, words, None

    def start(self):
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "laag.apps.cli", *map(str, self._words)],
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def kill(self):
        self._process.kill()
        self._process.wait(30)

    def stop(self):
        """In good order; whether it was."""
        if self._process is None:
            return True
        self._process.terminate()
        try:
            return self._process.wait(30) == 0
        except subprocess.TimeoutExpired:
            self.kill()
            return False

    @property
    def died(self):
        return self._process is not None and self._process.poll() is not None

    @property
    def said(self):
        return self.log.read_text("utf-8") if self.log.exists() else ""


class Answers:
    """An interface on this machine, asked as a program would."""

    def __init__(self, port) -> None:
        self.url = f"http://127.0.0.1:{port}"

    async def get(self, path):
        """What it answers, or ``None`` where nobody does."""
        try:
            async with httpx.AsyncClient() as client:
                answer = await client.get(f"{self.url}{path}", timeout=20)
        except httpx.TransportError:
            return None
        return answer.json() if answer.is_success else None


async def eventually(so, what, limit_s=LONG_S):
    """Wait for what may take a while on a busy machine; ``so`` may be asked or waited for."""
    until = time.monotonic() + limit_s
    while True:
        found = so()
        if asyncio.iscoroutine(found):
            found = await found
        if found:
            return found
        assert time.monotonic() < until, what() if callable(what) else what
        await asyncio.sleep(0.2)
