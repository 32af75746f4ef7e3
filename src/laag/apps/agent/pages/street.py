"""What the neighbourhood says of this home: asked for when a page wants it, and kept for when it is away."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Generic, Protocol, TypeVar

from pydantic import ValidationError

from laag.adapters.homestore import HomeStore
from laag.adapters.neighbourhood.charter import OwnCharter, Vote
from laag.adapters.neighbourhood.everyone import Forgotten, OwnBeside, OwnFinal, OwnSupport
from laag.adapters.neighbourhood.link import Away
from laag.adapters.neighbourhood.own import (
    OwnBill,
    OwnConsents,
    OwnData,
    OwnDay,
    OwnGoodbye,
    OwnLike,
    OwnLooks,
    OwnStreet,
)
from laag.adapters.neighbourhood.wire import Wire
from laag.foundation.errors import BadInput

Told = TypeVar("Told", bound=Wire)
T_co = TypeVar("T_co", bound=Wire, covariant=True)


class Asks(Protocol):
    """A signed call for what is this home's own."""

    async def own(self, kind: type[Told], method: str, path: str) -> Told:
        """The answer; ``Away`` where nobody is there, ``BadInput`` where there is nothing."""
        ...

    async def tell(self, kind: type[Told], method: str, path: str, said: Wire) -> Told:
        """The same, saying something along."""
        ...


@dataclass(frozen=True, slots=True)
class Answer(Generic[T_co]):
    """What the neighbourhood says, or said when it was last there; ``None`` where it never did."""

    said: T_co | None
    fresh: bool

    @property
    def stale(self) -> bool:
        """It is of earlier: there is something, and nobody who would say it anew."""
        return self.said is not None and not self.fresh


class Street:
    """The neighbourhood as the pages ask it."""

    def __init__(self, asks: Asks | None, store: HomeStore) -> None:
        self._asks, self._store = asks, store

    @property
    def joined(self) -> bool:
        """Whether this home is a member."""
        return self._asks is not None and self._store.kept("member") is not None

    async def bill(self, first: date, last: date) -> Answer[OwnBill]:
        """The bill of a period."""
        return await self._ask(OwnBill, f"bill?first={first}&last={last}", f"own bill {first}")

    async def day(self, day: date) -> Answer[OwnDay]:
        """Why a day cost what it cost."""
        return await self._ask(OwnDay, f"days/{day}", f"own day {day}")

    async def like(self, last: date, days: int) -> Answer[OwnLike]:
        """This home beside homes like it."""
        return await self._ask(OwnLike, f"like?last={last}&days={days}", f"own like {days}")

    async def looks(self) -> Answer[OwnLooks]:
        """Who looked."""
        return await self._ask(OwnLooks, "looks", "own looks")

    async def charter(self) -> Answer[OwnCharter]:
        """What the neighbourhood agreed, and what is proposed."""
        return await self._ask(OwnCharter, "charter", "own charter")

    async def vote(self, vote: Vote) -> OwnCharter:
        """Vote; ``Away`` where that cannot be said now, ``BadInput`` where it is not taken."""
        assert self._asks is not None, "the page asks only where this home is a member"
        return await self._asks.tell(OwnCharter, "POST", "charter/votes", vote)

    async def consents(self) -> Answer[OwnConsents]:
        """What may be asked there, and what this home said yes to."""
        return await self._ask(OwnConsents, "consents", "own consents")

    async def data(self) -> OwnData | None:
        """All that the neighbourhood holds; ``None`` where it is away. Not kept: it is all in the export."""
        if not self.joined or self._asks is None:
            return None
        try:
            return await self._asks.own(OwnData, "GET", "data")
        except (Away, BadInput):
            return None

    async def outside(self) -> OwnStreet | None:
        """What went between the street and the country last; ``None`` where nobody says. Of the moment, so not kept."""
        if not self.joined or self._asks is None:
            return None
        try:
            return await self._asks.own(OwnStreet, "GET", "street")
        except (Away, BadInput):
            return None

    async def leave(self) -> OwnGoodbye:
        """Leave; ``Away`` where that cannot be said now."""
        assert self._asks is not None, "the page asks only where this home is a member"
        return await self._asks.own(OwnGoodbye, "DELETE", "")

    async def final(self) -> Answer[OwnFinal]:
        """The final account of who has left."""
        return await self._ask(OwnFinal, "final", "own final")

    async def support(self) -> Answer[OwnSupport]:
        """What was asked of the common fund, and received."""
        return await self._ask(OwnSupport, "support", "own support")

    async def beside(self) -> Answer[OwnBeside]:
        """The newest month beside homes alike."""
        return await self._ask(OwnBeside, "comparison", "own beside")

    async def tell(self, kind: type[Told], method: str, path: str, said: Wire) -> Told:
        """Say something of this home's own; ``Away`` where that cannot be said now."""
        assert self._asks is not None, "the page asks only where this home is a member"
        return await self._asks.tell(kind, method, path, said)

    async def stop_comparing(self) -> Forgotten:
        """Have erased what was shared."""
        assert self._asks is not None, "the page asks only where this home is a member"
        return await self._asks.own(Forgotten, "DELETE", "comparison")

    async def _ask(self, kind: type[Told], path: str, name: str) -> Answer[Told]:
        if not self.joined or self._asks is None:
            return Answer(None, fresh=True)
        try:
            said = await self._asks.own(kind, "GET", path)
        except Away:
            return Answer(self._kept(kind, name), fresh=False)
        except BadInput:  # there is nothing yet
            return Answer(None, fresh=True)
        body = said.model_dump(mode="json")
        if body != self._store.kept(name):
            self._store.keep(name, body)
        return Answer(said, fresh=True)

    def _kept(self, kind: type[Told], name: str) -> Told | None:
        kept = self._store.kept(name)
        try:
            return None if kept is None else kind.model_validate(kept, strict=False)
        except ValidationError:
            return None
