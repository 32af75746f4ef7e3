"""What is charged by the day or over the whole: network, fixed fee, VAT, the last cent, and the sum."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from laag.settlement.bill import BillLine, Reason
from laag.settlement.billing.band import band_line
from laag.settlement.billing.draft import Draft
from laag.settlement.policy import half_even, net_value
from laag.settlement.words import Numbers


def period_lines(draft: Draft) -> Iterator[BillLine]:
    """For every member alike; then what it must know of how its readings came about."""
    charge = draft.charge
    yield band_line(draft) if draft.policy.bands else _network(draft)
    yield _yearly(draft, "fixed_fee", charge.fixed_fee_units, "fixed_fee", {}, charge.fixed_fee_units)
    code = "reduction" if draft.member.lived_in else "reduction.none"
    yield _yearly(draft, code, charge.reduction_units, "reduction", {}, 0)
    unreduced = charge.vat_base_units - charge.reduction_units
    vat: Numbers = {
        "rate_percent": draft.facts["vat"].value,
        "base_units": charge.vat_base_units,
        "beyond_units": charge.beyond_agreed_units,
        "others_units": charge.vat_base_units - charge.beyond_agreed_units,
    }
    yield BillLine(
        charge.vat_units,
        Reason("vat.deviation" if charge.beyond_agreed_units else "vat", vat),
        None,
        half_even(unreduced * draft.facts["vat"].value, 100),
        draft.figures("vat"),
    )
    yield BillLine(draft.rounding_units, Reason("rounding"))
    if draft.member.estimated:
        yield BillLine(0, Reason(draft.member.estimated_by, {"estimated_count": draft.member.estimated}))
    if draft.member.unordered_days:
        yield BillLine(0, Reason("unordered", {"unordered_days": draft.member.unordered_days}))


def total_line(draft: Draft, lines: Sequence[BillLine]) -> BillLine:
    """With what the same use would have cost without neighbours, where there is a market."""
    units = sum(line.amount_units for line in lines)
    numbers: Numbers = {"days": draft.terms.days}
    wh = draft.own.metered_wh
    if not draft.policy.has_market:
        return BillLine(units, Reason("total.contract", numbers), wh)
    apart = {
        line.code: line.counterfactual_units - line.amount_units
        for line in lines
        if line.counterfactual_units is not None
    }
    bought = apart.get("market_purchase", 0) + apart.get("intraday_purchase", 0)
    bought += apart.get("band", 0)
    sold = apart.get("market_sale", 0) + apart.get("intraday_sale", 0)
    alone = bought + half_even(bought * draft.facts["vat"].value, 100) + sold
    return BillLine(units, Reason("total.market", numbers), wh, units + alone)


def _network(draft: Draft) -> BillLine:
    """Beside it: the next larger connection that the grid operator has."""
    dso, own = f"network.{draft.terms.dso}.", draft.member.connection
    yearly = {
        name.removeprefix(dso): net_value(draft.facts, name)
        for name in draft.facts.figures
        if name.startswith(dso)
    }
    larger = min(
        (size for size in yearly if yearly[size] > yearly[own]),
        key=lambda size: (yearly[size], size),
        default=None,
    )
    if draft.member.earlier:
        return _changed(draft)
    size: Numbers = {"connection": own, "dso": draft.terms.dso, "larger": larger or own}
    otherwise = draft.terms.share_of(yearly[larger]) if larger else None
    return _yearly(draft, "network", draft.charge.network_units, dso + own, size, otherwise)


def _changed(draft: Draft) -> BillLine:
    """Of several connections, one after the other."""
    sizes = [size for size, _ in draft.member.earlier]
    numbers: Numbers = {
        "before": ", ".join(sizes),
        "before_days": sum(days for _, days in draft.member.earlier),
        "connection": draft.member.connection,
        "dso": draft.terms.dso,
        "days": draft.terms.days,
    }
    names = dict.fromkeys(f"network.{draft.terms.dso}.{size}" for size in (*sizes, draft.member.connection))
    figures = tuple(one for name in names for one in draft.figures(name))
    return BillLine(draft.charge.network_units, Reason("network.changed", numbers), None, None, figures)


def _yearly(draft: Draft, code: str, units: int, name: str, more: Numbers, otherwise: int | None) -> BillLine:
    numbers: Numbers = {"yearly_units": net_value(draft.facts, name), "days": draft.terms.days, **more}
    return BillLine(units, Reason(code, numbers), None, otherwise, draft.figures(name))
