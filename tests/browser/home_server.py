"""The pages of a lived-in home on a port, in a thread of their own; everything it opened is closed when it stops."""

import asyncio
import socket
import threading
from contextlib import contextmanager

import uvicorn
from tests.apps.agent.paged_home import session, standing

from laag.home.operate import Measured


class Served:
    """The address, the secret of somebody who is signed in, and the home behind it."""

    def __init__(self, port, site) -> None:
        self.url, self.secret, self.site = f"http://127.0.0.1:{port.getsockname()[1]}", session(site), site
        self.loop = asyncio.get_running_loop()

    def hears(self, device, kw):
        """A device speaks."""

        def heard():
            life = self.site.here.life
            life.senses.hear(Measured(device, life.clock.now(), kw))
            life.tell("now", {})

        self.loop.call_soon_threadsafe(heard)


@contextmanager
def served(folder, *devices, **about):
    """It, while it is there."""
    ready, told = threading.Event(), {}
    port = socket.socket()
    port.bind(("127.0.0.1", 0))

    async def serve():
        with standing(folder, *devices, **about) as (app, site):
            quiet = uvicorn.Config(app, lifespan="off", log_level="warning", access_log=False)
            told["made"], told["server"] = Served(port, site), uvicorn.Server(quiet)
            ready.set()
            await told["server"].serve(sockets=[port])

    thread = threading.Thread(target=lambda: asyncio.run(serve()))
    thread.start()
    try:
        assert ready.wait(120), "the home did not start"
        yield told["made"]
    finally:
        if "server" in told:
            told["server"].should_exit = told["server"].force_exit = True
        thread.join(30)
        port.close()
