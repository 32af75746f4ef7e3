"""A bill is checked by whoever has it: what is said of a good one, and of each way in which it can be bad."""

import json

import pytest
from tests.ledger.parties import DAY, Ledger, hashed, key_of, party, secret
from tests.ledger.proving import day, evidence, noted_head, placed, tree

from laag.adapters.neighbourhood.signing import receipt_bytes
from laag.adapters.neighbourhood.wire import OrderReceipt
from laag.apps.cli import main
from laag.apps.verify.bundle import written
from laag.apps.verify.naming import spoken
from laag.ledger.canonical import encode
from laag.ledger.evidence import Evidence, Pin, Shown, Since
from laag.ledger.genesis import founded
from laag.ledger.lines import LineTree, filler, leaf, salt

HOME = "home-07"
BOOK = f"book/day-ahead/{DAY}/1"


@pytest.fixture
def street():
    return day(Ledger.of())


@pytest.fixture
def say(tmp_path, capsys):
    """Write a bill, verify it, and give the exit code and the sentences."""

    def said(words, *options, pin="pin.json"):
        bill = tmp_path / "BILL.json"
        bill.write_bytes(words if isinstance(words, bytes) else written([words]))
        more = ["--pin", str(tmp_path / pin)] if pin else []
        code = main(["verify", str(bill), *more, *options])
        out, err = capsys.readouterr()
        return code, out + err

    return said


def test_a_good_bill_says_what_was_verified_by_whom_and_what_that_does_not_say(street, say):
    code, text = say(evidence(street, HOME).words())
    assert code == 0
    assert "What home-07 pays, €0.00 without VAT, is committed in settle/2026-11-22/1, entry 4 of 6." in text
    assert "3 of the 4 members signed for the ledger as it was then: coop, grid, town." in text
    assert "Recomputed with the same result by grid, meters. That makes it final." in text
    assert f"It is called {spoken(street.id)}" in text
    code, text = say(evidence(street, HOME).words(), "--language", "nl")
    assert code == 0
    assert "niet eerder gezien" not in text, "it was remembered"
    assert "Daarmee is het definitief." in text


def test_nobody_who_recomputed_is_not_passed_over(say):
    code, text = say(evidence(day(Ledger.of(), attests=())).words())
    assert code == 0
    assert "- Nobody recomputed it" in text


def test_a_ledger_of_one_member_is_not_called_watched(say):
    alone = Ledger(founded("kade", [party("coop", roles=("metering", "operator"))]))
    made = tree()
    alone.write(alone.meter(by="coop"))
    alone.write(alone.settle(root=made.root.hex(), leaves=len(made.leaves)))
    code, text = say(evidence(alone, head=noted_head(alone, cosigners=())).words())
    assert code == 0
    assert "- This ledger has one member, coop: nobody else watches or recomputes." in text
    assert "members signed" not in text


def test_a_head_signed_by_too_few_is_refused(street, say):
    code, text = say(evidence(street, head=noted_head(street, ("grid",))).words())
    assert code == 1
    assert "! 2 of 4 members signed the head of the ledger and it takes 3" in text


def altered(words, *path, to):
    """The same evidence with one thing in another place."""
    words = json.loads(json.dumps(words))
    at = words
    for one in path[:-1]:
        at = at[one]
    at[path[-1]] = to(at[path[-1]])
    return words


def other_hex(text):
    return ("0" if text[0] != "0" else "1") + text[1:]


@pytest.mark.parametrize(
    ("path", "to", "code"),
    [
        (("line", "says", "amount_units"), lambda was: [was[0] - 100, was[1]], "line"),
        (("line", "salt"), other_hex, "line"),
        (("line", "path"), lambda was: [other_hex(was[0]), *was[1:]], "line-path"),
        (("entry", "path"), lambda was: [other_hex(was[0]), *was[1:]], "entry-path"),
        (("entry", "data", "signature"), other_hex, "signature"),
        (("head", "root"), other_hex, "head-signature"),
        (("head", "cosigned"), lambda was: [{**was[0], "signature": other_hex(was[0]["signature"])}, was[1]], "cosignature"),
    ],
)  # fmt: skip
def test_whatever_is_altered_is_named(street, say, path, to, code):
    ends, text = say(altered(evidence(street).words(), *path, to=to), "--json")
    said = json.loads(text)
    assert ends == 1
    assert not said["verified"]
    assert [one["code"] for one in said["points"] if one["weight"] == "wrong"] == [code]


def test_a_ledgers_id_is_remembered_and_another_is_refused(street, say):
    assert say(evidence(street).words())[0] == 0
    other = day(Ledger.of(name="elsewhere"))
    code, text = say(evidence(other).words())
    assert code == 1
    assert (
        f"This evidence is of ledger {spoken(other.id)} and the one known here is {spoken(street.id)}" in text
    )
    assert say(evidence(other).words(), "--ledger-id", street.id, pin=None)[0] == 1
    assert say(evidence(other).words(), "--ledger-id", other.id, pin=None)[0] == 0
    assert say(evidence(other).words(), "--ledger-id", other.id)[0] == 2
    assert say(evidence(other).words(), "--ledger-id", "e5e87a")[0] == 2


def test_a_head_that_goes_back_forks_or_goes_on_is_told_apart(street, say):
    early = evidence(street)
    seen = Pin(street.state.size, street.state.root)
    street.write(street.book(period="2026-11-23"))
    later = evidence(street, since=seen)
    assert say(later.words(), pin="later.json")[0] == 0
    assert say(early.words(), pin="later.json")[0] == 1, "it was never seen, and is older than what was"
    assert "You saw 7 entries before and this evidence knows 6" in say(early.words(), pin="later.json")[1]
    assert say(early.words())[0] == 0
    code, text = say(later.words())
    assert (code, "not checked now" in text) == (0, False), "it goes on from what was seen"
    assert say(early.words())[0] == 0, "it is older, and was seen"
    fork = day(Ledger.of())
    fork.write(fork.book(period="2026-11-24"))
    code, text = say(evidence(fork).words())
    assert code == 1
    assert "another history of 7 entries" in text
    street.write(street.book(period="2026-11-25"))
    code, text = say(evidence(street).words())
    assert (code, "not checked now" in text) == (0, True), "nothing connects it: that is said"


def ordered(street, rows):
    """A book with this home's list in it, and its evidence."""
    says = {"kind": "book", "market": "day-ahead", "period": DAY, "version": 1, "whose": HOME, "ptu": rows}
    own = leaf(salt(secret(HOME), BOOK), encode(says))
    book = LineTree.of([own], lambda n: filler(b"of the street", BOOK, n))
    street.write(street.book(root=book.root.hex(), leaves=len(book.leaves)))
    shown = Shown(says, salt(secret(HOME), BOOK), own, *book.path(own))
    return Evidence(street.genesis, (), placed(street, 0), (), noted_head(street), shown, Since())


def promised(street, rows, number=7, by="coop", key=None):
    says = {"kind": "book", "market": "day-ahead", "period": DAY, "version": 1, "whose": HOME, "ptu": rows}
    own = leaf(salt(secret(HOME), BOOK), encode(says)).hex()
    one = OrderReceipt(key=BOOK, leaf=own, number=number, by=by, signature="0" * 128)
    signature = (key or key_of(by)).sign(receipt_bytes(street.id, HOME, one))
    return one.model_copy(update={"signature": signature})


def test_an_order_list_with_a_receipt_is_in_the_book_or_it_is_fraud(say):
    street = Ledger.of()
    book = ordered(street, [1, 2, 3]).words()
    code, text = say(written([book], [promised(street, [1, 2, 3])], HOME))
    assert code == 0
    assert f"The order list that coop signed for stands in {BOOK}" in text
    code, text = say(written([book], [promised(street, [1, 2])], HOME))
    assert code == 1
    assert "PROOF OF FRAUD: coop signed that order list 7" in text
    code, text = say(written([book], [promised(street, [1, 2]), promised(street, [1, 2, 3], number=8)], HOME))
    assert code == 0, "a later list took its place"
    code, text = say(written([book], [promised(street, [1, 2], key=key_of("nobody"))], HOME))
    assert code == 0
    assert "it promises nothing" in text


def test_a_receipt_whose_book_is_not_shown_says_so(street, say):
    code, text = say(written([evidence(street).words()], [promised(street, [1])], HOME))
    assert code == 1
    assert "the evidence of it is not here; ask for it" in text


@pytest.mark.parametrize(
    "data", [b"", b"{}", b"[1]", b'{"kind":"laag-bill","version":9}', b'{"kind":"laag-bill","version":1,"proofs":[]}',
             b'{"kind":"evidence","kind":"evidence"}', b'{"kind":"evidence"}', b"\xff\xfe", b"[" * 100_000]
)  # fmt: skip
def test_what_is_no_bill_is_not_checked(say, data):
    code, text = say(data)
    assert code == 2
    assert text.startswith("laag: ")
    assert text.count("\n") == 1


def test_evidence_alone_is_read_as_well_however_its_spaces_fall(street, say):
    assert say(json.dumps(evidence(street).words(), indent=2).encode())[0] == 0


def test_two_ledgers_that_differ_have_other_names():
    names = {spoken(hashed(n)) for n in range(500)}
    assert len(names) == 500
    assert all(len(one.split("-")) == 4 for one in names)


def test_an_anchor_on_a_chain_is_told_and_whose_chain_that_is_somebody_else_has_to_say(say):
    from tests.ledger.test_anchored import GOOD, STREET

    chain = GOOD.anchor.genesis.ledger
    assert "is anchored in region" not in say(GOOD.evidence.words())[1]
    code, text = say(GOOD.words(), "--anchor-id", chain)
    assert code == 0
    assert "anchored in region, entry 4 of 6, for which 4 of the 5 members there signed" in text
    assert "That was fixed by 2026-11-18" in text
    assert "--anchor-id" not in text
    code, text = say(GOOD.words(), "--language", "nl")
    assert code == 0
    assert f"Of region ({spoken(chain)}) het grootboek is dat velen delen" in text
    code, text = say(GOOD.words(), "--anchor-id", STREET.id)
    assert code == 1
    assert "In the ledger of the anchor: this evidence begins at ledger" in text
    assert say(GOOD.data, "--anchor-id", chain)[0] == 0, "alone in a file as well"
    assert say(GOOD.words(), "--anchor-id", "abc")[0] == 2
