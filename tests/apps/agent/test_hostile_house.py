"""Whoever is on the home's network and not of the home: nothing is read, nothing filled up, nothing made to fall over."""

import csv
import io
import zipfile

import pytest
from tests.apps.agent.paged_home import PASSWORD, paged, standing, token

from laag.apps.access import Role
from laag.apps.access.accounts import NAME_MISSING, NAME_TAKEN
from laag.apps.agent.pages.export import as_csv, as_zip

MUCH = b"x" * (5 * 2**20)


@pytest.mark.parametrize(
    ("path", "kind"),
    [("/sign-in", "x-www-form-urlencoded"), ("/wishes", "x-www-form-urlencoded"), ("/api/v1/wishes", "json")],
)
def test_a_stranger_cannot_fill_the_memory_of_a_home(tmp_path, path, kind):
    """A body is read before anybody asks who sends it."""
    with paged(tmp_path, signed_in=False, planned=False) as (client, _):
        answer = client.post(path, content=MUCH, headers={"content-type": f"application/{kind}"})
        assert answer.status_code == 413


@pytest.mark.parametrize(
    "path", ["//elsewhere.example/", "//elsewhere.example/?next=1", "/%2F/elsewhere.example"]
)
def test_no_link_of_a_page_leads_to_a_place_that_its_address_named(tmp_path, path):
    """The languages are links to the very same page, also where there is none."""
    with paged(tmp_path, planned=False) as (client, _):
        text = client.get(f"http://home.test{path}").text
        assert 'hreflang="en"' in text
        assert 'href="//' not in text


@pytest.mark.parametrize("name", ["Ann\u200b", "A\x1b[2Jn", "nn\u202eA", "\x00", "A\nn\x07"])
def test_nobody_takes_a_name_that_looks_like_anothers_or_that_a_terminal_obeys(tmp_path, name):
    """The name is in every sentence about who looked."""
    with standing(tmp_path, planned=False) as (_, site):
        accounts = site.here.sessions.accounts
        assert accounts.accept(accounts.invite(Role.RESIDENT), name, PASSWORD) == NAME_MISSING


def test_one_name_in_other_letters_is_the_same_name(tmp_path):
    with standing(tmp_path, planned=False) as (_, site):
        accounts = site.here.sessions.accounts
        accounts.accept(accounts.invite(Role.RESIDENT), "Ann de Wit", PASSWORD)
        for name in ("\uff21nn de Wit", "ann\u00a0DE wit"):
            assert accounts.accept(accounts.invite(Role.RESIDENT), name, PASSWORD) == NAME_TAKEN


@pytest.mark.parametrize("number", ["9" * 30, "9" * 5_000, "²", "-1", "0"])
def test_a_number_that_no_wish_has_is_no_fault_of_the_home(tmp_path, number):
    with paged(tmp_path, planned=False) as (client, _):
        made = client.post("/wishes", data={"instead": number, "form_token": token(client, "/settings")})
        assert made.status_code < 500
        assert client.get(f"/wishes/change?without={number}").status_code < 500
        proof = {"laag-form-token": token(client, "/settings")}
        assert client.request("DELETE", f"/api/v1/wishes/{number}", headers=proof).status_code in {404, 422}


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1+cmd|'/c calc'!A0", "@SUM(A1)", "\t=1", "\r=1"])
def test_nothing_in_a_table_is_run_by_whoever_opens_it(cell):
    """Text in the tables comes from a neighbourhood too."""
    (row,) = csv.DictReader(io.StringIO(as_csv([{"a": cell, cell: -1.5}]), newline=""))
    assert row["a"].lstrip("'\t\r") == cell.lstrip("\t\r")
    assert not any(text.startswith(("=", "+", "@", "\t", "\r")) for text in [*row, row["a"]])
    assert row["a"].startswith("'")
    assert list(row.values())[1] == "-1.5"


def test_a_neighbourhood_cannot_name_a_place_outside_the_zip():
    odd = {
        "neighbourhood/../../.ssh/authorized_keys": [{"a": 1}],
        "neighbourhood//etc/x\\y": [],
        "wishes": [],
    }
    names = zipfile.ZipFile(io.BytesIO(as_zip(odd))).namelist()
    assert len(names) == 4  # with what is in each
    assert all(".." not in name and "\\" not in name and "//" not in name for name in names)
