"""A street with a sequencer, anchored on a real chain by one of its members; a home's bill then leads to both."""

import json
from contextlib import closing

import pytest
from tests.apps.audits.committed_street import ALONE
from tests.apps.audits.living import on_disk, served
from tests.ledger_chain.cluster import eventually

from laag.adapters.ledger.evidence import evidence_of
from laag.adapters.stores import open_records
from laag.apps.cli import main
from laag.apps.street.ledger.kept import Secrets
from laag.apps.verify.bundle import written
from laag.cycle.commit import shown

pytestmark = pytest.mark.slow
KEY, WHO = "settle/2026-03-29/2", "member-001"


@pytest.fixture
def street(tmp_path):
    folder = tmp_path / "street"
    folder.mkdir()
    made = on_disk(folder)
    with served(folder) as there:
        there.made = made
        yield there


def bill(street, folder):
    """The evidence of one home's line, in a file."""
    commit = next(one for one in street.made.commits if one.key == KEY)
    with open_records(str(folder / "street" / "street.sqlite")) as records:
        secret = Secrets(records).of(WHO)
    mine = shown(commit, WHO, secret, street.made.sealed[KEY].leaves)
    found = evidence_of(street.ledger, KEY, mine)
    path = folder / "bill.json"
    path.write_bytes(written([found.words()]))
    return path


def test_a_bill_leads_from_the_street_to_the_chain_and_a_street_that_went_back_is_not_anchored_again(
    chain, street, tmp_path, capsys
):
    url, ids = f"{street.url}/api/v1/ledger", [ALONE.ledger, chain.genesis.ledger]
    folder = str(chain["coop"].folder.path)
    begun = tmp_path / "chain.json"
    begun.write_bytes(chain.genesis.data + b"\n")
    plain, anchored = bill(street, tmp_path), tmp_path / "anchored.json"

    def completed():
        """Whether the bill has its anchor; what comes after the anchor makes the block whose header proves it."""
        chain["coop"].ledgers[0].submit(chain.book(chain.next_number()))
        words = ["ledger", "anchored", plain, anchored, "--node", f"127.0.0.1:{chain['dso'].rpc}"]
        return main([str(one) for one in (*words, "--genesis", begun, "--of", url)]) == 0

    assert not completed(), "nothing was anchored yet"
    assert main(["verify", str(anchored), "--ledger-id", ids[0]]) == 0, "it is what it was without"
    capsys.readouterr()
    assert main(["ledger", "anchor", folder, "--of", url, "--ledger", ids[0]]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["key"] == f"anchor/{ALONE.ledger}/{street.ledger.head().size}"
    assert main(["ledger", "anchor", folder, "--of", url]) == 0, "twice is known"
    eventually(completed, "the anchor is not proven")
    capsys.readouterr()

    given = ["verify", str(anchored), "--ledger-id", ids[0], "--anchor-id", ids[1]]
    assert main(given) == 0
    out = capsys.readouterr().out
    assert "is anchored in kade, entry" in out
    assert "of the 4 members there signed" in out
    assert "That was fixed by 20" in out
    assert main([*given[:-1], ids[0]]) == 1, "another chain than was given"
    spoiled = json.loads(anchored.read_text())
    spoiled["proofs"][0]["anchor"]["head"]["commits"][0]["signature"] = "ab" * 64
    anchored.write_text(json.dumps(spoiled))
    capsys.readouterr()
    assert main([*given, "--json"]) == 1
    said = json.loads(capsys.readouterr().out)
    assert [one["code"] for one in said["points"] if one["weight"] == "wrong"] == ["cosignature"]

    # Another record of the same street: whoever anchored the first one sees that it does not go on.
    other = tmp_path / "other"
    other.mkdir()
    on_disk(other, homes=3)
    with served(other) as there:
        assert main(["ledger", "anchor", folder, "--of", f"{there.url}/api/v1/ledger"]) == 2
    assert "do not go on from" in capsys.readouterr().err
    with closing(chain["dso"].ledger()) as ledger:
        assert len(ledger.keys("anchor/")) == 1
