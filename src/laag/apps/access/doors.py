"""Every door of a server in one table: a route that is not in it cannot be reached, and the server does not start with one."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass

from fastapi import FastAPI, HTTPException, Request
from fastapi.routing import APIRoute, iter_route_contexts

from laag.apps.access.looks import NoteLook
from laag.apps.access.roles import NOBODY, PURPOSES, Caller, Purpose, Role
from laag.foundation.errors import BadInput
from laag.foundation.words import Said


@dataclass(frozen=True, slots=True)
class Door:
    """Who may come through; ``personal`` where what lies behind it is somebody's, and looking at it is noted."""

    roles: frozenset[Role]
    personal: bool = False
    what: Said = Said()
    """What lies behind a personal door, as its owner is told who looked at it: "your bill"."""
    people: bool = False
    """Only for who signed in: what gives or takes access would outlive the key of a machine that did it."""

    @classmethod
    def of(
        cls,
        *roles: Role,
        personal: bool = False,
        what: Said = Said(),  # noqa: B008 - a frozen value
        people: bool = False,
    ) -> Door:
        """A door for these roles."""
        return cls(frozenset(roles), personal, what, people)

    def opens_to(self, caller: Caller) -> bool:
        """Whether somebody may come through, to what is their own where it is personal.

        >>> Door.of(Role.OPERATOR, people=True).opens_to(Caller(Role.OPERATOR, "a key", machine=True))
        False
        """
        named = Role.ANYBODY in self.roles or caller.role in self.roles
        return named and not (self.people and caller.machine)


Doors = Mapping[tuple[str, str], Door]
"""By method and path, as the routes are written: ``("GET", "/api/v1/members/{member}/bill")``."""
Knows = Callable[[Request], Awaitable[Caller | None]]
"""One way to recognise who calls: a session, a key, a signature; ``None`` where it is not theirs to say."""

SIGN_IN = Said("Meld je eerst aan.", "Sign in first.")
NOT_YOURS = Said("Dit is niet voor jouw rol bedoeld.", "This is not meant for your role.")
FOR_PEOPLE = Said(
    "Wie hier toegang krijgt of verliest, beslist een mens: meld je aan; een sleutel voor een programma is hiervoor niet genoeg.",
    "Who gets or loses access here is for a person to decide: sign in; a program's key is not enough for this.",
)
SOMEBODYS = Said("Dit is van een ander lid.", "This belongs to another member.")
PURPOSE_MISSING = Said(
    "Dit zijn gegevens van een ander. Zeg waarvoor je ze nodig hebt; dat wordt vastgelegd en de eigenaar kan het lezen.",
    "These data are somebody else's. Say what you need them for; that is written down, and their owner can read it.",
)
PURPOSE_REFUSED = Said(
    "Voor dit doel mag jouw rol niet bij deze gegevens.", "Your role may not use these data for that purpose."
)
NOT_NOTED = Said(
    "Dit kan nu niet worden vastgelegd, en dus niet worden bekeken.",
    "This cannot be written down now, and so it cannot be looked at.",
)


class Closed(HTTPException):
    """A door that stays shut, and the sentence that says why."""

    def __init__(self, status: int, why: Said, *, purposes: frozenset[Purpose] = frozenset()) -> None:
        super().__init__(status, {"nl": why.nl, "en": why.en})
        self.why = why
        self.purposes = purposes
        """Those of which the caller has to name one."""


def guard(
    doors: Doors, ways: Iterable[Knows], note_look: NoteLook | None = None
) -> Callable[[Request], Awaitable[None]]:
    """What every route depends on: finds out who calls, leaves it in ``request.state.caller``, and lets in or not.

    Whoever comes through a personal door to what is not their own names a purpose (``?purpose=`` or the header
    ``Laag-Purpose``), and the look is noted before the route is asked for anything.
    """
    known = tuple(ways)

    async def at_the_door(request: Request) -> None:
        route = request.scope["route"]
        door = doors.get((request.method, route.path))
        if door is None:  # ``undeclared`` has seen to it that there is none; should there be, it is closed
            raise HTTPException(404)
        caller = NOBODY
        for way in known:
            if (found := await way(request)) is not None:
                caller = found
                break
        request.state.caller = caller
        if not door.opens_to(caller):
            raise _shut(caller, door)
        if door.personal:
            await _personal(request, caller, f"{request.method} {route.path}", note_look)

    return at_the_door


def _shut(caller: Caller, door: Door) -> Closed:
    if caller is NOBODY:
        return Closed(401, SIGN_IN)
    return Closed(403, FOR_PEOPLE if caller.role in door.roles else NOT_YOURS)


async def _personal(request: Request, caller: Caller, what: str, note_look: NoteLook | None) -> None:
    member = request.path_params["member"]
    if caller.member == member:
        return
    allowed = PURPOSES[caller.role] - {Purpose.OWN}
    if not allowed:
        raise Closed(403, SOMEBODYS)
    purpose = _purpose(request)
    if purpose is None:
        raise Closed(403, PURPOSE_MISSING, purposes=allowed)
    if purpose not in allowed:
        raise Closed(403, PURPOSE_REFUSED, purposes=allowed)
    if note_look is None:
        raise Closed(403, NOT_NOTED)
    await note_look(member, caller, Purpose(purpose), what)


def _purpose(request: Request) -> str | None:
    return request.headers.get("laag-purpose") or request.query_params.get("purpose")


def undeclared(app: FastAPI, doors: Doors) -> None:
    """Refuse to start with a route that is in no table, a door without a route, or a personal door to nobody's data."""
    routes = [*iter_route_contexts(app.routes)]
    # What is no APIRoute does not ask the guard; the description of the API may be read by anybody.
    if around := sorted(
        str(one.path)
        for one in routes
        if not isinstance(one.original_route, APIRoute) and one.path != app.openapi_url
    ):
        raise BadInput(f"these routes go around the guard: {around}; make them routes of an APIRouter")
    # The guard reads a route's own path, so that must be all of it.
    if moved := sorted(
        str(one.path)
        for one in routes
        if isinstance(one.original_route, APIRoute) and one.original_route.path != one.path
    ):
        raise BadInput(
            f"these routes were included under a prefix: {moved}; give the prefix to the APIRouter itself"
        )
    there = {
        (method, str(one.path))
        for one in routes
        for method in one.methods or ()
        if one.path != app.openapi_url
    }
    if missing := sorted(there - set(doors)):
        raise BadInput(f"these routes have no door: {missing}; say in the table who may use them")
    if empty := sorted(set(doors) - there):
        raise BadInput(f"these doors lead nowhere: {empty}; take them out of the table")
    if nobodys := sorted(at for at, door in doors.items() if door.personal and "{member}" not in at[1]):
        raise BadInput(
            f"these doors are personal but name no member: {nobodys}; put {{member}} in their path"
        )
    if nameless := sorted(at for at, door in doors.items() if door.personal and not door.what.nl):
        raise BadInput(
            f"these personal doors do not say what lies behind them: {nameless}; their owners read that"
        )
