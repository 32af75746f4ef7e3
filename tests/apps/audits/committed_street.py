"""A street whose day is on a ledger: signed by its homes, committed by its server, and open to be spoiled by a test."""

import hashlib
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from tests.cycle.any_street import PLACE
from tests.cycle.test_live_intraday import Amending

from laag.adapters.keys import Key
from laag.adapters.ledger.embedded import EmbeddedLedger
from laag.adapters.neighbourhood.signing import message_bytes
from laag.adapters.neighbourhood.wire import Amendments, Orders, Readings
from laag.adapters.stores import open_log
from laag.adapters.stores.records import open_records
from laag.apps.audit.auditing import audited
from laag.apps.audit.bundle import bundle
from laag.apps.street.ledger.kept import Secrets, Trees
from laag.apps.street.opening import opened
from laag.cycle import live
from laag.cycle.commit import STREET, following, sealed
from laag.ledger import entries as on
from laag.ledger.genesis import founded
from laag.ledger.members import Member

PARTS = ("device", "ptu", "side", "quantity_wh", "limit_ticks")
AT = datetime(2026, 3, 30, 12, tzinfo=UTC)


def key_of(name):
    return Key(Ed25519PrivateKey.from_private_bytes(hashlib.sha256(name.encode()).digest()))


COOP, DSO = key_of("coop"), key_of("dso")
ALONE = founded("kade", (Member("coop", COOP.public, ("metering", "operator")),))
TWO = founded("kade", (Member("coop", COOP.public, ("metering", "operator")), Member("dso", DSO.public, ())))


def signature(message, key=None):
    """As the home of this name signs it."""
    key = key or key_of(message.member)
    about = {"member": message.member, "day": message.day, "number": message.number, "signature": "0" * 128}
    if isinstance(message, live.Metered):
        wire = Readings(**about, ptu=message.ptu.tolist(), wh=message.wh.tolist())
    else:
        made = Orders if isinstance(message, live.Ordered) else Amendments
        wire = made(**about, **{name: getattr(message.rows, name).tolist() for name in PARTS})
    return key.sign(message_bytes(wire))


def facts_of(message):
    if isinstance(message, live.Joined):
        return {"public_key": key_of(message.member).public}
    return {"signature": signature(message)} if hasattr(message, "number") else {}


def told(messages):
    """The log of these, and what is to be committed; what is refused is left out."""
    state, events, commits = live.begin(PLACE), [opened(PLACE, "test")], []
    for message in messages:
        state, effects = live.apply(state, message)
        assert not any(isinstance(one, live.Refused) for one in effects)
        events.append(live.to_event(message, {**facts_of(message), **live.told_by(effects)}))
        commits += following(state, message, effects)
    return events, commits


def signed(entry, key=COOP):
    return on.written(entry, key.sign(on.to_sign(entry)))


@dataclass
class Committed:
    """The street's log, its records and its ledger."""

    street: Amending
    events: list
    commits: list
    records: object
    ledger: EmbeddedLedger
    sealed: dict = field(default_factory=dict)

    @property
    def day(self):
        return self.street.last

    def commit(self, change=lambda entry: entry):
        secrets, trees = Secrets(self.records), Trees(self.records)
        for one in self.commits:
            members = [whose for whose in one.lines if not whose.startswith(STREET)]
            made = sealed(one, secrets.salting(members), secrets.street())
            trees.keep(one.key, made.leaves, AT)
            self.sealed[one.key] = made
            receipt = self.ledger.submit(signed(change(made.entry(self.ledger.id, "coop", "test"))))
            assert receipt.why is None, receipt.why.en

    def bundle(self, events=None):
        return bundle(self.events if events is None else events, self.day, self.records, self.ledger)

    def audit(self, events=None, ledger=None):
        return audited(PLACE, self.bundle(events), ledger or self.ledger.id)

    def altered(self, kind, change, key=None, nth=0):
        """The log with its n-th event of this kind and day otherwise; ``None`` leaves it out."""
        mine = [
            at
            for at, one in enumerate(self.events)
            if one.kind == kind
            and one.facts.get("day", "") == str(self.day)
            and (key is None or one.key == key)
        ]
        changed = change(self.events[mine[nth]])
        return [*self.events[: mine[nth]], *([changed] if changed else []), *self.events[mine[nth] + 1 :]]


def committed(homes=4, days=2, seed=7, late=True, place=":memory:", records=":memory:", change=None):
    """A street of some days, with rounds and a correction, all of it on a ledger of one member."""
    street = Amending(homes, days, seed, silent=late, late=late)
    events, commits = told(street.messages())
    made = Committed(
        street, events, commits, open_records(records), EmbeddedLedger(place, [COOP], ALONE.data)
    )
    made.commit(*([change] if change else []))
    return made


def logged(made, place, events=None):
    """The same log on disk."""
    with open_log(str(place)) as log:
        log.append(made.events if events is None else events)


def column(event, name, change):
    values = event.columns[name].copy()
    change(values)
    return replace(event, columns={**event.columns, name: values})


def fact(event, **facts):
    return replace(event, facts={**event.facts, **facts})
