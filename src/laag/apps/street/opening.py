"""The first event of a log: which neighbourhood it is of, and under what terms; nothing else goes on in its place."""

from __future__ import annotations

from math import isinf

from laag.cycle.fingerprint import fingerprint
from laag.cycle.live import Neighbourhood
from laag.foundation.errors import CannotResume
from laag.foundation.ports import Event, Scalar

_MAY_DIFFER = {"version"}


def opened(place: Neighbourhood, version: str) -> Event:
    """How a log of this neighbourhood begins."""
    terms = place.terms
    cables = place.cables
    return Event(
        "opened",
        place.name,
        {
            "name": place.name,
            "policy": terms.policy.name,
            "rule": terms.charter.rule,
            "k_percent": terms.charter.k_percent,
            "charter": terms.charter.version,
            "facts": fingerprint(terms),
            "first_day": place.first_day.isoformat(),
            "zone": place.zone.key,
            "grid_operator": place.grid_operator,
            "cables": [cable.name for cable in cables],
            "cables_import_max_kw": [_limit(cable.import_max_kw) for cable in cables],
            "cables_export_max_kw": [_limit(cable.export_max_kw) for cable in cables],
            "import_max_kw": _limit(place.import_max_kw),
            "export_max_kw": _limit(place.export_max_kw),
            "version": version,
        },
        {},
    )


def check_same(log_says: Event, asked: Event) -> None:
    """Refuse to go on with a log that was opened otherwise."""
    ours, theirs = asked.facts, log_says.facts
    for name in (*(one for one in ours if one != "facts"), "facts"):
        if name not in _MAY_DIFFER and theirs.get(name) != ours[name]:
            raise CannotResume(_difference(name, theirs.get(name), ours[name]))


def _difference(name: str, theirs: object, ours: object) -> str:
    if name == "facts":
        return (
            "the log was opened under other tariffs or another charter than this version knows; "
            "go on with the version that wrote it, or give another store"
        )
    return (
        f"the log was opened with {name} = {theirs} and the configuration says {ours}; "
        "set it back, or give another store"
    )


def _limit(kw: float) -> Scalar:
    return None if isinf(kw) else kw
