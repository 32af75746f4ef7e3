"""The page that specifies the format, computed again by a program that knows nothing of ours."""

import base64
import hashlib
import hmac
import json
import re
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from laag.adapters.keys import verified
from laag.ledger.anchored import VerifiedAnchor, read_anchored, verify_anchored
from laag.ledger.evidence import read_evidence
from laag.ledger.verify import Verified, verify

PAGE = (Path(__file__).parents[2] / "docs" / "ledger-format.md").read_text("utf-8")
SAYS = dict(re.findall(r"^    (\w+) = (.*)$", PAGE, re.MULTILINE))
NOTE = re.search(r"(?:^    laag/.*\n)(?:.*\n)*?\n(?:    — .*\n)+", PAGE, re.MULTILINE)[0].replace("    ", "")
COOP, TOWN = (Ed25519PrivateKey.from_private_bytes(bytes([n]) * 32) for n in (1, 2))
ENTRIES = ("meter", "settle", "attest")


def sha(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


def plain(said):
    return json.dumps(said, sort_keys=True, separators=(",", ":")).encode()


def root(hashes):
    """RFC 9162, 2.1.1, from leaf hashes on."""
    if len(hashes) == 1:
        return hashes[0]
    k = 1
    while 2 * k < len(hashes):
        k *= 2
    return sha(b"\1", root(hashes[:k]), root(hashes[k:]))


def climbed(leaf, index, size, path):
    """From a leaf up, by a reading of 2.1.3.2 of its own: which side is told by where the tree splits."""
    if size == 1:
        assert not path
        return leaf
    k = 1
    while 2 * k < size:
        k *= 2
    if index < k:
        return sha(b"\1", climbed(leaf, index, k, path[:-1]), path[-1])
    return sha(b"\1", path[-1], climbed(leaf, index - k, size - k, path[:-1]))


def holds(public_hex, signature, data):
    Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_hex)).verify(signature, data)


@pytest.mark.parametrize("name", ["genesis", *ENTRIES, "state", "line", "evidence"])
def test_what_is_shown_is_canonical(name):
    assert plain(json.loads(SAYS[name])).decode() == SAYS[name]


def test_the_ledger_is_the_hash_of_its_genesis():
    assert sha(SAYS["genesis"].encode()).hex() == SAYS["ledger"]
    keys = [one["key"] for one in json.loads(SAYS["genesis"])["members"]]
    assert keys == [one.public_key().public_bytes_raw().hex() for one in (COOP, TOWN)]


@pytest.mark.parametrize(("name", "key"), [("meter", COOP), ("settle", COOP), ("attest", TOWN)])
def test_entries_are_signed_over_these_bytes(name, key):
    said = json.loads(SAYS[name])
    assert said["entry"]["ledger"] == SAYS["ledger"]
    assert key.sign(b"laag v1 entry\n" + plain(said["entry"])).hex() == said["signature"]


def test_the_log_has_these_roots():
    leaves = [sha(b"\0", SAYS[name].encode()) for name in ENTRIES]
    assert [root(leaves[:n]).hex() for n in (1, 2, 3)] == [SAYS[f"root{n}"] for n in (1, 2, 3)]


def test_the_state_and_the_app_hash():
    assert sha(SAYS["state"].encode()).hex() == SAYS["digest"]
    assert json.loads(SAYS["state"])["members"] == json.loads(SAYS["genesis"])["members"]
    said = {"root": SAYS["root3"], "size": 3, "state": SAYS["digest"]}
    assert sha(plain(said)).hex() == SAYS["app_hash"]


def test_the_tree_of_lines():
    key = b"settle/2026-11-22/1"
    salt = hmac.new(b"\3" * 32, b"laag v1 salt\n" + key, "sha256").digest()
    leaf = sha(b"\0", salt, SAYS["line"].encode())
    fill = [hmac.new(b"\4" * 32, b"laag v1 filler\n%s\n%d" % (key, n), "sha256").digest() for n in range(15)]
    leaves = sorted([leaf, *fill])
    assert (salt.hex(), leaf.hex(), fill[0].hex()) == (SAYS["salt"], SAYS["leaf"], SAYS["filler0"])
    assert (str(leaves.index(leaf)), root(leaves).hex()) == (SAYS["index"], SAYS["root"])
    assert json.loads(SAYS["settle"])["entry"]["root"] == SAYS["root"]


def test_the_note():
    text, under = NOTE.split("\n\n")
    text += "\n"
    assert text == f"laag/{SAYS['ledger']}\n3\n{base64.b64encode(bytes.fromhex(SAYS['root3'])).decode()}\n"
    log, other = ((name, base64.b64decode(sig)) for _, name, sig in map(str.split, under.strip().split("\n")))
    coop, town = (one.public_key().public_bytes_raw() for one in (COOP, TOWN))
    assert log[0] == f"laag/{SAYS['ledger']}"
    assert log[1] == sha(log[0].encode(), b"\n\1", coop)[:4] + COOP.sign(text.encode())
    assert other[0] == f"laag/{SAYS['ledger']}/town"
    cosigned = TOWN.sign(b"cosignature/v1\ntime 1795000000\n" + text.encode())
    assert other[1] == sha(other[0].encode(), b"\n\4", town)[:4] + (1795000000).to_bytes(8, "big") + cosigned


def test_the_evidence_checks_out_without_our_program():
    said = json.loads(SAYS["evidence"])
    assert sha(plain(said["genesis"])).hex() == SAYS["ledger"]
    keys = {one["id"]: one["key"] for one in said["genesis"]["members"]}
    head, line = said["head"], said["line"]
    text = f"laag/{SAYS['ledger']}\n{head['size']}\n{base64.b64encode(bytes.fromhex(head['root'])).decode()}\n".encode()
    holds(keys[head["by"]], bytes.fromhex(head["signature"]), text)
    for one in head["cosigned"]:
        holds(
            keys[one["by"]],
            bytes.fromhex(one["signature"]),
            b"cosignature/v1\ntime %d\n" % one["time"] + text,
        )
    assert 3 * len({head["by"], *(one["by"] for one in head["cosigned"])}) > 2 * len(keys)
    for one in (said["entry"], *said["attests"]):
        path = [bytes.fromhex(step) for step in one["path"]]
        assert climbed(sha(b"\0", plain(one["data"])), one["index"], head["size"], path).hex() == head["root"]
        entry = one["data"]["entry"]
        holds(keys[entry["by"]], bytes.fromhex(one["data"]["signature"]), b"laag v1 entry\n" + plain(entry))
    entry = said["entry"]["data"]["entry"]
    leaf = sha(b"\0", bytes.fromhex(line["salt"]), plain(line["says"]))
    path = [bytes.fromhex(step) for step in line["path"]]
    assert climbed(leaf, line["index"], entry["leaves"], path).hex() == entry["root"] == SAYS["root"]


def test_our_program_says_the_same_of_it():
    found = verify(read_evidence(SAYS["evidence"].encode()), SAYS["ledger"], verified, secret=b"\3" * 32)
    assert isinstance(found, Verified)
    assert (found.final, found.recomputed) == (True, ("town",))
    assert found.said.nl == (
        "Deze regel ligt vast in settle/2026-11-22/1, in een grootboek dat is ondertekend door 2 van de 2 leden; "
        "met dezelfde uitkomst nagerekend door town: daarmee is het definitief."
    )


# A block, by a reading of CometBFT's protocol buffers and Merkle trees of its own.


def varint(number):
    return bytes([number]) if number < 128 else bytes([number & 127 | 128]) + varint(number >> 7)


def field(place, said):
    """A number or bytes as protocol buffers write a field; nothing where it is nothing."""
    if isinstance(said, int):
        return varint(place << 3) + varint(said) if said else b""
    return varint(place << 3 | 2) + varint(len(said)) + said if said else b""


def part(place, said):
    """A message in a message, which is there also where it is empty."""
    return varint(place << 3 | 2) + varint(len(said)) + said


def hashed(fields):
    return root([sha(b"\0", one) for one in fields])


def moment(said):
    return field(1, said["seconds"]) + field(2, said["nanos"])


def block(said):
    parts = field(1, said["parts"]) + field(2, bytes.fromhex(said["parts_hash"]))
    return field(1, bytes.fromhex(said["hash"])) + part(2, parts)


def test_the_anchor_checks_out_without_our_program():
    anchor = json.loads(SAYS["anchor"])
    assert plain(anchor).decode() == SAYS["anchor"]
    assert sha(plain(anchor["genesis"])).hex() == SAYS["chain"]
    head, entry = anchor["head"], anchor["entry"]["data"]["entry"]
    header, members = head["header"], anchor["genesis"]["members"]

    # From the block's signatures to the chain's log.
    names = ("last_commit", "data", "validators", "next_validators", "consensus", "app_hash", "last_results", "evidence", "proposer")  # fmt: skip
    fields = [field(1, header["block"]) + field(2, header["app"]), field(1, header["chain"].encode())]
    fields += [field(1, header["height"]), moment(header["time"]), block(header["last"])]
    fields += [field(1, bytes.fromhex(header[name])) for name in names]
    assert hashed(fields).hex() == head["block"]["hash"]
    assert header["chain"] == f"laag-{SAYS['chain'][:40]}"
    nodes = sorted((bytes.fromhex(one["node"]) for one in members), key=sha)
    voters = hashed([part(1, field(1, one)) + field(2, 1) for one in nodes]).hex()
    assert header["validators"] == header["next_validators"] == voters
    signed = {one["id"]: one["node"] for one in members}
    for one in head["commits"]:
        vote = field(1, 2) + b"\x11" + header["height"].to_bytes(8, "little")
        vote += b"\x19" + head["round"].to_bytes(8, "little") if head["round"] else b""
        vote += (
            part(4, block(head["block"])) + part(5, moment(one["at"])) + field(6, header["chain"].encode())
        )
        holds(signed.pop(one["by"]), bytes.fromhex(one["signature"]), varint(len(vote)) + vote)
    assert not signed
    state = {"app": 1, "changes": 0, "coming": [], "ledger": SAYS["chain"], "members": members}
    assert sha(plain(state)).hex() == head["state"]
    app = {"root": head["root"], "size": head["size"], "state": head["state"]}
    assert sha(plain(app)).hex() == header["app_hash"]

    # From there to the anchor, and to the street.
    path = [bytes.fromhex(one) for one in anchor["entry"]["path"]]
    leaf = sha(b"\0", plain(anchor["entry"]["data"]))
    assert climbed(leaf, anchor["entry"]["index"], head["size"], path).hex() == head["root"]
    operator = next(one for one in members if one["id"] == entry["by"])
    assert "operator" in operator["roles"]
    holds(
        operator["key"],
        bytes.fromhex(anchor["entry"]["data"]["signature"]),
        b"laag v1 entry\n" + plain(entry),
    )
    assert (entry["kind"], entry["origin"], entry["size"], entry["root"]) == (
        "anchor",
        SAYS["ledger"],
        2,
        SAYS["root2"],
    )
    (third,) = anchor["path"]
    assert sha(b"\1", bytes.fromhex(entry["root"]), bytes.fromhex(third)).hex() == SAYS["root3"]


def test_our_program_says_the_same_of_the_anchor():
    said = {"anchor": json.loads(SAYS["anchor"]), "evidence": json.loads(SAYS["evidence"]), "kind": "anchored", "version": 1}  # fmt: skip
    found = verify_anchored(
        read_anchored(plain(said)), SAYS["ledger"], SAYS["chain"], verified, secret=b"\3" * 32
    )
    assert isinstance(found, VerifiedAnchor)
    assert (found.name, found.size, found.signed) == ("region", 2, ("dso", "town"))
