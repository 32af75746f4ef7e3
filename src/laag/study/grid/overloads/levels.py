"""Which years are lived on a grid: as it is, at the level at which it becomes too full, and beyond."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from laag.foundation.words import Said
from laag.study.grid.overloads.compared import compared
from laag.study.grid.overloads.homes import Village
from laag.study.grid.overloads.profiles import Profiles
from laag.study.grid.overloads.row import Row
from laag.study.grid.overloads.seen import Seen
from laag.study.grid.overloads.year import Load, without

Clock = Callable[[], float]
Tells = Callable[[str], None]
Laid = Callable[[float, float], Profiles]
"""A year of profiles, so many times its cars and heat pumps, and its roofs and storage."""
GIVES, TAKES = (
    (1.0, 1.25, 1.5, 2.0, 2.5, 3.0, 4.0, 6.0),
    (1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0, 15.0, 20.0),
)
SHARES = (0.0, 0.25, 0.5, 0.75, 1.0)


def of_profiles(grid: str, laid: Laid, clock: Clock, tells: Tells) -> Iterator[Row]:
    """As drawn; then with more roofs and storage, and with more cars and heat pumps, until either is too full, and one on."""

    def row(said: Said, takes: float, gives: float) -> Row:
        return _row(grid, said, partial(laid, takes, gives), clock, tells)

    drawn = seen_of(laid(1.0, 1.0))
    yield row(Said("zoals getekend", "as drawn"), 1.0, 1.0)
    if not drawn.of_sun_ptus:
        for times in _first_and_next(GIVES, lambda times: seen_of(laid(1.0, times)).of_sun_ptus):
            said = Said(f"{times:g}x zoveel daken en opslag", f"{times:g} times the roofs and storage")
            yield row(said, 1.0, times)
    if not drawn.of_load_ptus:
        for times in _first_and_next(TAKES, lambda times: seen_of(laid(times, 1.0)).of_load_ptus):
            said = Said(
                f"{times:g}x zoveel auto's en warmtepompen", f"{times:g} times the cars and heat pumps"
            )
            yield row(said, times, 1.0)


def of_homes(
    grid: str, village: Village, roofs: float, clock: Clock, tells: Tells, shares: Sequence[float] = SHARES
) -> Iterator[Row]:
    """With none of the homes electric, with the first of these shares that is too full, and with all under larger roofs."""
    count = len(village.of_saved)
    full = next((share for share in shares if not seen_of(village.at(share)).calm), shares[-1])
    for share in sorted({shares[0], full}):
        electric = len(village.at(share).electric)
        said = Said(f"{electric} van {count} huizen elektrisch", f"{electric} of {count} homes electric")
        yield _row(grid, said, partial(village.at, share), clock, tells)
    village.planned.clear()
    said = Said(
        f"alle {count} huizen elektrisch, daken {roofs:g}x zo groot",
        f"all {count} homes electric, roofs {roofs:g} times as large",
    )
    yield _row(grid, said, partial(village.at, 1.0, roofs), clock, tells)


def seen_of(load: Load) -> Seen:
    """The year as it is without anybody asking."""
    return Seen.of(load.network, without(load).kw, load.kvar)


def _first_and_next(levels: Sequence[float], troubled: Callable[[float], int]) -> Sequence[float]:
    """The first that is troubled, and the one after it; none where none is."""
    at = next((i for i, level in enumerate(levels) if troubled(level)), len(levels))
    return levels[at : at + 2]


def _row(grid: str, said: Said, make: Callable[[], Load], clock: Clock, tells: Tells) -> Row:
    tells(f"{grid}: {said.en}")
    began = clock()
    found = compared(make)
    return Row(grid, said, found, clock() - began)
