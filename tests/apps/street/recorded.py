"""A neighbourhood with a ledger beside its log: on files, over HTTP, and with a ledger that may be away."""

import asyncio
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

import httpx
from tests.apps.street.kade import FIRST, KEYS, STREET, Hands, orders, prices, readings
from tests.apps.street.test_api import HERE, noted, operator, post

from laag.adapters.keys import verified
from laag.adapters.ledger.embedded import EmbeddedLedger
from laag.adapters.neighbourhood.committed import OwnEvidence, OwnSecret, Record
from laag.adapters.neighbourhood.link import Neighbourhood
from laag.adapters.stores import open_log, open_records
from laag.apps.street.app import street_app
from laag.apps.street.keeper import Keeper
from laag.apps.street.ledger.config import LedgerWire
from laag.apps.street.ledger.opening import Files, Opened, begin
from laag.apps.street.ledger.signs import Signs
from laag.apps.street.running import Running
from laag.apps.street.sources import InTurn
from laag.cycle import live
from laag.ledger.canonical import encode
from laag.ledger.evidence import read_evidence
from laag.ledger.verify import verify

WITHIN_S = 60


class Cuttable:
    """A ledger that may be away."""

    __class__ = EmbeddedLedger

    def __init__(self, ledger) -> None:
        self.ledger, self.cut = ledger, False

    def __getattr__(self, name: str) -> object:
        if self.cut and name != "genesis":
            raise OSError("nobody is there")
        return getattr(self.ledger, name)


@contextmanager
def ledger_in(folder, wire=None):
    """The ledger that a server founds by itself."""
    wire = wire or LedgerWire()
    files = Files.of(wire, Path(folder), f"{folder}/log.sqlite")
    keys, begun = begin(wire, files, "Kade")
    with EmbeddedLedger(files.store, keys, begun) as ledger:
        yield Opened(Cuttable(ledger), Signs(wire.member, keys))


async def nobody_looks():
    """Until it is cancelled."""
    await asyncio.Event().wait()


@asynccontextmanager
async def server(folder, clock=None, ledger=None):
    """A server in this process, and who calls it; ``running.shared.opened.ledger.cut`` takes its ledger away."""
    with ledger_in(folder) as founded, open_records(f"{folder}/log.sqlite") as records:
        keeper = Keeper(lambda: open_log(f"{folder}/log.sqlite"), STREET, clock or Hands())
        opened = ledger or founded
        running = Running(keeper, records, InTurn([], keeper.figures), version="0.1+test", ledger=opened)
        running.watch.run = nobody_looks  # at the clock but the test: what is said is said by it
        app = street_app(running, ways=(operator,), note_look=noted)
        async with app.router.lifespan_context(app):
            for name, key in KEYS.items():
                if name not in keeper.kept.keys:
                    await keeper.tell(live.Joined(name, FIRST, "north"), {"public_key": key.public})
            transport = httpx.ASGITransport(app, raise_app_exceptions=False)
            async with httpx.AsyncClient(transport=transport, base_url=HERE) as caller:
                yield running, caller


async def committed(running):
    """Wait until all that was said is on the ledger."""
    assert await asyncio.to_thread(running.shared.committing.until_done, WITHIN_S)


async def a_day(running, caller):
    """A settled day, whose book was on the ledger before anybody knew a price."""
    keeper = running.keeper
    await post(caller, *(orders(name, 1, ptu=44) for name in KEYS))
    await keeper.tell(live.Closed(FIRST))
    await committed(running)
    keeper.clock.at = live.settled_at(STREET, FIRST)
    await post(caller, *(readings(name, 2, FIRST, range(96), range(96)) for name in KEYS))
    for one in (*prices(FIRST), live.Settle(FIRST)):
        await keeper.tell(one)
    await committed(running)


def home(caller, member):
    return Neighbourhood(HERE, KEYS[member], member, caller)


async def evidence(caller, member, kind="settle", first=FIRST, last=None, more=""):
    """What a home is told of its own lines."""
    path = f"evidence?kind={kind}&first={first}&last={last or first}{more}"
    found = await home(caller, member).own(OwnEvidence, "GET", path)
    return found.proofs


async def secret(caller, member):
    return await home(caller, member).own(OwnSecret, "GET", "secret")


async def record(caller):
    return Record.model_validate_json((await caller.get("/api/v1/record")).content)


def checked(proof, ledger, own=None, pin=None):
    """The verdict of the home itself, offline."""
    whole = read_evidence(encode(proof.evidence))
    return verify(whole, ledger, verified, pin=pin, secret=own)
