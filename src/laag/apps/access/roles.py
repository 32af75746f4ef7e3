"""Roles, purposes, and somebody who calls."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What somebody is to a neighbourhood."""

    ANYBODY = "anybody"
    """Not signed in."""
    HOME = "home"
    """A home's own agent, by its key."""
    RESIDENT = "resident"
    OPERATOR = "operator"
    GRID = "grid"
    """The grid operator (DSO)."""
    REGULATOR = "regulator"
    RESEARCHER = "researcher"


class Purpose(StrEnum):
    """What personal data are looked at for; whoever is not their owner names one."""

    OWN = "own"
    SETTLEMENT = "settlement"
    SUPPORT = "support"
    GRID = "grid"
    SUPERVISION = "supervision"


@dataclass(frozen=True, slots=True)
class Caller:
    """Somebody at a door: a role, a name for the access log, and the member whose data are their own."""

    role: Role
    name: str = ""
    member: str | None = None


NOBODY = Caller(Role.ANYBODY)
