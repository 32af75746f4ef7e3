"""The neighbourhood that a log began with: an auditor has no file of the server's."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from laag.apps.street.opening import begun as goes_on
from laag.apps.wiring import Options, terms_of
from laag.cycle.live import Cable, Neighbourhood
from laag.foundation.errors import BadInput
from laag.foundation.ports import Event

_NO_LIMIT = float("inf")


def place_of(begun: Event, facts: Path | None = None) -> Neighbourhood:
    """By its first event; refused where this version's tariffs are not those it was opened under."""
    said: dict[str, Any] = dict(begun.facts)
    try:
        terms = terms_of(
            Options(policy=said["policy"], rule=said["rule"], k_percent=said["k_percent"], facts=facts)
        )
        cables = zip(said["cables"], said["cables_import_max_kw"], said["cables_export_max_kw"], strict=True)
        place = Neighbourhood(
            said["name"],
            terms,
            date.fromisoformat(said["first_day"]),
            tuple(Cable(name, _limit(most), _limit(least)) for name, most, least in cables),
            _limit(said["import_max_kw"]),
            _limit(said["export_max_kw"]),
            ZoneInfo(said["zone"]),
            said["grid_operator"],
        )
    except (KeyError, TypeError, ValueError) as odd:
        raise BadInput(
            f"the log does not begin as a neighbourhood's does ({odd}); ask for the whole of it"
        ) from odd
    return goes_on(place, begun)


def _limit(kw: float | None) -> float:
    return _NO_LIMIT if kw is None else float(kw)
