"""A street's day on a chain of four, through `laag serve`: what a bill takes to fetch and check, and the other driver beside it.

LAAG_COMETBFT=…/cometbft python -m benchmarks.chain_street [--homes 60]
"""

import argparse
import os
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from statistics import median
from time import monotonic, thread_time

from tests.ledger_chain.cluster import SERVING, Cluster, Node
from tests.ledger_chain.street import HOUR, KEYS, KINDS, SECOND, Living, chained, record, written_at

from benchmarks.live.server import Server
from laag.adapters.keys import verified
from laag.adapters.ledger.embedded import EmbeddedLedger
from laag.adapters.neighbourhood.committed import OwnProof, OwnSecret
from laag.ledger.canonical import encode
from laag.ledger.entries import read
from laag.ledger.evidence import read_evidence
from laag.ledger.verify import Verified, verify

ENTRIES = 6
"""Of a day: its book, clearing, readings and settlement, and the next day's book and clearing."""


def main() -> int:
    """Print the table."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--homes", type=int, default=60)
    homes = arguments.parse_args().homes
    binary = os.environ.get("LAAG_COMETBFT", "")
    if not binary:
        sys.exit("no LAAG_COMETBFT: .ci/cometbft FOLDER builds one")
    print(f"{homes} homes, four members' nodes; load {os.getloadavg()[0]:.1f}")
    with tempfile.TemporaryDirectory(prefix="laag-street-") as name, Cluster(Path(name), binary, roles=SERVING) as chain:  # fmt: skip
        chain.ready()
        coop = chain["coop"]
        street = Living(Path(name) / "kade", homes, chained(coop))
        street.begin()
        plain = f'[ledger]\nmember = "coop"\ngenesis = "{coop.folder.ledger}"\nkey = "{coop.folder.path}/member.pem"\n'
        beside = street.again(Path(name) / "beside", plain)
        lived(street, coop)
        bills(street)
        lived(beside, None)
        store = beside.folder / "street-ledger.sqlite"
        with EmbeddedLedger(store, [coop.key], chain.genesis.data) as embedded:
            compared(coop, embedded)
    return 0


def lived(street: Living, node: Node | None) -> None:
    """A day; how long each part took until members enough had signed for it, or until it was on one's own log."""
    print("on the chain" if node else "with one sequencer")

    def there(server: Server, size: int) -> float:
        began = monotonic()
        if node:
            written_at(server, size)
        while (now := record(server))["size"] < size or now["waiting"]:
            pass
        return monotonic() - began

    with street.at(street.gate - 2 * HOUR) as server:
        _said("order lists, each with a receipt", lambda: street.orders(server.port), server, street.homes)
    with street.at(street.gate + SECOND) as server:
        print(f"  the book, after the server was up: {there(server, 1):.2f} s")
    with street.at(street.over) as server:
        _said("readings of a day", lambda: street.readings(server.port), server, street.homes)
        print(f"  the clearing and the next day's: {there(server, ENTRIES - 2):.2f} s")
    with street.at(street.settles) as server:
        print(f"  readings and settlement: {there(server, ENTRIES):.2f} s")
    if node:
        print(f"  blocks: {node.head()['height']} for {node.head()['size']} entries")


def bills(street: Living) -> None:
    """Everybody's four lines: fetched, checked, and as one file."""
    with street.at(street.settles + HOUR) as server:
        secrets = street.secrets(server.port)
        proofs: dict[str, Mapping[str, OwnProof]] = {}
        for kind in KINDS:

            def fetch(kind: str = kind) -> None:
                proofs[kind] = street.proofs(server.port, kind)

            _said(f"evidence of {kind}", fetch, server, street.homes)
    for kind in KINDS:
        took = sorted(checked_ms(one, secrets[name]) for name, one in proofs[kind].items())
        size = max(len(encode(one.evidence or {})) for one in proofs[kind].values())
        print(
            f"  verify {kind}: p50 {median(took):.2f} ms, max {took[-1]:.2f} ms of a processor; at most {size:,} bytes"
        )
    whole = [len(street.bundle(name, [proofs[kind][name] for kind in KINDS])) for name in street.members]
    print(f"  all four of a home with its receipt: {median(whole):,.0f} bytes, at most {max(whole):,}")


def checked_ms(proof: OwnProof, own: OwnSecret) -> float:
    """Of a processor, from its bytes to the verdict."""
    data, secret = encode(proof.evidence or {}), bytes.fromhex(own.secret)
    began = thread_time()
    found = verify(read_evidence(data), own.ledger, verified, secret=secret)
    took = thread_time() - began
    if not isinstance(found, Verified):
        raise SystemExit(f"{own.member}: {found.why.en}")
    return 1_000 * took


def compared(node: Node, embedded: EmbeddedLedger) -> None:
    """What is the same on both."""
    chain = node.ledger()
    one, other = (ledger.entries(0, 1_000) for ledger in (chain, embedded))
    for kind, key in KEYS.items():
        roots = {
            getattr(read(data).entry, "root", "") for data in (*one, *other) if read(data).entry.key == key
        }
        print(f"  root of {kind}: {'the same' if len(roots) == 1 else 'DIFFERS'}, {min(roots)[:16]}…")
    same = sorted(one) == sorted(other)
    order = "in the same order" if one == other else "in another order"
    print(f"  {len(one)} entries, {'byte for byte the same' if same else 'OTHER ONES'}, {order}; root of the log "
          f"{'the same' if chain.head().root == embedded.head().root else 'another'}")  # fmt: skip
    members = node.head()["state"] == embedded.state.digest
    print(f"  what is kept beside the log (members, changes, rules): {'the same' if members else 'ANOTHER'}")


def _said(what: str, does: Callable[[], object], server: Server, homes: int) -> None:
    began, cpu_s = monotonic(), server.cpu_s()
    does()
    took, own = monotonic() - began, server.cpu_s() - cpu_s
    print(
        f"  {what}: {1_000 * took / homes:.1f} ms a home, {1_000 * own / homes:.1f} ms of the server's processor"
    )


if __name__ == "__main__":
    sys.exit(main())
