"""A member that audits every day by itself: once a settlement is on the ledger, it says there what came out.

Nothing has to be kept for it: what it has said stands on the ledger, and what it has not is what is to be done.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from threading import Event, Thread

from laag.adapters.keys import Key
from laag.adapters.ledger.store.copy import Copy
from laag.adapters.ledger.witness.client import Node
from laag.apps.audit.asking import asked, key_in
from laag.apps.audit.attesting import HandsIn, keep, opinion
from laag.apps.audit.auditing import audited
from laag.apps.audit.beside import beside
from laag.apps.audit.places import place_of
from laag.apps.audit.record import keys_of
from laag.apps.audit.saying import said
from laag.foundation.errors import BadInput, LaagError
from laag.ledger.entries import attest_key, dispute_key

log = logging.getLogger("laag.audit")
EVERY_S = 60.0
AGAIN_S = 3600.0
"""Seconds between looks at the ledger, and until a day that left something unsaid is tried again; then twice as long."""
DAYS = timedelta(days=35)
"""Before the newest settlement; what is older was audited long ago, or is asked for by hand."""


@dataclass(frozen=True, slots=True)
class Attends:
    """Who audits what, and where it says so."""

    member: str
    keys: Sequence[Key]
    url: str
    key_file: Path
    purpose: str
    reasons: Path
    facts: Path | None = None

    def todo(self, ledger: Copy) -> list[date]:
        """Days with a settlement of which this member has said nothing yet, the oldest first."""
        settled = {key: date.fromisoformat(key.split("/")[1]) for key in ledger.keys("settle/")}
        since = max(settled.values(), default=date.min + DAYS) - DAYS
        unsaid = {
            day
            for key, day in settled.items()
            if day >= since and not any(ledger.find(of(key, self.member)) for of in (attest_key, dispute_key))
        }
        return sorted(unsaid)

    def day(self, ledger: Copy, day: date, node: HandsIn) -> int:
        """Audit one, and say what came out; the code of the audit."""
        # Before the street is asked: what comes meanwhile it has not hidden, and a dispute cannot be taken back.
        there = keys_of(ledger, day)
        with asked(self.url, day, key_in(self.key_file), self.purpose) as bundle:
            found = audited(place_of(bundle.opened, self.facts), bundle, ledger.id)
        found = beside(found, there)
        mine = opinion(found, self.member)
        for line in said(mine, keep(mine, self.reasons), self._key(ledger), node):
            log.info("audited", extra={"day": day.isoformat(), "said": line.en})
        for one in found.findings:
            log.warning(
                "a finding", extra={"day": day.isoformat(), "what": one.what.value, "why": one.said.en}
            )
        return found.code

    def _key(self, ledger: Copy) -> Key:
        mine = ledger.state.member(self.member)
        key = next((one for one in self.keys if mine is not None and one.public == mine.key), None)
        if key is None:
            raise BadInput(f"the ledger knows {self.member} by no key that is here; give it in witness.key")
        return key


@contextmanager
def attending(
    attends: Attends | None, ledger: Copy, hand_in: str, every_s: float = EVERY_S
) -> Iterator[None]:
    """Audit beside the witness's work, as long as this is entered."""
    if attends is None:
        yield
        return
    over = Event()
    thread = Thread(
        target=_follow, args=(attends, ledger, hand_in, every_s, over), name="audits", daemon=True
    )
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join(10.0)  # a day under way goes with the process; it is done again at the next start


def _follow(attends: Attends, ledger: Copy, hand_in: str, every_s: float, over: Event) -> None:
    next_s, wait_s = dict[date, float](), dict[date, float]()
    now_s = 0.0
    with closing(Node(hand_in)) as node:
        while not over.wait(every_s):
            now_s += every_s
            for day in attends.todo(ledger):
                if now_s < next_s.get(day, 0.0):
                    continue
                # Every home reads that somebody looked: not every hour for weeks.
                wait_s[day] = 2 * wait_s[day] if day in wait_s else AGAIN_S
                next_s[day] = now_s + wait_s[day]
                _tried(attends, ledger, day, node)
                if over.is_set():
                    return


def _tried(attends: Attends, ledger: Copy, day: date, node: Node) -> None:
    try:
        attends.day(ledger, day, node)
    except (LaagError, OSError) as fault:
        log.warning("a day could not be audited", extra={"day": day.isoformat(), "why": str(fault)})
    except Exception:
        log.exception("the audit failed", extra={"day": day.isoformat()})
