"""Whatever is proposed is tried on our own past days, at once and by itself; with what came of it the vote opens.

Nothing is remembered of it but the log: a server that was killed meanwhile finds the proposal without its shadow when it
starts, and tries it again.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator, Sequence

from laag.apps.street.keeper import Away, Busy, Keeper
from laag.apps.street.kept import Kept
from laag.apps.street.shadow import Shadows, made
from laag.apps.street.taking import Failed, NotTaken, Taken
from laag.cycle.live import Live
from laag.cycle.shadow import Chosen, Table, chosen
from laag.foundation.ports import Event
from laag.neighbourhood.charter.process import Proposal, Proposed, Shadowed, Stage

log = logging.getLogger("laag.street")
AGAIN_S = 5.0
"""Where the store was away."""


class Trying:
    """Runs what waits, one after the other, in a thread; ``far`` says how far each is."""

    def __init__(self, keeper: Keeper, shadows: Shadows) -> None:
        self._keeper, self.shadows = keeper, shadows
        self._wake = asyncio.Event()
        self._far: dict[str, tuple[int, int]] = {}

    def hears(self, _: Kept, taken: Sequence[Taken]) -> None:
        """Begin when something was proposed."""
        if any(isinstance(one.message, Proposed) for one in taken):
            self._wake.set()

    def far(self, proposal: str) -> tuple[int, int] | None:
        """How many days are done, of how many; ``None`` where it has not begun or is over."""
        return self._far.get(proposal)

    async def run(self) -> None:
        """Until it is cancelled."""
        self._wake.set()  # what a stop left over
        while True:
            await self._wake.wait()
            self._wake.clear()
            try:
                await self.once()
            except (Away, Busy) as fault:
                log.warning("a shadow run waits", extra={"why": str(fault)})
                await asyncio.sleep(AGAIN_S)
                self._wake.set()
            except Exception:
                log.exception("a shadow run failed")
                await asyncio.sleep(AGAIN_S)
                self._wake.set()

    async def once(self) -> None:
        """All that waits now."""
        for one in waiting(self._keeper.live):
            await self._one(one)

    async def _one(self, proposal: Proposal) -> None:
        state = self._keeper.live
        place = state.neighbourhood
        today = self._keeper.clock.now().astimezone(place.zone).date()
        charter = state.charter_on(today)
        days = chosen(state, today, charter.voting.shadow_days)
        would = state.process.newest.changed(proposal.values)
        name = proposal.name

        def far(done: int, of: int) -> None:
            self._far[name] = done, of

        def look(events: Iterator[Event]) -> Table:
            return made(
                place,
                events,
                days,
                name,
                proposal.proposed.articles,
                would,
                floor=charter.data.floor_homes,
                far=far,
            )

        try:
            table = await self._keeper.read(look)
            digest = await asyncio.to_thread(self.shadows.put, table)
            await self._tell(table, days, digest)
        finally:
            self._far.pop(name, None)

    async def _tell(self, table: Table, days: Chosen, digest: str) -> None:
        now = self._keeper.clock.now()
        told = Shadowed(table.proposal, digest if days.days else "", len(table.days), now)
        outcome = await self._keeper.tell(told)
        about = {"proposal": table.proposal, "days": len(table.days), "missing": len(table.missing)}
        if isinstance(outcome, Failed):
            raise outcome.fault
        if isinstance(outcome, NotTaken):  # taken back while it was tried
            log.info("a shadow run was not waited for", extra={**about, "why": outcome.why.en})
        else:
            log.info("shadowed", extra=about)


def waiting(state: Live) -> tuple[Proposal, ...]:
    """Proposals that nothing is known of yet but what they say."""
    return tuple(one for one in state.process.proposals.values() if one.stage == Stage.PROPOSED)
