"""What may happen to a consortium: members come and go, and one is not honest."""

from tests.ledger_chain.cluster import Cluster, Node, eventually

from laag.adapters.ledger.comet.headers import nodes_of
from laag.adapters.ledger.comet.keys import VOTES
from laag.ledger import entries as on
from laag.ledger.changes import Change, Join, Remove

BENT = """
import laag.ledger.apply as applied
honest = applied.leaf_hash
applied.leaf_hash = lambda data: honest(data.replace(b'"leaves":32', b'"leaves":64'))
"""
"""The program of a member that, wherever 32 leaves were signed, has 64 on its copy of the ledger."""


def vote(chain: Cluster, change: Change, names: list[str]) -> None:
    """These members vote for a change; each hands its own in."""
    changes = chain[names[0]].asks.told("members")["changes"]
    for name in names:
        hands_in(chain[name], chain.signed(on.Vote(chain.genesis.ledger, name, changes, change)))


def hands_in(node: Node, data: bytes) -> None:
    """At this node, until it is final."""
    eventually(lambda: node.ledgers[0].submit(data).final_on_log, f"{node.name} cannot hand in {data!r}")


def comer(chain: Cluster, name: str) -> Node:
    """A node that is let in by the others and does not vote yet; it is not started."""
    one = Node(chain[next(iter(chain.nodes))].folder.path.parent / name, chain.binary)
    one.begin(chain.genesis.data, chain.peers_of(one))
    for other in chain.nodes.values():
        wire = other.folder.wire()
        peer = (
            f"{one.folder.peer().partition('@')[0]}@127.0.0.1:{chain.links.port(other.name, name, one.p2p)}"
        )
        other.folder.tell(wire.model_copy(update={"peers": (*wire.peers, peer)}))
    return one


def join(chain: Cluster, name: str) -> Node:
    """A node that fetches everything, is voted in by the others, and then signs blocks."""
    one = comer(chain, name)
    one.start()
    vote(chain, Join(one.member), list(chain.nodes)[:3])
    chain.nodes[name] = one
    eventually(lambda: one.status()["running"] and one.status()["votes"], lambda: one.log[-2000:])
    chain.agree()
    eventually(lambda: signs(chain, one), "the one that joined signs no blocks")
    return one


def remove(chain: Cluster, name: str) -> None:
    """The others vote one out."""
    others = [other for other in chain.nodes if other != name]
    vote(chain, Remove(name), others)
    eventually(lambda: not signs(chain, chain[name]), "the one that was removed signs on")


def signs(chain: Cluster, one: Node) -> bool:
    """Whether a node is among the validators; each asking writes an entry, since only blocks change that."""
    data = chain.book(chain.next_number())
    chain["coop"].ledgers[0].submit(data)
    return one.member.node in nodes_of(chain["coop"].asks.validators())


def twin(chain: Cluster, name: str) -> Node:
    """A second machine with the same key that votes, and no word of what the first has signed."""
    other = comer(chain, f"{name}-again")
    key = chain[name].folder.config / VOTES
    (other.folder.config / VOTES).write_bytes(key.read_bytes())
    other.start()
    return other
