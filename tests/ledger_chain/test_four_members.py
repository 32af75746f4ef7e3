"""Four members and a real CometBFT: whatever is killed or cut off, nothing that was final is lost, and all agree.

`python -m benchmarks.chain` does the same for longer and says how long it takes.
"""

import json
import time

import pytest
from tests.ledger_chain.cluster import eventually
from tests.ledger_chain.happenings import BENT, hands_in, join, remove, twin

from laag.adapters.keys import verified
from laag.adapters.ledger.comet.settings import SOCKET
from laag.apps.cli import main
from laag.ledger import entries as on
from laag.ledger.canonical import decode, encode
from laag.ledger.evidence import Evidence, Placed, Shown, Since
from laag.ledger.heads import head
from laag.ledger.lines import LineTree, filler, leaf, salt
from laag.ledger.refused import Refusal, Refused
from laag.ledger.verify import Verified, verify

pytestmark = pytest.mark.slow
OTHERS = ["coop", "dso", "supplier"]


def submit(chain, at, number):
    return chain[at].ledgers[0].submit(chain.book(number))


def test_members_are_killed_and_cut_off_and_nothing_final_is_lost(chain):
    numbers = iter(range(10_000))
    final = []

    def taken(at):
        data = chain.book(next(numbers))
        hands_in(chain[at], data)
        final.append(data)

    for name in chain.nodes:
        taken(name)

    # One of four is killed: the others go on.
    chain["town"].kill()
    taken("coop")
    chain["town"].start()

    # Two cannot be missed: what is handed in waits in an outbox, and is taken when they are back.
    chain.ready()
    chain["town"].kill()
    chain["supplier"].kill()
    waits = chain.book(next(numbers))
    assert not chain["coop"].ledgers[0].submit(waits).final_on_log
    assert not submit(chain, "dso", next(numbers)).final_on_log
    for name in ("town", "supplier"):
        chain[name].start()
    hands_in(chain["coop"], waits)
    final.append(waits)

    # Cut in two halves, neither takes anything; cut three to one, the three go on.
    chain.ready()
    chain.links.cut(["town", "supplier"], ["coop", "dso"])
    one, other = chain.book(next(numbers)), chain.book(next(numbers))
    time.sleep(1)
    assert not chain["coop"].ledgers[0].submit(one).final_on_log
    assert not chain["town"].ledgers[0].submit(other).final_on_log
    chain.links.mend()
    for name, data in (("coop", one), ("town", other)):
        hands_in(chain[name], data)
    final += [one, other]
    chain.links.cut(["town"], OTHERS)
    taken("coop")
    chain.links.mend()

    a_household_checks_its_line(chain)
    size, _ = chain.agree(size=len(final))
    for node in chain.nodes.values():
        log = node.ledgers[0].entries(0, size)
        assert set(final) <= set(log)
        assert len(set(log)) == len(log)
    eventually(
        lambda: not any(len(one.ledgers[0].outbox) for one in chain.nodes.values()), "an outbox stays full"
    )
    one_key_on_two_machines_is_seen(chain, numbers)


def one_key_on_two_machines_is_seen(chain, numbers):
    """By every member, and by name."""
    other = twin(chain, "town")
    try:
        other.answers()

        def caught():
            hands_in(chain["coop"], chain.book(next(numbers)))
            return [one["member"] for one in chain["dso"].status()["caught"]][:1] == ["town"]

        eventually(caught, lambda: other.log[-2000:])
    finally:
        other.stop()
        other.asks.close()


def test_members_come_and_go_by_vote_and_one_that_is_not_honest_stands_still(chain, capsys):
    hands_in(chain["coop"], chain.book(1))
    fifth = join(chain, "museum")
    hands_in(chain["coop"], chain.book(2))
    assert fifth.status()["members"] == ["coop", "dso", "museum", "supplier", "town"]
    remove(chain, "museum")
    eventually(lambda: not fifth.status()["votes"], "it still votes")
    chain.gone("museum")

    chain["town"].stop()
    chain["town"].start(altered=BENT)
    chain["town"].answers()
    hands_in(chain["coop"], chain.book(3, leaves=32))
    hands_in(chain["coop"], chain.book(4))
    eventually(lambda: chain["town"].ended() == 1, lambda: chain["town"].log[-2000:])
    assert "laag ledger refetch" in chain["town"].status()["halted"]
    folder = str(chain["town"].folder.path)
    assert main(["ledger", "status", folder]) == 1
    assert "it stands still" in capsys.readouterr().out

    # It fetches everything again from the others, and is with them.
    signed = (chain["town"].folder.comet / "data" / "priv_validator_state.json").read_text()
    assert main(["ledger", "refetch", folder]) == 0
    assert (chain["town"].folder.comet / "data" / "priv_validator_state.json").read_text() == signed
    chain["town"].start()
    chain["town"].answers()
    chain.agree()


def evidence(chain, ledger):
    """For a line under an entry's root, as a household has it."""
    key = "book/kade/2026-11-22/1"
    says = {"amount_units": 4_100, "whose": "home-07"}
    own = leaf(salt(b"s" * 32, key), encode(says))
    tree = LineTree.of([own], lambda n: filler(b"f" * 32, key, n))
    root = tree.root.hex()
    data = chain.signed(
        on.Book(chain.genesis.ledger, "coop", root, len(tree.leaves), "kade", "2026-11-22", 0)
    )
    hands_in(chain["coop"], data)
    found = ledger.find(key)
    proven = eventually(
        lambda: (now := ledger.proven()) and now.size > found.index and now, "no header proves it"
    )
    placed = Placed(data, found.index, ledger.path(found.index, proven.size))
    return Evidence(
        chain.genesis,
        (),
        placed,
        (),
        head(proven.proof),
        Shown(says, salt(b"s" * 32, key), own, *tree.path(own)),
        Since(),
    )


def altered(said):
    """The same words with one of them changed, for each of them."""
    if isinstance(said, dict):
        for name, value in said.items():
            for other in altered(value):
                yield {**said, name: other}
    elif isinstance(said, list):
        for place, value in enumerate(said):
            for other in altered(value):
                yield [*said[:place], other, *said[place + 1 :]]
        if said:
            yield said[:-2]
    elif isinstance(said, int):
        yield said + 1
    elif said:
        yield ("1" if said[0] != "1" else "2") + said[1:]


def a_household_checks_its_line(chain):
    """Against real blocks; any change of the head is refused."""
    ledger = chain["dso"].ledgers[0]
    good = evidence(chain, ledger)
    found = verify(good, chain.genesis.ledger, verified)
    assert isinstance(found, Verified), found
    said = good.head.words()
    tried = 0
    for changed in altered(said):
        tried += 1
        try:
            bad = Evidence(good.genesis, (), good.entry, (), head(changed), good.line, good.since)
        except Refusal:
            continue
        assert isinstance(verify(bad, chain.genesis.ledger, verified), Refused), set(map(str, changed)) - set(
            map(str, said)
        )
    assert tried > 30
    assert decode(good.data, 10**6)["kind"] == "evidence"


def test_a_late_comer_takes_a_snapshot_where_blocks_were_dropped_or_not(cometbft, tmp_path, capsys):
    from tests.ledger_chain.cluster import Cluster, Node

    with Cluster(tmp_path, cometbft, snapshot_every=5) as four:
        four.ready()
        ledger = four["coop"].ledger(patience_s=1.0)
        for number in range(12):
            while not ledger.submit(four.book(number)).final_on_log:
                pass
        late = Node(tmp_path / "museum", cometbft)
        genesis = tmp_path / "genesis.json"
        genesis.write_bytes(four.genesis.data + b"\n")
        for other in four.nodes.values():
            told = other.folder.wire()
            port = four.links.port(other.name, late.name, late.p2p)
            peer = f"{late.folder.peer().partition('@')[0]}@127.0.0.1:{port}"
            other.folder.tell(told.model_copy(update={"peers": (*told.peers, peer)}))
        peers = [
            f"{one.folder.peer().partition('@')[0]}@127.0.0.1:{four.links.port(late.name, one.name, one.p2p)}"
            for one in four.nodes.values()
        ]
        asked = [
            "ledger",
            "join",
            str(late.folder.path),
            "--genesis",
            str(genesis),
            "--ledger",
            four.genesis.ledger,
        ]
        asked += [word for peer in peers for word in ("--peer", peer)]
        asked += [
            word for name in ("coop", "dso") for word in ("--snapshot-from", f"127.0.0.1:{four[name].rpc}")
        ]
        assert main(asked) == 0
        assert "votes once more than two thirds" in capsys.readouterr().out
        four.nodes["museum"] = late
        late.start()
        four.agree()
        assert "snapshot" in late.log.lower()
        earliest = int(late.asks.status()["sync_info"]["earliest_block_height"])
        assert earliest > 1, "it fetched every block"
        assert json.loads(json.dumps(late.status()))["votes"] is False
        assert (late.folder.path / SOCKET).exists()
