"""The other members of a living street's ledger: each a process with a key of its own that watches the server."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from laag.adapters.clocks import Wall
from laag.adapters.keys import Key
from laag.apps.access import Role as Who
from laag.apps.access.api_keys import ApiKeys
from laag.apps.agent.settings import written
from laag.apps.ledger.reading import ROOT
from laag.foundation.ports import Records
from laag.ledger.genesis import founded
from laag.ledger.members import Member, Role

SERVER = "street"
SETTINGS, KEY, GENESIS = "witness.toml", "member.pem", "genesis.json"


@dataclass(frozen=True, slots=True)
class Party:
    """A member that watches; ``audits`` also computes every settled day again and says on the ledger what came out."""

    id: str
    called: str
    roles: tuple[Role, ...] = ()
    audits: bool = False


# With two who compute a day again, and the server that wrote it, three of the four stand for it: it becomes final.
PARTIES = (
    Party("grid-operator", "the grid operator's witness", (Role.GRID,)),
    Party("municipality", "the municipality's supervisor", audits=True),
    Party("auditor", "the cooperative's auditor", audits=True),
)


def folder(out: Path, party: Party) -> Path:
    """Where everything of a member lies."""
    return out / f"witness-{party.id}"


def port_of(street_port: int, party: Party) -> int:
    """The first witness answers one further than the server; homes are further up."""
    return street_port + 1 + PARTIES.index(party)


def there(out: Path) -> list[tuple[Party, Path]]:
    """The settings of each; of a street that was made before it had a ledger none."""
    found = [(party, folder(out, party) / SETTINGS) for party in PARTIES]
    return [(party, settings) for party, settings in found if settings.exists()]


def made(out: Path, street: Path, name: str, port: int, records: Records) -> str:
    """Found the ledger and write everybody's settings; the table [ledger] of the server's."""
    own = _key(street / KEY)
    members = [Member(SERVER, own.public, (Role.METERING, Role.OPERATOR))]
    for party in PARTIES:
        place = folder(out, party)
        place.mkdir(parents=True, exist_ok=True)
        members.append(Member(party.id, _key(place / KEY).public, party.roles))
    begun = founded(name, members).data + b"\n"
    (street / GENESIS).write_bytes(begun)
    for party in PARTIES:
        (folder(out, party) / GENESIS).write_bytes(begun)
        _settings(out, party, port, records)
    addresses = {party.id: f"http://127.0.0.1:{port_of(port, party)}{ROOT}" for party in PARTIES}
    return written({"ledger": {"member": SERVER, "genesis": GENESIS, "key": KEY, "witnesses": addresses}})


def _settings(out: Path, party: Party, port: int, records: Records) -> None:
    place, street = folder(out, party), f"http://127.0.0.1:{port}"
    told: dict[str, object] = {"member": party.id, "follows": street + ROOT, "port": port_of(port, party)}
    if party.audits:
        secret = ApiKeys(records, Wall()).make(party.called, Who.REGULATOR)
        (place / "regulator.key").touch(0o600)
        (place / "regulator.key").write_text(f"{secret}\n", "utf-8")
        told["audit"] = {"url": street}
    (place / SETTINGS).write_text(written({"witness": told}), "utf-8")


def _key(path: Path) -> Key:
    """Its own; one that is there stays."""
    if not path.exists():
        Key.new().save(path)
    return Key.load(path)
