"""A member's share of a pot in one sentence, with one comparison: why so much, and not more or less."""

from __future__ import annotations

import numpy as np

from laag.foundation.words import Said
from laag.neighbourhood.sharing.agreed import Shared
from laag.neighbourhood.sharing.facts import Facts
from laag.neighbourhood.sharing.fairness import for_others
from laag.settlement.words import Numbers, filled

_GOT = (
    Said(
        "Je kreeg {own_units} van de {pot_units} die samen is verdiend",
        "You received {own_units} of the {pot_units} that was earned together",
    ),
    Said(
        "Je betaalde {own_units} mee aan de {pot_units} die het samen kostte",
        "You paid {own_units} of the {pot_units} that it cost together",
    ),
)
_FUND = Said(" (na {fund_units} voor het buurtfonds)", " (after {fund_units} for the community fund)")
_LOST = Said(
    " Door een afspraak die niet is gehaald, ging {lost_units} van je deel naar het buurtfonds.",
    " For an agreement that was not kept, {lost_units} of your share went to the community fund.",
)
_WHY = {
    "equal": Said(
        ": ieder van de {homes_count} huishoudens evenveel.",
        ": the same for each of {homes_count} households.",
    ),
    "pro_rata": Said(
        ": naar wat je aan buren gaf of van hen gebruikte. Gemiddeld was het {mean_units} per huishouden.",
        ": by what you gave to neighbours or used from them. On average it was {mean_units} a household.",
    ),
    # Not which band: a bill is also read by others than those who live there.
    "income_share": Said(
        ": naar draagkracht, voor wie dat zelf opgaf. Gemiddeld was het {mean_units} per huishouden.",
        ": by means, for those who said so themselves. On average it was {mean_units} a household.",
    ),
    "static_shares": Said(
        ": naar je aandeel in wat samen is gekocht, {part_percent} van wat leden hebben.",
        ": by your part of what was bought together, {part_percent} of what members hold.",
    ),
    "shapley": Said(
        ": naar wat je gemiddeld toevoegt, in welke volgorde buren ook bij elkaar komen. Zonder jouw huis was er {less_units} minder "
        "bespaard.",
        ": by what you add on average, in whatever order neighbours come together. Without your home {less_units} less would have "
        "been saved.",
    ),
}


def why_this_share(member: str, found: Shared, facts: Facts) -> Said:
    """To the member itself."""
    whole = found.pot_units - found.first_units
    homes = facts.homes()
    numbers: Numbers = {
        "own_units": abs(found.members[member]),
        "pot_units": abs(found.pot_units),
        "fund_units": found.first_units,
        "homes_count": len(homes),
        "mean_units": abs(whole) // len(homes),
        "part_percent": _percent(
            facts.held.get(member, 0), sum(facts.held.get(one, 0) for one in facts.members)
        ),
        "lost_units": found.lost.get(member, 0),
        "less_units": _missed(member, facts) if found.key == "shapley" else 0,
    }
    parts = [
        _GOT[found.pot_units < 0],
        *([_FUND] if found.first_units else []),
        _WHY[found.key],
        *([_LOST] if found.lost.get(member) else []),
    ]
    return filled(Said("".join(one.nl for one in parts), "".join(one.en for one in parts)), numbers)


def _missed(member: str, facts: Facts) -> int:
    """What all would save less without a member's household."""
    homes = list(facts.homes())
    return int(for_others(*facts.meters())[homes.index(facts.household(member))])


def _percent(part: int, whole: int) -> int:
    return int(np.rint(100 * part / whole)) if whole else 0
