"""A member that audits every day by itself: once a settlement is on the ledger, it says there what came out.

Nothing has to be kept for it: what it has said stands on the ledger, and what it has not is what is to be done.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from threading import Event, Thread
from typing import Protocol

from laag.adapters.keys import Key
from laag.adapters.ledger.evidence import Written, id_of, members_of
from laag.apps.audit.asking import asked, key_in
from laag.apps.audit.attesting import HandsIn, keep, opinion
from laag.apps.audit.auditing import audited
from laag.apps.audit.beside import beside
from laag.apps.audit.places import place_of
from laag.apps.audit.record import Reads, keys_of
from laag.apps.audit.saying import said
from laag.foundation.errors import BadInput, LaagError
from laag.ledger.entries import attest_key, dispute_key

log = logging.getLogger("laag.audit")
EVERY_S = 60.0
AGAIN_S = 3600.0
"""Seconds between looks at the ledger, and until a day that left something unsaid is tried again; then twice as long."""
_NOT_YET = (None, 2)
"""The street did not answer, or members enough had still to sign: that is tried again sooner."""
DAYS = timedelta(days=35)
"""Before the newest settlement; what is older was audited long ago, or is asked for by hand."""


class Watched(Reads, Written, Protocol):
    """A member's own view of the ledger: a witness's copy, or its node of a chain."""


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
    every_s: float = EVERY_S

    def todo(self, ledger: Watched) -> list[date]:
        """Days with a settlement of which this member has said nothing yet, the oldest first."""
        settled = {key: date.fromisoformat(key.split("/")[1]) for key in ledger.keys("settle/")}
        since = max(settled.values(), default=date.min + DAYS) - DAYS
        unsaid = {
            day
            for key, day in settled.items()
            if day >= since and not any(ledger.find(of(key, self.member)) for of in (attest_key, dispute_key))
        }
        return sorted(unsaid)

    def day(self, ledger: Watched, day: date, node: HandsIn) -> int:
        """Audit one, and say what came out; the code of the audit."""
        # Before the street is asked: what comes meanwhile it has not hidden, and a dispute cannot be taken back.
        there = keys_of(ledger, day)
        with asked(self.url, day, key_in(self.key_file), self.purpose) as bundle:
            found = audited(place_of(bundle.opened, self.facts), bundle, id_of(ledger))
        found = beside(found, there)
        mine = opinion(found, self.member)
        for line in said(mine, keep(mine, self.reasons), self._key(ledger), node):
            log.info("audited", extra={"day": day.isoformat(), "said": line.en})
        for one in found.findings:
            log.warning(
                "a finding", extra={"day": day.isoformat(), "what": one.what.value, "why": one.said.en}
            )
        return found.code

    def _key(self, ledger: Watched) -> Key:
        mine = next((one for one in members_of(ledger) if one.id == self.member), None)
        key = next((one for one in self.keys if mine is not None and one.public == mine.key), None)
        if key is None:
            raise BadInput(f"the ledger knows {self.member} by no key that is here; give it in witness.key")
        return key


@contextmanager
def attending(attends: Attends | None, ledger: Watched, node: HandsIn) -> Iterator[None]:
    """Audit beside the member's other work, as long as this is entered; what is found is handed in at ``node``."""
    if attends is None:
        yield
        return
    over = Event()
    thread = Thread(target=_follow, args=(attends, ledger, node, over), name="audits", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join(10.0)  # a day under way goes with the process; it is done again at the next start


def _follow(attends: Attends, ledger: Watched, node: HandsIn, over: Event) -> None:
    next_s, wait_s, seen = dict[date, float](), dict[date, float](), set[date]()
    now_s = 0.0
    while not over.wait(attends.every_s):
        now_s += attends.every_s
        days = _todo(attends, ledger)
        # What was settled just now is not signed by members enough yet: it is audited at the next look.
        due = [day for day in days if day in seen and now_s >= next_s.get(day, 0.0)]
        seen.update(days)
        for day in due:
            code = _tried(attends, ledger, day, node)
            # Every home reads that somebody looked: not every hour for weeks.
            least_s = 2 * attends.every_s if code in _NOT_YET else AGAIN_S
            wait_s[day] = max(2 * wait_s.get(day, 0.0), least_s)
            next_s[day] = now_s + wait_s[day]
            if over.is_set():
                return


def _todo(attends: Attends, ledger: Watched) -> list[date]:
    try:
        return attends.todo(ledger)
    except (LaagError, OSError) as away:
        log.warning("the ledger does not answer", extra={"why": str(away)})
        return []


def _tried(attends: Attends, ledger: Watched, day: date, node: HandsIn) -> int | None:
    try:
        return attends.day(ledger, day, node)
    except (LaagError, OSError) as fault:
        log.warning("a day could not be audited", extra={"day": day.isoformat(), "why": str(fault)})
    except Exception:
        log.exception("the audit failed", extra={"day": day.isoformat()})
    return None
