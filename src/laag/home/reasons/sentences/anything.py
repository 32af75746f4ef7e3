"""What may be said of any device."""

from __future__ import annotations

from laag.foundation.words import Said
from laag.home.ladder import Rung
from laag.home.reasons.codes import Bound, Code, Doing
from laag.home.reasons.sentences.kind import Kind

KINDS: dict[Code, Kind] = {
    Code.NO_PLAN: Kind(
        Rung.COMFORT,
        Bound.WISH,
        Said(
            "Er kon geen plan worden gemaakt; tot het volgende plan volgt dit gewoon wat nodig is",
            "No plan could be made; until the next one this simply follows what is needed",
        ),
    ),
    Code.WHOLE_DAY: Kind(
        Rung.MARKET,
        Bound.WORTH,
        Said(
            "Dit past het best bij de rest van de dag; geen enkel ander kwartier verklaart het alleen",
            "This fits the rest of the day best; no other quarter-hour explains it alone",
        ),
    ),
    Code.CLAIMED: Kind(
        Rung.AGREEMENT,
        Bound.CLAIM,
        Said("Zou meer doen, maar mag niet", "Would do more, but may not"),
        Said(
            "Zou hier meer doen, maar dat mag niet van {who}",
            "Would do more here, but may not, by word of {who}",
        ),
    ),
    Code.SUN_FIRST: Kind(
        Rung.OWN_SUN,
        Bound.CLAIM,
        Said(
            "Gebruikt eigen zon; terugleveren zou {sold_would_bring}",
            "Uses your own sun; feeding it in would {sold_would_bring}",
        ),
        Said(
            "Gebruikt eigen zon op verzoek van {who}; terugleveren zou {sold_would_bring}",
            "Uses your own sun at the request of {who}; feeding it in would {sold_would_bring}",
        ),
    ),
    Code.UNDER_PEAK: Kind(
        Rung.MARKET,
        Bound.PRICE,
        Said(
            "Houdt je hoogste kwartier op {peak_kw}, want voor elke kW daarboven betaal je",
            "Keeps your highest quarter-hour at {peak_kw}, because each kW above it is charged for",
        ),
    ),
    Code.WITHIN_BAND: Kind(
        Rung.MARKET,
        Bound.PRICE,
        Said(
            "Blijft binnen je bandbreedte van {band_kw}; daarboven kost elke kWh {beyond_eur_per_kwh} extra (voorbeeldprijs)",
            "Stays within your band of {band_kw}; beyond it each kWh costs {beyond_eur_per_kwh} extra (example price)",
        ),
    ),
    Code.HELD: Kind(
        Rung.COMFORT,
        Bound.LIMIT,
        Said(
            "Kan niet anders: iets dat boven geld gaat, zoals warmte, veiligheid of een afspraak, zou dan meer tekortkomen",
            "Cannot do otherwise: something that goes before money, such as warmth, safety or an agreement, would miss more",
        ),
    ),
    Code.LIMITED: Kind(
        Rung.AGREEMENT,
        Bound.CLAIM,
        Said("Zou meer doen dan {cap_kw}, maar mag niet", "Would do more than {cap_kw}, but may not"),
        Said(
            "Zou meer doen dan {cap_kw}, maar dat mag niet van {who}",
            "Would do more than {cap_kw}, but may not, by word of {who}",
        ),
    ),
    Code.CHOSEN: Kind(
        Rung.MARKET,
        Bound.CHOICE,
        Said(
            "Doet dit omdat jij het net of groene stroom laat meewegen, niet alleen geld",
            "Does this because you let the grid or green power count, not money alone",
        ),
    ),
}

OTHERWISE: dict[Doing, tuple[Said, Said]] = {
    Doing.CHARGE_THEN: (
        Said(
            "{other_at} zou dezelfde kWh {worse_eur_per_kwh} meer kosten",
            "{other_at} the same kWh would cost {worse_eur_per_kwh} more",
        ),
        Said("{other_at} zou het evenveel kosten", "{other_at} it would cost the same"),
    ),
    Doing.GIVE_LESS_THEN: (
        Said(
            "in plaats daarvan {other_at} minder geven zou {worse_eur_per_kwh} per kWh meer kosten",
            "giving less {other_at} instead would cost {worse_eur_per_kwh} per kWh more",
        ),
        Said(
            "in plaats daarvan {other_at} minder geven zou evenveel kosten",
            "giving less {other_at} instead would cost the same",
        ),
    ),
    Doing.GIVE_THEN: (
        Said(
            "{other_at} zou dezelfde kWh {worse_eur_per_kwh} minder opleveren",
            "{other_at} the same kWh would bring {worse_eur_per_kwh} less",
        ),
        Said("{other_at} zou die evenveel opleveren", "{other_at} it would bring as much"),
    ),
    Doing.CHARGE_LESS_THEN: (
        Said(
            "bewaren en {other_at} minder laden zou per kWh {worse_eur_per_kwh} minder opleveren",
            "keeping it and charging less {other_at} would bring {worse_eur_per_kwh} less per kWh",
        ),
        Said(
            "bewaren en {other_at} minder laden zou evenveel opleveren",
            "keeping it and charging less {other_at} would bring as much",
        ),
    ),
    Doing.KEEP: (
        Said(
            "bewaren voor na dit plan zou per kWh ongeveer {worse_eur_per_kwh} minder waard zijn",
            "keeping it for after this plan would be worth about {worse_eur_per_kwh} less per kWh",
        ),
        Said(
            "bewaren voor na dit plan zou ongeveer evenveel waard zijn",
            "keeping it for after this plan would be worth about as much",
        ),
    ),
    Doing.CHARGE_EARLIER: (
        Said(
            "nu al laden zou {worse_eur_per_kwh} per kWh meer kosten",
            "charging already now would cost {worse_eur_per_kwh} per kWh more",
        ),
        Said("nu al laden zou evenveel kosten", "charging already now would cost the same"),
    ),
    Doing.GIVE_EARLIER: (
        Said(
            "nu al geven zou {worse_eur_per_kwh} per kWh minder opleveren",
            "giving already now would bring {worse_eur_per_kwh} per kWh less",
        ),
        Said("nu al geven zou evenveel opleveren", "giving already now would bring as much"),
    ),
    Doing.HEAT_THEN: (
        Said(
            "dezelfde warmte {other_at} maken zou {worse_eur_per_kwh} per kWh warmte meer kosten",
            "making the same warmth {other_at} would cost {worse_eur_per_kwh} more per kWh of heat",
        ),
        Said(
            "dezelfde warmte {other_at} maken zou evenveel kosten",
            "making the same warmth {other_at} would cost the same",
        ),
    ),
    Doing.HEAT_EARLIER: (
        Said(
            "die warmte nu al maken zou {worse_eur_per_kwh} per kWh warmte meer kosten",
            "making that warmth already now would cost {worse_eur_per_kwh} more per kWh of heat",
        ),
        Said(
            "die warmte nu al maken zou evenveel kosten", "making that warmth already now would cost the same"
        ),
    ),
    Doing.HEAT_BY_PUMP: (
        Said(
            "met de warmtepomp zou die {worse_eur_per_kwh} meer kosten",
            "with the heat pump it would cost {worse_eur_per_kwh} more",
        ),
        Said("met de warmtepomp zou die evenveel kosten", "with the heat pump it would cost the same"),
    ),
    Doing.HEAT_BY_GAS: (
        Said(
            "op gas zou een kWh warmte {worse_eur_per_kwh} meer kosten",
            "on gas a kWh of heat would cost {worse_eur_per_kwh} more",
        ),
        Said("op gas zou die evenveel kosten", "on gas it would cost the same"),
    ),
    Doing.START_THEN: (
        Said(
            "{other_at} beginnen zou {worse_eur_per_kwh} per kWh meer kosten",
            "starting {other_at} would cost {worse_eur_per_kwh} per kWh more",
        ),
        Said(
            "{other_at} beginnen zou ongeveer evenveel kosten",
            "starting {other_at} would cost about the same",
        ),
    ),
    Doing.START_EARLIER: (
        Said(
            "nu al beginnen zou {worse_eur_per_kwh} per kWh meer kosten",
            "starting already now would cost {worse_eur_per_kwh} per kWh more",
        ),
        Said("nu al beginnen zou ongeveer evenveel kosten", "starting already now would cost about the same"),
    ),
    Doing.TO_GRID: (
        Said(
            "terugleveren zou je {worse_eur_per_kwh} per kWh kosten",
            "feeding it in would cost you {worse_eur_per_kwh} per kWh",
        ),
        Said(
            "terugleveren zou niets kosten en niets opleveren", "feeding it in would cost and bring nothing"
        ),
    ),
    Doing.TURN_DOWN: (
        Said(
            "de panelen terugregelen zou {worse_eur_per_kwh} per kWh kosten",
            "turning the panels down would cost {worse_eur_per_kwh} per kWh",
        ),
        Said(
            "de panelen terugregelen zou niets uitmaken", "turning the panels down would make no difference"
        ),
    ),
    Doing.CHARGE_ANYWAY: (
        Said(
            "toch laden zou {worse_eur_per_kwh} per kWh verliezen",
            "charging all the same would lose {worse_eur_per_kwh} per kWh",
        ),
        Said("toch laden zou niets opleveren", "charging all the same would bring nothing"),
    ),
    Doing.NOTHING: (
        Said(
            "niets doen zou {worse_eur_per_kwh} per kWh schelen",
            "doing nothing would lose {worse_eur_per_kwh} per kWh",
        ),
        Said("niets doen zou evenveel kosten", "doing nothing would cost the same"),
    ),
}
"""What else could have been done: where it is worse, and where it is as good."""

CHEAPER = Said(
    "alleen naar geld gekeken was een andere keus {worse_eur_per_kwh} per kWh goedkoper",
    "by money alone another choice would be {worse_eur_per_kwh} per kWh cheaper",
)
"""The alternative where the household's choice costs money."""
