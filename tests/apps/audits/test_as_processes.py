"""A street served by one process and audited by two others over HTTP: an honest day becomes final, a lie is named to everybody."""

from contextlib import ExitStack

import httpx
import pytest
from tests.apps.audits.processes import BENT, Process, eventually, keys, lived, regulators_key
from tests.doors import free_port

from laag.adapters.keys import Key
from laag.apps.cli import main
from laag.ledger.genesis import founded
from laag.ledger.lines import digest
from laag.ledger.members import Member

pytestmark = pytest.mark.slow
NAMES = ("auditor", "dso", "town")
AUDITS = ("auditor", "town")
SETTLED = ("settle/2026-03-28/1", "settle/2026-03-29/1", "settle/2026-03-29/2")


@pytest.fixture
def circle(tmp_path):
    """Start a street and its three other members; ``altered`` is Python of a server that is not honest."""
    with ExitStack() as stack:

        def begun(altered=""):
            port, ports = free_port(), {name: free_port() for name in NAMES}
            members = [Member("coop", key(tmp_path / "street"), ("metering", "operator"))]
            members += [Member(name, key(tmp_path / name)) for name in NAMES]
            urls = "\n".join(f'{name} = "http://127.0.0.1:{ports[name]}/api/v1/ledger"' for name in NAMES)
            genesis = founded("kade", members).data + b"\n"
            table = f'[ledger]\nmember = "coop"\ngenesis = "genesis.json"\nkey = "member.pem"\n[ledger.witnesses]\n{urls}\n'
            lived(tmp_path / "street", port, table)
            (tmp_path / "street" / "genesis.json").write_bytes(genesis)
            street = Process(
                tmp_path / "street.said", "serve", tmp_path / "street" / "street.toml", altered=altered
            )
            others = [member(name, genesis, port, ports[name]) for name in NAMES]
            for one in (street, *others):
                stack.callback(one.close)
                one.start()
            assert street.url.endswith(str(port))
            return street, others

        def member(name, genesis, street, port):
            place = tmp_path / name
            (place / "genesis.json").write_bytes(genesis)
            told = f'[witness]\nmember = "{name}"\nfollows = "http://127.0.0.1:{street}/api/v1/ledger"\nport = {port}\n'
            if name in AUDITS:
                regulators_key(tmp_path / "street", place, name)
                told += f'[witness.audit]\nurl = "http://127.0.0.1:{street}"\nlook_every_s = 1.0\n'
            (place / "witness.toml").write_text(told)
            return Process(tmp_path / f"{name}.said", "ledger", "witness", place / "witness.toml")

        yield begun


def key(place):
    place.mkdir()
    made = Key.new()
    made.save(place / "member.pem")
    return made.public


def said(*processes):
    return lambda: "\n".join(one.said.read_text()[-3000:] for one in processes)


def attested(street, key, *processes):
    """Wait until two members stand for it beside who wrote it."""
    eventually(lambda: len(keys(street.url, f"attest/{key}/")) == 2, said(*processes))


def test_a_day_that_two_other_processes_computed_again_becomes_final(circle):
    street, others = circle()
    for settled in SETTLED:
        attested(street, settled, street, *others)
    assert keys(street.url, "dispute/") == []
    record = eventually(
        lambda: (now := httpx.get(f"{street.url}/api/v1/record").json())["proven"] == now["size"] and now,
        said(street, *others),
    )
    assert (len(record["members"]), record["disputes"]) == (4, [])


def test_a_line_that_was_changed_is_disputed_and_everybody_reads_which(circle, tmp_path, capsys):
    street, others = circle(BENT)
    eventually(lambda: len(keys(street.url, "dispute/settle/2026-03-29/1/")) == 2, said(street, *others))
    found = eventually(
        lambda: [one for one in httpx.get(f"{street.url}/api/v1/record").json()["disputes"] if one["found"]],
        said(street, *others),
    )
    assert {(one["key"], one["by"]) for one in found} <= {("settle/2026-03-29/1", name) for name in AUDITS}
    sentences = [one["en"] for one in found[0]["found"]]
    assert any(
        one.startswith("The line of member-001 in settle/2026-03-29/1 is not the one") for one in sentences
    )
    assert (
        "De regel van member-001 in settle/2026-03-29/1 is niet"
        in httpx.get(f"{street.url}/record?lang=nl").text
    )

    # The words are at each member's address for whoever does not ask the street; their hash is on the ledger.
    words = httpx.get(f"{others[0].url}/reasons/{found[0]['reason']}")
    assert digest(words.content) == found[0]["reason"]
    assert httpx.get(f"{others[0].url}/reasons/{'0' * 64}").status_code == 404
    assert main(["ledger", "disputes", *(one.url for one in others)]) == 1
    assert "auditor disputes settle/2026-03-29/1: The line of member-001" in capsys.readouterr().out

    # What rests on nothing that is wrong stands; the day that was changed is not final.
    attested(street, "settle/2026-03-28/1", street, *others)
    assert keys(street.url, "attest/settle/2026-03-29/1/") == []
