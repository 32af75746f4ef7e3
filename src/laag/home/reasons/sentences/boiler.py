"""What is said of the boiler."""

from __future__ import annotations

from laag.foundation.words import Said
from laag.home.ladder import Rung
from laag.home.reasons.codes import Bound, Code
from laag.home.reasons.sentences.kind import Kind

KINDS: dict[Code, Kind] = {
    Code.GAS_ALONE: Kind(
        Rung.COMFORT,
        Bound.WISH,
        Said(
            "Verwarmt op gas, voor {gas_eur_per_kwh} per kWh warmte; er is geen warmtepomp",
            "Heats on gas at {gas_eur_per_kwh} per kWh of heat; there is no heat pump",
        ),
    ),
    Code.GAS_CHEAPER: Kind(
        Rung.MARKET,
        Bound.PRICE,
        Said(
            "Verwarmt op gas, voor {gas_eur_per_kwh} per kWh warmte",
            "Heats on gas at {gas_eur_per_kwh} per kWh of heat",
        ),
    ),
    Code.GAS_HELPS: Kind(
        Rung.COMFORT,
        Bound.LIMIT,
        Said(
            "Helpt met {heat_kw} warmte uit gas, want de warmtepomp kan niet meer geven",
            "Helps with {heat_kw} of heat from gas, because the heat pump can give no more",
        ),
    ),
    Code.PUMP_CHEAPER: Kind(
        Rung.MARKET,
        Bound.PRICE,
        Said("Laat het aan de warmtepomp", "Leaves it to the heat pump"),
    ),
    Code.GAS_NOT_WORTH: Kind(
        Rung.MARKET,
        Bound.WORTH,
        Said(
            "Staat uit, want een kWh warmte uit gas kost {gas_eur_per_kwh} en is hier {worth_eur_per_kwh} waard",
            "Is off, because a kWh of heat from gas costs {gas_eur_per_kwh} and is worth {worth_eur_per_kwh} here",
        ),
    ),
    Code.NO_GAS_NEEDED: Kind(
        Rung.COMFORT,
        Bound.WISH,
        Said(
            "Staat uit, want met {level_c} is het warm genoeg",
            "Is off, because at {level_c} it is warm enough",
        ),
    ),
}
