"""Lines between nodes that can be cut and mended: each node reaches each other one through a proxy of its own."""

import asyncio
import threading
from collections.abc import Coroutine, Sequence
from contextlib import suppress
from typing import Any, TypeVar

T = TypeVar("T")


class Links:
    """One thread carries all of them. ``port(a, b)`` is where ``a`` reaches ``b``."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._ports: dict[tuple[str, str], int] = {}
        self._cut: set[tuple[str, str]] = set()
        self._open: dict[tuple[str, str], set[tuple[asyncio.StreamWriter, asyncio.StreamWriter]]] = {}
        self._servers: list[asyncio.Server] = []

    def port(self, a: str, b: str, to: int) -> int:
        """Carry what comes in at the port that is returned from ``a`` to the port of ``b``."""
        if (a, b) not in self._ports:
            self._ports[a, b] = self._in_loop(self._serve(a, b, to))
        return self._ports[a, b]

    def cut(self, some: Sequence[str], others: Sequence[str]) -> None:
        """Nothing passes between these any more, either way."""
        self._in_loop(self._sever([(a, b) for a in some for b in others]))

    def mend(self) -> None:
        """Everything passes again."""
        self._in_loop(self._sever([], mend=True))

    def close(self) -> None:
        self._in_loop(self._close())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def _in_loop(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(30)

    async def _serve(self, a: str, b: str, to: int) -> int:
        async def carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            if (a, b) in self._cut:
                writer.close()
                return
            try:
                there, onward = await asyncio.open_connection("127.0.0.1", to)
            except OSError:
                writer.close()
                return
            ends = (writer, onward)
            self._open.setdefault((a, b), set()).add(ends)
            await asyncio.wait(
                [asyncio.ensure_future(_pump(reader, onward)), asyncio.ensure_future(_pump(there, writer))],
                return_when=asyncio.FIRST_COMPLETED,
            )
            for end in ends:
                end.close()
            self._open[a, b].discard(ends)

        server = await asyncio.start_server(carry, "127.0.0.1", 0)
        self._servers.append(server)
        return int(server.sockets[0].getsockname()[1])

    async def _sever(self, pairs: Sequence[tuple[str, str]], *, mend: bool = False) -> None:
        if mend:
            self._cut.clear()
        for a, b in pairs:
            self._cut |= {(a, b), (b, a)}
        for pair in self._cut:
            for ends in list(self._open.get(pair, ())):
                for end in ends:
                    end.transport.abort()

    async def _close(self) -> None:
        for server in self._servers:
            server.close()
        for open_ in self._open.values():
            for ends in list(open_):
                for end in ends:
                    end.transport.abort()
        await asyncio.sleep(0.05)
        left = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while data := await reader.read(1 << 16):
            writer.write(data)
            await writer.drain()
