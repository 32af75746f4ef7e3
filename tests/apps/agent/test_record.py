"""A home checks its lines on the shared record itself: what it says of good ones, and of each lie."""

import asyncio
import json
from datetime import timedelta

import pytest
from tests.apps.agent.lived_in import NOW, Stopped, home_with, life_of
from tests.apps.agent.paged_home import BILL, CENT, YESTERDAY, paged
from tests.apps.agent.recorded import BOOK, DAYS, ME, NEIGHBOUR, Recorded, says
from tests.ledger.parties import Ledger, key_of, party, secret

from laag.adapters.neighbourhood.committed import Stands
from laag.adapters.neighbourhood.own import OwnBill, OwnDay
from laag.adapters.neighbourhood.signing import message_bytes
from laag.adapters.neighbourhood.wire import Answer, Both, Orders, Status
from laag.apps.agent.ledger.kept import KINDS, Kept, Receipt
from laag.apps.agent.ledger.promises import heard
from laag.apps.agent.ledger.watching import SharedRecord
from laag.apps.cli import main
from laag.ledger.canonical import encode
from laag.ledger.genesis import founded
from laag.ledger.lines import leaf, salt


def looked(life, there, times=1):
    record = SharedRecord(life, there)
    for _ in range(times):
        soon = asyncio.run(record.look())
    return record, soon


@pytest.fixture
def life():
    made = life_of(home_with())
    made.store.keep("member", ME)
    yield made
    made.store.close()


def changed(*path, to):
    """A liar who changes one thing in the evidence of yesterday's settlement."""

    def lie(proof):
        if proof.kind != "settle" or proof.day != YESTERDAY:
            return proof
        words = json.loads(json.dumps(proof.evidence))
        at = words
        for one in path[:-1]:
            at = at[one]
        at[path[-1]] = to(at[path[-1]])
        return proof.model_copy(update={"evidence": words})

    return lie


SETTLED = ("settle", YESTERDAY)


def other_hex(text):
    return ("0" if text[0] != "0" else "1") + text[1:]


def test_a_home_verifies_each_settled_day_itself_and_keeps_what_it_found(life):
    there = Recorded()
    record, soon = looked(life, there)
    assert not soon
    for day in DAYS:
        for kind in KINDS:
            found = record.kept.verdict(day, kind)
            assert found.holds
            assert found.signed == ("coop", "grid", "town")
        assert record.kept.verdict(day).recomputed == ("grid", "town")
        assert record.kept.verdict(day).final
    assert record.kept.pin.size == there.street.state.size
    assert record.kept.alarms == []


def test_what_is_done_is_not_asked_again_and_the_secret_only_once(life):
    there = Recorded()
    looked(life, there, times=3)
    paths = [path.partition("?")[0] for _, path in there.asked]
    assert paths.count("secret") == 1
    assert paths.count("evidence") == 4
    assert Kept(life.store).ledger.secret == secret(ME).hex()


def test_a_correction_is_looked_at_and_the_head_is_asked_to_go_on_from_what_was_seen(life):
    there = Recorded()
    record, _ = looked(life, there)
    pin = record.kept.pin
    days = [
        one.model_copy(update={"units": 200 * CENT}) if one.day == YESTERDAY else one for one in BILL.days
    ]
    there.answers[OwnBill] = BILL.model_copy(update={"days": days})
    line = says("settle", YESTERDAY, 2) | {
        "amount_units": [200 * CENT],
        "causes": ["dayahead"],
        "energy_wh": [9_000],
    }
    there.street.write(there.street.meter(period=YESTERDAY.isoformat(), version=2))
    there.commit("settle", YESTERDAY, line)
    looked(life, there)
    assert f"kind=settle&first={YESTERDAY}&last={YESTERDAY}&since={pin.size}" in " ".join(
        path for _, path in there.asked
    )
    found = record.kept.verdict(YESTERDAY)
    assert (found.holds, found.units, found.final, found.key[-2:]) == (True, 200 * CENT, False, "/2")
    assert record.kept.pin.size > pin.size
    there.lines["settle", YESTERDAY] = (f"settle/{YESTERDAY}/1", Recorded().lines["settle", YESTERDAY][1])
    there.answers[OwnBill] = BILL
    looked(life, there)
    assert [one.code for one in record.kept.alarms] == ["other-line"], "the older version again"


LIES = {
    "altered amount": (changed("line", "says", "amount_units", to=lambda was: [was[0] - CENT, was[1]]), "line"),
    "wrong salt": (changed("line", "salt", to=other_hex), "salt"),
    "other path": (changed("line", "path", to=lambda was: [other_hex(was[0]), *was[1:]]), "line-path"),
    "other place": (changed("entry", "path", to=lambda was: [other_hex(was[0]), *was[1:]]), "entry-path"),
    "forged entry": (changed("entry", "data", "signature", to=other_hex), "signature"),
    "forged note": (changed("head", "root", to=other_hex), "head-signature"),
    "forged cosignature": (changed("head", "cosigned", to=lambda was: [{**was[0], "signature": other_hex(was[0]["signature"])}, was[1]]), "cosignature"),
    "too few": (changed("head", "cosigned", to=lambda was: was[:1]), "too-few"),
    "no evidence": (lambda proof: proof.model_copy(update={"evidence": None}), "form"),
    "nothing": (lambda proof: None if (proof.kind, proof.day) == ("settle", YESTERDAY) else proof, "no-line"),
    "the street's own word": (lambda proof: proof.model_copy(update={"stands": Stands.WRONG, "evidence": None, "why": Both(nl="Anders.", en="Unlike.")}), "unlike"),
}  # fmt: skip


@pytest.mark.parametrize("lie", LIES)
def test_each_lie_is_told_and_is_over_when_it_is_taken_back(life, lie):
    liar, code = LIES[lie]
    there = Recorded(lies=liar)
    record, soon = looked(life, there)
    assert soon
    assert {one.code for one in record.kept.alarms} == {code}
    assert not record.kept.verdict(YESTERDAY).holds
    looked(life, there)
    assert len({(one.day, one.kind) for one in record.kept.alarms}) == len(record.kept.alarms), (
        "each said once"
    )
    there.lies = lambda proof: proof
    looked(life, there)
    assert record.kept.verdict(YESTERDAY).holds
    assert all(one.over is not None for one in record.kept.alarms)


def test_a_bill_with_another_amount_than_the_record_is_an_alarm(life):
    there = Recorded()
    days = [one.model_copy(update={"units": one.units + 1}) for one in BILL.days]
    there.answers[OwnBill] = BILL.model_copy(update={"days": days})
    record, _ = looked(life, there)
    assert {one.code for one in record.kept.alarms} == {"amount"}


def test_another_homes_line_is_not_taken_for_ours(life):
    theirs = Recorded(whose=NEIGHBOUR)
    record, _ = looked(life, theirs)
    assert {one.code for one in record.kept.alarms} == {"salt"}, "of a neighbour that is committed as well"
    mine = Recorded()
    swapped = mine.lines["settle", DAYS[0]]
    mine.lies = lambda one: mine.proof(*SETTLED, of=swapped) if (one.kind, one.day) == SETTLED else one
    forget(life)
    record, _ = looked(life, mine)
    assert "other-line" in {one.code for one in record.kept.alarms if one.over is None}, (
        "our own of another day"
    )


def test_a_record_that_goes_back_or_forks_or_is_another_is_an_alarm_and_the_pin_stays(life):
    there = Recorded()
    there.street.write(there.street.book(period="2026-05-20"))
    record, _ = looked(life, there)
    pin = record.kept.pin
    forget(life)
    looked(life, Recorded())
    assert [one.code for one in record.kept.alarms if one.over is None] == ["rolled-back"]
    forget(life)
    fork = Recorded()
    fork.street.write(fork.street.book(period="2026-05-21"))
    looked(life, fork)
    assert "split-view" in [one.code for one in record.kept.alarms if one.over is None]
    forget(life)
    fork.street.write(fork.street.book(period="2026-05-22"))
    looked(life, fork)
    assert "unconnected" in [one.code for one in record.kept.alarms if one.over is None]
    forget(life)
    looked(life, Recorded(street=Ledger.of(name="elsewhere")))
    assert "other-ledger" in [one.code for one in record.kept.alarms if one.over is None]
    assert record.kept.pin == pin
    there.street.write(there.street.book(period="2026-05-23"))
    looked(life, there)
    assert all(one.over is not None for one in record.kept.alarms)


def forget(life):
    """As if the days had not been looked at: the pin and the alarms stay."""
    for day in DAYS:
        for kind in KINDS:
            life.store.keep(f"own ledger {day} {kind}", None)


@pytest.mark.parametrize(("stands", "code"), [(Stands.WRITTEN, "unsigned"), (Stands.WAITING, "")])
def test_what_waits_is_not_yet_and_too_few_signatures_after_a_day_are_an_alarm(life, stands, code):
    why = Both(nl="Nog niet.", en="Not yet.")
    there = Recorded(lies=lambda one: one.model_copy(update={"stands": stands, "evidence": None, "why": why}))
    record, soon = looked(life, there)
    assert soon
    assert record.kept.alarms == []
    assert record.kept.verdict(YESTERDAY).since == NOW
    life.clock = Stopped(NOW + timedelta(days=1, minutes=5))
    looked(life, there)
    assert {one.code for one in record.kept.alarms} == ({code} if code else set())


def test_what_was_verified_goes_on_holding_while_the_ledger_is_away(life):
    there = Recorded()
    record, _ = looked(life, there)
    there.answers[OwnBill] = BILL.model_copy(
        update={"days": [one.model_copy(update={"units": 1}) for one in BILL.days]}
    )
    there.lies = lambda one: one.model_copy(update={"stands": Stands.WAITING, "evidence": None})
    looked(life, there)
    assert record.kept.verdict(YESTERDAY).holds
    assert record.kept.alarms == []


def test_a_neighbourhood_without_a_record_is_no_alarm(life):
    from laag.adapters.neighbourhood.committed import OwnSecret

    record, soon = looked(life, Recorded(nothing={OwnSecret}))
    assert not soon
    assert record.kept.ledger is None
    assert record.kept.alarms == []


def promised(life, receipt, *, agrees=True):
    Kept(life.store).keep_receipt(BOOK, Receipt(number=receipt.number, receipt=receipt, agrees=agrees))


def test_a_receipt_is_held_against_the_book(life):
    there = Recorded()
    promised(life, there.receipt())
    record, _ = looked(life, there)
    assert record.kept.alarms == []
    forget(life)
    promised(life, there.receipt(says("book", YESTERDAY) | {"ptu": [4]}, number=8))
    looked(life, there)
    assert [one.code for one in record.kept.alarms] == ["receipt-broken"]
    assert "PROOF OF FRAUD: coop signed that order list 8" in record.kept.alarms[0].why.en


def test_a_promised_book_that_is_not_shown_and_a_receipt_for_another_list_are_told(life):
    there = Recorded(lies=lambda one: None if one.kind == "book" else one)
    promised(life, there.receipt())
    record, _ = looked(life, there)
    assert [one.code for one in record.kept.alarms] == ["receipt-unshown"]
    promised(life, there.receipt(number=9), agrees=False)
    forget(life)
    looked(life, there)
    assert record.kept.alarms[0].code == "receipt-other"


def test_a_receipt_that_nobody_signed_promises_nothing(life):
    there = Recorded()
    promised(life, there.receipt(says("book", YESTERDAY) | {"ptu": [4]}, key=key_of("nobody")))
    record, _ = looked(life, there)
    assert record.kept.alarms == []


def test_receipts_are_kept_for_the_last_list_and_held_against_what_was_sent(life):
    there = Recorded()
    record, _ = looked(life, there)
    rows = {"device": [0], "ptu": [5], "side": [1], "quantity_wh": [100], "limit_ticks": [900]}

    def sent(number, **other):
        orders = Orders(member=ME, day=YESTERDAY, number=number, signature="0" * 128, **(rows | other))
        assert message_bytes(orders)
        return orders.model_dump_json()

    line = {
        "kind": "book",
        "market": "day-ahead",
        "period": str(YESTERDAY),
        "version": 1,
        "whose": ME,
        **rows,
        "stood_in": 0,
    }
    mine = leaf(salt(secret(ME), BOOK), encode(line)).hex()
    good = there.receipt(line, number=7)
    assert good.leaf == mine
    heard(record.kept, sent(7), Answer(number=7, status=Status.TAKEN, receipt=good))
    assert record.kept.receipt(BOOK).agrees
    heard(
        record.kept,
        sent(8, ptu=[6]),
        Answer(number=8, status=Status.TAKEN, receipt=there.receipt(line, number=8)),
    )
    assert not record.kept.receipt(BOOK).agrees
    heard(record.kept, sent(9), Answer(number=9, status=Status.TAKEN))
    assert record.kept.receipt(BOOK).receipt is None, "nothing was promised of the last list"
    heard(record.kept, sent(10), Answer(number=10, status=Status.REFUSED))
    heard(record.kept, sent(7), Answer(number=7, status=Status.KNOWN, receipt=good))
    assert record.kept.receipt(BOOK).number == 9


# What people see of it.


@pytest.fixture
def shown(tmp_path):
    """Pages of a home whose neighbourhood is this, after the home looked."""
    opened = []

    def show(there, *paths, language="en", units=None, **about):
        folder = tmp_path / str(len(opened))
        folder.mkdir()
        opened.append(folder)
        with paged(folder, neighbours=there, planned=False, language=language, **about) as (client, site):
            asyncio.run(SharedRecord(site.here.life, there).look())
            if units is not None:
                there.answers[OwnDay] = there.answers[OwnDay].model_copy(update={"units": units})
            return [client.get(path) for path in paths]

    return show


def test_a_page_says_exactly_what_was_checked(shown):
    (day, bill, data) = shown(Recorded(), f"/bill/{YESTERDAY}", "/bill", "/data")
    assert "Committed and recomputed" in day.text
    assert (
        "This day is in the shared record. 3 of the 4 members signed for it; 2 recomputed it themselves. Your home checked this itself at "
        in day.text
    )
    assert (
        "Days on this bill: 2. Of these in the shared record with the amount that is shown here: 2"
        in bill.text
    )
    assert "confirmed by more than two thirds of the members: 2." in bill.text
    assert "Ask a neighbour whether the record has the same name there" in data.text
    (day,) = shown(Recorded(), f"/bill/{YESTERDAY}", language="nl")
    assert (
        "3 van de 4 leden tekenden ervoor; 2 rekenden het zelf na. Jouw huis controleerde dit zelf om "
        in day.text
    )
    assert "Vastgelegd en nagerekend" in day.text


def test_nothing_is_called_recomputed_that_nobody_recomputed_or_watched(shown):
    class Unattested(Recorded):
        def attest(self, who, key):
            pass

    (day,) = shown(Unattested(), f"/bill/{YESTERDAY}")
    assert "<h2>Committed</h2>" in day.text
    assert "nobody has recomputed it yet" in day.text
    lonely = Ledger(founded("kade", [party("coop", roles=("metering", "operator"))]))
    lonely.meter = lambda **other: Ledger.meter(lonely, by="coop", **other)
    day, bill = shown(Unattested(street=lonely, cosigners=()), f"/bill/{YESTERDAY}", "/bill")
    assert "<h2>Committed</h2>" in day.text
    assert "The neighbourhood keeps that record alone: nobody else watches." in day.text
    assert "members signed" not in day.text
    assert "Nobody else watches." in bill.text


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("lie", LIES)
def test_a_hostile_street_is_found_out_on_the_page(shown, lie, language):
    there = Recorded(lies=LIES[lie][0])
    pages = shown(there, f"/bill/{YESTERDAY}", "/bill", "/data", language=language)
    bad = {"nl": ("klopt niet", "Dit klopt niet"), "en": ("does not", "This does not hold")}[language]
    for page in pages:
        assert page.status_code == 200
        assert 'class="message bad"' in page.text
    assert bad[1] in pages[0].text
    assert "Committed and recomputed" not in pages[0].text
    assert "Vastgelegd en nagerekend" not in pages[0].text


def test_a_page_with_another_amount_than_was_checked_does_not_say_that_it_was(shown):
    (day,) = shown(Recorded(), f"/bill/{YESTERDAY}", units=189 * CENT)
    assert "The amount on this page is another than this home checked" in day.text
    assert "Committed and recomputed" not in day.text


def test_a_day_that_is_not_there_yet_says_since_when(shown):
    there = Recorded(lies=lambda one: one.model_copy(update={"stands": Stands.WAITING, "evidence": None}))
    day, taken = shown(there, f"/bill/{YESTERDAY}", f"/bill/{YESTERDAY}/evidence.json")
    assert "<h2>Not committed yet</h2>" in day.text
    assert "Not yet: since " in day.text
    assert taken.status_code == 404


def test_the_evidence_goes_along_to_whoever_has_laag_and_a_phone(shown, tmp_path, capsys):
    day, taken = shown(Recorded(), f"/bill/{YESTERDAY}", f"/bill/{YESTERDAY}/evidence.json")
    assert '<svg class="square"' in day.text.replace("'", '"') or "square" in day.text
    assert taken.headers["content-disposition"] == f'attachment; filename="laag-{YESTERDAY}.json"'
    file = tmp_path / "bill.json"
    file.write_bytes(taken.content)
    assert main(["verify", str(file), "--pin", str(tmp_path / "pin")]) == 0
    said = capsys.readouterr().out
    assert f"What {ME} pays, €1.88 without VAT, is committed in settle/{YESTERDAY}/1" in said
    assert f"What {ME} ordered is committed in {BOOK}" in said
    assert secret(ME).hex() not in taken.text, "whoever has it could confirm every line of this home"


def test_a_stranger_gets_no_evidence(tmp_path):
    with paged(tmp_path, signed_in=False, neighbours=Recorded(), planned=False) as (client, site):
        asyncio.run(SharedRecord(site.here.life, Recorded()).look())
        assert client.get(f"/bill/{YESTERDAY}/evidence.json").status_code != 200
