"""The lines of a member that trades: bought and sold on the street, and what was done otherwise than ordered."""

from __future__ import annotations

from laag.settlement.bill import BillLine, Reason
from laag.settlement.billing.draft import Draft, each
from laag.settlement.delivered import Room
from laag.settlement.levy import brackets, levy_ticks
from laag.settlement.tariff import Figure
from laag.settlement.words import Numbers


def market_lines(draft: Draft) -> list[BillLine]:
    """Without VAT, which has a line of its own."""
    return [
        _purchase(draft),
        _tax_share(draft),
        _sale(draft),
        _intraday_purchase(draft),
        _intraday_sale(draft),
        _deviation(draft),
        _flexibility(draft),
    ]


def _purchase(draft: Draft) -> BillLine:
    """Without the tax, which has a line of its own; compared with the landed price, which holds it."""
    own = draft.own
    wh, tax = own.bought_wh, own.tax_units
    paid = own.bought_units - tax
    numbers: Numbers = {
        "bought_wh": wh,
        "price_ticks": each(paid, wh),
        "local_wh": wh - each(tax, levy_ticks(draft.facts)),
    }
    return BillLine(
        paid,
        Reason(_market_code(draft, "market_purchase"), numbers),
        wh,
        own.bought_outside_units - tax,
        _first_bracket(draft),
    )


def _tax_share(draft: Draft) -> BillLine:
    tax, rate = draft.own.tax_units, levy_ticks(draft.facts)
    taxed_wh = each(tax, rate)
    reason = Reason(
        "energy_tax.market" if draft.terms.one_price else "energy_tax.bilateral",
        {"taxed_wh": taxed_wh, "rate_ticks": rate},
    )
    return BillLine(tax, reason, taxed_wh, draft.own.bought_wh * rate, _first_bracket(draft))


def _sale(draft: Draft) -> BillLine:
    wh, earned = draft.own.sold_wh, -draft.own.sold_units
    reason = Reason(_market_code(draft, "market_sale"), {"sold_wh": wh, "price_ticks": each(earned, wh)})
    return BillLine(-earned, reason, -wh, draft.own.sold_outside_units)


def _intraday_purchase(draft: Draft) -> BillLine:
    own = draft.own
    wh, paid = own.intraday_bought_wh, own.intraday_bought_units
    reason = Reason("intraday_purchase", {"bought_wh": wh, "price_ticks": each(paid, wh)})
    return BillLine(paid, reason, wh, own.intraday_bought_outside_units)


def _intraday_sale(draft: Draft) -> BillLine:
    own = draft.own
    wh, earned = own.intraday_sold_wh, -own.intraday_sold_units
    reason = Reason("intraday_sale", {"sold_wh": wh, "price_ticks": each(earned, wh)})
    return BillLine(-earned, reason, -wh, own.intraday_sold_outside_units)


def _deviation(draft: Draft) -> BillLine:
    more_wh, less_wh = draft.own.more_wh, draft.own.less_wh
    reason = Reason("deviation", {"more_wh": more_wh, "less_wh": less_wh})
    return BillLine(draft.own.deviation_units, reason, more_wh - less_wh, 0)


def _flexibility(draft: Draft) -> BillLine:
    """One stretch in its own sentence; several in one together."""
    rooms = draft.member.rooms
    units = draft.own.flexibility_units
    if not rooms:
        return BillLine(units, Reason("flexibility"), counterfactual_units=0)
    paid = sum(room.paid_units for room in rooms)
    less = [abs(room.delivered_wh) for room in rooms if room.ordered_wh > 0]
    more = [abs(room.delivered_wh) for room in rooms if room.ordered_wh < 0]
    asked_wh = sum(abs(room.ordered_wh) for room in rooms)
    numbers: Numbers = {
        "from_quarter": rooms[0].from_quarter,
        "stop_quarter": rooms[0].stop_quarter,
        "times_count": len(rooms),
        "asked_wh": asked_wh,
        "given_wh": sum(less) + sum(more),
        "dso_units": abs(paid),
    }
    return BillLine(units, Reason(_room_code(rooms, paid), numbers), sum(more) - sum(less), 0)


def _room_code(rooms: tuple[Room, ...], paid_units: int) -> str:
    if len(rooms) > 1:
        return "flexibility.often" if paid_units >= 0 else "flexibility.often_owed"
    (room,) = rooms
    if paid_units < 0:
        return "flexibility.owed"
    if room.delivered_wh < abs(room.ordered_wh):
        return "flexibility.short"
    return "flexibility.less" if room.ordered_wh > 0 else "flexibility.more"


def _first_bracket(draft: Draft) -> tuple[Figure, ...]:
    return brackets(draft.facts)[0].figures


def _market_code(draft: Draft, code: str) -> str:
    return code if draft.terms.one_price else f"{code}.bilateral"
