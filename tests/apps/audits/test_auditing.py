"""A day computed again by somebody else comes out the same; what was altered is found and named."""

from dataclasses import replace

import numpy as np
import pytest
from tests.apps.audits.committed_street import AT, COOP, TWO, column, committed, fact, key_of, signature
from tests.cycle.any_street import PLACE

from laag.adapters.ledger.embedded import EmbeddedLedger
from laag.apps.audit.attesting import opinion
from laag.apps.audit.auditing import audited
from laag.apps.audit.beside import beside
from laag.apps.audit.findings import What
from laag.apps.audit.record import keys_of
from laag.apps.audit.table import written
from laag.apps.street.ledger.kept import LEAVES, Secrets, Trees
from laag.cycle import live
from laag.foundation.words import Lang
from laag.ledger.entries import read


@pytest.fixture(scope="module")
def made():
    return committed()


def whats(audit):
    return {one.what for one in audit.findings}


def naming(audit, what):
    return {(key, one.whose) for one in audit.findings if one.what is what for key in one.keys}


def test_a_day_with_rounds_and_a_correction_comes_out_the_same(made):
    found = made.audit()
    assert (found.code, found.findings) == (0, ())
    kinds = {row.key.split("/")[0] for row in found.rows}
    assert kinds == {"book", "clear", "meter", "settle"}
    assert {f"settle/{made.day}/1", f"settle/{made.day}/2"} <= {row.key for row in found.rows}
    assert any("/intraday/" in row.key for row in found.rows)
    assert all(row.index is not None for row in found.rows)
    assert (found.members, found.signed) == (1, ("coop",))


def test_no_totals_are_told_of_fewer_than_ten_homes(made):
    assert made.audit().totals == {}
    many = committed(homes=10, days=1, late=False).audit()
    assert many.code == 0
    assert {"taken_wh", "given_wh", "paid_units"} == set(many.totals)


def test_an_amount_that_was_changed_in_a_posted_digest_is_named(made):
    found = made.audit(made.altered("settled", lambda event: fact(event, postings="ab" * 32)))
    assert found.code == 1
    assert naming(found, What.DIGEST) == {(f"settle/{made.day}/1", "")}


def test_an_order_that_was_dropped_is_named(made):
    who = made.street.members[1]
    found = made.audit(made.altered("ordered", lambda _: None, who))
    assert (f"book/day-ahead/{made.day}/1", who) in naming(found, What.LINE)
    others = {whose for key, whose in naming(found, What.LINE) if key.startswith("book/day-ahead")}
    assert others == {who}


def test_an_order_that_nobody_signed_is_named_with_whose_it_is_said_to_be(made):
    who = made.street.members[0]
    last = next(one for one in reversed(made.events) if one.kind == "ordered" and one.key == who)
    message = live.from_event(last)
    more = replace(message, rows=live.Rows(*(np.array([one]) for one in (0, 40, 1, 900, 30_000))))
    for forged in ("", signature(more, key_of("somebody else")), last.facts["signature"]):
        event = live.to_event(replace(more, number=message.number), {"signature": forged})
        found = made.audit(made.altered("ordered", lambda _, event=event: event, who))
        assert naming(found, What.SIGNATURE) == {(f"book/day-ahead/{made.day}/1", who)}
        assert (f"book/day-ahead/{made.day}/1", who) in naming(found, What.LINE)


def test_an_order_of_nobody_who_joined_is_what_the_rules_do_not_take(made):
    event = next(one for one in made.events if one.kind == "ordered" and one.facts["day"] == str(made.day))
    at = made.events.index(event)
    more = replace(event, key="ghost\x1b[2J", facts={**event.facts, "member": "ghost\x1b[2J"})
    found = made.audit([*made.events[:at], more, *made.events[at:]])
    assert What.RULES in whats(found)
    assert {one.whose for one in found.findings} == {"ghost\x1b[2J"}
    assert "\x1b" not in "".join(written(found, Lang.NL))


def test_a_reading_that_was_changed_is_named_by_its_home(made):
    who = made.street.members[2]
    spoiled = made.altered(
        "metered", lambda event: column(event, "wh", lambda wh: wh.__setitem__(0, 5_000)), who
    )
    found = made.audit(spoiled)
    assert naming(found, What.SIGNATURE) == {(f"meter/{made.day}/1", who)}
    assert {whose for key, whose in naming(found, What.LINE) if key == f"meter/{made.day}/1"} == {who}
    assert any(key == f"settle/{made.day}/1" and whose == who for key, whose in naming(found, What.LINE))


def test_a_price_that_was_changed_moves_the_streets_own_line(made):
    found = made.audit(
        made.altered(
            "priced", lambda event: column(event, "day_ahead_ticks", lambda ticks: ticks.__iadd__(700))
        )
    )
    assert (f"clear/day-ahead/{made.day}/1", "street/prices") in naming(found, What.LINE)
    assert not any(key.startswith("book/day-ahead") for key, _ in naming(found, What.LINE))


def test_another_root_on_the_ledger_is_named_with_both():
    def change(entry):
        return replace(entry, root="ab" * 32) if entry.key == f"settle/{made_day}/2" else entry

    made_day = "2026-03-29"
    made = committed(change=change)
    (one,) = made.audit().findings
    assert (one.what, one.keys, one.committed) == (What.ROOT, (f"settle/{made_day}/2",), "ab" * 32)
    assert one.comes_out == made.sealed[f"settle/{made_day}/2"].root.hex()


def test_an_entry_that_names_another_rule_is_named():
    made = committed(
        change=lambda entry: (
            replace(entry, rule="mine") if entry.kind == "clear" and "." not in entry.period else entry
        )
    )
    (one,) = made.audit().findings
    assert (one.what, one.committed) == (What.TERMS, "mine")


def test_what_the_ledger_lacks_and_what_the_log_does_not_know_are_told():
    made = committed()
    shorter = [one for one in made.events if not (one.kind == "settled" and one.facts["revision"] == 2)]
    found = made.audit(shorter)
    assert {key for key, _ in naming(found, What.UNKNOWN)} == {f"settle/{made.day}/2", f"meter/{made.day}/2"}
    made.ledger = EmbeddedLedger(":memory:", [COOP], TWO.data)
    made.commits = [one for one in made.commits if one.kind == "book"]
    assert made.audit().code == 2  # nobody signed a head of it yet


def test_without_leaves_trees_are_made_of_the_secrets_and_without_both_nothing_can_be_said():
    made = committed(days=1, late=False)
    key = f"book/day-ahead/{made.day}/1"
    made.records.delete(LEAVES, key)
    assert made.audit().code == 0
    Secrets(made.records).erase(made.street.members[0])
    found = made.audit()
    assert (found.code, naming(found, What.LEAVES)) == (2, {(key, "")})


def test_who_was_erased_takes_nobodys_audit_away_and_its_place_stays_counted():
    made = committed()
    gone = made.street.members[0]
    Secrets(made.records).erase(gone)
    found = made.audit()
    assert found.code == 0
    assert {row.erased for row in found.rows if "/intraday/" not in row.key} == {1}
    spoiled = made.altered(
        "metered", lambda event: column(event, "wh", lambda wh: wh.__setitem__(0, 9)), gone
    )
    assert naming(made.audit(spoiled), What.SIGNATURE) == {(f"meter/{made.day}/1", gone)}


def test_a_leaf_more_than_the_log_tells_of_is_found():
    made = committed(days=1, late=False)
    key = f"book/day-ahead/{made.day}/1"
    events = made.altered("ordered", lambda _: None, made.street.members[1])
    events = [one for one in events if one.key != made.street.members[1]]
    found = made.audit(events)
    assert any(one.what is What.UNTOLD and one.keys == (key,) for one in found.findings)


def test_evidence_of_another_ledger_or_with_a_bent_path_is_not_taken(made):
    given = made.bundle()
    bent = replace(given.record.entries[0], path=tuple(bytes(32) for _ in given.record.entries[0].path))
    record = replace(given.record, entries=(bent, *given.record.entries[1:]))

    found = audited(PLACE, replace(given, record=record), made.ledger.id)
    assert found.code == 2
    assert whats(found) == {What.EVIDENCE}


def test_a_book_that_came_after_the_prices_says_so():
    made = committed(days=1, late=False)
    key = f"book/day-ahead/{made.day}/1"
    Trees(made.records).came_late(key, AT)
    found = made.audit()
    assert found.code == 0
    assert [row.key for row in found.rows if row.late] == [key]
    assert "the same; came after the prices" in "\n".join(written(found, Lang.EN))


def test_an_entry_that_the_street_hides_is_found_at_a_node_of_the_ledger():
    made = committed()
    shorter = [one for one in made.events if not (one.kind == "settled" and one.facts["revision"] == 2)]
    given = made.bundle(shorter)
    hidden = {f"meter/{made.day}/2", f"settle/{made.day}/2"}
    told = tuple(one for one in given.record.entries if read(one.data).entry.key not in hidden)
    found = audited(PLACE, replace(given, record=replace(given.record, entries=told)), made.ledger.id)
    assert found.code == 0
    assert {key for key, _ in naming(beside(found, keys_of(made.ledger, made.day)), What.UNKNOWN)} == hidden
    assert beside(made.audit(), keys_of(made.ledger, made.day)).code == 0


def test_nobody_attests_its_own_entries_nor_what_rests_on_a_log_that_breaks_the_rules(made):
    found = made.audit()
    assert opinion(found, "coop").attests == ()
    assert {one.target for one in opinion(found, "dso").attests} == {row.key for row in found.rows}
    event = next(one for one in made.events if one.kind == "closed")
    unruly = opinion(made.audit([*made.events, event, replace(event, facts={"day": str(made.day)})]), "dso")
    assert unruly.attests == ()
    assert len(unruly.withheld) == len(found.rows)
