"""Every member's bill, and the entries of the period behind them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta, tzinfo

from laag.foundation.errors import BadInput
from laag.foundation.ptu import AMSTERDAM, PtuGrid
from laag.settlement.bill import Bill, BillLine, Reason
from laag.settlement.billing.band import beyond_line
from laag.settlement.billing.contract import contract_lines
from laag.settlement.billing.draft import Calendar, Draft, Ints, Outside
from laag.settlement.billing.market import market_lines
from laag.settlement.billing.period import period_lines, total_line
from laag.settlement.billing.shared import shared_lines
from laag.settlement.books import Accounts, Postings
from laag.settlement.charges import Terms, charges, posted, roundings
from laag.settlement.day import Settled
from laag.settlement.insight import Insight, MemberPeriod, insights
from laag.settlement.sums import Own, owns


def bills(
    accounts: Accounts,
    settled: Settled,
    members: Sequence[MemberPeriod],
    terms: Terms,
    grid: PtuGrid,
    outside: Outside | None = None,
    zone: tzinfo = AMSTERDAM,
    own: Sequence[Terms] | None = None,
) -> tuple[tuple[Bill, ...], Postings]:
    """Every member's bill, and the period's entries behind them. ``members`` in the order of the accounts.

    ``outside`` is needed under a policy with a local market: it is what that market is compared with. ``own`` gives
    each member the days on which it took part, where those are not all of ``terms``.
    """
    if tuple(member.member for member in members) != accounts.members:
        raise BadInput("bills need one MemberPeriod per account, in the order of the accounts")
    if (outside is None) == terms.policy.has_market:
        raise BadInput(
            f"policy {terms.policy.name}: give the outside prices exactly where there is a local market"
        )
    under = tuple(own or (terms,) * len(members))
    mine = [Own(*row) for row in owns(settled, outside).tolist()]
    charged = [
        charges(of_one, member.connection, one, member.earlier, member.earned_permille)
        for of_one, member, one in zip(mine, members, under, strict=True)
    ]
    charged = [
        charge if member.share is None else replace(charge, shared_units=-member.share.units)
        for charge, member in zip(charged, members, strict=True)
    ]
    exact = [of_one.charged_units + charge.total_units for of_one, charge in zip(mine, charged, strict=True)]
    rounding = roundings(exact, accounts)
    postings = posted(accounts, charged, rounding)
    calendar = Calendar.of(grid, zone)
    drafts = map(Draft, members, mine, charged, rounding, under)
    made = tuple(
        bill(draft, _devices(draft, metered, calendar))
        for draft, metered in zip(drafts, settled.metered_wh, strict=True)
    )
    return made, postings


def bill(draft: Draft, devices: Sequence[BillLine] = ()) -> Bill:
    """One member's; nothing of anybody else's is needed for it but what its rounding came to."""
    energy = market_lines(draft) if draft.policy.has_market else contract_lines(draft)
    if draft.policy.bands:
        energy.append(beyond_line(draft))
    lines = [line for line in energy if line.amount_units or line.energy_wh]
    lines += [*devices, *shared_lines(draft), *period_lines(draft)]
    last = draft.terms.first + timedelta(days=draft.terms.days - 1)
    return Bill(
        draft.member.member, draft.policy, draft.terms.first, last, (*lines, total_line(draft, lines))
    )


def _devices(draft: Draft, metered_wh: Ints, calendar: Calendar) -> list[BillLine]:
    found = insights(draft.member, metered_wh, draft.felt(), calendar.quarter, calendar.day)
    return [_about_device(insight) for insight in found]


def _about_device(insight: Insight) -> BillLine:
    return BillLine(0, Reason(insight.code, insight.numbers), insight.energy_wh, insight.otherwise_units)
