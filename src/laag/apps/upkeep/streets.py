"""From a neighbourhood's settings to what its upkeep is about."""

from __future__ import annotations

from pathlib import Path

from laag.apps.upkeep.upgrade import Street


def street_in(config: Path) -> Street:
    """The neighbourhood that a file describes."""
    from laag.apps.street import config as settings

    given = settings.read(config)
    return Street(
        config,
        given.store,
        given.place,
        given.wire.clock,
        given.ledger_files,
        has_witnesses=bool(given.ledger.witnesses),
    )
