"""The table [ledger] of a server's file: which ledger it commits to, as whom, and who else keeps it."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from laag.adapters.homefile.fields import Name, Strict


class MeteringWire(Strict):
    """Another member that commits the readings."""

    member: Name
    key: Name | tuple[Name, ...]
    """A file, or two where the key is about to change."""


class LedgerWire(Strict):
    """Left out, a ledger of this server alone, beside its log."""

    driver: Literal["embedded", "comet"] = "embedded"
    member: Name = "street"
    """Who this server is among the members."""
    folder: Name | None = None
    """Where its files lie; beside the log unless told, and of a log in a database beside this file."""
    genesis: Name | None = None
    """How the ledger began; made with this one member where there is none."""
    key: Name | tuple[Name, ...] | None = None
    """A file, or two where the key is about to change; made where there is none."""
    metering: MeteringWire | None = None
    """Where readings are committed by another member than the operator."""
    store: Name | None = None
    """The ledger itself, where this server puts it in order."""
    witnesses: dict[Name, Name] = Field(default_factory=dict)
    """By member, the address of its ledger: ``https://dso.example/api/v1/ledger``. Of a chain: who tells there why it disputes."""
    node: Name = "127.0.0.1:26657"
    """Of a chain: where our own node answers."""
    outbox: Name | None = None
