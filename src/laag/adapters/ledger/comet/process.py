"""CometBFT as a child: started in its folder, listened to, started again when it falls, and never left behind."""

from __future__ import annotations

import asyncio
import ctypes
import json
import logging
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from laag.foundation.errors import BadInput, LaagError

log = logging.getLogger(__name__)
_PAUSES_S = (0.5, 1.0, 2.0, 5.0, 10.0, 30.0)
_WELL_S = 60.0
"""After so long a life its falls are forgotten."""
_GRACE_S = 10.0
_AGAIN_S = 60.0
_LINE_BYTES = 1 << 20
# Of what CometBFT says when it goes no further, the parts that have not changed between its releases.
_DIFFERS = ("Block.Header.AppHash", "state.AppHash", "AppHash does not match", "LastResultsHash")
_FAILED = "CONSENSUS FAILURE"


class Halted(LaagError):
    """This member's node goes no further: what it holds is not what the others hold."""


DIFFERS = (
    "this member's record is not what more than two thirds of the members agreed on, so its node stands still rather than "
    "sign another history; find out what changed it, then fetch the ledger again from the others with: laag ledger refetch {folder}"
)
"""What is said then."""


async def kept_running(
    binary: str, folder: Path, home: Path, go_on: Callable[[], None], stopping: asyncio.Event
) -> None:
    """Run CometBFT until told to stop; raises ``Halted``, or what ``go_on`` raises, where starting again cannot help."""
    falls = 0
    while not stopping.is_set():
        began = asyncio.get_running_loop().time()
        await _one_life(binary, folder, home, stopping)
        go_on()
        if stopping.is_set():
            return
        falls = 0 if asyncio.get_running_loop().time() - began > _WELL_S else falls + 1
        pause_s = _PAUSES_S[min(falls, len(_PAUSES_S) - 1)]
        log.warning("cometbft ended by itself; it is started again in %g s", pause_s)
        with suppress(TimeoutError):
            await asyncio.wait_for(stopping.wait(), pause_s)


async def _one_life(binary: str, folder: Path, home: Path, stopping: asyncio.Event) -> None:
    child = await _started(binary, folder, home)
    listening = asyncio.ensure_future(_listen(child, folder))
    stop = asyncio.ensure_future(stopping.wait())
    try:
        await asyncio.wait({listening, stop}, return_when=asyncio.FIRST_COMPLETED)
        if listening.done():
            listening.result()
    finally:
        stop.cancel()
        await _ended(child)
        with suppress(asyncio.CancelledError, Halted):
            listening.cancel()
            await listening


async def _started(binary: str, folder: Path, home: Path) -> asyncio.subprocess.Process:
    try:
        return await asyncio.create_subprocess_exec(
            binary,
            "start",
            "--home",
            str(home),
            cwd=folder,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
            limit=_LINE_BYTES,
            start_new_session=True,  # Ctrl-C is for us: we stop it, after we no longer need its answers
            preexec_fn=_not_without_us if sys.platform == "linux" else None,
        )
    except OSError as fault:
        raise BadInput(
            f"{binary} cannot be run ({fault.strerror}); install CometBFT 0.38 and set [node] cometbft to its path"
        ) from fault


_LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None


def _not_without_us() -> None:  # pragma: no cover - in the child, before it becomes CometBFT
    if _LIBC is not None:
        _LIBC.prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG


async def _listen(child: asyncio.subprocess.Process, folder: Path) -> None:
    """Until it ends, or no longer does what it is for; what it says of faults goes to our log."""
    differs, told = False, _Told()
    while child.stdout is not None and (line := await _line(child.stdout)):
        differs |= any(sign in line for sign in _DIFFERS)
        if _FAILED in line:
            if differs:
                raise Halted(DIFFERS.format(folder=folder))
            told.say(line)
            return  # it lives and decides nothing any more, as where its clock was far behind: it is started again
        told.say(line)
    code = await child.wait()
    if differs and code > 0:
        raise Halted(DIFFERS.format(folder=folder))


class _Told:
    """What goes to our log: the same again only after a while, so that a fault that stays does not fill a disk."""

    def __init__(self) -> None:
        self._last: dict[str, float] = {}

    def say(self, line: str) -> None:
        text = _told(line)
        what, now = text.partition(" (")[0], asyncio.get_running_loop().time()
        if now - self._last.get(what, -_AGAIN_S) >= _AGAIN_S:
            self._last = {one: at for one, at in self._last.items() if now - at < _AGAIN_S} | {what: now}
            log.warning("cometbft: %s", text)


async def _line(out: asyncio.StreamReader) -> str:
    try:
        return (await out.readline()).decode("utf-8", "replace")
    except ValueError:  # a line without end: a dump of everything; the next one is read
        return " "


def _told(line: str) -> str:
    """What a line of its log says, shortened.

    >>> _told('{"level":"error","_msg":"failed to dial","err":"refused","module":"p2p"}')
    'failed to dial (err refused)'
    """
    try:
        said = json.loads(line)
        rest = ", ".join(f"{key} {said[key]}" for key in ("err", "height", "round") if key in said)
        return f"{said['_msg']} ({rest})"[:500] if rest else str(said["_msg"])[:500]
    except (ValueError, KeyError, TypeError):
        return line.strip()[:500]


async def _ended(child: asyncio.subprocess.Process) -> None:
    if child.returncode is not None:
        return
    with suppress(ProcessLookupError):
        child.terminate()
    try:
        await asyncio.wait_for(child.wait(), _GRACE_S)
    except TimeoutError:
        with suppress(ProcessLookupError):
            child.kill()
        await child.wait()
