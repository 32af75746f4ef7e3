"""The grid operator's program: `laag dso run`."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from laag.adapters.stores import open_log
from laag.adapters.uftp.desk import Desk
from laag.adapters.uftp.dso import Check, Choose, Due, Measured, Operator
from laag.adapters.uftp.flexing import chosen_among
from laag.adapters.uftp.link import Line
from laag.adapters.uftp.participants import Listed
from laag.apps.dso import checks
from laag.apps.dso.serving import serve
from laag.apps.dso.settings import key_of, read_operator, store_of

log = logging.getLogger("laag.dso")


class Operating:
    """A grid operator on its line; how it checks, chooses and measures can be given."""

    def __init__(
        self,
        path: Path,
        check: Check | None = None,
        choose: Choose | None = None,
        measured: Measured | None = None,
    ) -> None:
        file = read_operator(path)
        wire, folder = file.dso, path.absolute().parent
        rules = wire.agreed()
        self.wire = wire
        self._clock = wire.lives_by()
        checked = check or checks.FromFiles(wire, folder)
        self.operator = Operator(
            checked,
            measured or checks.Measured(folder / wire.measured, rules.zone),
            choose or partial(chosen_among, most_eur_per_kwh=wire.most_eur_per_kwh),
            wire.timing(),
            wire.penalty_eur_per_kwh,
            checked.looks if isinstance(checked, checks.FromFiles) else {},
        )
        listed = Listed(one.participant() for one in file.participant)
        key = key_of(wire, path)

        @contextmanager
        def desk() -> Iterator[Desk]:
            with open_log(store_of(wire, path)) as kept:
                made = Desk(wire.domain, "DSO", key, listed, rules, kept)
                for domain in sorted({who for active in rules.points.values() for who in active}):
                    made.participant(
                        domain, "AGR"
                    )  # one that is not listed is said now, not at the first request
                yield made

        self.line = Line(desk, self._clock, wire.carrying())

    async def act(self) -> None:
        """Everything that is due; what goes wrong with one holds up no other."""
        for due in await self.line.on_desk(lambda desk: self.operator.due(desk, self._clock.now())):
            try:
                await self._do(due)
            except Exception:
                log.exception("%s could not be done; it is tried again", due.step)

    async def _do(self, due: Due) -> None:
        found = await asyncio.to_thread(due.work)
        await self.line.on_desk(lambda desk: due.then(desk, found, self._clock.now()))


def run(path: Path) -> int:
    """Until SIGTERM or Ctrl-C."""
    operating = Operating(path)
    asyncio.run(serve(operating.line, operating.act, operating.wire.host, operating.wire.port))
    return 0
