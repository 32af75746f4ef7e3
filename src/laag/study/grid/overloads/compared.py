"""A year before and after what the grid operator buys, and the level at which wires become too full."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from laag.neighbourhood.flexibility import Rule
from laag.neighbourhood.grid.network import Floats
from laag.study.grid.overloads.seen import Seen
from laag.study.grid.overloads.year import Bought, Load, Year, with_flexibility, without


@dataclass(frozen=True, slots=True, eq=False)
class Compared:
    """The same year twice."""

    before: Seen
    after: Seen | None
    """``None``: the wires bear it, and nothing was asked."""
    bought: Bought
    usual: Year
    helped: Year | None
    kvar: Floats

    @property
    def new_ptus(self) -> int:
        """Quarter-hours that are overloaded only since what was moved came back."""
        return 0 if self.after is None else int((self.after.overloaded & ~self.before.overloaded).sum())


def compared(load_of: Callable[[], Load], rule: Rule = Rule.PAY_AS_BID) -> Compared:
    """A load of its own for each of the two years, as a year changes it; both are looked at in one batch each."""
    load = load_of()
    usual = without(load)
    before = Seen.of(load.network, usual.kw, load.kvar)
    if before.calm:
        return Compared(before, None, Bought(), usual, None, load.kvar)
    other = load_of()
    helped = with_flexibility(other, rule)
    return Compared(
        before, Seen.of(other.network, helped.kw, other.kvar), helped.bought, usual, helped, load.kvar
    )
