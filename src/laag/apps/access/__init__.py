"""Who may do what: roles, the table of every door, who is standing before one, and who looked."""

from laag.apps.access.accounts import Account, Accounts, Wait
from laag.apps.access.api_keys import ApiKey, ApiKeys
from laag.apps.access.doors import Closed, Door, Doors, Knows, guard, undeclared
from laag.apps.access.looks import Look, NoteLook, look_event, look_of, sentence
from laag.apps.access.passwords import Passwords
from laag.apps.access.roles import (
    NOBODY,
    PURPOSE_WORDS,
    PURPOSES,
    ROLE_WORDS,
    Caller,
    Purpose,
    Role,
)
from laag.apps.access.sessions import Sessions

__all__ = [
    "NOBODY",
    "PURPOSES",
    "PURPOSE_WORDS",
    "ROLE_WORDS",
    "Account",
    "Accounts",
    "ApiKey",
    "ApiKeys",
    "Caller",
    "Closed",
    "Door",
    "Doors",
    "Knows",
    "Look",
    "NoteLook",
    "Passwords",
    "Purpose",
    "Role",
    "Sessions",
    "Wait",
    "guard",
    "look_event",
    "look_of",
    "sentence",
    "undeclared",
]
