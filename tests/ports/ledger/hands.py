"""Four members with keys of their own, and what they write: the same in every test and on every ledger."""

import hashlib
from itertools import count, islice

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from laag.adapters.keys import Key
from laag.ledger import entries as on
from laag.ledger.genesis import founded
from laag.ledger.members import Member


def digest(text):
    return hashlib.sha256(text.encode()).hexdigest()


def key_of(name):
    return Key(Ed25519PrivateKey.from_private_bytes(hashlib.sha256(name.encode()).digest()))


ROLES = {"coop": ("operator",), "dso": ("grid", "metering"), "supplier": (), "town": ()}
KEYS = {name: key_of(name) for name in ROLES}
NODE = key_of("coop's node")
"""Where there is a chain, it has one validator."""
MEMBERS = tuple(
    Member(name, KEYS[name].public, roles, node=NODE.public if name == "coop" else "")
    for name, roles in ROLES.items()
)
GENESIS = founded("kade", MEMBERS)
LEDGER = GENESIS.ledger


def signed(entry, key=None):
    key = key or KEYS[entry.by]
    return on.written(entry, key.sign(on.to_sign(entry)))


def day(number, ledger=LEDGER, seed=""):
    """What is written of one day: eight entries, of which the last three make its accounts final."""
    period, root = f"2026-{number:05d}", lambda what: digest(f"{seed}{what}{number}")
    entries = [
        on.Book(ledger, "coop", root("book"), 16, "day-ahead", period, 0),
        on.Clear(ledger, "coop", root("clear"), 16, "day-ahead", period, 1, "layered", "0.1.0"),
        on.Meter(ledger, "dso", root("meter"), 16, period, 1),
        on.Settle(ledger, "coop", root("settle"), 16, period, 1, "layered", "0.1.0", 1),
        on.Flex(ledger, "dso", root("flex"), 16, "cable-1", period, "request", 1),
    ]
    target = f"settle/{period}/1"
    entries += [on.Attest(ledger, by, target, root("settle")) for by in ("dso", "supplier", "town")]
    return [signed(one) for one in entries]


def history(size, seed=""):
    """So many entries that may stand one after the other."""
    return list(islice((entry for number in count() for entry in day(number, seed=seed)), size))
