"""`laag audit`: on a street's own files and over its API, in both languages and for programs; and members who attest."""

import json
from contextlib import closing

import httpx
import pytest
from tests.apps.audits.committed_street import DSO, TWO, fact, logged
from tests.apps.audits.living import cosigned, on_disk, served

from laag.adapters.stores import open_log
from laag.apps.access import Role
from laag.apps.cli import main
from laag.ledger.standing import standing

DAY = "2026-03-29"


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    folder = tmp_path_factory.mktemp("street")
    return folder, on_disk(folder)


@pytest.fixture
def spoiled(tmp_path):
    """A street whose log was altered and hashed anew: an amount in a digest that was written down."""
    made = on_disk(tmp_path)
    (tmp_path / "street.sqlite").unlink()
    logged(
        made,
        tmp_path / "street.sqlite",
        made.altered("settled", lambda event: fact(event, postings="ab" * 32)),
    )
    return tmp_path


def test_all_the_same_on_disk_while_somebody_else_has_the_ledger_open(files, capsys):
    folder, _ = files
    with served(folder):
        assert main(["audit", DAY, str(folder / "street.toml")]) == 0
    said = capsys.readouterr().out
    assert "Everything comes out exactly as it was committed." in said
    assert f"settle/{DAY}/2" in said
    assert "Fewer than 10 homes" in said


def test_in_dutch_and_for_programs(files, capsys):
    folder, made = files
    assert main(["audit", DAY, str(folder / "street.toml"), "--language", "nl"]) == 0
    assert "Alles komt precies zo uit als het werd vastgelegd." in capsys.readouterr().out
    assert main(["audit", DAY, str(folder / "street.toml"), "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["code"] == 0
    assert said["totals"] is None
    assert said["ledger"]["id"] == made.ledger.id
    assert {one["outcome"] for one in said["entries"]} == {"same"}


def test_what_differs_ends_with_1_and_is_named(spoiled, capsys):
    assert main(["audit", DAY, str(spoiled / "street.toml")]) == 1
    said = capsys.readouterr().out
    assert "DIFFERS" in said
    assert "another result (postings)" in said


def test_a_day_that_nobody_committed_has_nothing_to_say(files, capsys):
    folder, _ = files
    assert main(["audit", "2026-05-01", str(folder / "street.toml")]) == 2
    assert "anything of 2026-05-01" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["yesterday", "street.toml"], "is no day"),
        ([DAY], "give a STREET.toml"),
        ([DAY, "--url", "http://127.0.0.1:1"], "--purpose"),
        ([DAY, "street.toml", "--attest", "key.pem"], "--as MEMBER"),
    ],
)
def test_what_cannot_be_meant_is_said(arguments, why, capsys):
    assert main(["audit", *arguments]) == 2
    assert why in capsys.readouterr().err


def test_over_the_api_it_comes_out_the_same_and_every_home_reads_who_looked(files, capsys):
    folder, made = files
    with served(folder) as street:
        asks = ["--url", street.url, "--key-file", str(street.key()), "--purpose", "supervision"]
        assert main(["audit", DAY, *asks, "--ledger-url", f"{street.url}/api/v1/ledger"]) == 0
        assert "the street itself said" in capsys.readouterr().out
        assert main(["audit", DAY, *asks, "--ledger", made.ledger.id, "--json"]) == 0
        assert json.loads(capsys.readouterr().out)["code"] == 0
        assert main(["audit", DAY, *asks, "--ledger", "ab" * 32]) == 2
    with open_log(str(folder / "street.sqlite")) as log:
        looks = [one for one in log.events("looked") if "audit" in str(one.facts["what"])]
    assert {one.key for one in looks} == set(made.street.members)
    assert {(one.facts["role"], one.facts["purpose"], one.facts["name"]) for one in looks} == {
        ("regulator", "supervision", "Toezicht")
    }


def test_what_a_living_server_commits_by_itself_comes_out_the_same_also_after_a_home_was_erased(tmp_path):
    made = on_disk(tmp_path, commit=False)
    with served(tmp_path) as street:
        assert street.running.shared.committing.until_done(60)
        asks = ["--url", street.url, "--key-file", str(street.key()), "--purpose", "supervision"]
        assert main(["audit", DAY, *asks, "--ledger-url", f"{street.url}/api/v1/ledger"]) == 0
        street.running.shared.making.secrets.erase(made.street.members[0])
        assert main(["audit", DAY, *asks]) == 0


def test_only_a_regulator_with_a_purpose_is_let_in(files):
    folder, _ = files
    with served(folder) as street:
        url = f"{street.url}/api/v1/audit/{DAY}"
        for role in (Role.OPERATOR, Role.GRID, Role.RESEARCHER, Role.RESIDENT, Role.HOME):
            key = street.key(role).read_text()
            answer = httpx.get(url, headers={"Authorization": f"Bearer {key}", "Laag-Purpose": "supervision"})
            assert answer.status_code == 403
        assert httpx.get(url).status_code == 401
        headers = {"Authorization": f"Bearer {street.key().read_text()}"}
        for purpose in ("", "curiosity", "support"):
            answer = httpx.get(url, headers={**headers, "Laag-Purpose": purpose})
            assert (answer.status_code, "Laag-Purpose" in answer.json()["detail"]["en"]) == (422, True)
        answer = httpx.get(
            f"{street.url}/api/v1/audit/2020-01-01", headers={**headers, "Laag-Purpose": "supervision"}
        )
        assert answer.status_code == 404


def test_the_answer_holds_no_secret_and_no_day_but_its_own_and_the_one_that_stands_in(files):
    folder, made = files
    with served(folder) as street:
        headers = {"Authorization": f"Bearer {street.key().read_text()}", "Laag-Purpose": "supervision"}
        text = httpx.get(f"{street.url}/api/v1/audit/{DAY}", headers=headers).text
        for member in made.street.members:
            secret = street.running.shared.making.secrets.of(member)
            assert secret.hex() not in text
    said = [json.loads(line) for line in text.splitlines()]
    assert {one["event"][0] for one in said if one["kind"] == "event"} >= {
        "joined",
        "ordered",
        "metered",
        "settled",
    }
    assert said[-1] == {"events": sum(one["kind"] == "event" for one in said), "kind": "end"}


def test_a_member_attests_what_comes_out_the_same_and_with_enough_it_is_final(tmp_path, capsys):
    on_disk(tmp_path, genesis=TWO)
    DSO.save(tmp_path / "dso.pem")
    with served(tmp_path, TWO) as street:
        cosigned(street.ledger)
        key = f"settle/{DAY}/2"
        assert not standing(key, street.ledger.state, street.ledger.find).final
        asks = ["--url", street.url, "--key-file", str(street.key()), "--purpose", "supervision"]
        says = [
            "--ledger-url",
            f"{street.url}/api/v1/ledger",
            "--attest",
            str(tmp_path / "dso.pem"),
            "--as",
            "dso",
        ]
        assert main(["audit", DAY, *asks, *says]) == 0
        told = capsys.readouterr().out
        assert "attestations and 0 disputes" in told
        for found in street.ledger.keys("settle/" + DAY) + street.ledger.keys("book/day-ahead/" + DAY):
            assert standing(found, street.ledger.state, street.ledger.find).final
        assert main(["audit", DAY, *asks, *says]) == 0  # said again, it is known already
        cosigned(street.ledger)
        capsys.readouterr()
        assert main(["audit", DAY, *asks]) == 0
        assert "recomputed by dso" in capsys.readouterr().out


def test_what_does_not_is_disputed_with_words_that_are_kept_and_nothing_that_rests_on_it_is_attested(
    tmp_path, capsys
):
    made = on_disk(tmp_path, genesis=TWO)
    DSO.save(tmp_path / "dso.pem")
    (tmp_path / "street.sqlite").unlink()
    who = made.street.members[1]
    forged = made.altered("ordered", lambda event: fact(event, signature="00" * 64), who)
    logged(made, tmp_path / "street.sqlite", forged)
    with served(tmp_path, TWO) as street:
        cosigned(street.ledger)
        ask = ["audit", DAY, "--url", street.url, "--key-file", str(street.key()), "--purpose", "supervision"]
        says = [
            "--ledger-url",
            f"{street.url}/api/v1/ledger",
            "--attest",
            str(tmp_path / "dso.pem"),
            "--as",
            "dso",
        ]
        assert main([*ask, *says, "--reasons", str(tmp_path / "disputes")]) == 1
        told = capsys.readouterr().out
        book, ledger = f"book/day-ahead/{DAY}/1", street.ledger
        assert f"of {who} for {DAY} was not signed by this home" in told
        assert standing(book, ledger.state, ledger.find).disputes == ("dso",)
        assert not ledger.keys(f"attest/clear/day-ahead/{DAY}/")
        assert not ledger.keys(f"attest/settle/{DAY}/")
        assert ledger.keys(f"attest/meter/{DAY}/")
        with closing(httpx.Client()) as client:
            shown = client.get(
                f"{street.url}/api/v1/ledger/proof", params={"key": f"dispute/{book}/dso"}
            ).json()
    (reason,) = (tmp_path / "disputes").iterdir()
    assert reason.stem in shown["entry"]
    assert who in reason.read_text()
