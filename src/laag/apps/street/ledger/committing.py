"""Puts on the ledger what a neighbourhood's days have to commit, beside its life and never in its way.

Nothing waits in a box of its own: what is to be committed follows from the state, and what is committed stands on the
ledger. Whatever the one has and the other has not is handed in, now, after the ledger was away and after a ``kill -9``.
Entries are written once, so that handing in too often changes nothing. Only secrets and leaves are kept, before that.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from threading import Condition, Thread

from laag.adapters.keys import Key
from laag.adapters.ledger.evidence import id_of
from laag.apps.street.kept import Kept
from laag.apps.street.ledger.making import Making
from laag.apps.street.ledger.signs import Signs
from laag.apps.street.taking import Taken
from laag.cycle.commit import Commit, at_hand, keys_at
from laag.cycle.live import Cleared, Closed, DaySettled, Live, RoundCleared
from laag.cycle.live.state import Day
from laag.foundation.errors import BadInput, LaagError
from laag.foundation.ports import Became, Clock, Ledger, Receipt
from laag.ledger.entries import Entry, read
from laag.ledger.members import Member

log = logging.getLogger("laag.street.ledger")
AT_ONCE = 200
SOON_S, LATEST_S = 0.5, 60.0
"""Seconds of the wall until a ledger that was away is asked again: first, and at most."""
IDLE_S = 5.0
"""Where nothing is to be done: until it is asked again who we are to it."""
FIRST_S = 3.0
"""For so long whoever needs to know who we are waits for that to be asked the first time."""
NOT_YET = "handed in and not taken yet; perhaps too few of the members' nodes are there"
Retell = Callable[[date], Sequence[Commit]]
"""All that a day had to commit, with every version, from the log."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """An entry on its way."""

    entry: Entry
    day: date
    since: datetime


@dataclass(frozen=True, slots=True)
class Standing:
    """What is still to be handed in, and what is not right."""

    waiting: tuple[str, ...] = ()
    since: datetime | None = None
    """Of the first that waits."""
    why: str = ""
    """Why the ledger does not take it; empty where nothing stands in the way."""
    wrong: Mapping[str, str] | None = None
    """Keys under which something else stands than comes out here, or of which nothing comes out."""


class Committing:
    """One thread, woken by what is taken; ``once`` is all that it does."""

    def __init__(
        self,
        ledger: Ledger,
        signs: Signs,
        making: Making,
        clock: Clock,
        live: Callable[[], Live],
        retell: Retell,
        code: str,
        began: Callable[[], date | None] = lambda: None,
    ) -> None:
        self.ledger, self.signs, self.making = ledger, signs, making
        self._clock, self._live, self.retell, self._code = clock, live, retell, code
        self.began = began
        """The first day that is committed; ``None`` where all are."""
        self.id = id_of(ledger)
        self._done: dict[date, tuple[Day, set[str]]] = {}
        """Of each day: as it was when looked at last, and its keys that are on the ledger or cannot be."""
        self._waiting: dict[str, Waiting] = {}
        self._wrong: dict[str, str] = {}
        self._why = self._fault = ""
        """What stood in the way when all was tried last, and what does in this try."""
        self._mine: tuple[Member, Key] | None = None
        self._turn = Condition()
        self._woken, self._busy, self._over = True, False, False
        self._thread = Thread(target=self._run, name="commits", daemon=True)

    def start(self) -> None:
        """Begin with whatever is lacking."""
        self._thread.start()

    def close(self) -> None:
        """Finish what is under way; the rest is found again at the next start."""
        with self._turn:
            self._over = True
            self._turn.notify_all()
        if self._thread.is_alive():
            self._thread.join()

    def hears(self, _: Kept, taken: Sequence[Taken]) -> None:
        """Look again where something is to be committed."""
        if any(map(_commits, taken)):
            self.wake()

    def wake(self) -> None:
        """Look again."""
        with self._turn:
            self._woken = True
            self._turn.notify_all()

    def standing(self) -> Standing:
        """How it is now."""
        with self._turn:
            since = next((one.since for one in self._waiting.values()), None)
            return Standing(tuple(self._waiting), since, self._why, dict(self._wrong))

    def waits(self, key: str) -> datetime | None:
        """Since when an entry waits; ``None`` where it does not."""
        with self._turn:
            found = self._waiting.get(key)
        return None if found is None else found.since

    def mine(self) -> tuple[Member, Key]:
        """Who we are to the ledger and our key there, as it said last: nobody waits for a ledger that is away."""
        with self._turn:
            self._turn.wait_for(lambda: self._mine is not None or self._over or self._why, FIRST_S)
            if self._mine is None:
                raise BadInput(f"the ledger did not say yet who we are there ({self._why}); ask again later")
            return self._mine

    def until_done(self, within_s: float) -> bool:
        """Wait until all that was said is on the ledger; whether it is."""
        with self._turn:
            return self._turn.wait_for(lambda: not (self._woken or self._busy or self._waiting), within_s)

    def once(self) -> None:
        """Make what is lacking, and hand it in."""
        state, began = self._live(), self.began() or date.min
        for day in sorted(self._done.keys() - state.days.keys()):
            del self._done[day]
        for day, known in sorted(state.days.items()):
            if day < began:
                continue
            before, done = self._done.get(day, (None, set[str]()))
            if known is not before:
                self._make(state, day, done)
                self._done[day] = known, done
        while self._waiting:
            if not self._hand_in(list(self._waiting.items())[:AT_ONCE]):
                break

    def _make(self, state: Live, day: date, done: set[str]) -> None:
        new = [key for key in keys_at(state, day) if key not in done and key not in self._waiting]
        lacking = self._lacking(new)
        done.update(set(new).difference(lacking))
        if not lacking:
            return
        commits = {one.key: one for one in at_hand(state, day, lacking)}
        if len(commits) < len(lacking):
            commits |= {one.key: one for one in self.retell(day)}
        for key in lacking:
            if key in commits:
                self._put(commits[key], day)
            else:
                done.add(key)
                self._set_aside(key, "the log that it is to be made of does not tell it")

    def _lacking(self, keys: Sequence[str]) -> list[str]:
        """Those under which nothing stands; of a ledger that is away nobody knows, and all are handed in again."""
        try:
            return [key for key in keys if self.ledger.find(key) is None]
        except (LaagError, OSError):
            return list(keys)

    def _put(self, commit: Commit, day: date) -> None:
        entry = self.making.made(commit).entry(self.id, self.signs.writer(commit.kind), self._code)
        kept = self.making.trees.get(commit.key)
        with self._turn:
            self._waiting[commit.key] = Waiting(entry, day, self._clock.now() if kept is None else kept.made)

    def _hand_in(self, some: Sequence[tuple[str, Waiting]]) -> bool:
        """Hand in some; whether all of them are on the ledger."""
        self._look_whether_late(some)
        self._known()
        receipts = self.ledger.submit_all(self.signs.signed(self.ledger, [one.entry for _, one in some]))
        self._look_whether_late(some)
        settled = [self._became(*one, receipt) for one, receipt in zip(some, receipts, strict=True)]
        if not all(settled) and not self._fault:
            self._fault = NOT_YET
        return all(settled)

    def _known(self) -> None:
        found = self.signs.on(self.ledger)
        with self._turn:
            self._mine = found
            self._turn.notify_all()

    def _became(self, key: str, waiting: Waiting, receipt: Receipt) -> bool:
        if receipt.became is Became.REFUSED:
            return self._refused(key, waiting, receipt)
        if receipt.final_on_log:
            self._settle(key, waiting.day)
        return receipt.final_on_log

    def _refused(self, key: str, waiting: Waiting, receipt: Receipt) -> bool:
        there = self.ledger.find(key)
        if there is None:
            self._fault = receipt.why.en if receipt.why else receipt.code
            return False
        if root_in(read(there.data).entry) != root_in(waiting.entry):
            self._set_aside(key, "another root stands there than comes out here")
        self._settle(key, waiting.day)
        return True

    def _settle(self, key: str, day: date) -> None:
        with self._turn:
            self._waiting.pop(key, None)
            self._turn.notify_all()
        if day in self._done:
            self._done[day][1].add(key)

    def _set_aside(self, key: str, why: str) -> None:
        if key not in self._wrong:
            log.error("not on the ledger as it is here", extra={"which": key, "why": why})
        self._wrong[key] = why

    def _look_whether_late(self, some: Iterable[tuple[str, Waiting]]) -> None:
        """A book that is not on the ledger when prices are known proves little: that is noted before it is there."""
        state = self._live()
        for key, one in some:
            if (
                key.startswith("book/day-ahead/")
                and key in self._waiting
                and state.day(one.day).day_ahead_ticks is not None
            ):
                self.making.trees.came_late(key, self._clock.now())

    def _run(self) -> None:
        wait_s = SOON_S
        while True:
            with self._turn:
                self._turn.wait_for(lambda: self._woken or self._over, wait_s if self._stuck else IDLE_S)
                if self._over:
                    return
                self._woken, self._busy = False, True
            well = self._tried()
            wait_s = SOON_S if well else min(2 * wait_s, LATEST_S)
            with self._turn:
                self._busy = False
                self._turn.notify_all()

    @property
    def _stuck(self) -> bool:
        return bool(self._waiting or self._why)

    def _tried(self) -> bool:
        was, self._fault = self._why, ""
        try:
            self.once()
            self._known()
        except (LaagError, OSError) as fault:
            self._fault = str(fault)
        except Exception as fault:
            log.exception("committing failed")
            self._fault = f"{type(fault).__name__}: {fault}"
        self._why = self._fault
        if self._why and not was:
            log.warning("the ledger takes nothing", extra={"why": self._why, "waiting": len(self._waiting)})
        elif was and not self._why:
            log.warning("the ledger is back")
        return not self._stuck


def root_in(entry: Entry) -> str:
    """The root that an entry gives; empty where it gives none."""
    return str(getattr(entry, "root", ""))


def _commits(one: Taken) -> bool:
    return isinstance(one.message, Closed) or any(
        isinstance(effect, Cleared | RoundCleared | DaySettled) for effect in one.effects
    )
