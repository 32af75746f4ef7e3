"""Months that homes share to be compared: kept apart from the log so that a no erases them, and used only under a yes."""

from __future__ import annotations

from datetime import date
from typing import Any

from laag.adapters.neighbourhood.everyone import MonthShared
from laag.adapters.neighbourhood.wire import Both
from laag.cycle.live import Live, consenting
from laag.foundation.data import Purpose
from laag.foundation.ports import Records
from laag.foundation.words import Said
from laag.neighbourhood.people.comparison import MonthOfHome, beside, said

KIND = "shared_month"
KEPT_MONTHS = 13
_POWER = Said("stroom", "electricity")
_GAS = Said("gas", "gas")


def share(records: Records, member: str, month: MonthShared) -> None:
    """Keep a month; the newest word counts, and the oldest makes room."""
    records.put(KIND, f"{member} {month.month}", month.model_dump(mode="json"))
    for key in mine(records, member)[:-KEPT_MONTHS]:
        records.delete(KIND, key)


def mine(records: Records, member: str) -> list[str]:
    """The keys of a member's months, the oldest first."""
    return sorted(key for key, _ in records.list(KIND) if key.partition(" ")[0] == member)


def erase(records: Records, member: str) -> int:
    """Forget all of a member's; how many there were."""
    return sum(records.delete(KIND, key) for key in mine(records, member))


def told(records: Records, state: Live, member: str, today: date) -> tuple[str | None, list[Both], int]:
    """A member's newest month beside others who say yes today; the month, the sentences, how many are held."""
    keys = mine(records, member)
    willing = frozenset(consenting(state, Purpose.COMPARISON, today))
    if not keys or member not in willing:
        return None, [], len(keys)
    month = keys[-1].partition(" ")[2]
    everybody = [
        _month_of(key, body)
        for key, body in records.list(KIND)
        if key.partition(" ")[2] == month and key.partition(" ")[0] in willing
    ]
    own = next(one for one in everybody if one.member == member)
    found = beside(own, everybody)
    sentences = [said(own.electricity_kwh, found.electricity, "kWh", _POWER)]
    if own.gas_m3 is not None:
        sentences.append(said(own.gas_m3, found.gas, "m³", _GAS))
    return month, [Both(nl=one.nl, en=one.en) for one in dict.fromkeys(sentences)], len(keys)


def _month_of(key: str, body: dict[str, Any]) -> MonthOfHome:
    one = MonthShared.model_validate(body)
    return MonthOfHome(
        key.partition(" ")[0],
        one.electricity_kwh,
        one.gas_m3,
        one.year_class,
        one.size_class,
        one.dwelling,
        one.people_class,
        one.heated_by,
    )
