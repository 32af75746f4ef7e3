"""A street that `laag serve` commits to a real chain, and two members beside their nodes who compute its days again."""

from contextlib import ExitStack

import httpx
import pytest
from tests.apps.audits.processes import BENT, Process, eventually, lived, regulators_key
from tests.doors import free_port
from tests.ledger_chain.cluster import ROLES, Cluster

from laag.ledger.entries import read
from laag.ledger.lines import digest
from laag.ledger.standing import standing

pytestmark = pytest.mark.slow
AUDITS = ("supplier", "town")
ALTERED = "settle/2026-03-29/1"


@pytest.fixture
def audited(cometbft, tmp_path):
    """Four nodes, a street's server at one of them, and two members beside theirs; ``altered`` as in ``Process``."""
    assert "metering" in ROLES["dso"], "who measures is not who runs the street's server"
    with ExitStack() as stack:
        chain = stack.enter_context(Cluster(tmp_path, cometbft))

        def begun(altered=""):
            chain.ready()
            port, ports = free_port(), {name: free_port() for name in AUDITS}
            place = chain["coop"].folder.path
            urls = "\n".join(f'{name} = "http://127.0.0.1:{ports[name]}/api/v1/ledger"' for name in AUDITS)
            (place / "begun.json").write_bytes(chain.genesis.data + b"\n")
            lived(
                tmp_path / "street",
                port,
                f"""[ledger]
driver = "comet"
member = "coop"
genesis = "{place}/begun.json"
key = "{place}/member.pem"
node = "127.0.0.1:{chain["coop"].rpc}"
[ledger.metering]
member = "dso"
key = "{chain["dso"].folder.path}/member.pem"
[ledger.witnesses]
{urls}
""",
            )
            street = Process(
                tmp_path / "street.said", "serve", tmp_path / "street" / "street.toml", altered=altered
            )
            others = [member(name, port, ports[name]) for name in AUDITS]
            for one in (street, *others):
                stack.callback(one.close)
                one.start()
            assert street.url
            return chain, street, others

        def member(name, street, port):
            place = chain[name].folder.path
            regulators_key(tmp_path / "street", place, name)
            (place / "begun.json").write_bytes(chain.genesis.data + b"\n")
            (place / "witness.toml").write_text(f"""[witness]
member = "{name}"
node = "127.0.0.1:{chain[name].rpc}"
genesis = "begun.json"
port = {port}
[witness.audit]
url = "http://127.0.0.1:{street}"
look_every_s = 1.0
""")
            return Process(tmp_path / f"{name}.said", "ledger", "witness", place / "witness.toml")

        yield begun


def said(*processes):
    return lambda: "\n".join(one.said.read_text()[-3000:] for one in processes)


def test_two_members_beside_their_nodes_make_a_day_final(audited):
    chain, street, others = audited()
    ledger = chain["dso"].ledger()
    for key in ("settle/2026-03-28/1", "settle/2026-03-29/2"):
        eventually(lambda key=key: final(chain, ledger, key), said(street, *others))
    assert ledger.keys("dispute/") == []
    # Readings are the metering party's, all else the operator's.
    written = [read(ledger.find(key).data).entry for key in (*ledger.keys("meter/"), *ledger.keys("settle/"))]
    assert {(one.kind, one.by) for one in written} == {("meter", "dso"), ("settle", "coop")}
    # A member shows to anybody what its node has.
    shown = httpx.get(f"{others[0].url}/keys", params={"prefix": "settle/"}).json()["keys"]
    assert shown == ledger.keys("settle/")


def final(chain, ledger, key):
    from laag.ledger.state import State

    found = standing(key, State.begun(chain.genesis), ledger.find)
    return found is not None and found.final


def test_what_a_lying_server_put_on_the_chain_is_disputed_by_name(audited):
    chain, street, others = audited(BENT)
    ledger = chain["dso"].ledger()
    found = eventually(lambda: ledger.keys(f"dispute/{ALTERED}/")[1:], said(street, *others))
    reason = read(ledger.find(found[0]).data).entry.reason
    told = eventually(
        lambda: [one for one in httpx.get(f"{street.url}/api/v1/record").json()["disputes"] if one["found"]],
        said(street, *others),
    )
    assert any("The line of member-001" in one["en"] for one in told[0]["found"])
    words = [httpx.get(f"{one.url}/reasons/{reason}") for one in others]
    assert digest(next(one.content for one in words if one.status_code == 200)) == reason
    assert not final(chain, ledger, ALTERED)
