"""The lines of a member with a subscribed band: what the band costs, and what went beyond it."""

from __future__ import annotations

from laag.settlement.bands import BEYOND, WATT_MINUTES_PER_WH, beyond_units, figure_of, kw_of, name_of, sizes
from laag.settlement.bill import BillLine, Reason
from laag.settlement.billing.draft import Draft
from laag.settlement.charges import yearly_of
from laag.settlement.policy import net_value
from laag.settlement.words import Numbers


def beyond_line(draft: Draft) -> BillLine:
    """What went above one's own band; beside it what that had cost without neighbours to borrow from."""
    own, ticks = draft.own, net_value(draft.facts, BEYOND)
    above_wmin = own.band_borrowed_wmin + own.band_beyond_wmin
    numbers: Numbers = {
        "band": name_of(kw_of(draft.member.connection)),
        "above_wh": above_wmin // WATT_MINUTES_PER_WH,
        "borrowed_wh": own.band_borrowed_wmin // WATT_MINUTES_PER_WH,
        "beyond_wh": own.band_beyond_wmin // WATT_MINUTES_PER_WH,
        "price_ticks": ticks,
    }
    reason = Reason("band.beyond" if own.band_units else "band.borrowed", numbers)
    alone = int(beyond_units(above_wmin, ticks))
    wh = above_wmin // WATT_MINUTES_PER_WH
    return BillLine(own.band_units, reason, wh, max(alone, own.band_units), draft.figures(BEYOND))


def band_line(draft: Draft) -> BillLine:
    """What the band itself costs; beside it the next larger one, or of the largest the next smaller."""
    member, terms = draft.member, draft.terms
    kw, earned = kw_of(member.connection), member.earned
    every = sizes(draft.facts)
    numbers: dict[str, int | str] = {
        "band": name_of(kw),
        "dso": terms.dso,
        "yearly_units": yearly_of(member.connection, terms, member.earned_permille),
        "days": terms.days,
        "lent_wh": draft.own.band_lent_wmin // WATT_MINUTES_PER_WH,
    }
    connections = [size for size, _ in member.earlier] + [member.connection]
    names = dict.fromkeys(figure_of(draft.policy, terms.dso, size) for size in connections)
    figures = draft.figures(*names)
    if member.earlier:
        numbers["before"] = ", ".join(name_of(kw_of(size)) for size, _ in member.earlier)
        numbers["before_days"] = sum(days for _, days in member.earlier)
        return BillLine(
            draft.charge.network_units, Reason("network.band_changed", numbers), None, None, figures
        )
    code = "network.band"
    if earned is not None and earned.permille:
        code = "network.band_earned"
        numbers["requests_count"], numbers["delivered_percent"] = earned.requests, earned.delivered_percent
        numbers["full_units"] = yearly_of(member.connection, terms)
        otherwise = terms.share_of(yearly_of(member.connection, terms))
    else:
        other = next((one for one in every if one > kw), None) or next(
            (one for one in reversed(every) if one < kw), kw
        )
        numbers["other"] = name_of(other)
        otherwise = terms.share_of(yearly_of(name_of(other), terms))
    return BillLine(draft.charge.network_units, Reason(code, numbers), None, otherwise, figures)
