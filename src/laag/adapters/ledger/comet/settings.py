"""How CometBFT is to run: its config.toml and genesis.json, both made anew from what laag knows at every start."""

from __future__ import annotations

import base64
import json
from collections.abc import Sequence
from dataclasses import dataclass

from laag.ledger.comet_header import address, chain_id

SOCKET = "app.sock"
"""In the node's folder, from which CometBFT is started: a unix socket's path may be no longer than a hundred characters."""
# Where a chain begins must be the same for all; its first block bears this time, the next ones the median of the votes.
_BEGINS = "2026-01-01T00:00:00Z"
_BLOCK_BYTES = 4 * 1024 * 1024
_WEEK_NS = 7 * 24 * 3600 * 10**9


@dataclass(frozen=True, slots=True)
class Sync:
    """From where a new member takes a snapshot: two servers or more, and a block of theirs that was checked."""

    servers: tuple[str, ...]
    height: int
    hash: str


@dataclass(frozen=True, slots=True)
class Settings:
    """What differs between nodes."""

    name: str
    listen: str
    """Where peers reach it, as host:port."""
    rpc: str
    """Where its own programs ask it, as host:port; loopback, unless others take snapshots from here."""
    peers: tuple[str, ...]
    """The other members' nodes, as id@host:port."""
    commit_ms: int = 50
    """So long it waits after a block for the votes of the slow, and for more entries."""
    propose_ms: int = 1500
    """So long the others wait for a proposal; then the next one proposes."""
    sync: Sync | None = None


def config_toml(settings: Settings) -> str:
    """CometBFT's settings; what is not said here is as CometBFT has it.

    >>> "pex = false" in config_toml(Settings("coop", "127.0.0.1:1", "127.0.0.1:2", ()))
    True
    """
    told: tuple[str, dict[str, object]] = (
        "",
        {
            "proxy_app": f"unix://{SOCKET}",
            "moniker": settings.name,
            "db_backend": "goleveldb",
            "log_level": "p2p:none,statesync:info,*:error",
            "log_format": "json",
            "filter_peers": True,
        },
    )
    tables: list[tuple[str, dict[str, object]]] = [
        told,
        (
            "rpc",
            {
                "laddr": f"tcp://{settings.rpc}",
                "max_request_batch_size": 200,
                "max_body_bytes": 8_000_000,
                "max_open_connections": 200,
                "timeout_broadcast_tx_commit": "10s",
            },
        ),
        (
            "p2p",
            {
                "laddr": f"tcp://{settings.listen}",
                "persistent_peers": ",".join(settings.peers),
                "pex": False,
                "addr_book_strict": False,
                "allow_duplicate_ip": True,
                "flush_throttle_timeout": "10ms",
                "handshake_timeout": "5s",
                "persistent_peers_max_dial_period": "2s",
                "max_packet_msg_payload_size": 65_536,
                "send_rate": 20_000_000,
                "recv_rate": 20_000_000,
            },
        ),
        ("mempool", {"size": 20_000, "cache_size": 40_000, "max_tx_bytes": 65_536, "recheck_timeout": "10s"}),
        (
            "consensus",
            {
                "create_empty_blocks": False,
                # And yet one now and then: it shows that all is well, and a head that the newest members signed.
                "create_empty_blocks_interval": "60s",
                "timeout_propose": f"{settings.propose_ms}ms",
                "timeout_propose_delta": "500ms",
                "timeout_prevote": "500ms",
                "timeout_prevote_delta": "250ms",
                "timeout_precommit": "500ms",
                "timeout_precommit_delta": "250ms",
                "timeout_commit": f"{settings.commit_ms}ms",
                "peer_gossip_sleep_duration": "25ms",
                "double_sign_check_height": 0,
            },
        ),
        # Entries are found by our own index.
        ("tx_index", {"indexer": "null"}),
        ("storage", {"discard_abci_responses": True}),
    ]
    if settings.sync is not None:
        tables.append(("statesync", _sync(settings.sync)))
    return "\n".join(line for name, values in tables for line in _table(name, values))


def _sync(sync: Sync) -> dict[str, object]:
    return {
        "enable": True,
        "rpc_servers": ",".join(sync.servers),
        "trust_height": sync.height,
        "trust_hash": sync.hash,
        "trust_period": "168h0m0s",
        "discovery_time": "5s",
        "chunk_request_timeout": "10s",
    }


def _table(name: str, values: dict[str, object]) -> Sequence[str]:
    head = (
        [f"[{name}]"]
        if name
        else ["# Written by laag at every start of the node; change laag's node.toml instead."]
    )
    # A string of JSON is one of TOML.
    return [*head, *(f"{key} = {json.dumps(value)}" for key, value in values.items()), ""]


def genesis_json(ledger: str, nodes: dict[str, str]) -> str:
    """With what CometBFT begins: the members' nodes by name, one vote each, and the ledger's id."""
    return json.dumps(
        {
            "genesis_time": _BEGINS,
            "chain_id": chain_id(ledger),
            "initial_height": "1",
            "consensus_params": {
                "block": {"max_bytes": str(_BLOCK_BYTES), "max_gas": "-1"},
                "evidence": {
                    "max_age_num_blocks": "1000000",
                    "max_age_duration": str(_WEEK_NS),
                    "max_bytes": "1048576",
                },
                "validator": {"pub_key_types": ["ed25519"]},
                "version": {"app": "1"},
                "abci": {"vote_extensions_enable_height": "0"},
            },
            "validators": [
                {
                    "address": address(key).upper(),
                    "pub_key": {
                        "type": "tendermint/PubKeyEd25519",
                        "value": base64.b64encode(bytes.fromhex(key)).decode(),
                    },
                    "power": "1",
                    "name": name,
                }
                for name, key in sorted(nodes.items())
            ],
            "app_hash": "",
            "app_state": ledger,
        },
        indent=1,
    )
