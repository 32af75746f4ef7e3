"""A neighbourhood whose server and homes are killed at random while days pass: `python -m tests.live.crash --kills 200`.

A real `laag serve` on a fast clock, and processes that speak for homes with real outboxes. Whoever is killed (-9) is
started again. Homes enrol while they are killed, order, amend and meter. In the end nobody has lost or booked anything: see
`Story.told`.
"""

import argparse
import random
import re
import shutil
import signal
import sys
import tempfile
import time
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from urllib.request import urlopen

import numpy as np
from tests.doors import free_port
from tests.live.nursery import Nursery
from tests.live.speaking import FIRST, HOMES, offtake_wh, rows
from tests.ports.server import Server as Postgres

from laag.adapters.clocks import faster
from laag.adapters.homestore import HomeStore
from laag.adapters.keys import Key
from laag.adapters.stores import open_log, open_records
from laag.apps.agent.enrolling import FIRST_DAY, MEMBER
from laag.apps.street import codes
from laag.apps.street.config import read
from laag.apps.street.kept import Kept, followed
from laag.cycle import live

GROUPS = (HOMES[:3], HOMES[3:])
SPEED = 12_000
"""A day takes seven seconds, so that a killed server misses gates."""
PAUSE_S = (0.05, 1.2)
"""Between two kills."""
DATABASE_EVERY = 9
"""So often the database is killed instead, where there is one."""
START_S = 90


@dataclass
class Told:
    """What came of it, in figures."""

    kills: dict
    days: int
    events: int
    acknowledged: int
    known: int
    refused_late: int
    corrections: int
    rounds: int
    seconds: float

    def __str__(self) -> str:
        kills = ", ".join(f"{count} of {what}" for what, count in sorted(self.kills.items()))
        return (
            f"{sum(self.kills.values())} kills ({kills}) in {self.seconds:.0f} s and {self.days} days of the clock: "
            f"{self.events:,} events, {self.acknowledged:,} messages acknowledged and each there once "
            f"({self.known:,} of them asked again after a kill), {self.refused_late} lists too late, "
            f"{self.rounds} rounds traded, {self.corrections} days corrected after late readings; books as of an uninterrupted run"
        )


class Story:
    """One run."""

    def __init__(self, folder, store, seed, postgres=None) -> None:
        self.folder, self.store, self.postgres = folder, store, postgres
        self.dice = random.Random(seed)
        self.clock = faster(SPEED, live.gate(self._config("wall").place, FIRST) - timedelta(hours=4))
        self.port = free_port()
        self.config = self._config(str(self.clock))
        self.nursery = Nursery()
        self.running = {}
        self.kills = dict.fromkeys(("server", "homes"), 0)

    def _config(self, clock):
        path = self.folder / "street.toml"
        path.write_text(
            f'[street]\nname = "Crash"\nfirst_day = {FIRST}\nstore = "{self.store}"\nclock = "{clock}"\n'
            f"port = {getattr(self, 'port', 0)}\n"
            '[[street.cable]]\nname = "north"\nimport_max_kw = 4\nexport_max_kw = 4\n'
        )
        return read(path)

    def begins(self):
        """A code and a key for each home, then everybody's first start."""
        self.clock = faster(SPEED, live.gate(self.config.place, FIRST) - timedelta(hours=4))
        self.config = self._config(str(self.clock))
        with open_records(self.config.store) as records:
            for name in HOMES:
                Key.new().save(self.folder / f"{name}.key")
                code = codes.made(records, "north", name, self.clock.now()).code
                (self.folder / f"{name}.code").write_text(code)
        (self.folder / "begins").write_text(self.clock.now().isoformat())
        for who in ("server", *range(len(GROUPS))):
            self._start(who)
        self._answers()

    def _start(self, who):
        if who == "server":
            words, given = "server.txt", [self.folder / "street.toml"]
        else:
            url = f"http://127.0.0.1:{self.port}"
            words, given = f"homes-{who}.txt", [self.folder, url, self.clock, ",".join(GROUPS[who])]
        self.running[who] = self.nursery.start(
            "server" if who == "server" else "homes", self.folder / words, *given
        )

    def kill(self):
        """Somebody, at a random moment; who is started again at once or a little later."""
        time.sleep(self.dice.uniform(*PAUSE_S))
        if self.postgres and sum(self.kills.values()) % DATABASE_EVERY == DATABASE_EVERY - 1:
            self.kills["database"] = self.kills.get("database", 0) + 1
            self.postgres.stop("immediate")
            time.sleep(self.dice.uniform(0, 0.5))
            self.postgres.start()
            return
        who = self.dice.choice(["server", "server", *range(len(GROUPS))])
        self._nobody_left_by_themselves()
        self.kills["server" if who == "server" else "homes"] += 1
        self.nursery.kill(self.running[who])
        time.sleep(self.dice.choice([0, self.dice.uniform(0, 0.8)]))
        self._start(who)
        if who == "server" and self.dice.random() < 0.5:
            self._answers()  # half of the servers are killed before they are wholly there

    def _nobody_left_by_themselves(self):
        """Whoever did is at fault, but for a server that met a database that was away when it started: as on any machine it
        is started again."""
        for who, number in list(self.running.items()):
            if not self.nursery.lives(number):
                words = (self.folder / ("server.txt" if who == "server" else f"homes-{who}.txt")).read_text()
                assert who == "server", words[-4000:]
                assert "cannot be opened" in words.splitlines()[-1], words[-4000:]
                self._start(who)

    def _answers(self):
        until = time.monotonic() + START_S
        while True:
            self._nobody_left_by_themselves()
            try:
                with urlopen(f"http://127.0.0.1:{self.port}/health", timeout=5) as answer:
                    return answer.status
            except OSError:
                assert time.monotonic() < until, (self.folder / "server.txt").read_text()[-4000:]
                time.sleep(0.05)

    def ends(self):
        """Let everybody finish, and the server stop in good order."""
        self._answers()
        self._all_are_members()
        last = max(FIRST, self.clock.now().date() - timedelta(days=1))
        until = time.monotonic() + START_S
        while not self._finished(last):
            assert time.monotonic() < until, "they do not finish"
            time.sleep(0.5)
        for who in range(len(GROUPS)):
            self.nursery.kill(self.running.pop(who))
        self.nursery.kill(self.running.pop("server"), signal.SIGTERM)
        return last

    def _all_are_members(self):
        until = time.monotonic() + START_S
        while None in self._members():
            assert time.monotonic() < until, "not all have become members"
            time.sleep(0.5)

    def _members(self):
        """What each home is called by the neighbourhood."""
        found = []
        for name in HOMES:
            with HomeStore(self.folder / f"{name}.sqlite") as store:
                found.append(store.kept(MEMBER))
        return found

    def _finished(self, last):
        if last.isoformat() not in self._settled():
            return False
        return all(self._has_told(name, last) for name in HOMES)

    def _has_told(self, name, last):
        with HomeStore(self.folder / f"{name}.sqlite") as store:
            first = date.fromisoformat(store.kept(FIRST_DAY))
            quarters = 96 * ((last - first).days + 1)
            waiting = store.outbox.waiting(10_000)
            of_then = any(f'"day":"{last}"' in one.body for one in waiting)
            return (store.kept("metered") or 0) >= quarters and not of_then

    def _settled(self):
        log = (self.folder / "server.txt").read_text()
        return {found[1] for found in re.finditer(r'"Settle", "day": "([0-9-]+)"', log)}

    def told(self, last, seconds):
        """All that has to be so."""
        kept, events = Kept(live.begin(self.config.place)), []
        with open_log(self.config.store) as log:
            assert log.verify() > 0
            for event in log.events():
                events.append(event)
                kept = followed(kept, event)  # every clearing and every booking comes out as it was written
        days = [FIRST + timedelta(days=n) for n in range((last - FIRST).days + 1)]
        names = self._enrolled(kept, events)
        acknowledged, known, late = self._acknowledged(events, names)
        corrections = self._books(kept.live, events, days, names)
        rounds = sum(event.kind == "round_closed" for event in events)
        return Told(
            self.kills, len(days), len(events), acknowledged, known, late, corrections, rounds, seconds
        )

    def _enrolled(self, kept, events):
        """What each member is called here: each became one once, with its own key, however often it asked."""
        joined = [event.facts["member"] for event in events if event.kind == "joined"]
        members = self._members()
        assert sorted(joined) == sorted(members), (
            "somebody is a member twice, or by a name that no home knows"
        )
        keys = {
            member: Key.load(self.folder / f"{name}.key").public
            for member, name in zip(members, HOMES, strict=True)
        }
        assert kept.keys == keys
        return dict(zip(members, HOMES, strict=True))

    def _acknowledged(self, events, names):
        there = {}
        for event in events:
            if event.kind in {"ordered", "amended", "metered"}:
                key = event.facts["member"], event.facts["number"]
                assert key not in there, f"{key} is there twice"
                there[key] = event
        count = known = late = 0
        for member, name in names.items():
            with HomeStore(self.folder / f"{name}.sqlite") as store:
                answers = store._db.execute("SELECT number, became, body, why FROM message").fetchall()
            for number, became, body, why in answers:
                if became in {"taken", "known"}:
                    event = there[member, number]
                    assert event.facts["signature"] in body, "what is there is not what was sent"
                    count += 1
                    known += became == "known"
                elif became == "refused":
                    assert '"readings"' not in body, f"a reading was refused: {why}"
                    assert any(late in why for late in ("gate", "amended", "round")), why
                    late += 1
        return count, known, late

    def _books(self, lived, events, days, names):
        """What an uninterrupted run books: the lists that were in the log at the gate, and every meter's quarter-hours."""
        right = live.begin(self.config.place)
        for event in events:
            if event.kind == "joined":
                right = _taken(right, live.from_event(event))
        number = 0
        corrections = 0
        for day in days:
            listed = _before_the_gate(events, day)
            known = lived.days.get(day)
            for member in sorted(listed):
                number += 1
                columns = {name: np.array(column) for name, column in rows(names[member], day).items()}
                right = _taken(right, live.Ordered(member, day, number, live.Rows(**columns)))
            # Who sent no list had last week's readings ordered, as far as these had come by then.
            for member, instead in () if known is None else known.unordered.items():
                number += 1
                right = _taken(right, live.Ordered(member, day, number, instead))
            right = _taken(right, live.Closed(day))
            told = [
                live.from_event(one)
                for one in events
                if one.kind in {"priced", "imbalanced"} and one.facts["day"] == day.isoformat()
            ]
            assert [type(one) for one in told] == [live.Priced, live.Imbalanced], "prices are told once"
            right = _taken(right, told[0])
            for one in _rounds(events, day):
                number += 1
                right = _taken(right, replace(one, number=number) if isinstance(one, live.Amended) else one)
            right = _taken(right, told[1])
            for member in (one.member for one in right.of_day(day)):
                number += 1
                wh = offtake_wh(names[member], day)
                right = _taken(right, live.Metered(member, day, number, np.arange(len(wh)), wh))
            right = _taken(right, live.Settle(day))
            if known is None:
                continue  # a month ago, and forgotten
            assert known.market is not None
            assert np.array_equal(known.market.cleared_wh, right.days[day].market.cleared_wh), (
                f"{day} cleared otherwise"
            )
            # Readings that came after the settlement are a correction that nobody has asked for yet.
            lived, effects = live.apply(lived, live.Settle(day))
            corrections += any(len(one.postings) for one in effects)
            assert _sums(lived.days[day].posted) == _sums(right.days[day].posted), (
                f"{day} is booked otherwise"
            )
        return corrections


def _taken(state, message):
    state, effects = live.apply(state, message)
    assert not any(isinstance(one, live.Refused) for one in effects), effects
    return state


def _rounds(events, day):
    """What was amended, offered outside and closed of a day, in its order."""
    for event in events:
        if event.kind in {"amended", "intraday", "round_closed"} and event.facts["day"] == day.isoformat():
            yield live.from_event(event)


def _before_the_gate(events, day):
    """Whose lists counted."""
    listed = set()
    for event in events:
        if event.facts.get("day") == day.isoformat():
            if event.kind == "closed":
                return listed
            if event.kind == "ordered":
                listed.add(event.facts["member"])
    raise AssertionError(f"the gate of {day} never closed")


def _sums(posted):
    """What each account comes to, per quarter-hour and cause: corrections taken together with what they correct."""
    sums = {}
    for ptu, cause, account, units, wh in zip(posted.ptu, posted.cause, posted.account, posted.amount_units, posted.energy_wh, strict=True):  # fmt: skip
        was = sums.get((int(ptu), int(cause), int(account)), (0, 0))
        sums[int(ptu), int(cause), int(account)] = was[0] + int(units), was[1] + int(wh)
    return {key: value for key, value in sums.items() if value != (0, 0)}


def crashed(folder, kills, seed, postgres=None):
    """A run with so many kills, and what came of it."""
    began = time.monotonic()
    story = Story(folder, postgres.fresh() if postgres else "street.sqlite", seed, postgres)
    try:
        story.begins()
        for _ in range(kills):
            story.kill()
        last = story.ends()
    finally:
        story.nursery.end()
    return story.told(last, time.monotonic() - began)


def main():
    """Print what came of it."""
    ask = argparse.ArgumentParser(prog="python -m tests.live.crash", description=__doc__)
    ask.add_argument("--kills", type=int, default=200)
    ask.add_argument("--seed", type=int, default=1)
    ask.add_argument("--store", choices=("sqlite", "postgres"), default="sqlite")
    given = ask.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="laag-crash-"))
    postgres = Postgres() if given.store == "postgres" else None
    if postgres:
        postgres.start()
    try:
        print(given.store, crashed(folder, given.kills, given.seed, postgres))  # noqa: T201 - what it is run for
    finally:
        if postgres:
            postgres.stop("immediate")
            postgres.remove()
    shutil.rmtree(folder)


if __name__ == "__main__":
    sys.exit(main())
