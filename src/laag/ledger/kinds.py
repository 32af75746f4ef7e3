"""What can be written on the ledger, each under a key that is written once."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Any, ClassVar, TypeAlias

from laag.ledger.canonical import Words, encode
from laag.ledger.changes import Change
from laag.ledger.members import Role

_PROVES = b"laag v1 rotate\n"


@dataclass(frozen=True, slots=True)
class _Entry:
    kind: ClassVar[str]
    role: ClassVar[Role | None] = None
    """Who may write it; ``None`` is everybody."""
    place: ClassVar[str]
    """How its key is written."""
    counted: ClassVar[str] = ""
    """The field that counts its versions; each needs the one before."""
    follows: ClassVar[tuple[str, ...]] = ()
    """How the keys of what else it needs are written."""
    ledger: str
    by: str

    @property
    def key(self) -> str:
        """What it is written under."""
        return self.place.format(self)

    @property
    def needs(self) -> tuple[str, ...]:
        """The keys of what has to be there first."""
        others = tuple(one.format(self) for one in self.follows)
        version = getattr(self, self.counted) if self.counted else 1
        before: dict[str, Any] = {self.counted: version - 1}
        return others if version == 1 else (replace(self, **before).key, *others)


@dataclass(frozen=True, slots=True)
class _Root(_Entry):
    root: str
    leaves: int


@dataclass(frozen=True, slots=True)
class Book(_Root):
    """The orders, before anybody knows a price; ``count`` is told from ten homes on, else 0."""

    kind = "book"
    role = Role.OPERATOR
    place = "book/{0.market}/{0.period}/1"
    market: str
    period: str
    count: int


@dataclass(frozen=True, slots=True)
class Clear(_Root):
    """Prices and fills of a book, and by which rule and code."""

    kind = "clear"
    role = Role.OPERATOR
    place = "clear/{0.market}/{0.period}/{0.version}"
    counted = "version"
    follows = ("book/{0.market}/{0.period}/1",)
    market: str
    period: str
    version: int
    rule: str
    code: str


@dataclass(frozen=True, slots=True)
class Meter(_Root):
    """What the meters said."""

    kind = "meter"
    role = Role.METERING
    place = "meter/{0.period}/{0.version}"
    counted = "version"
    period: str
    version: int


@dataclass(frozen=True, slots=True)
class Settle(_Root):
    """The bill lines; ``meter`` is the version of the readings that they follow from."""

    kind = "settle"
    role = Role.OPERATOR
    place = "settle/{0.period}/{0.version}"
    counted = "version"
    follows = ("meter/{0.period}/{0.meter}",)
    period: str
    version: int
    rule: str
    code: str
    meter: int


@dataclass(frozen=True, slots=True)
class Flex(_Root):
    """What the grid operator asked for, or ordered, at a congestion point."""

    kind = "flex"
    role = Role.GRID
    place = "flex/{0.point}/{0.period}/{0.stage}/{0.version}"
    counted = "version"
    point: str
    period: str
    stage: str
    version: int


@dataclass(frozen=True, slots=True)
class Attest(_Entry):
    """I recomputed it and got this root."""

    kind = "attest"
    place = "attest/{0.target}/{0.by}"
    follows = ("{0.target}",)
    target: str
    root: str


@dataclass(frozen=True, slots=True)
class Dispute(_Entry):
    """It is not right; ``reason`` is the hash of words that are kept elsewhere."""

    kind = "dispute"
    place = "dispute/{0.target}/{0.by}"
    follows = ("{0.target}",)
    target: str
    reason: str


@dataclass(frozen=True, slots=True)
class Vote(_Entry):
    """For a change; ``at`` is how many changes were made before."""

    kind = "vote"
    place = "vote/{0.at}/{0.change.digest}/{0.by}"
    at: int
    change: Change

    def key_of(self, member: str) -> str:
        """Under what another member's vote for the same is written."""
        return replace(self, by=member).key


@dataclass(frozen=True, slots=True)
class Rotate(_Entry):
    """From here on the member signs with another key; ``proof`` is by that key. ``new_node`` may stay what it was."""

    kind = "rotate"
    place = "rotate/{0.by}/{0.number}"
    counted = "number"
    number: int
    new_key: str
    new_node: str
    proof: str

    @property
    def proved(self) -> bytes:
        """What the new key signs."""
        said = words(self)
        del said["proof"]
        return _PROVES + encode(said)


@dataclass(frozen=True, slots=True)
class Anchor(_Entry):
    """The root of another ledger at a size."""

    kind = "anchor"
    role = Role.OPERATOR
    place = "anchor/{0.origin}/{0.size}"
    origin: str
    size: int
    root: str


Entry: TypeAlias = Book | Clear | Meter | Settle | Flex | Attest | Dispute | Vote | Rotate | Anchor
Lined: TypeAlias = Book | Clear | Meter | Settle | Flex
"""What has lines under its root."""
Rooted: TypeAlias = Lined | Anchor
"""What can be recomputed, and so attested or disputed."""


def words(entry: Entry) -> Words:
    """An entry as it is written down."""
    found: Words = {"kind": entry.kind}
    for field in fields(entry):
        said = getattr(entry, field.name)
        found[field.name] = said.words() if field.name == "change" else said
    return found
