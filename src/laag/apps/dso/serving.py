"""A line that is served until SIGTERM or Ctrl-C: its door, its post, and what it does of its own accord."""

from __future__ import annotations

import asyncio
import logging
import socket
from collections.abc import Awaitable, Callable
from types import FrameType

import uvicorn
from fastapi import FastAPI, Response

from laag.adapters.uftp.link import PATH, Line

log = logging.getLogger("laag.uftp")
_LONGEST_S, _SHORTEST_S = 5.0, 0.1
STOP_WITHIN_S = 5


async def serve(line: Line, act: Callable[[], Awaitable[None]], host: str, port: int) -> None:
    """Serve until told to stop."""
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    app.include_router(line.router())
    app.add_api_route("/health", lambda: Response("here", media_type="text/plain"), methods=["GET"])
    async with line.opened():
        server = _Server(
            uvicorn.Config(
                app, lifespan="off", log_config=None, access_log=False, server_header=False,
                timeout_graceful_shutdown=STOP_WITHIN_S, limit_concurrency=200,
            )
        )  # fmt: skip
        with _door(host, port) as door:
            print(f"listening at http://{host}:{door.getsockname()[1]}{PATH}", flush=True)
            acting = asyncio.create_task(keep(line, act))
            try:
                await server.serve([door])
            finally:
                acting.cancel()
                await asyncio.gather(acting, return_exceptions=True)
    log.info("stopped")


async def keep(line: Line, act: Callable[[], Awaitable[None]]) -> None:
    """Act on every news, and every so often: deadlines make no noise."""
    every_s = max(_SHORTEST_S, min(_LONGEST_S, 60 / line.clock.speed))
    while True:
        line.news.clear()
        try:
            await act()
        except Exception:
            log.exception("what is due could not be done; it is tried again")
        try:
            async with asyncio.timeout(every_s):
                await line.news.wait()
        except TimeoutError:
            continue


class _Server(uvicorn.Server):
    """Ends in good order when asked, with 0; asked twice, at once."""

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Told to stop."""
        del sig, frame
        self.force_exit = self.should_exit
        self.should_exit = True


def _door(host: str, port: int) -> socket.socket:
    door = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        door.bind((host, port))
        door.listen(128)
    except OSError as taken:
        door.close()
        raise OSError(taken.errno, taken.strerror, f"{host}:{port}") from taken
    return door
