"""Where a ledger of one sequencer is kept and who watches it, whether it runs by itself or within a neighbourhood's server."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from laag.adapters.keys import Key
from laag.apps.ledger.reading import ROOT
from laag.apps.ledger.settings import Settings, genesis_in
from laag.foundation.errors import BadInput


@dataclass(frozen=True, slots=True)
class Sequencing:
    """What its settings say."""

    member: str
    """Empty where they do not name it: its key does."""
    store: Path
    keys: list[Key]
    genesis: bytes
    witnesses: Mapping[str, str]
    url: str
    """Where it answers on this machine."""


def sequencing(config: Path) -> Sequencing:
    """From either kind of file."""
    return _of_a_street(config) if is_street(config) else _alone(config)


def is_street(config: Path) -> bool:
    """Whether these are a neighbourhood's settings."""
    try:
        return "street" in tomllib.loads(config.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        return False  # said by who reads it next


def _alone(config: Path) -> Sequencing:
    settings = Settings(config)
    wire = settings.sequencer
    return Sequencing(
        "",
        settings.at(wire.store),
        settings.keys(wire.key),
        settings.genesis(wire.genesis),
        wire.witnesses,
        _url(wire.host, wire.port),
    )


def _of_a_street(config: Path) -> Sequencing:
    from laag.apps.street.config import read

    given = read(config)
    if given.ledger.driver == "comet":
        raise BadInput(f"{config} commits to a chain, which its members keep; give the folder of your node")
    files = given.ledger_files
    return Sequencing(
        given.ledger.member,
        files.store,
        [Key.load(path) for path in files.keys],
        genesis_in(files.genesis),
        given.ledger.witnesses,
        _url(given.wire.host, given.wire.port),
    )


def _url(host: str, port: int) -> str:
    return f"http://{f'[{host}]' if ':' in host else host}:{port}{ROOT}"
