"""Every door of a server in one table: a route that is not in it cannot be reached, and the server does not start with one."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass

from fastapi import FastAPI, HTTPException, Request
from fastapi.routing import APIRoute

from laag.apps.access.roles import NOBODY, Caller, Role
from laag.foundation.errors import BadInput


@dataclass(frozen=True, slots=True)
class Door:
    """Who may come through; ``personal`` where what lies behind it is somebody's, and looking at it is noted."""

    roles: frozenset[Role]
    personal: bool = False

    @classmethod
    def of(cls, *roles: Role, personal: bool = False) -> Door:
        """A door for these roles."""
        return cls(frozenset(roles), personal)


Doors = Mapping[tuple[str, str], Door]
"""By method and path, as the routes are written: ``("GET", "/api/v1/members/{member}/bill")``."""
Knows = Callable[[Request], Awaitable[Caller | None]]
"""One way to recognise who calls: a session, a key, a signature; ``None`` where it is not theirs to say."""


def guard(doors: Doors, ways: Iterable[Knows]) -> Callable[[Request], Awaitable[None]]:
    """What every route depends on: finds out who calls, leaves it in ``request.state.caller``, and lets in or not."""
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
        if Role.ANYBODY in door.roles or caller.role in door.roles:
            return
        raise HTTPException(401 if caller is NOBODY else 403)

    return at_the_door


def undeclared(app: FastAPI, doors: Doors) -> None:
    """Refuse to start with a route that is in no table, or a door without a route."""
    there = {
        (method, route.path)
        for route in app.routes
        if isinstance(route, APIRoute)
        for method in route.methods or ()
    }
    if missing := sorted(there - set(doors)):
        raise BadInput(f"these routes have no door: {missing}; say in the table who may use them")
    if empty := sorted(set(doors) - there):
        raise BadInput(f"these doors lead nowhere: {empty}; take them out of the table")
