"""What was seen of a ledger before, in a small file: its id, and the heads of evidence that was verified."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field
from pathlib import Path

from laag.foundation.errors import BadInput
from laag.ledger.evidence import Evidence, Pin

MOST_HEADS = 1_000


@dataclass(slots=True)
class Seen:
    """By size, the root of every head that was seen."""

    ledger: str = ""
    heads: dict[int, bytes] = field(default_factory=dict)

    def pin_for(self, evidence: Evidence) -> Pin | None:
        """What this evidence has to go on from, of all that was seen.

        A head as long as one before has to be that one, and one that was never seen has not to be older than the newest.
        """
        if not self.heads:
            return None
        size, newest = evidence.head.size, max(self.heads)
        for one in (size, evidence.since.size):
            if one in self.heads:
                return Pin(one, self.heads[one])
        return Pin(newest, self.heads[newest]) if size < newest else None

    def add(self, ledger: str, pin: Pin) -> None:
        """One more."""
        self.ledger = ledger
        self.heads[pin.size] = pin.root
        for size in sorted(self.heads)[:-MOST_HEADS]:
            del self.heads[size]


def usual() -> Path:
    """Where it is kept unless another file is given."""
    folder = os.environ.get("XDG_STATE_HOME") or "~/.local/state"
    return Path(folder).expanduser() / "laag" / "ledger.json"


def load(path: Path) -> Seen:
    """What was seen; nothing yet where there is no file."""
    try:
        said = json.loads(path.read_text("utf-8"))
        heads = {int(size): bytes.fromhex(root) for size, root in said["heads"].items()}
        return Seen(str(said["ledger"]), heads)
    except FileNotFoundError:
        return Seen()
    except (ValueError, KeyError, TypeError, AttributeError) as odd:
        raise BadInput(f"{path} cannot be read ({odd}); give another --pin, or restore a copy of it") from odd


def save(seen: Seen, path: Path) -> None:
    """All of it or as it was."""
    path.parent.mkdir(parents=True, exist_ok=True)
    body = {
        "ledger": seen.ledger,
        "heads": {str(size): root.hex() for size, root in sorted(seen.heads.items())},
    }
    fresh = path.with_name(path.name + ".new")
    fresh.write_text(json.dumps(body), "utf-8")
    fresh.replace(path)
