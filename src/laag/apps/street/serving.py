"""A server that runs until it is told to stop: then it finishes what waits, sends listeners home and closes its log."""

from __future__ import annotations

import asyncio
import gc
import logging
import os
import resource
import socket
from contextlib import ExitStack, suppress
from types import FrameType
from typing import TYPE_CHECKING

import uvicorn

from laag import __version__
from laag.adapters.clocks import Wall, clock_of
from laag.adapters.keys import Key
from laag.adapters.openmeteo import Newest, OpenMeteo
from laag.adapters.stores import open_log
from laag.adapters.stores.records import open_records
from laag.adapters.stores.shelf import open_shelf
from laag.apps.street.api.straight import Straight
from laag.apps.street.cold import Cold
from laag.apps.street.config import ENTSOE, MODEL, Config, PricesWire
from laag.apps.street.figures import Figures
from laag.apps.street.keeper import Keeper
from laag.apps.street.ledger.opening import opened
from laag.apps.street.logs import to_stderr
from laag.apps.street.pages import paged_app, welcome_link
from laag.apps.street.patient import Patient
from laag.apps.street.running import Running
from laag.apps.street.sources import Files, InTurn, Model, Prices

if TYPE_CHECKING:  # an extra
    from laag.apps.street.flex.line import AtTheGrid

log = logging.getLogger("laag.street")
STOP_WITHIN_S = 10
_GARBAGE = 5_000, 10, 100
"""So many new objects are looked through at once; nearly nothing here needs it."""


def serve(config: Config) -> int:
    """Serve until SIGTERM or Ctrl-C."""
    to_stderr()
    _many_connections()
    asyncio.run(_serve(config))
    return 0


def _cold(config: Config, keeper: Keeper) -> Cold | None:
    place = config.weather
    if place is None:
        return None
    # A forecast is made on the wall's clock, also where the neighbourhood's runs faster.
    return Cold(keeper, Newest(OpenMeteo(), place.latitude, place.longitude))


async def _serve(config: Config) -> None:
    wire = config.wire
    figures = Figures()
    keeper = Keeper(
        lambda: open_log(config.store),
        config.place,
        clock_of(wire.clock),
        figures=figures,
        version=__version__,
        shelf=open_shelf(config.store),
    )
    sources = InTurn([source_of(one, config) for one in wire.sources], figures)
    with open_records(config.store) as records, ExitStack() as stack:
        # Witnesses sign with the time on the wall, also where the neighbourhood's clock runs faster.
        ledger = stack.enter_context(opened(config.ledger, config.ledger_files, wire.name, Wall()))
        running = Running(
            keeper,
            records,
            sources,
            version=__version__,
            public_url=wire.public_url,
            ledger=ledger,
            wires=config.wires,
            grid=_grid(config, keeper),
            agreed=config.grid,
            cold=_cold(config, keeper),
        )
        async with (
            running
        ):  # so that what is wrong with the log is said in one sentence, before anybody calls
            app = paged_app(running, public=wire.public_market)
            server = _Server(uvicorn.Config(
                Straight(app, running, app.state.doors), host=wire.host, port=wire.port, http=Patient, lifespan="off", log_config=None, access_log=False,
                timeout_graceful_shutdown=STOP_WITHIN_S, server_header=False,
            ), running)  # fmt: skip
            _settle_memory()
            with _door(wire.host, wire.port) as door:
                url = f"http://{wire.host}:{door.getsockname()[1]}"
                if link := welcome_link(app, wire.public_url or url):
                    print(f"The first operator makes an account at {link}", flush=True)
                log.info("listening", extra={"url": url, "clock": wire.clock, "version": __version__})
                await server.serve([door])
    log.info("stopped")


def _grid(config: Config, keeper: Keeper) -> AtTheGrid | None:
    """The line to a grid operator, where there is one."""
    if config.dso is None:
        return None
    from laag.adapters.uftp.signing import published
    from laag.apps.street.flex.line import AtTheGrid

    path = config.path(config.dso.key)
    if not path.exists():
        Key.new().save(path)
    key = Key.load(path)
    log.info("the grid operator is told this key", extra={"key": published(key.public)})
    store = config.dso.store
    return AtTheGrid(config.dso, key, store if "://" in store else str(config.path(store)), keeper)


def _many_connections() -> None:
    """As many as this machine allows: every home of a large neighbourhood keeps one open, and many a limit is 1,024."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def _settle_memory() -> None:
    """What was made up to here stays, and is looked through for garbage only now.

    Of 2,000 readings a second a fifth of the work was looking for garbage in what stays, up to 0.2 s at a time.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*_GARBAGE)


def _door(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # Named as TCP, or asyncio lets the second part of an answer wait 40 ms for the first.
    door = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        door.bind((host, port))
        door.listen(2048)  # whoever calls on hearing that we listen is let in
    except OSError as taken:
        door.close()
        raise OSError(taken.errno, taken.strerror, f"{host}:{port}") from taken
    return door


class _Server(uvicorn.Server):
    """Stops without a fuss: streams are ended first, or it would wait for every browser."""

    def __init__(self, config: uvicorn.Config, running: Running) -> None:
        super().__init__(config)
        self._running = running
        self._loop = asyncio.get_running_loop()

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Asked once it stops in good order, asked twice at once."""
        del sig, frame
        if self.should_exit:
            self.force_exit = True
        self.should_exit = True
        self._loop.call_soon_threadsafe(self._running.stream.close)


def source_of(given: str | PricesWire, config: Config) -> Prices:
    """A source of prices by its name or its files."""
    if isinstance(given, PricesWire):
        imbalance = None if given.imbalance is None else config.path(given.imbalance)
        return Files(config.path(given.day_ahead), imbalance, config.place.zone)
    if given == ENTSOE:
        from laag.adapters.entsoe import Entsoe, token_of

        return Entsoe(token_of(os.environ), zone=config.place.zone)
    assert given == MODEL
    return Model(config.wire.seed)
