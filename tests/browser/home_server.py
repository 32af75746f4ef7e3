"""The pages of a lived-in home on a port, in a thread of their own; everything it opened is closed when it stops."""

import socket
import threading
from contextlib import contextmanager

import uvicorn
from tests.apps.agent.paged_home import session, standing


@contextmanager
def served(folder, *devices, **about):
    """The address, and the secret of somebody who is signed in."""
    ready, told = threading.Event(), {}
    port = socket.socket()
    port.bind(("127.0.0.1", 0))

    def serve():
        with standing(folder, *devices, **about) as (app, site):
            quiet = uvicorn.Config(app, lifespan="off", log_level="warning", access_log=False)
            told["session"], told["server"] = session(site), uvicorn.Server(quiet)
            ready.set()
            told["server"].run(sockets=[port])

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        assert ready.wait(120), "the home did not start"
        yield f"http://127.0.0.1:{port.getsockname()[1]}", told["session"]
    finally:
        if "server" in told:
            told["server"].should_exit = True
        thread.join(30)
        port.close()
