"""What the application is asked beside entries, each a path and a few words, answered in JSON."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from laag.adapters.ledger.comet.abci import QueryRequest, QueryResponse
from laag.foundation.errors import LaagError
from laag.ledger.merkle import consistency, inclusion, leaf_hash

if TYPE_CHECKING:
    from laag.adapters.ledger.comet.app import Application


def answered(app: Application, request: QueryRequest) -> QueryResponse:
    """The answer, with the block at which it holds; code 1 and a sentence where there is none."""
    ask = _ASKS.get(request.path)
    height = app.record.stand.height
    if ask is None:
        return QueryResponse(
            1, f"{request.path} is nothing to ask; ask one of {', '.join(_ASKS)}", height=height
        )
    try:
        said = ask(app, request.data.decode("ascii"))
    except (LaagError, ValueError) as odd:
        return QueryResponse(1, str(odd), height=height)
    return QueryResponse(value=json.dumps(said, separators=(",", ":")).encode(), height=height)


def _find(app: Application, key: str) -> Any:
    found = app.record.store.find(key)
    return None if found is None else [found.index, found.data.decode("ascii")]


def _places(app: Application, keys: str) -> Any:
    """Where each of these keys stands and the hash of what stands there; null where nothing does."""
    found = [app.record.store.find(key) for key in keys.splitlines()]
    return [None if one is None else [one.index, leaf_hash(one.data).hex()] for one in found]


def _judge(app: Application, data: str) -> Any:
    return app.judge(data.encode("ascii")).text


def _keys(app: Application, prefix: str) -> Any:
    return app.record.store.keys(prefix)


def _entries(app: Application, asked: str) -> Any:
    first, count = _two(asked)
    return [data.decode("ascii") for data in app.record.store.entries(first, count)]


def _path(app: Application, asked: str) -> Any:
    index, size = _two(asked)
    if not 0 <= index < size <= app.record.state.size:
        raise ValueError(
            f"there is no path from {index} to a log of {size}; this one has {app.record.state.size}"
        )
    return [one.hex() for one in inclusion(index, size, app.record.node)]


def _consistency(app: Application, asked: str) -> Any:
    old, new = _two(asked)
    if not 0 <= old <= new <= app.record.state.size:
        raise ValueError(f"a log of {old} cannot grow to one of {new}; this one has {app.record.state.size}")
    return [one.hex() for one in consistency(old, new, app.record.node)]


def _head(app: Application, asked: str) -> Any:
    """How the ledger stood when the block of this height was proposed; now, where no height is said."""
    stand = app.record.before(int(asked)) if asked else app.record.stand
    if stand is None:
        return None
    return {
        "height": stand.height,
        "size": stand.size,
        "root": stand.root.hex(),
        "state": stand.state,
        "nodes": stand.nodes,
    }


def _genesis(app: Application, _: str) -> Any:
    return app.record.genesis.data.decode("ascii")


def _members(app: Application, _: str) -> Any:
    state = app.record.state
    return {
        "app": state.app,
        "changes": state.changes,
        "members": [one.words() for one in state.members],
        "caught": [[one.height, one.address, one.at] for one in app.record.stand.caught],
    }


def _two(asked: str) -> tuple[int, int]:
    one, other = asked.split()
    return int(one), int(other)


_ASKS: dict[str, Callable[[Application, str], Any]] = {
    "find": _find,
    "places": _places,
    "judge": _judge,
    "keys": _keys,
    "entries": _entries,
    "path": _path,
    "consistency": _consistency,
    "head": _head,
    "genesis": _genesis,
    "members": _members,
}
