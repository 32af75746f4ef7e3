"""What a study finds: the same homes and days under several policies, read from the public tables of each run.

Everything here can be repeated by anyone from the tables; money is summed in whole units and shown in euros.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from laag.neighbourhood.sharing.fairness import gini
from laag.settlement.policy import POLICIES
from laag.study.report.compared import from_tables
from laag.study.report.tables import RunFolder, Table

DEVICES = {"PV": "pv_kw", "EV": "charger_kw", "heat pump": "heat_pump_kw", "battery": "battery_kwh"}
NATION = ("nation/day_ahead", "nation/imbalance")


def compare(folder: Path, runs: Mapping[str, str], reference: str) -> dict[str, Any]:
    """Write ``study.json`` in ``folder`` from the runs (policy name to folder name) and return what it says.

    Gains and losses are against the ``reference`` policy.
    """
    opened = {name: RunFolder.at(folder / place) for name, place in runs.items()}
    bills = {name: _totals(run) for name, run in opened.items()}
    homes = opened[reference].read("homes")
    taken_wh = _taken_wh(opened[reference])
    study = {
        "days": opened[reference].about["days"],
        "name": opened[reference].about["name"],
        "reference": reference,
        "policies": [
            {"name": name, "run": runs[name], **_policy(run, homes, bills[name], bills[reference], taken_wh)}
            for name, run in opened.items()
        ],
        "members": [
            {
                "member": member,
                "group": group,
                "bill_eur": {name: _eur(paid[member]) for name, paid in bills.items()},
            }
            for member, group in zip(homes.words("member"), homes.words("group"), strict=True)
        ],
        "notes": [
            *_NOTES,
            *(_BANDS if any(POLICIES[name].bands for name in runs if name in POLICIES) else ()),
        ],
    }
    (folder / "study.json").write_text(
        json.dumps(study, indent=1, sort_keys=True, ensure_ascii=False) + "\n", "utf-8"
    )
    return study


def _policy(
    run: RunFolder, homes: Table, paid: Mapping[str, int], before: Mapping[str, int], taken_before_wh: int
) -> dict[str, Any]:
    taken_wh = _taken_wh(run)
    totals = {name: account["amount_units"] for name, account in run.about["totals"].items()}
    gains = {member: before[member] - paid[member] for member in paid}
    energy, network = -sum(totals[party] for party in NATION), -totals["dso"]
    return {
        "system_cost_eur": _eur(energy + network),
        "energy_cost_eur": _eur(energy),
        "network_eur": _eur(network),
        "imbalance_eur": _eur(-totals["nation/imbalance"]),
        "tax_eur": _eur(-totals["tax/energy"]),
        "vat_eur": _eur(-totals["tax/vat"]),
        "supplier_eur": _eur(-totals["gateway"]),
        "paid_eur": _eur(sum(paid.values())),
        "residue_units": sum(totals.values()),
        "gini": gini(list(paid.values())),
        "winners": sum(1 for gain in gains.values() if gain > 0),
        "losers": sum(1 for gain in gains.values() if gain < 0),
        **from_tables(run, run.grid()),
        "taken_kwh": taken_wh / 1000,
        "per_kwh_tariff_rise_percent": 100.0 * (taken_before_wh / taken_wh - 1) if taken_wh else None,
        "shortfalls": run.about["shortfalls"],
        "groups": _groups(homes, homes.words("group"), paid, gains),
        "devices": _with_and_without(homes, paid, gains),
    }


def _totals(run: RunFolder) -> dict[str, int]:
    """What each member pays in all."""
    bills = run.read("bills").where("code", "total")
    return dict(zip(bills.words("member"), bills.ints("amount_units").tolist(), strict=True))


def _taken_wh(run: RunFolder) -> int:
    """All that homes took from the grid."""
    return int(np.maximum(run.read("readings").ints("offtake_wh"), 0).sum())


def _groups(
    homes: Table, labels: Sequence[str], paid: Mapping[str, int], gains: Mapping[str, int]
) -> dict[str, dict[str, float]]:
    """Per label: how many homes, what each pays on average, and what each gains."""
    members: dict[str, list[str]] = defaultdict(list)
    for member, label in zip(homes.words("member"), labels, strict=True):
        members[label].append(member)
    return {
        label: {
            "homes": len(some),
            "bill_eur_per_home": _eur(sum(paid[m] for m in some)) / len(some),
            "gain_eur_per_home": _eur(sum(gains[m] for m in some)) / len(some),
            "losers": sum(1 for m in some if gains[m] < 0),
        }
        for label, some in sorted(members.items())
    }


def _with_and_without(
    homes: Table, paid: Mapping[str, int], gains: Mapping[str, int]
) -> dict[str, dict[str, dict[str, float]]]:
    """For each of the big four: the homes that have it beside those that do not."""
    return {
        device: _groups(
            homes, ["without" if cell is None else "with" for cell in homes.cells(column)], paid, gains
        )
        for device, column in DEVICES.items()
    }


def _eur(units: int) -> float:
    return units / 1e8


_BANDS = [
    {
        "nl": "Prijzen van bandbreedtes zijn voorbeelden: netbeheerders kondigden ze in 2022 aan en voerden ze nooit in.",
        "en": "Prices of bands are examples: grid operators announced them in 2022 and never introduced them.",
    },
    {
        "nl": "Elk huis kiest de bandbreedte die met zijn eigen verleden het goedkoopst was geweest, buren niet meegeteld.",
        "en": "Each home chooses the band that would have been cheapest with its own past, neighbours not counted.",
    },
]
_NOTES = [
    {
        "nl": "Systeemkosten: wat het land krijgt voor stroom en onbalans, en wat de netbeheerder krijgt.",
        "en": "System cost: what the nation is paid for power and imbalance, and what the grid operator is paid.",
    },
    {
        "nl": "Minder comfort en een auto die niet vol was, staan niet in euro's maar als aantal bij elke regeling.",
        "en": "Missed comfort and cars that were not full are not in euros; they are counted per policy.",
    },
    {
        "nl": "Wie wint en verliest, is gemeten tegen de eerste regeling, per huis over de dagen van deze studie.",
        "en": "Who gains and loses is measured against the first policy, per home over the days of this study.",
    },
    {
        "nl": "Wat accu's, auto's en huizen aan het eind nog bewaren, telt niet mee: in een korte studie maakt dat verschil.",
        "en": "What batteries, cars and houses still hold at the end does not count: in a short study that matters.",
    },
    {
        "nl": "Bij een contract meldt de leverancier aan wat huizen plannen als de prijzen bekend zijn; de gelaagde straat biedt daarvoor.",
        "en": "Under a contract the supplier announces what homes plan once prices are known; the layered street bids before.",
    },
    {
        "nl": "Onder een capaciteitstarief betaalt niemand meer netkosten als een ander minder afneemt; een tarief per kWh zou wel stijgen.",
        "en": "Under a capacity tariff nobody pays more for the grid when another takes less; a tariff per kWh would rise.",
    },
]
