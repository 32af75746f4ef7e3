"""A node that hangs holds up one who asks, and not everybody."""

import json
import socket
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from laag.adapters.ledger.comet import rpc
from laag.adapters.ledger.comet.rpc import Away, Rpc


class Hangs:
    """A node that answers or hangs, and counts who asked."""

    def __init__(self) -> None:
        self.hangs, self.asked = threading.Event(), 0
        node = self

        class Answers(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                node.asked += 1
                self.rfile.read(int(self.headers["content-length"]))
                if node.hangs.is_set():
                    time.sleep(1.0)
                said = json.dumps({"id": 0, "result": {"well": True}}).encode()
                self.send_response(200)
                self.send_header("content-length", str(len(said)))
                self.end_headers()
                self.wfile.write(said)

            def log_message(self, *_: object) -> None:
                pass

        class Server(ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, *_: object) -> None:
                """Who gave up has hung up."""

        self.server = Server(("127.0.0.1", 0), Answers)


@contextmanager
def node():
    one = Hangs()
    thread = threading.Thread(target=one.server.serve_forever, daemon=True)
    thread.start()
    asks = Rpc(f"127.0.0.1:{one.server.server_address[1]}", timeout_s=0.2)
    try:
        yield one, asks
    finally:
        asks.close()
        one.server.shutdown()
        one.server.server_close()
        thread.join()


def test_who_asks_a_node_that_let_another_wait_in_vain_is_told_at_once():
    with node() as (hangs, asks):
        assert asks.status() == {"well": True}
        hangs.hangs.set()
        for _ in range(20):
            with pytest.raises(Away, match="does not answer"):
                asks.status()
        assert hangs.asked == 2


def test_after_a_while_one_asks_again_and_hears_that_it_is_back(monkeypatch):
    monkeypatch.setattr(rpc, "_SILENT_S", 0.05)
    with node() as (hangs, asks):
        hangs.hangs.set()
        with pytest.raises(Away):
            asks.status()
        time.sleep(0.1)
        with pytest.raises(Away):
            asks.status()
        assert hangs.asked == 2, "one found out, in vain"
        hangs.hangs.clear()
        time.sleep(0.1)
        assert [asks.status() for _ in range(3)] == 3 * [{"well": True}]


def test_a_node_that_is_not_there_is_asked_every_time():
    """It says so at once, and is soon back."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        asks = Rpc(f"127.0.0.1:{door.getsockname()[1]}")
        for _ in range(3):
            with pytest.raises(Away, match="ConnectError"):
                asks.status()
        asks.close()
