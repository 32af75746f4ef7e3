"""Whatever a sequencer is put back to and shows to whom, no two histories are ever signed by members enough."""

from collections import defaultdict
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.adapters.ledger.circle import Circle
from tests.ports.ledger.hands import day

from laag.adapters.ledger.witness.wire import Asked, written
from laag.ledger.members import quorum
from laag.ledger.merkle import root_at

NAMES = ("dso", "supplier", "town")
moves = st.lists(
    st.one_of(
        st.tuples(st.just("write"), st.integers(1, 3)),
        st.tuples(st.just("show"), st.sampled_from(NAMES)),
        st.just(("aside", None)),
        st.just(("back", None)),
    ),
    min_size=4,
    max_size=14,
)


def shown(circle, name):
    """Ask one witness as well as a sequencer can that wants its signature."""
    head = circle.ledger.signed()
    old = circle.witnesses[name].state.size
    if head is None or old > head.size:
        return None
    asked = Asked(old, circle.ledger.consistency(old, head.size), head.note)
    answer = circle.witnesses[name].add_checkpoint(written(asked))
    return (head.size, head.root) if answer.status == 200 else None


@settings(max_examples=10, deadline=None)
@given(moves)
def test_of_one_size_one_root_at_most_is_signed_by_more_than_two_thirds(given_moves):
    signed = defaultdict(set)
    with TemporaryDirectory() as folder, closing(Circle(Path(folder), NAMES)) as circle:
        circle.put_aside()
        for turn, (move, what) in enumerate([*given_moves, *(("show", name) for name in NAMES)]):
            match move:
                case "write":
                    for number in range(what):
                        circle.ledger.submit_all(day(5 * turn + number, seed=str(turn)))
                case "show":
                    if head := shown(circle, what):
                        signed[head].add(what)
                case "aside":
                    circle.put_aside()
                case "back":
                    circle.put_back()
        enough = {head for head, who in signed.items() if len(who) + 1 >= quorum(4)}
        assert len({size for size, _ in enough}) == len(enough)
        for (size, root), who in signed.items():
            for name in who:
                one = circle.witnesses[name]
                assert one.state.size >= size
                assert one.root_at(size) == root, "what a witness signed it holds for good"
        assert all(
            root_at(one.state.size, one._store.node) == one.state.root for one in circle.witnesses.values()
        )
