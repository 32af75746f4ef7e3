"""A day's entries on the ledger with all that leads from them to its members: put together anywhere, checked by who audits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from laag.adapters.keys import verified
from laag.foundation.errors import BadInput
from laag.foundation.ports import Found, Head
from laag.ledger import heads
from laag.ledger.canonical import Word, Words, decode, encode
from laag.ledger.entries import Attest, Dispute, Lined, Signed, read
from laag.ledger.evidence import Placed
from laag.ledger.fields import Fields, hash_in, wrong
from laag.ledger.genesis import Genesis, genesis
from laag.ledger.history import History, history
from laag.ledger.merkle import leaf_hash
from laag.ledger.proofs import included
from laag.ledger.refused import Code, NeedsUpgrade, Refusal
from laag.ledger.rules import signed_by_writer
from laag.ledger.signers import signers
from laag.ledger.state import APP


class Reads(Protocol):
    """The half of the port ``Ledger`` that an audit needs: a copy of a ledger has it too."""

    @property
    def genesis(self) -> bytes:
        """The bytes with which it began."""
        ...

    def find(self, key: str) -> Found | None:
        """What was written under a key."""
        ...

    def keys(self, prefix: str) -> list[str]:
        """The keys that begin like this."""
        ...

    def proven(self) -> Head | None:
        """The newest that more than two thirds of the members signed."""
        ...

    def path(self, index: int, size: int) -> tuple[bytes, ...]:
        """From an entry to the root at a size."""
        ...


@dataclass(frozen=True, slots=True)
class Record:
    """What the ledger holds of a day, up to the newest head that enough members signed."""

    genesis: Genesis
    steps: tuple[Placed, ...]
    """Votes and rotations."""
    head: heads.Head | None
    entries: tuple[Placed, ...]
    """Of the day, and what members said of them."""
    unsigned: tuple[str, ...] = ()
    """Keys of entries of the day that lie beyond that head."""

    def words(self) -> Words:
        """As it goes over the wire."""
        return {
            "entries": [one.words() for one in self.entries],
            "genesis": self.genesis.words(),
            "head": [] if self.head is None else [self.head.words()],
            "steps": [one.words() for one in self.steps],
            "unsigned": list(self.unsigned),
        }


@dataclass(frozen=True, slots=True)
class Entered:
    """What was checked to be on the ledger."""

    places: Mapping[str, tuple[int, Lined]]
    """By key: where it stands, and the entry."""
    attested: Mapping[str, tuple[str, ...]]
    """By key, the members who computed it again and got the same."""
    disputed: Mapping[str, tuple[str, ...]]
    """By key, the members who say that it is not right."""
    members: int
    signed: tuple[str, ...]
    """Who signed the head."""
    size: int


NOTHING = Entered({}, {}, {}, 0, (), 0)


def prefixes(day: date) -> tuple[str, ...]:
    """How the keys of a day's entries begin.

    >>> prefixes(date(2026, 6, 1))[:2]
    ('book/day-ahead/2026-06-01/', 'book/intraday/2026-06-01.')
    """
    markets = [
        f"{kind}/{at}" for kind in ("book", "clear") for at in (f"day-ahead/{day}/", f"intraday/{day}.")
    ]
    return (*markets, f"meter/{day}/", f"settle/{day}/")


def keys_of(ledger: Reads, day: date) -> list[str]:
    """The keys of a day's entries."""
    return [key for prefix in prefixes(day) for key in ledger.keys(prefix)]


def record_of(ledger: Reads, day: date) -> Record:
    """Put together from any ledger behind the port."""
    head = ledger.proven()
    about = [f"{said}/{prefix}" for said in ("attest", "dispute") for prefix in prefixes(day)]
    mine = [*keys_of(ledger, day), *(key for prefix in about for key in ledger.keys(prefix))]
    steps = [*ledger.keys("vote/"), *ledger.keys("rotate/")]
    if head is None:
        return Record(genesis(decode(ledger.genesis)), (), None, (), tuple(keys_of(ledger, day)))
    placed = {key: one for key in (*mine, *steps) if (one := _placed(ledger, key, head)) is not None}
    return Record(
        genesis(decode(ledger.genesis)),
        tuple(sorted((placed[key] for key in steps if key in placed), key=lambda one: one.index)),
        heads.head(dict(head.proof)),
        tuple(placed[key] for key in mine if key in placed),
        tuple(key for key in mine if key not in placed and not key.startswith(("attest/", "dispute/"))),
    )


def _placed(ledger: Reads, key: str, head: Head) -> Placed | None:
    found = ledger.find(key)
    if found is None or found.index >= head.size:
        return None
    return Placed(found.data, found.index, ledger.path(found.index, head.size))


def read_record(said: Word) -> Record:
    """As it came over the wire; a refusal says which field is not as it should be."""
    fields = Fields(said, "record")
    head = fields.each("head", heads.head)
    found = Record(
        fields.one("genesis", genesis),
        fields.each("steps", _read),
        head[0] if head else None,
        fields.each("entries", _read),
        fields.each("unsigned", _key),
    )
    fields.done()
    return found


def _key(said: Word, where: str) -> str:
    if not isinstance(said, str):
        raise wrong(where, "een sleutel", "a key")
    return said


def _read(said: Word, where: str) -> Placed:
    fields = Fields(said, where)
    found = Placed(encode(fields.take("data")), fields.count("index"), fields.each("path", hash_in))
    fields.done()
    return found


def entered(record: Record, ledger: str) -> Entered:
    """What it proves, by the ledger's id alone; raises ``Refusal`` where something of it does not hold."""
    if record.genesis.ledger != ledger:
        raise BadInput(
            f"the neighbourhood's ledger is {record.genesis.ledger[:12]}… and you gave {ledger[:12]}…; ask which is right"
        )
    if record.head is None:
        raise Refusal(
            Code.TOO_FEW,
            "nog geen stand van het grootboek is door genoeg leden ondertekend",
            "no head of the ledger was signed by members enough yet",
        )
    try:
        past = history(record.genesis, record.steps, verified, APP)
        signed = signers(record.head, ledger, past, verified)
    except NeedsUpgrade as newer:
        raise BadInput(newer.why.en) from newer
    places: dict[str, tuple[int, Lined]] = {}
    attested: dict[str, tuple[str, ...]] = {}
    disputed: dict[str, tuple[str, ...]] = {}
    for index, found in _each(record, past):
        match found.entry:
            case Attest(target=target, by=by):
                attested[target] = (*attested.get(target, ()), by)
            case Dispute(target=target, by=by):
                disputed[target] = (*disputed.get(target, ()), by)
            case entry if isinstance(entry, Lined):
                places[entry.key] = index, entry
            case _:
                pass
    members = past.latest(record.head.size).members
    return Entered(places, attested, disputed, len(members), signed, record.head.size)


def _each(record: Record, past: History) -> Iterator[tuple[int, Signed]]:
    head = record.head
    assert head is not None
    for one in (*record.steps, *record.entries):
        if not included(leaf_hash(one.data), one.index, head.size, one.path, head.root):
            raise wrong(
                f"entry {one.index}", "een pad dat naar de wortel leidt", "a path that leads to the root"
            )
    for one in record.entries:
        found = read(one.data)
        signed_by_writer(past.at(one.index), found, verified)
        yield one.index, found
