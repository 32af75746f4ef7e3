"""A cable between a log and its server that is cut at a chosen moment."""

import select
import socket
import threading
from contextlib import suppress

READY = b"Z\0\0\0\5I"


class Wire:
    """Passes bytes on to a server, from a unix socket of its own.

    ``cut = "question"``: the next append does not reach the server. ``cut = "answer"``: it does, and is answered, but
    the answer does not come back.
    """

    cut = None

    def __init__(self, folder, server) -> None:
        self.folder = folder
        self.cuts = 0
        self._server = str(server)
        self._door = socket.socket(socket.AF_UNIX)
        self._door.bind(f"{folder}/.s.PGSQL.5432")
        self._door.listen()
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()

    def close(self):
        self._door.shutdown(socket.SHUT_RDWR)
        self._thread.join()
        self._door.close()

    def _serve(self):
        while True:
            try:
                near, _ = self._door.accept()
            except OSError:
                return
            with near, socket.socket(socket.AF_UNIX) as far, suppress(OSError):
                far.connect(self._server)
                self._pass_on(near, far)

    def _pass_on(self, near, far):
        while True:
            readable, _, _ = select.select([near, far], [], [])
            data = readable[0].recv(1 << 20)
            if not data:
                return
            if readable[0] is near and self.cut and _is_append(data):
                if self.cut == "answer":
                    far.sendall(data)
                    while not far.recv(1 << 20).endswith(READY):
                        pass
                self.cut = None
                self.cuts += 1
                return
            (far if readable[0] is near else near).sendall(data)


def _is_append(data):
    """An append is the one statement that is prepared once and then only bound: it is the one with a name."""
    return data[:1] == b"B" and b"pg8000_statement" in data[:40]
