"""How one comes in where a street lives: links that work once, for each role and each home."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

from laag.adapters.clocks import Wall
from laag.adapters.stores import open_records
from laag.apps.access import Accounts, Role
from laag.apps.live.making import Made

FIRST_LINK = "first-link"
"""In the store of a home that is nobody's yet, as its agent writes it when it starts."""
SHOWN = 12
"""Homes whose links are printed; those of the others are in their stores."""
_LASTS = timedelta(days=1)
_ROLES = (
    (Role.OPERATOR, "operator"),
    (Role.GRID, "grid operator"),
    (Role.REGULATOR, "regulator"),
)


def welcome(made: Made) -> Iterator[str]:
    """What is printed once all homes live, a line each."""
    here = f"http://127.0.0.1:{made.port}"
    yield f"  the neighbourhood, for anybody on this machine to see: {here}"
    yield "  make an account by a link that works once:"
    for name, link in roles(made, here):
        yield f"    {name:<14} {link}"
    for number in range(1, min(made.homes, SHOWN) + 1):
        yield f"    {f'home {number}':<14} {home(made, number)}"
    if made.homes > SHOWN:
        yield f"    homes {SHOWN + 1} to {made.homes}: {made.out}/home-*/store/{FIRST_LINK}"


def roles(made: Made, here: str) -> Iterator[tuple[str, str]]:
    """An invitation for each role that nobody has yet; where somebody does, they sign in."""
    with open_records(str(made.street_settings.parent / "street.sqlite")) as records:
        accounts = Accounts(records, Wall())
        there = {one.role for one in accounts.all()}
        for role, name in _ROLES:
            secret = None if role in there else accounts.invite(role, lasts=_LASTS)
            yield name, f"{here}/sign-in" if secret is None else f"{here}/welcome/{secret}"


def home(made: Made, number: int) -> str:
    """Where a home becomes somebody's; its page where it is somebody's already."""
    try:
        return first_link(made, number).read_text("utf-8").strip()
    except FileNotFoundError:
        return f"http://127.0.0.1:{made.home_port(number)}"


def first_link(made: Made, number: int) -> Path:
    """The file that its agent writes."""
    return made.home_settings(number).parent / "store" / FIRST_LINK


def answers(port: int, until_s: float, stopping: Callable[[], bool]) -> bool:
    """Whether somebody listens on a port of this machine before it is too late."""
    while time.monotonic() < until_s and not stopping():
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1):
                return True
        except OSError:
            time.sleep(0.2)
    return False
