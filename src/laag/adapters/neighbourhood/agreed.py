"""What a charter says to every home: which claim goes first, as words on the board and as the home's ladder."""

from __future__ import annotations

import logging

from laag.adapters.neighbourhood.wire import Board
from laag.foundation.errors import BadInput
from laag.home.ladder import Ladder, Rung
from laag.neighbourhood.charter import Charter

log = logging.getLogger("laag.home")


def rungs_of(charter: Charter) -> list[str]:
    """All rungs as a charter has them, the highest first."""
    return [*charter.ladder.first, *charter.ladder.order, *charter.ladder.last]


def agreed_ladder(board: Board | None) -> Ladder:
    """As the board has it; the usual one where there is none, or where it is no ladder that a home may climb.

    What law puts first no server can move: a ladder that tries is no ladder.
    """
    if board is None or not board.ladder:
        return Ladder()
    try:
        order = tuple(Rung[name.upper()] for name in board.ladder)
        if order == Ladder().order:
            return Ladder()
        return Ladder(order, why="agreed by the neighbourhood")
    except (KeyError, BadInput) as odd:
        log.warning("the neighbourhood's ladder is not taken", extra={"why": str(odd)})
        return Ladder()
