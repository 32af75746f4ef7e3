"""What a ledger answers over HTTP, and what a witness does: the statuses of C2SP's tlog-witness, and sentences otherwise."""

from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.adapters.ledger.test_witnesses import all_signed
from tests.ports.ledger.hands import GENESIS, KEYS, LEDGER, day, history
from tests.ports.ledger.test_ledger import straight_root

from laag.adapters.ledger.store.notes import sealed
from laag.adapters.ledger.witness.client import Away, Node
from laag.adapters.ledger.witness.wire import Asked, written
from laag.apps.ledger.nodes import sequencer_app, witness_app
from laag.apps.ledger.reading import Limits
from laag.apps.street.limits import Buckets
from laag.foundation.words import Said
from laag.ledger.checkpoint import Checkpoint
from laag.ledger.merkle import leaf_hash
from laag.ledger.proofs import consistent, included

any_time = settings(
    deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture
def caller(circle):
    circle.ledger.submit_all(history(20))
    return httpx.Client(transport=circle.to_ledger, base_url="http://coop.example/api/v1/ledger")


def test_anybody_reads_the_bytes_and_computes_the_root(circle, caller):
    assert caller.get("/genesis").content == GENESIS.data
    entries = caller.get("/entries").content.splitlines()
    assert entries == history(20)
    note = caller.get("/checkpoint").text.split("\n")
    assert note[:2] == [f"laag/{LEDGER}", "20"]
    assert caller.get("/entries?first=18&count=5").content.splitlines() == history(20)[18:]
    assert caller.get("/entries?first=20").content == b""
    assert caller.get("/checkpoint?proven=true").status_code == 404


def test_anybody_gets_the_path_of_an_entry_and_checks_it(caller):
    key = "settle/2026-00001/1"
    said = caller.get("/proof", params={"key": key, "size": 17}).json()
    path = [bytes.fromhex(one) for one in said["path"]]
    assert (said["index"], said["size"]) == (11, 17)
    assert said["entry"].encode() == history(20)[11]
    assert included(leaf_hash(said["entry"].encode()), 11, 17, path, straight_root(history(17)))
    proof = [bytes.fromhex(one) for one in caller.get("/consistency?old=11&new=20").text.split()]
    assert consistent(11, 20, straight_root(history(11)), straight_root(history(20)), proof)
    assert caller.get("/keys?prefix=attest/settle/2026-00000/1/").json() == {
        "keys": [f"attest/settle/2026-00000/1/{who}" for who in ("dso", "supplier", "town")]
    }


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/proof?key=settle/2026-00001/1&size=11", 404),
        ("/proof?key=settle/2026-00001/1&size=21", 404),
        ("/proof?key=book/none/none/1", 404),
        ("/proof", 422),
        ("/consistency?old=5&new=4", 404),
        ("/consistency?old=5&new=21", 404),
        ("/consistency?old=-1&new=4", 422),
        ("/consistency?old=x&new=4", 422),
        ("/entries?first=-1", 422),
        ("/entries?count=1001", 422),
        (f"/entries?first={2**60}", 422),
        ("/keys?prefix=", 422),
        ("/nothing", 404),
    ],
)
def test_what_is_not_there_is_said_in_both_languages(caller, path, status):
    answer = caller.get(path)
    assert answer.status_code == status
    if path != "/nothing":
        assert {"nl", "en"} <= set(answer.json()["detail"])


@any_time
@given(path=st.sampled_from(["entries", "proof", "consistency", "keys", "checkpoint"]), data=st.data())
def test_any_question_is_answered_or_refused_and_never_a_fault(caller, path, data):
    names = st.sampled_from(["first", "count", "key", "size", "old", "new", "prefix", "proven"])
    asked = data.draw(st.dictionaries(names, st.text(max_size=8) | st.integers().map(str)))
    assert caller.get(f"/{path}", params=asked).status_code in {200, 404, 422}


def test_members_hand_in_what_they_signed(circle, caller):
    some = [*history(24)[19:24], b"nonsense"]
    said = caller.post("/entries", content=b"\n".join(some) + b"\n").json()["receipts"]
    assert [one["became"] for one in said] == ["known", *["taken"] * 4, "refused"]
    assert [one["final"] for one in said] == [True] * 5 + [False]
    assert (said[5]["code"], said[5]["index"]) == ("form", None)
    assert {"nl", "en"} == set(said[5]["why"])
    assert circle.ledger.head().root == straight_root(history(24))


@pytest.mark.parametrize(
    ("content", "status"),
    [(b"", 422), (b"\n", 422), (b"x\n" * 101, 413), (b"x" * (5 * 2**20), 413)],
)
def test_too_little_or_too_much_at_once_is_not_read(circle, caller, content, status):
    assert caller.post("/entries", content=content).status_code == status
    assert circle.ledger.state.size == 20


def test_whoever_hands_in_too_often_waits(circle, caller):
    limits = Limits(entries=Buckets(burst=3, per_s=0.001))
    circle.to_ledger.app = sequencer_app(circle.ledger, limits)
    answers = [caller.post("/entries", content=b"x\n") for _ in range(4)]
    assert [one.status_code for one in answers] == [200, 200, 200, 429]
    assert int(answers[3].headers["retry-after"]) > 0


def test_a_halted_ledger_says_so_and_keeps_answering_questions(circle, caller):
    circle.ledger.halt(Said("het staat stil", "it stands still"))
    answer = caller.post("/entries", content=day(7)[0])
    assert (answer.status_code, answer.json()["detail"]["nl"]) == (503, "het staat stil")
    assert caller.get("/checkpoint").status_code == 200


@pytest.fixture
def witness(circle):
    """One that cosigned eight entries of twenty."""
    circle.ledger.submit_all(day(0))
    with circle.published() as publisher:
        all_signed(circle, publisher, 8)
    circle.ledger.submit_all(history(20))
    return circle.lines["town"]


def ask(witness, body):
    with httpx.Client(transport=witness) as caller:
        return caller.post("http://town.example/api/v1/ledger/add-checkpoint", content=body)


def good(circle, **other):
    given = {"old": 8, "proof": circle.ledger.consistency(8, 20), "note": circle.ledger.signed().note}
    return Asked(**(given | other))


def test_a_witness_answers_a_signature_line(circle, witness):
    answer = ask(witness, written(good(circle)))
    assert answer.status_code == 200
    assert answer.text.startswith(f"— laag/{LEDGER}/town ")
    assert answer.text.endswith("\n")
    assert circle.ledger.cosign(20, answer.text).by == "town"
    again = ask(witness, written(good(circle, old=20, proof=())))
    assert again.status_code == 200


@pytest.mark.parametrize(
    ("change", "status"),
    [
        (lambda one, _: written(one) + b"x", 400),
        (lambda *_: b"", 400),
        (lambda one, _: written(one).replace(b"old 8", b"old 08"), 400),
        (lambda one, c: written(good(c, note=one.note.replace("\n20\n", "\n020\n"))), 400),
        (lambda _, c: written(good(c, old=21)), 400),
        (lambda one, c: written(good(c, note=one.note.replace(LEDGER, "0" * 64))), 404),
        (lambda _, c: written(good(c, note=forged(c, "town"))), 403),
        (lambda _, c: written(good(c, old=0, proof=())), 409),
        (lambda _, c: written(good(c, old=7)), 409),
        (lambda _, c: written(good(c, proof=())), 422),
        (lambda one, c: written(good(c, proof=one.proof[::-1])), 422),
        (lambda one, c: written(good(c, proof=(*one.proof, bytes(32)))), 422),
        (lambda one, _: written(one) + b" " * 70_000, 413),
    ],
)
def test_a_witness_refuses_as_its_specification_says(circle, witness, change, status):
    answer = ask(witness, change(good(circle), circle))
    assert answer.status_code == status
    if status == 409:
        assert (answer.text, answer.headers["content-type"]) == ("8\n", "text/x.tlog.size")
    assert circle.witnesses["town"].state.size == 8
    assert ask(witness, written(good(circle))).status_code == 200


def forged(circle, by):
    return sealed(Checkpoint(LEDGER, 20, circle.ledger.signed().root), KEYS[by]).note


def test_of_calls_that_come_at_once_one_is_first_and_the_others_are_told_where_it_went(circle, witness):
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: ask(witness, written(good(circle))), range(4)))
    assert sorted(one.status_code for one in answers) == [200, 409, 409, 409]
    assert {one.text for one in answers if one.status_code == 409} == {"20\n"}


def test_a_witness_that_was_answered_for_holds_it_although_the_answer_was_lost(circle, witness):
    ask(witness, written(good(circle)))
    circle.witnesses["town"].close()
    circle.watch("town")
    with circle.published() as publisher:
        all_signed(circle, publisher, 20)


def test_a_witness_whose_entries_are_away_says_when_to_come_back(circle, witness):
    circle.to_ledger.cut = True
    answer = ask(witness, written(good(circle)))
    assert (answer.status_code, "entries cannot be read" in answer.text) == (503, True)
    circle.to_ledger.cut = False
    assert ask(witness, written(good(circle))).status_code == 200


def test_whoever_asks_a_witness_too_often_waits(circle, witness):
    limits = Limits(checkpoints=Buckets(burst=2, per_s=0.001))
    witness.app = witness_app(circle.witnesses["town"], limits)
    assert [ask(witness, b"x").status_code for _ in range(3)] == [400, 400, 429]


@any_time
@given(st.binary(max_size=300) | st.text(max_size=300).map(lambda text: ("old 8\n\n" + text).encode()))
def test_a_witness_bears_any_bytes(witness, body):
    assert ask(witness, body).status_code in {400, 403, 404, 409, 422}


def heard(call):
    """What was read, or the sentence that says why nothing could be."""
    try:
        return repr(call())
    except Away as gone:
        return str(gone)


@any_time
@given(answer=st.binary(max_size=100), status=st.sampled_from([200, 204, 400, 409, 500]))
def test_whoever_asks_a_node_bears_any_answer(answer, status):
    def answers(_):
        return httpx.Response(status, content=answer, headers={"content-type": "text/x.tlog.size"})

    node = Node("http://x.example", httpx.Client(transport=httpx.MockTransport(answers)))
    for call in (
        node.genesis,
        node.checkpoint,
        lambda: node.entries(0, 10),
        lambda: node.consistency(0, 1),
        lambda: node.submit([b"x"]),
        lambda: node.add_checkpoint(Asked(0, (), "x")),
    ):
        said = heard(call)
        assert said.isprintable()


def test_an_answer_without_an_end_is_not_read_to_it():
    def endless():
        while True:
            yield b"x" * 65_536

    transport = httpx.MockTransport(lambda _: httpx.Response(200, content=endless()))
    with pytest.raises(Away, match="more than anybody asked for"):
        Node("http://x.example", httpx.Client(transport=transport)).genesis()
