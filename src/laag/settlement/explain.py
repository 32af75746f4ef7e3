"""One line of a bill at length: what, how much, by which rule, compared with what, from which figures."""

from __future__ import annotations

from laag.foundation.words import Lang, Said
from laag.settlement.bill import Bill
from laag.settlement.tariff import Figure, Measure, Status
from laag.settlement.words import days, euros, kwh, per_kwh, percent

SURE = {
    Status.CONFIRMED: Said("gelezen in de genoemde bron", "read in the source named"),
    Status.SECONDARY: Said(
        "gelezen in een tweede bron die de eerste aanhaalt", "read in a second source quoting the first"
    ),
    Status.UNVERIFIED: Said("niet nagetrokken", "not verified"),
    Status.PROPOSAL: Said("een voorstel, nog geen wet", "a proposal, not yet law"),
    Status.EXAMPLE: Said("een voorbeeldbedrag", "an example amount"),
}
NAMES = {
    "energy_tax": Said("energiebelasting", "energy tax"),
    "ode": Said("opslag duurzame energie", "sustainable energy surcharge"),
    "reduction": Said("vermindering energiebelasting", "energy tax reduction"),
    "vat": Said("btw", "VAT"),
    "bare_price": Said("kale leveringsprijs", "bare supply price"),
    "feed_in_floor": Said("minimale terugleververgoeding", "minimum feed-in compensation"),
    "feed_in_compensation": Said("terugleververgoeding", "feed-in compensation"),
    "feed_in_cost": Said("terugleverkosten", "feed-in cost"),
    "feed_in_step": Said("terugleverkosten per jaar", "yearly feed-in cost"),
    "feed_in_step_from": Said("vanaf een teruglevering van", "from a feed-in of"),
    "dynamic_mark_up": Said("opslag op de beursprijs", "mark-up on the exchange price"),
    "fixed_fee": Said("vaste leveringskosten", "fixed fee"),
    "gateway_import_fee": Said("opslag op invoer", "fee on imports"),
    "gateway_export_fee": Said("opslag op uitvoer", "fee on exports"),
    "network": Said("nettarief", "network tariff"),
    "bandwidth": Said("bandbreedte", "subscribed band"),
}
BEYOND_BAND = Said("daarboven", "beyond it")


def line(bill: Bill, code: str, lang: Lang | str) -> str:
    """Everything there is to say about one line, a sentence or figure per row."""
    lang = Lang(lang)
    asked = bill.line(code)
    amount = euros(asked.amount_units, lang)
    parts = [
        f"{asked.text.to(lang)}: {amount}",
        asked.because.to(lang),
        asked.reason.wording.rule.to(lang),
        asked.counterfactual.to(lang),
        *(figure(each, lang) for each in asked.figures),
        _period(bill, lang),
    ]
    return "\n".join(part for part in parts if part)


def figure(used: Figure, lang: Lang) -> str:
    """A figure with its day, its source, and how sure that is."""
    since = Said(f"geldt vanaf {used.valid_from}", f"holds from {used.valid_from}").to(lang)
    source = Said("bron", "source").to(lang)
    return f"- {named(used, lang)}; {since}; {source}: {used.source}; {SURE[used.status].to(lang)}"


def named(used: Figure, lang: Lang) -> str:
    """What a figure is called and what it comes to."""
    family, _, rest = used.name.partition(".")
    name = NAMES[family].to(lang)
    if family == "network":
        name += f" {rest.replace('.', ' ')}"
    if family == "bandwidth":
        name += f" {rest} kW" if rest.isdigit() else f", {BEYOND_BAND.to(lang)}"
    if family in {"energy_tax", "ode"} and rest != "0":
        name += Said(f" boven {rest} kWh", f" above {rest} kWh").to(lang)
    vat = Said(" inclusief btw", " including VAT").to(lang) if used.includes_vat else ""
    return f"{name} {_value(used, lang)}{vat}"


def _value(used: Figure, lang: Lang) -> str:
    match used.measure:
        case Measure.TICKS:
            return per_kwh(used.value, lang, most=3)
        case Measure.UNITS_PER_YEAR:
            return euros(used.value, lang) + Said(" per jaar", " a year").to(lang)
        case Measure.PERCENT:
            return percent(used.value, lang)
        case Measure.WH:
            return kwh(used.value, lang)


def _period(bill: Bill, lang: Lang) -> str:
    length = days((bill.last - bill.first).days + 1, lang)
    return Said(
        f"Rekening van {bill.member} onder de regels '{bill.policy.name}', {bill.first} tot en met {bill.last} ({length}).",
        f"Bill of {bill.member} under the rules '{bill.policy.name}', {bill.first} through {bill.last} ({length}).",
    ).to(lang)
