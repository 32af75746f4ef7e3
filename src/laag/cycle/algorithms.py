"""Every algorithm that decides something for a household or a street: what it decides, from what, and when not.

It is a public register, and a test sees to it that each name leads to the function that does the deciding.
"""

from __future__ import annotations

from dataclasses import dataclass

from laag.foundation.words import Said


@dataclass(frozen=True, slots=True)
class Algorithm:
    """One of them."""

    name: str
    called: Said
    decides: Said
    code: str
    """Where it is: ``module:function``."""
    inputs: tuple[str, ...]
    """By their names in the register of fields; what stays at home is not in it and is not here."""
    when: Said
    """Under which conditions it decides, and who has the last word."""
    article: str
    """Of the charter, by which members choose it; empty where it is the home's own or the law's."""
    read: str
    """Where its rule can be read, in the documentation."""


_HOME = Said(
    "In huis, en alleen binnen wat de bewoner wenst; wie iets anders wil, zegt het of drukt op de knop.",
    "In the home, and only within what its household wishes; whoever wants otherwise says so or presses the button.",
)
_AGREED = Said(
    "Zoals het buurtreglement het zegt; leden kunnen het veranderen met een voorstel en een stemming.",
    "As the charter says; members can change it with a proposal and a vote.",
)
_READINGS = ("readings.ptu", "readings.wh")
ALGORITHMS = (
    Algorithm(
        "plan",
        Said("Het plan van een huis", "The plan of a home"),
        Said(
            "wanneer auto, batterij, boiler en verwarming stroom nemen",
            "when car, battery, boiler and heating take power",
        ),
        "laag.home.plan.cheapest:cheapest",
        ("board.buy_eur_per_kwh", "board.sell_eur_per_kwh", "positions.wh"),
        _HOME,
        "",
        "tour.md",
    ),
    Algorithm(
        "bid",
        Said("Het bod van een huis", "The orders of a home"),
        Said(
            "wat een huis morgen tot welke prijs koopt of verkoopt",
            "what a home buys or sells tomorrow, up to which price",
        ),
        "laag.home.bid.orders:orders",
        ("board.surprise_eur_per_kwh", "board.vat"),
        _HOME,
        "",
        "market-rules.md",
    ),
    Algorithm(
        "ladder",
        Said("De ladder", "The ladder"),
        Said(
            "wie voorgaat als twee wensen of opdrachten botsen",
            "who goes first where two wishes or orders conflict",
        ),
        "laag.home.conflicts.rule:conflicts",
        ("grid.limits", "grid.ordered"),
        _AGREED,
        "ladder.order",
        "ladder.md",
    ),
    Algorithm(
        "clear",
        Said("De markt van de straat", "The market of the street"),
        Said("welke biedingen doorgaan en tegen welke prijs", "which orders are taken and at which price"),
        "laag.cycle.market_day:clear_day",
        ("orders.quantity_wh", "orders.limit_ticks", "orders.side", "orders.device", "orders.ptu"),
        _AGREED,
        "market.rule",
        "market-rules.md",
    ),
    Algorithm(
        "estimate",
        Said("De geschatte meterstand", "The estimated reading"),
        Said("wat een meter telde terwijl hij zweeg", "what a meter counted while it was silent"),
        "laag.settlement.estimate:filled",
        _READINGS,
        Said(
            "Alleen waar metingen ontbreken; zodra ze komen, wordt het verbeterd.",
            "Only where readings are missing; once they come it is corrected.",
        ),
        "",
        "serving.md",
    ),
    Algorithm(
        "flexibility",
        Said("De keuze van aanbiedingen", "The choice of offers"),
        Said("wie helpt als een kabel vol is", "who helps where a cable is full"),
        "laag.neighbourhood.flexibility.cheapest:cheapest",
        ("offers.less_wh", "offers.price_ticks", "offers.least_permille"),
        Said(
            "Alleen wie iets aanbood, en nooit meer dan dat; de netbeheerder beslist of hij koopt.",
            "Only who offered something, and never more than that; the grid operator decides whether it buys.",
        ),
        "grid.flexibility_bought",
        "flexibility.md",
    ),
    Algorithm(
        "limits",
        Said("De grenzen bij een volle kabel", "The limits of a full cable"),
        Said(
            "hoeveel ieder huis nog krijgt als er niet genoeg is",
            "how much each home still gets where there is not enough",
        ),
        "laag.neighbourhood.limits:shared",
        ("members.cable", "members.connection", *_READINGS),
        Said(
            "Alleen als kopen niet hielp, het kortst mogelijk, en niemand onder het minimum dat voor allen gelijk is.",
            "Only where buying did not help, as briefly as can be, and nobody below the floor that is the same for all.",
        ),
        "grid.when_full",
        "limits.md",
    ),
    Algorithm(
        "baseline",
        Said("De basislijn", "The baseline"),
        Said("wat een huis zonder opdracht had gebruikt", "what a home would have used without an order"),
        "laag.settlement.baselines:baseline_wh",
        _READINGS,
        Said(
            "Alleen van wie iets is gekocht; wie de regel bespeelt, wordt in de documentatie nagerekend.",
            "Only of whom something was bought; how one could game it is computed in the documentation.",
        ),
        "",
        "flexibility.md",
    ),
    Algorithm(
        "sharing",
        Said("De verdeling van de pot", "The sharing of the pot"),
        Said("wie hoeveel krijgt van wat samen is verdiend", "who gets how much of what was earned together"),
        "laag.neighbourhood.sharing.agreed:shared",
        ("settled.metered_wh", "settled.bought_units", "settled.sold_units"),
        _AGREED,
        "sharing.key",
        "sharing.md",
    ),
    Algorithm(
        "shapley",
        Said("De steekproef van Shapley", "Shapley by sampling"),
        Said(
            "wat ieders meedoen waard was, als de leden die sleutel kozen",
            "what each one's taking part was worth, where members chose that key",
        ),
        "laag.neighbourhood.sharing.chance:orders",
        ("settled.metered_wh",),
        Said(
            "Met een vast begin, zodat iedereen hetzelfde uitrekent; de onzekerheid staat erbij.",
            "From a fixed seed, so that everybody computes the same; the uncertainty is stated.",
        ),
        "sharing.key",
        "sharing.md",
    ),
    Algorithm(
        "agreements",
        Said("Of een afspraak is gehaald", "Whether an agreement was kept"),
        Said(
            "of een huis zich hield aan een afspraak tussen buren, en wat er anders volgt",
            "whether a home kept an agreement between neighbours, and what follows otherwise",
        ),
        "laag.neighbourhood.agreements.watch:judged",
        ("tellings.wh", "tellings.because", *_READINGS),
        Said(
            "Alleen door wat een huis zelf vertelde; wat niet bekend is telt tegen niemand, en buren oordelen over een bezwaar.",
            "Only by what a home told itself; what is not known is held against nobody, and neighbours judge an appeal.",
        ),
        "agreements",
        "agreements.md",
    ),
    Algorithm(
        "jury",
        Said("Het lot voor een bezwaar", "The lot for an appeal"),
        Said("welke buren naar een bezwaar kijken", "which neighbours look at an appeal"),
        "laag.neighbourhood.agreements.lot:drawn",
        (),
        Said(
            "Uit namen en de dag alleen, zodat iedereen het over kan doen en niemand het kan sturen.",
            "From names and the day alone, so that anybody can draw it again and nobody can steer it.",
        ),
        "",
        "agreements.md",
    ),
    Algorithm(
        "comparison",
        Said("De vergelijking", "The comparison"),
        Said("met welke huizen een huis wordt vergeleken", "with which homes a home is compared"),
        "laag.cycle.live.views.likeness:like_mine",
        _READINGS,
        Said(
            "Nooit met minder dan tien huizen; er volgt niets uit.",
            "Never with fewer than ten homes; nothing follows from it.",
        ),
        "data.floor_homes",
        "data-commons.md",
    ),
)
