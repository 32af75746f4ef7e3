"""A neighbourhood with a real ledger behind it, as a home asks it; it lies where a test wants it to."""

from dataclasses import dataclass, field
from functools import cache
from urllib.parse import parse_qs, urlsplit

from tests.apps.agent.lived_in import home_with, life_of
from tests.apps.agent.paged_home import BILL, CENT, DAY, YESTERDAY, Neighbours
from tests.ledger.parties import Ledger, key_of, secret
from tests.ledger.proving import noted_head, placed

from laag.adapters.neighbourhood.committed import OwnEvidence, OwnProof, OwnRecord, OwnSecret, Stands
from laag.adapters.neighbourhood.signing import receipt_bytes
from laag.adapters.neighbourhood.wire import OrderReceipt
from laag.foundation.errors import BadInput
from laag.foundation.ptu import AMSTERDAM, PtuGrid
from laag.ledger.canonical import encode
from laag.ledger.entries import read
from laag.ledger.evidence import Evidence, Shown, Since
from laag.ledger.lines import LineTree, filler, leaf, salt

ME, NEIGHBOUR = "m-3fa9c2", "m-77aa01"
DAYS = [one.day for one in BILL.days]
PAID = {one.day: one.units for one in BILL.days}
BOOK = f"book/day-ahead/{YESTERDAY}/1"


@cache
def metered(day):
    """What the meter of the home without devices said that day."""
    life = life_of(home_with())
    kept = life.store.series(PtuGrid.day(day, AMSTERDAM))
    life.store.close()
    return [round(took - fed) for took, fed in zip(kept["import_wh"], kept["export_wh"], strict=True)]


def says(kind, day, version=1, whose=ME):
    about = {"kind": kind, "period": day.isoformat(), "version": version, "whose": whose}
    match kind:
        case "settle":
            return about | {
                "amount_units": [PAID[day] + CENT, -CENT],
                "energy_wh": [9_000, 0],
                "causes": ["dayahead", "tax"],
            }
        case "meter":
            return about | {"wh": metered(day), "method": [0] * 96}
        case "book":
            return about | {"market": "day-ahead", "ptu": [1, 2, 3], "stood_in": 0}
    return about | {"market": "day-ahead", "fill_wh": [250, 0, 0]}  # fmt: skip


@dataclass
class Recorded(Neighbours):
    """``lies`` takes each proof and gives what is shown of it; ``None`` is nothing."""

    street: Ledger = field(default_factory=Ledger.of)
    member: str | None = ME
    lies: object = staticmethod(lambda proof: proof)
    cosigners: tuple = ("grid", "town")
    whose: str = ME
    """Whose lines it shows."""
    public: str = "ab" * 32
    """The home's own key, as the home knows it."""
    holds: str = "ab" * 32
    """The same, as the neighbourhood says it."""
    began: object = None
    restored: list = field(default_factory=list)
    lines: dict = field(default_factory=dict)

    def __post_init__(self) -> None:
        for day in DAYS:
            for kind in ("book", "clear", "meter", "settle"):
                self.commit(kind, day)
            self.attest("grid", f"settle/{day}/1")
            self.attest("town", f"settle/{day}/1")

    def commit(self, kind, day, line=None):
        line = line or says(kind, day, whose=self.whose)
        make = getattr(self.street, kind)
        version = {} if kind == "book" else {"version": line["version"]}
        key = make(period=day.isoformat(), **version).key
        own = leaf(salt(secret(self.whose), key), encode(line))
        theirs = leaf(salt(secret("m-0"), key), encode(says(kind, day, whose="m-0")))
        tree = LineTree.of([own, theirs], lambda n: filler(b"of the street", key, n))
        done = self.street.write(
            make(period=day.isoformat(), root=tree.root.hex(), leaves=len(tree.leaves), **version)
        )
        assert done.outcome.key == key
        self.lines[kind, day] = key, Shown(line, salt(secret(self.whose), key), own, *tree.path(own))

    def attest(self, who, key):
        self.street.write(self.street.attest(who, read(self.street.index[key].data).entry))

    def proof(self, kind, day, since=0, of=None):
        key, shown = of or self.lines[kind, day]
        attests = [one.index for name, one in self.street.index.items() if name.startswith(f"attest/{key}/")]
        made = Evidence(
            self.street.genesis,
            (),
            placed(self.street, self.street.index[key].index),
            tuple(placed(self.street, one) for one in attests),
            noted_head(self.street, self.cosigners),
            shown,
            Since(since, self.street.since(since)) if 0 < since <= self.street.state.size else Since(),
        )
        return OwnProof(key=key, kind=kind, day=day, version=1, stands=Stands.PROVEN, evidence=made.words())

    def receipt(self, line=None, number=7, by="coop", key=None):
        own = leaf(salt(secret(ME), BOOK), encode(line or says("book", YESTERDAY))).hex()
        one = OrderReceipt(key=BOOK, leaf=own, number=number, by=by, signature="0" * 128)
        signature = (key or key_of(by)).sign(receipt_bytes(self.street.id, ME, one))
        return one.model_copy(update={"signature": signature})

    async def own(self, kind, method, path):
        if kind is OwnSecret:
            self.asked.append((method, path))
            if kind in self.nothing:
                raise BadInput("no record is kept here")
            coop = key_of("coop").public
            return OwnSecret(
                member=ME, secret=secret(ME).hex(), ledger=self.street.id, server="coop", server_key=coop
            )
        if kind is OwnRecord:
            if kind in self.nothing:
                raise BadInput("nothing is said of it here")
            return OwnRecord(
                member=ME,
                ledger=self.street.id,
                public_key=self.holds,
                began=self.began,
                restored=self.restored,
            )
        if kind is OwnEvidence:
            self.asked.append((method, path))
            asked = {name: one[0] for name, one in parse_qs(urlsplit(path).query).items()}
            proofs = [
                self.lies(self.proof(asked["kind"], day, int(asked["since"])))
                for day in DAYS
                if asked["first"] <= day.isoformat() <= asked["last"] and (asked["kind"], day) in self.lines
            ]
            return OwnEvidence(
                member=ME, ledger=self.street.id, proofs=[one for one in proofs if one is not None]
            )
        return await super().own(kind, method, path)


assert DAY.units == PAID[YESTERDAY]
