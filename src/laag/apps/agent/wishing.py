"""What the household wishes, one line each, which of it goes first, and the defaults that hold where it says nothing."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from laag.adapters.homestore import HomeStore
from laag.adapters.neighbourhood.agreed import agreed_ladder
from laag.apps.agent.life import Life
from laag.foundation.errors import BadInput
from laag.foundation.words import Lang, Said
from laag.home.ladder import Ladder, Rung
from laag.home.preferences import parse, say

FIRST = "first on the ladder"


def ladder_of(store: HomeStore, agreed: Ladder) -> Ladder:
    """As the neighbourhood agreed, with the household's own rungs as it set them."""
    first = store.kept(FIRST)
    return agreed if first is None else putting_first(first, agreed)


def putting_first(name: str, agreed: Ladder | None = None) -> Ladder:
    """The ladder on which a household's rung stands above its others, in the places that the charter leaves them.

    >>> putting_first("own_sun").order[3:5]
    (<Rung.OWN_SUN: 5>, <Rung.COMFORT: 4>)
    """
    try:
        return Ladder.of([Rung[name.upper()]], agreed)
    except KeyError:
        raise BadInput(f"the ladder has no rung {name!r}; a household moves comfort or own_sun") from None


@dataclass(frozen=True, slots=True)
class Wish:
    """One line, as it is understood."""

    number: int
    said: Said


class Wishing:
    """Kept in the home and nowhere else; a change is planned for at once."""

    def __init__(self, life: Life) -> None:
        self._life = life

    def all(self) -> list[Wish]:
        """In the order in which they were said; the later of two about the same holds."""
        return [
            Wish(number, Said(*(say(parse(line), lang) for lang in (Lang.NL, Lang.EN))))
            for number, line in self._life.store.wishes()
        ]

    def add(self, line: str) -> Wish:
        """Hear a line; ``BadInput`` says what was not understood of it."""
        wish = parse(line)
        try:
            number = self._life.store.wish(say(wish))
        except sqlite3.Error as fault:
            raise BadInput(
                f"this wish cannot be kept ({fault}); make room on the disk and say it again"
            ) from fault
        self._life.replan.set()
        return Wish(number, Said(*(say(wish, lang) for lang in (Lang.NL, Lang.EN))))

    def put_first(self, name: str) -> Ladder:
        """Move a rung of the household's above its others; ``BadInput`` where it is not the household's to move."""
        ladder = putting_first(name, agreed_ladder(self._life.board))
        try:
            self._life.store.keep(FIRST, name)
        except sqlite3.Error as fault:
            raise BadInput(
                f"this order cannot be kept ({fault}); make room on the disk and say it again"
            ) from fault
        self._life.replan.set()
        return ladder

    def remove(self, number: int) -> bool:
        """Take one back; ``False`` where there is none of that number."""
        try:
            gone = self._life.store.wish_no_more(number)
        except sqlite3.Error as fault:
            raise BadInput(
                f"this wish cannot be taken back ({fault}); make room on the disk and try again"
            ) from fault
        if gone:
            self._life.replan.set()
        return gone
