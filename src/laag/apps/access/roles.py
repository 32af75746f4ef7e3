"""Roles, purposes, and somebody who calls."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from laag.foundation.data import PURPOSE_WORDS, Purpose
from laag.foundation.words import Said

__all__ = ["NOBODY", "PURPOSES", "PURPOSE_WORDS", "ROLE_WORDS", "Caller", "Purpose", "Role"]


class Role(StrEnum):
    """What somebody is to a neighbourhood."""

    ANYBODY = "anybody"
    """Not signed in."""
    HOME = "home"
    """A home's own agent, by its key."""
    RESIDENT = "resident"
    COACH = "coach"
    """Whom a household lets look along at home, for a while and at what it chose."""
    OPERATOR = "operator"
    GRID = "grid"
    """The grid operator (DSO)."""
    REGULATOR = "regulator"
    RESEARCHER = "researcher"
    COMPANY = "company"
    """Asks questions about homes together, as a researcher does."""


PURPOSES: Mapping[Role, frozenset[Purpose]] = MappingProxyType(
    {
        Role.ANYBODY: frozenset(),
        Role.HOME: frozenset({Purpose.OWN}),
        Role.RESIDENT: frozenset({Purpose.OWN}),
        Role.COACH: frozenset({Purpose.COACH}),
        Role.OPERATOR: frozenset({Purpose.SETTLEMENT, Purpose.SUPPORT}),
        Role.GRID: frozenset({Purpose.GRID}),
        Role.REGULATOR: frozenset({Purpose.SUPERVISION}),
        Role.RESEARCHER: frozenset(),
        Role.COMPANY: frozenset(),
    }
)
"""For what each role may look at what is somebody's; ``own`` only ever opens what is the caller's own."""

ROLE_WORDS: Mapping[Role, Said] = MappingProxyType(
    {
        Role.ANYBODY: Said("iemand die niet is aangemeld", "somebody who is not signed in"),
        Role.HOME: Said("de regelaar van een huis", "the agent of a home"),
        Role.RESIDENT: Said("bewoner", "resident"),
        Role.COACH: Said("energiecoach", "energy coach"),
        Role.OPERATOR: Said("beheerder", "operator"),
        Role.GRID: Said("netbeheerder", "grid operator"),
        Role.REGULATOR: Said("toezichthouder", "regulator"),
        Role.RESEARCHER: Said("onderzoeker", "researcher"),
        Role.COMPANY: Said("bedrijf", "company"),
    }
)


@dataclass(frozen=True, slots=True)
class Caller:
    """Somebody at a door: a role, a name for the access log, and the member whose data are their own."""

    role: Role
    name: str = ""
    member: str | None = None
    machine: bool = False
    """Known by a key that was made for a program; a role's doors for people stay shut to it."""


NOBODY = Caller(Role.ANYBODY)
