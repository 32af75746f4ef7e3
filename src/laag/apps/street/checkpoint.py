"""What a server knows as bytes, bound to the log that it follows from: a start reads it, and then only what came since."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from functools import cache
from pathlib import Path

import laag
from laag.apps.street.kept import Kept, Refusal
from laag.apps.street.opening import opened
from laag.cycle.bulletin import LocalPrices
from laag.cycle.fingerprint import fingerprint
from laag.cycle.live import Neighbourhood
from laag.cycle.live.condensed import CondensedDay, condensed, expanded, packed, unpacked
from laag.cycle.live.packing import bound, loose
from laag.foundation.errors import LaagError
from laag.foundation.words import Said

FORMAT = 1
_CORE = (
    "foundation",
    "home",
    "neighbourhood",
    "gateway",
    "nation",
    "settlement",
    "cycle",
    "apps/street/kept.py",
    "apps/street/checkpoint.py",
)
_DIGEST_BYTES = 32


class Ignored(LaagError):
    """A checkpoint that does not count; the log is read instead."""


@dataclass(frozen=True, slots=True)
class Bound:
    """To what a checkpoint belongs; what is otherwise in one of these makes it worthless."""

    format: int
    version: str
    code: str
    """Digest of the source that folds: another line of it may fold otherwise."""
    settings: str

    @classmethod
    def to(cls, place: Neighbourhood, version: str) -> Bound:
        """This laag with these settings."""
        facts = {**opened(place, "").facts, "rounds_close_s": place.rounds_close.total_seconds()}
        return cls(FORMAT, version, _code(), fingerprint(facts))


@dataclass(frozen=True, slots=True)
class Made:
    """A checkpoint."""

    head: bytes
    pieces: Mapping[str, bytes]
    days: Mapping[date, CondensedDay]
    """For the next one, which takes what stayed the same."""


def made(kept: Kept, digest: str, bound_to: Bound, before: Mapping[date, CondensedDay]) -> Made:
    """What is known after ``kept.events`` events, the digest of which is this."""
    live = condensed(kept.live, before)
    local = (kept.local.buyers, kept.local.sellers, kept.local.margin)
    rest = packed((kept.keys, local, kept.refused, kept.refused_count))
    says = {**asdict(bound_to), "events": kept.events, "digest": digest}
    body = bound([json.dumps(says, sort_keys=True).encode(), live.tree, rest])
    return Made(hashlib.sha256(body).digest() + body, live.pieces, live.days)


def restored(
    head: bytes,
    piece: Callable[[str], bytes],
    digest_after: Callable[[int], str],
    place: Neighbourhood,
    bound_to: Bound,
) -> tuple[Kept, str]:
    """What was known then, and the digest of the log then; raises ``Ignored`` where it does not count.

    ``digest_after`` is what the log itself says of its first so many events.
    """
    body = memoryview(head)[_DIGEST_BYTES:]
    if hashlib.sha256(body).digest() != head[:_DIGEST_BYTES]:
        raise Ignored("the checkpoint is damaged")
    said, tree, rest = loose(body)
    says = json.loads(bytes(said))
    for name, ours in asdict(bound_to).items():
        if says.get(name) != ours:
            raise Ignored(f"the checkpoint was made with another {name}")
    events, digest = int(says["events"]), str(says["digest"])
    if digest_after(events) != digest:
        raise Ignored("the checkpoint is of another log, or this one was put back from an older copy")
    keys, local, refused, count = unpacked(rest, {"Refusal": Refusal, "Said": Said})
    live = expanded(tree, lambda name: _whole(name, piece), place)
    return Kept(live, keys, LocalPrices(*local), refused, count, events), digest


def _whole(name: str, piece: Callable[[str], bytes]) -> bytes:
    try:
        data = piece(name)
    except (LaagError, OSError) as fault:
        raise Ignored(f"a piece of the checkpoint cannot be read ({fault})") from fault
    if hashlib.sha256(data).hexdigest() != name:
        raise Ignored("a piece of the checkpoint is damaged")
    return data


@cache
def _code() -> str:
    whole = hashlib.sha256()
    root = Path(laag.__file__).parent
    for part in _CORE:
        at = root / part
        for file in sorted(at.rglob("*.py")) if at.is_dir() else [at]:
            whole.update(f"{file.relative_to(root).as_posix()}\n".encode() + file.read_bytes())
    return whole.hexdigest()
