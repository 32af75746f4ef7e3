"""Blocks that a real CometBFT 0.38.26 made, and what its validator signed."""

import base64
import json
from calendar import timegm
from dataclasses import replace
from pathlib import Path
from time import strptime

import pytest

from laag.adapters.keys import verified
from laag.ledger.comet_header import BlockId, Header, Instant, Precommit, address, validators_hash

BLOCKS = json.loads(Path(__file__).with_name("comet_blocks.json").read_text())


def instant(said):
    whole, _, part = said.removesuffix("Z").partition(".")
    return Instant(timegm(strptime(whole, "%Y-%m-%dT%H:%M:%S")), int((part or "0").ljust(9, "0")))


def block_id(said):
    return BlockId(bytes.fromhex(said["hash"]), said["parts"]["total"], bytes.fromhex(said["parts"]["hash"]))


def header(said):
    hashes = (
        "last_commit",
        "data",
        "validators",
        "next_validators",
        "consensus",
        "app",
        "last_results",
        "evidence",
    )
    return Header(
        int(said["version"]["block"]), int(said["version"]["app"]), said["chain_id"], int(said["height"]),
        instant(said["time"]), block_id(said["last_block_id"]),
        *(bytes.fromhex(said[f"{name}_hash"]) for name in hashes), bytes.fromhex(said["proposer_address"]),
    )  # fmt: skip


def signed(block):
    """The block's signature, and whether a header's fields and its validator's key lead to it."""
    said, commit = block["commit"]["signatures"][0], block["commit"]
    signature = base64.b64decode(said["signature"]).hex()
    one = Precommit("any", instant(said["timestamp"]), signature)
    key = base64.b64decode(block["validator"]).hex()
    return lambda called, height, round_, which: verified(
        key, signature, one.signed(called, height, round_, which)
    ), commit


@pytest.mark.parametrize("block", BLOCKS, ids=lambda one: f"height {one['header']['height']}")
def test_a_real_header_hashes_to_what_its_block_is_called(block):
    assert header(block["header"]).hash.hex().upper() == block["commit"]["block_id"]["hash"]


@pytest.mark.parametrize("block", BLOCKS, ids=lambda one: f"height {one['header']['height']}")
def test_real_validators_hash_to_what_the_header_says(block):
    key = base64.b64decode(block["validator"]).hex()
    assert validators_hash([key], block["power"]) == header(block["header"]).validators
    assert address(key).upper() == block["header"]["proposer_address"]


@pytest.mark.parametrize("block", BLOCKS, ids=lambda one: f"height {one['header']['height']}")
def test_a_real_precommit_is_signed_over_these_bytes_and_no_others(block):
    holds, commit = signed(block)
    called, height, which = block["header"]["chain_id"], int(commit["height"]), block_id(commit["block_id"])
    assert holds(called, height, commit["round"], which)
    assert not holds(called + "x", height, commit["round"], which)
    assert not holds(called, height + 1, commit["round"], which)
    assert not holds(called, height, commit["round"] + 1, which)
    assert not holds(called, height, commit["round"], replace(which, parts=which.parts + 1))
    assert not holds(called, height, commit["round"], replace(which, hash=bytes(32)))


def test_every_field_of_a_header_is_in_its_hash():
    made = header(BLOCKS[-1]["header"])
    other = {
        "block": 12,
        "app": 2,
        "chain": "x",
        "height": 9,
        "time": Instant(1, 1),
        "last": BlockId(b"", 0, b""),
    }
    for name in Header.__dataclass_fields__:
        assert replace(made, **{name: other.get(name, bytes(32))}).hash != made.hash
