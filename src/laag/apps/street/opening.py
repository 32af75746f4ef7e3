"""The first event of a log: which neighbourhood it is of, and under what terms; nothing else goes on in its place."""

from __future__ import annotations

from dataclasses import replace
from math import isinf
from typing import Any

from laag.apps.wiring import BUILT_IN_CHARTER as BUILT_IN
from laag.cycle.fingerprint import fingerprint
from laag.cycle.live import Neighbourhood
from laag.foundation.errors import BadInput, CannotResume
from laag.foundation.ports import Event, EventLog, Scalar
from laag.neighbourhood.charter import ARTICLES, Charter, article

_MAY_DIFFER = {"version"}
ARTICLES_SAID, CHARTER_SAID = "charter_articles", "charter_name"
_LATER = {ARTICLES_SAID, CHARTER_SAID}
"""Facts that logs have since a charter is more than a rule; one that began before goes on without."""


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
            CHARTER_SAID: terms.charter.name,
            ARTICLES_SAID: [f"{one.name} = {one.text(terms.charter)}" for one in ARTICLES],
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


def begun(place: Neighbourhood, log_says: Event) -> Neighbourhood:
    """The place with the charter that its log began with, which only its members change; refused where anything else differs."""
    charter = _charter(log_says)
    unnamed = ARTICLES_SAID not in log_says.facts
    held = replace(place, terms=replace(place.terms, charter=charter), charter_unnamed=unnamed)
    check_same(log_says, opened(held, ""))
    return held


def begun_by(place: Neighbourhood, store: EventLog) -> Neighbourhood:
    """The same of a whole log; the place itself where it holds nothing yet."""
    first = next(iter(store.events("opened")), None)
    return place if first is None else begun(place, first)


def _charter(log_says: Event) -> Charter:
    said: dict[str, Any] = dict(log_says.facts)
    try:
        if ARTICLES_SAID not in said:
            return Charter(BUILT_IN, said["rule"], said["k_percent"], version=said["charter"])
        charter = Charter(said[CHARTER_SAID], version=said["charter"])
        for line in said[ARTICLES_SAID]:
            name, _, text = line.partition(" = ")
            one = article(name)
            charter = one.put(charter, one.read(text))
    except (KeyError, BadInput) as odd:
        raise CannotResume(
            f"the log began with a charter that this version cannot read ({odd}); go on with the version that wrote it"
        ) from odd
    return charter


def check_same(log_says: Event, asked: Event) -> None:
    """Refuse to go on with a log that was opened otherwise."""
    ours, theirs = asked.facts, log_says.facts
    for name in (*(one for one in ours if one != "facts"), "facts"):
        if name in _LATER and name not in theirs:
            continue
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
