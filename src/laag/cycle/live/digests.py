"""What a log says of a result, so that a replay that gives another is noticed."""

from __future__ import annotations

from collections.abc import Iterable

from laag.cycle.fingerprint import fingerprint
from laag.cycle.live.effects import Cleared, Effect, RoundCleared
from laag.cycle.live.state import DaySettled
from laag.cycle.live.supporting import SupportBooked
from laag.foundation.ports import Scalar
from laag.neighbourhood.charter.charter import digest
from laag.neighbourhood.charter.process import Holds


def told_by(effects: Iterable[Effect]) -> dict[str, Scalar]:
    """Facts for the event from which these followed: digests of the clearing and of the postings."""
    facts: dict[str, Scalar] = {}
    for effect in effects:
        match effect:
            case Cleared():
                facts["clearing"] = fingerprint((effect.market.traded, effect.market.clearings))
            case RoundCleared():
                facts["round"] = fingerprint((effect.round.traded, effect.round.clearings))
            case DaySettled():
                facts["postings"] = fingerprint(effect.postings)
                facts["revision"] = effect.revision
                if effect.charter:
                    facts["charter"] = effect.charter
            case SupportBooked():
                facts["postings"] = fingerprint(effect.postings)
            case Holds():
                facts["charter"] = f"{effect.charter.version}.{digest(effect.charter)}"
    return facts
