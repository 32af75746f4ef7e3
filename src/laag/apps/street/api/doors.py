"""Who may use which route; a server does not start with one that is not here."""

from __future__ import annotations

from types import MappingProxyType

from laag.apps.access import Door, Doors, Role
from laag.foundation.words import Said

_OPEN = Door.of(Role.ANYBODY)
_OPERATOR = Door.of(Role.OPERATOR)
_V1 = "/api/v1"

API_DOORS: Doors = MappingProxyType(
    {
        ("GET", f"{_V1}/openapi.json"): _OPEN,
        ("GET", f"{_V1}/about"): _OPEN,
        ("GET", f"{_V1}/board"): _OPEN,
        ("GET", f"{_V1}/market/{{day}}"): _OPEN,
        ("GET", f"{_V1}/stream"): _OPEN,
        ("GET", "/health"): _OPEN,
        ("GET", "/metrics"): _OPEN,
        # A code and a signature, or signatures alone, say who it is.
        ("POST", f"{_V1}/enrolments"): _OPEN,
        ("POST", f"{_V1}/messages"): _OPEN,
        ("GET", f"{_V1}/members/{{member}}"): Door.of(
            Role.HOME,
            Role.RESIDENT,
            Role.OPERATOR,
            personal=True,
            what=Said(
                "sinds wanneer je meedoet en wat van jou werd ontvangen",
                "since when you take part and what was heard of you",
            ),
        ),
        ("GET", f"{_V1}/members/{{member}}/positions"): Door.of(
            Role.HOME,
            Role.RESIDENT,
            Role.OPERATOR,
            personal=True,
            what=Said(
                "wat de markt je per kwartier toedeelde", "what the market cleared for you per quarter-hour"
            ),
        ),
        ("GET", f"{_V1}/members/{{member}}/settled/{{day}}"): Door.of(
            Role.HOME,
            Role.RESIDENT,
            Role.OPERATOR,
            Role.REGULATOR,
            personal=True,
            what=Said("de afrekening van een dag", "the settlement of a day of yours"),
        ),
        ("GET", f"{_V1}/members"): _OPERATOR,
        ("POST", f"{_V1}/members/{{member}}/change"): _OPERATOR,
        ("POST", f"{_V1}/members/{{member}}/leave"): _OPERATOR,
        ("GET", f"{_V1}/codes"): _OPERATOR,
        ("POST", f"{_V1}/codes"): _OPERATOR,
        ("DELETE", f"{_V1}/codes/{{code}}"): _OPERATOR,
        ("GET", f"{_V1}/refused"): _OPERATOR,
        ("GET", f"{_V1}/status"): _OPERATOR,
        ("POST", f"{_V1}/days/{{day}}/settle"): _OPERATOR,
    }
)
