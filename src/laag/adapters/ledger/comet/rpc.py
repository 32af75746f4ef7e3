"""What a program asks a CometBFT node over JSON-RPC; a node that is away or slow is a value, not an accident."""

from __future__ import annotations

import base64
import json
from collections.abc import Sequence
from threading import Lock
from time import monotonic
from typing import Any

import httpx

from laag.foundation.errors import LaagError

_MOST_BYTES = 1_500_000
_MOST_AT_ONCE = 100
_SILENT_S = 2.0
"""For so long nobody waits for a node that let somebody wait in vain; then one asks, and the others hear of it."""


class Away(LaagError):
    """The node did not answer; what was asked is to be asked again."""


class Asked(LaagError):
    """The node answered that it cannot, and why."""


class Rpc:
    """One node; any thread may use it.

    >>> Rpc("127.0.0.1:9").status()
    Traceback (most recent call last):
    laag.adapters.ledger.comet.rpc.Away: the node at 127.0.0.1:9 does not answer (ConnectError); start it with: laag ledger node
    """

    def __init__(self, at: str, *, timeout_s: float = 10.0) -> None:
        self.at = at
        # A node is asked directly, whatever proxy the surroundings name for the web.
        self._client = httpx.Client(
            base_url=f"http://{at}", timeout=httpx.Timeout(timeout_s, connect=3.0), trust_env=False
        )
        self._timeout_s = timeout_s
        self._turn, self._silent_until_s = Lock(), 0.0

    def close(self) -> None:
        """Let go of its connections."""
        self._client.close()

    def status(self) -> dict[str, Any]:
        """Its name, height, and whether it still catches up."""
        return self._ask("status")

    def peers(self) -> list[dict[str, Any]]:
        """With whom it is connected."""
        return list(self._ask("net_info")["peers"])

    def commit(self, height: int | None = None) -> dict[str, Any]:
        """A header and who signed it; the newest where none is said."""
        return dict(self._ask("commit", **_at(height))["signed_header"])

    def validators(self, height: int | None = None) -> list[dict[str, Any]]:
        """Who validated a block."""
        return list(self._ask("validators", per_page="100", **_at(height))["validators"])

    def query(self, path: str, data: str = "") -> dict[str, Any]:
        """Ask its application."""
        return dict(self._ask("abci_query", path=path, data=data.encode().hex())["response"])

    def told(self, path: str, asked: str = "") -> Any:
        """What its application says, read."""
        said = self.query(path, asked)
        if said.get("code"):
            raise Asked(f"the node at {self.at} cannot say {path}: {said.get('log')}")
        return json.loads(base64.b64decode(said["value"]))

    def broadcast(self, entries: Sequence[bytes]) -> list[dict[str, Any]]:
        """Hand in entries: each answer is what the application said, or ``{"error": …}``."""
        answers: list[dict[str, Any]] = []
        for some in _portions(entries):
            answers += self._broadcast(some)
        return answers

    def _broadcast(self, entries: Sequence[bytes]) -> list[dict[str, Any]]:
        calls = [
            _call("broadcast_tx_sync", {"tx": base64.b64encode(data).decode()}, n)
            for n, data in enumerate(entries)
        ]
        said = self._post(calls)
        if isinstance(said, dict):
            said = [said]
        by_number = {one.get("id"): one for one in said}
        return [_answer(by_number.get(n, {"error": {"data": "no answer"}})) for n in range(len(entries))]

    def _ask(self, method: str, **asked: str) -> dict[str, Any]:
        said = self._post(_call(method, asked, 0))
        if "error" in said:
            raise Asked(f"the node at {self.at} cannot answer {method}: {_why(said['error'])}")
        return dict(said["result"])

    def _post(self, body: Any) -> Any:
        probing = self._may_ask()
        try:
            said = self._client.post("/", json=body).json()
        except httpx.TimeoutException as fault:
            # A node that hangs would else hold every thread that asks it for as long as one is patient.
            self._silent(_SILENT_S)
            raise self._away(fault) from fault
        except (httpx.HTTPError, ValueError) as fault:
            if probing:
                self._silent(0)
            raise self._away(fault) from fault
        if probing:
            self._silent(0)
        return said

    def _may_ask(self) -> bool:
        """Whether this is the one that finds out if a node that was silent is back; raises for the others."""
        with self._turn:
            now_s, until_s = monotonic(), self._silent_until_s
            if now_s < until_s:
                raise self._away(httpx.ReadTimeout("asked just now"))
            if until_s:
                self._silent_until_s = now_s + self._timeout_s
            return bool(until_s)

    def _silent(self, for_s: float) -> None:
        with self._turn:
            self._silent_until_s = monotonic() + for_s if for_s else 0.0

    def _away(self, fault: Exception) -> Away:
        return Away(
            f"the node at {self.at} does not answer ({type(fault).__name__}); start it with: laag ledger node"
        )


def _portions(entries: Sequence[bytes]) -> Sequence[Sequence[bytes]]:
    portions: list[list[bytes]] = [[]]
    size = 0
    for data in entries:
        if portions[-1] and (size + len(data) > _MOST_BYTES or len(portions[-1]) >= _MOST_AT_ONCE):
            portions.append([])
            size = 0
        portions[-1].append(data)
        size += len(data)
    return [portion for portion in portions if portion]


def _at(height: int | None) -> dict[str, str]:
    return {} if height is None else {"height": str(height)}


def _call(method: str, asked: dict[str, str], number: int) -> dict[str, Any]:
    return {"jsonrpc": "2.0", "id": number, "method": method, "params": asked}


def _answer(said: dict[str, Any]) -> dict[str, Any]:
    return {"error": _why(said["error"])} if "error" in said else dict(said["result"])


def _why(error: dict[str, Any]) -> str:
    return str(error.get("data") or error.get("message") or error)
