"""A member's node that audits every settled day by itself."""

import time
from contextlib import closing
from dataclasses import replace

import pytest
from tests.apps.audits.committed_street import DSO, TWO, fact, logged
from tests.apps.audits.living import cosigned, on_disk, served

from laag.adapters.ledger.witness.client import Node
from laag.apps.audit.attending import Attends, attending
from laag.apps.ledger.settings import Settings
from laag.foundation.errors import BadInput
from laag.ledger.standing import standing

WITHIN_S = 60
DAYS = ("2026-03-28", "2026-03-29")


@pytest.fixture
def street(tmp_path):
    on_disk(tmp_path, genesis=TWO)
    with served(tmp_path, TWO) as made:
        cosigned(made.ledger)
        yield made


def attends(street, folder):
    return Attends("dso", [DSO], street.url, street.key(), "supervision", folder / "disputes")


def test_each_day_is_attested_once_it_is_settled_and_then_there_is_nothing_to_do(street, tmp_path):
    ledger, mine = street.ledger, attends(street, tmp_path)
    assert [str(day) for day in mine.todo(ledger)] == list(DAYS)
    mine = replace(mine, every_s=0.05)
    with closing(Node(f"{street.url}/api/v1/ledger")) as node, attending(mine, ledger, node):
        until = time.monotonic() + WITHIN_S
        while mine.todo(ledger):
            assert time.monotonic() < until, "nothing was said"
            time.sleep(0.05)
    for day in DAYS:
        for key in ledger.keys(f"settle/{day}/"):
            assert standing(key, ledger.state, ledger.find).final
    assert not (tmp_path / "disputes").exists()


def test_what_differs_is_disputed_and_the_reason_kept(tmp_path):
    made = on_disk(tmp_path, genesis=TWO)
    (tmp_path / "street.sqlite").unlink()
    who = made.street.members[0]
    logged(
        made,
        tmp_path / "street.sqlite",
        made.altered("metered", lambda one: fact(one, signature="00" * 64), who),
    )
    with served(tmp_path, TWO) as street, closing(Node(f"{street.url}/api/v1/ledger")) as node:
        cosigned(street.ledger)
        mine = attends(street, tmp_path)
        assert mine.day(street.ledger, made.day, node) == 1
        meter = f"meter/{made.day}/1"
        assert standing(meter, street.ledger.state, street.ledger.find).disputes == ("dso",)
        assert len(list((tmp_path / "disputes").iterdir())) == 1
        assert made.day in mine.todo(street.ledger)  # of the settlement that rests on it nothing was said


def test_a_street_that_is_away_stops_nobody(tmp_path, street):
    mine = Attends("dso", [DSO], "http://127.0.0.1:1", street.key(), "supervision", tmp_path / "disputes")
    mine = replace(mine, every_s=0.01)
    with closing(Node(f"{street.url}/api/v1/ledger")) as node, attending(mine, street.ledger, node):
        time.sleep(0.2)
    assert len(mine.todo(street.ledger)) == len(DAYS)


def test_without_the_members_key_nothing_is_said(tmp_path, street):
    mine = Attends("dso", [], street.url, street.key(), "supervision", tmp_path / "disputes")
    with closing(Node(f"{street.url}/api/v1/ledger")) as node, pytest.raises(BadInput, match=r"witness\.key"):
        mine.day(street.ledger, mine.todo(street.ledger)[0], node)


def test_the_settings_of_a_witness_say_what_it_audits(tmp_path):
    path = tmp_path / "dso.toml"
    path.write_text(
        '[witness]\nmember = "dso"\nfollows = "http://127.0.0.1:1/api/v1/ledger"\n'
        '[witness.audit]\nurl = "https://kade.example"\n'
    )
    audit = Settings(path).witness.audit
    assert (audit.url, audit.purpose, audit.key_file, audit.reasons) == (
        "https://kade.example",
        "supervision",
        "regulator.key",
        "disputes",
    )
