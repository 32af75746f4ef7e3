"""`laag home run` and `laag home enrol`."""

from __future__ import annotations

import argparse
import asyncio
import fcntl
import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from laag.foundation.errors import BadInput

_MOST_CONNECTIONS = 200
"""Enough for a household; whoever opens more leaves the home the files that it needs to reach its devices."""


def add_parsers(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Hang them under `laag home`."""
    run = commands.add_parser(
        "run",
        help="run a home: measure, plan, steer, and trade with its neighbourhood",
        description="Run one home by its settings (docs/home-agent.md), until Ctrl-C.",
    )
    run.add_argument("config", type=Path, metavar="CONFIG.toml", help="the settings of the home")
    run.set_defaults(run=_run)
    enrol = commands.add_parser(
        "enrol",
        help="become a member of a neighbourhood, with a code from its operator",
        description="Become a member; a key is made for the home, and kept in its store.",
    )
    enrol.add_argument("config", type=Path, metavar="CONFIG.toml", help="the settings of the home")
    enrol.add_argument("--code", required=True, help="the code that the operator gave")
    enrol.add_argument(
        "--street", metavar="URL", help="where the neighbourhood is, if not as in the settings"
    )
    enrol.set_defaults(run=_enrol)


def _run(args: argparse.Namespace) -> int:
    import uvicorn

    from laag.adapters.clocks import Wall
    from laag.adapters.stores import open_records
    from laag.apps.agent.app import agent_app
    from laag.apps.agent.config import read
    from laag.apps.agent.pages import site_of
    from laag.apps.agent.serving import Serving
    from laag.apps.agent.wiring import ACCESS, agent_of
    from laag.apps.street.logs import Plain
    from laag.apps.street.patient import Patient

    config = read(args.config)
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Plain("%(asctime)s %(levelname)s %(message)s"))
    logging.basicConfig(level=logging.INFO, handlers=[handler])
    logging.getLogger("httpx").setLevel(logging.WARNING)
    with alone_in(config.store_folder), open_records(str(config.store_folder / ACCESS)) as records:
        site, page = site_of(agent_of(config), records, Wall()), config.page
        app = agent_app(site.here.agent, routers=site.routers, doors=site.doors, ways=site.ways)
        site.dress(app)
        _invites(config.store_folder, site.first_link(f"http://{page.host}:{page.port}"))
        server = Serving(
            uvicorn.Config(
                app,
                host=page.host,
                port=page.port,
                http=Patient,
                limit_concurrency=_MOST_CONNECTIONS,
                log_config=None,
                log_level="warning",
                access_log=False,
                timeout_graceful_shutdown=5,
            )
        )
        asyncio.run(server.serve())
        return 0 if server.started else 2


def _invites(folder: Path, link: str | None) -> None:
    """Say where this home becomes somebody's; only who can read its store's folder reads it too."""
    told = folder / "first-link"
    told.unlink(missing_ok=True)
    if link is not None:
        told.touch(0o600)
        told.write_text(f"{link}\n", "utf-8")
        print(f"this home is nobody's yet; open {link} to make it yours", flush=True)


def _enrol(args: argparse.Namespace) -> int:
    print(enrol_now(args.config, args.code, args.street))
    return 0


def enrol_now(settings: Path, code: str, url: str | None = None) -> str:
    """Become a member; what to say of it."""
    from laag.adapters.homestore import HomeStore
    from laag.apps.agent.config import read
    from laag.apps.agent.enrolling import enrol
    from laag.apps.agent.wiring import STORE, link_to
    from laag.apps.street.logs import plain

    config = read(settings) if url is None else read(settings).at(url)

    async def ask() -> str:
        with HomeStore(config.store_folder / STORE) as store:
            link = link_to(config, store)
            try:
                about, enrolled = await enrol(store, link, code, config.zone)
            finally:
                await link.close()
        return f"{config.name} is {enrolled.member} in {plain(about.name)}, from {enrolled.first_day} on"

    with alone_in(config.store_folder):
        return asyncio.run(ask())


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """One process to a store: two would give out the same numbers."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (folder / "lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as held:
            raise BadInput(f"another process runs the home in {folder}; stop it first") from held
        yield
