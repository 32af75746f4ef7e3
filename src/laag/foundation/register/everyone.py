"""What a home says when it moves out, wants support or compares a month, and what it is told in return."""

from __future__ import annotations

from laag.foundation.data import Kind, Party, Purpose, Scale, group
from laag.foundation.words import Said

_ONLY_YOU = Said("Alleen dit huis krijgt het te zien.", "Only this home is shown it.")
_MOVING = group(
    "moving",
    Kind.TRANSACTION,
    Scale.HOME,
    Party.NEIGHBOURHOOD,
    (Purpose.MEMBERSHIP,),
    keeps=None,
    why=Said(
        "Om af te rekenen tot en met de laatste dag, en de volgende bewoner schoon te laten beginnen.",
        "To settle through the last day, and to let who lives here next begin clean.",
    ),
    least=Said(
        "Een dag en één van drie redenen; waarheen je gaat of naar wie, wordt niet gevraagd.",
        "A day and one of three reasons; where you go or to whom is not asked.",
    ),
    fields={
        "last_day": Said("de laatste dag", "the last day"),
        "why": Said(
            "verhuizing, een andere leverancier, of iets anders",
            "a move, another supplier, or something else",
        ),
        "code": Said("een code voor de volgende bewoner", "a code for who lives there next"),
        "link": Said("waar je eindafrekening te lezen blijft", "where your final account can still be read"),
    },
)
_FINAL = group(
    "final",
    Kind.TRANSACTION,
    Scale.HOME,
    Party.HOME,
    (Purpose.OWN,),
    keeps=None,
    why=Said("Om bij vertrek te zien wat je betaalt en waarom.", "To see at leaving what you pay and why."),
    least=_ONLY_YOU,
    fields={
        "first": Said("de eerste dag", "the first day"),
        "last": Said("de laatste dag", "the last day"),
        "total_units": Said("het totaal", "the total"),
        "without_vat_units": Said("het totaal zonder btw", "the total without VAT"),
        "lines": Said("de regels", "the lines"),
        "corrections": Said("wat later is verbeterd", "what was corrected later"),
        "closes": Said("tot wanneer er nog iets kan veranderen", "until when something can still change"),
        "is_closed": Said("of het klaar is", "whether it is done"),
        "said": Said("hoe zeker het is", "how sure it is"),
    },
)
_SUPPORT = group(
    "support",
    Kind.COMMONS,
    Scale.HOME,
    Party.NEIGHBOURHOOD,
    (Purpose.FUND,),
    keeps=400,
    why=Said("Om steun te krijgen uit het buurtfonds.", "To receive support from the community fund."),
    least=Said(
        "Alleen voor hoeveel maanden. Wat er binnenkomt en wat energie kost, blijft thuis en wordt niet gevraagd.",
        "Only for how many months. What comes in and what energy costs stays at home and is not asked.",
    ),
    fields={
        "months": Said("voor hoeveel maanden; nul: niet meer", "for how many months; none: no more"),
    },
)
_SUPPORTED = group(
    "supported",
    Kind.COMMONS,
    Scale.HOME,
    Party.HOME,
    (Purpose.FUND, Purpose.OWN),
    keeps=400,
    why=Said("Om te zien wat je vroeg en kreeg.", "To see what you asked for and received."),
    least=_ONLY_YOU,
    fields={
        "until": Said("tot en met welke maand", "through which month"),
        "given": Said("wat je kreeg", "what you received"),
        "month": Said("in welke maand", "in which month"),
        "units": Said("hoeveel", "how much"),
        "all": Said("hoeveel er samen uitging", "how much went out in all"),
    },
)
_COMPARISON = group(
    "comparison",
    Kind.DEVICE,
    Scale.HOME,
    Party.NEIGHBOURHOOD,
    (Purpose.COMPARISON,),
    keeps=400,
    why=Said(
        "Om je maand naast die van huizen zoals het jouwe te zetten. Gaat één keer per maand.",
        "To put your month beside that of homes like yours. Sent once a month.",
    ),
    least=Said(
        "Een maand in hele kWh en m³, en klassen zo ruim dat ze niets over één huis zeggen; geen jaar, oppervlak of adres.",
        "A month in whole kWh and m³, and classes so wide that they say nothing of one house; no year, area or address.",
    ),
    fields={
        "month": Said("welke maand", "which month"),
        "electricity_kwh": Said("hoeveel stroom die maand", "how much electricity that month"),
        "gas_m3": Said("hoeveel gas die maand", "how much gas that month"),
        "year_class": Said("uit welke tijd het huis is", "from which time the home is"),
        "size_class": Said("hoe groot het ongeveer is", "about how big it is"),
        "dwelling": Said("wat voor huis het is", "what kind of home it is"),
        "people_class": Said("met hoeveel mensen", "how many people live there"),
        "heated_by": Said("waarmee het wordt verwarmd", "what it is heated by"),
    },
)
_BESIDE = group(
    "beside",
    Kind.COMMONS,
    Scale.HOME,
    Party.HOME,
    (Purpose.COMPARISON, Purpose.OWN, Purpose.MEMBERSHIP),
    keeps=None,
    why=Said("Om te lezen hoe huizen zoals het jouwe het doen.", "To read how homes like yours do."),
    least=Said("Alleen van groepen van tien huizen of meer.", "Only of groups of ten homes or more."),
    fields={
        "month": Said("welke maand", "which month"),
        "said": Said("de vergelijking in woorden", "the comparison in words"),
        "shared": Said("hoeveel maanden van dit huis er zijn", "how many months of this home there are"),
        "months": Said("hoeveel maanden er zijn gewist", "how many months were erased"),
    },
)
_TOLD = group(
    "support_told",
    Kind.COMMONS,
    Scale.COMMUNITY,
    Party.HOME,
    (Purpose.FUND, Purpose.VOTING),
    keeps=None,
    why=Said(
        "Zodat iedereen ziet hoeveel steun er samen uit het fonds ging.",
        "So that everybody sees how much support went out of the fund in all.",
    ),
    least=Said(
        "Van minder dan tien huizen niet hoeveel en niet hoeveel het er waren.",
        "Of fewer than ten homes neither how much nor how many they were.",
    ),
    fields={
        "month": Said("welke maand", "which month"),
        "homes": Said("hoeveel huizen", "how many homes"),
        "total_units": Said("hoeveel samen", "how much in all"),
    },
)
FIELDS = (*_MOVING, *_FINAL, *_SUPPORT, *_SUPPORTED, *_COMPARISON, *_BESIDE, *_TOLD)
