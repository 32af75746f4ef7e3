"""A committed street on disk, and its server behind a real port."""

import threading
from contextlib import contextmanager
from types import SimpleNamespace

import uvicorn
from tests.apps.access.hands import Hands
from tests.apps.audits.committed_street import ALONE, COOP, DSO, TWO, Committed, logged, told
from tests.cycle.any_street import PLACE
from tests.cycle.test_live_intraday import Amending

from laag.adapters.ledger.embedded import EmbeddedLedger
from laag.adapters.stores import open_log, open_records
from laag.apps.access import Role
from laag.apps.street.keeper import Keeper
from laag.apps.street.ledger.opening import Opened
from laag.apps.street.ledger.past import BEGAN
from laag.apps.street.ledger.signs import Signs
from laag.apps.street.pages import paged_app
from laag.apps.street.running import Running
from laag.apps.street.sources import InTurn
from laag.ledger import checkpoint as notes

CONFIG = """
[street]
name = "Kade"
first_day = 2026-03-28
import_max_kw = 60.0
export_max_kw = 60.0
cable = [{ name = "north", import_max_kw = 20.0, export_max_kw = 20.0 }, { name = "south" }]

[ledger]
member = "coop"
"""


def on_disk(folder, homes=4, days=2, genesis=ALONE, *, commit=True):
    """All files of it, as its server would leave them; or as they are before it committed anything."""
    street = Amending(homes, days, 7, silent=True, late=True)
    events, commits = told(street.messages())
    COOP.save(folder / "street-ledger.pem")
    (folder / "street-ledger.json").write_bytes(genesis.data + b"\n")
    (folder / "street.toml").write_text(CONFIG)
    ledger = EmbeddedLedger(folder / "street-ledger.sqlite", [COOP], genesis.data)
    with open_records(folder / "street.sqlite") as records:
        made = Committed(street, events, commits, records, ledger)
        logged(made, folder / "street.sqlite")
        records.put(BEGAN, "street", {"day": None})  # its server kept a record from its first day
        if commit:
            made.commit()
    ledger.close()
    return made


def cosigned(ledger, by="dso", key=DSO):
    """Another member's signature under the newest head."""
    head = ledger.signed()
    said = notes.Checkpoint(ledger.id, head.size, head.root)
    from laag.adapters.ledger.store.notes import cosigned as line

    assert ledger.cosign(head.size, line(said, by, key, 1_774_900_000)) is not None


@contextmanager
def served(folder, genesis=ALONE):
    """Behind a real port, by nobody's clock."""
    log = str(folder / "street.sqlite")
    with (
        open_records(log) as records,
        EmbeddedLedger(folder / "street-ledger.sqlite", [COOP], genesis.data) as ledger,
    ):
        clock = Hands(PLACE.grid(PLACE.first_day).start)
        keeper = Keeper(lambda: open_log(log), PLACE, clock)
        running = Running(
            keeper,
            records,
            InTurn([], keeper.figures),
            version="test",
            ledger=Opened(ledger, Signs("coop", [COOP])),
        )
        app = paged_app(running)
        server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error", timeout_graceful_shutdown=1))
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        while not server.started:
            assert thread.is_alive(), "the server did not start"
            thread.join(0.05)
        url = f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
        site = app.state.site

        def key(role=Role.REGULATOR, name="Toezicht"):
            path = folder / f"{role.value}.key"
            path.write_text(site.keys.make(name, role))
            path.chmod(0o600)
            return path

        try:
            yield SimpleNamespace(url=url, key=key, site=site, running=running, ledger=ledger, keeper=keeper)
        finally:
            server.should_exit = True
            thread.join(20)


__all__ = ["TWO", "cosigned", "on_disk", "served"]
