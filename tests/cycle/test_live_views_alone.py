"""One member's bill, worked out by itself, is the one that it has among everybody's: to the last unit and the last word."""

from datetime import date, timedelta
from functools import cache

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.cycle.any_history import folded, histories
from tests.cycle.any_street import FIRST, PLACE, Street, after
from tests.cycle.test_live_views_bills import other_rules

from laag.adapters import facts
from laag.cycle import live
from laag.cycle.live import views
from laag.foundation.ptu import PtuGrid
from laag.settlement import billing
from laag.settlement.books import ENTRIES_PER_REVISION, Accounts
from laag.settlement.charges import Terms, charges
from laag.settlement.day import Settled, contracted
from laag.settlement.insight import MemberPeriod
from laag.settlement.policy import POLICIES, retail_ticks
from laag.settlement.sums import Own, Used, at_a_supplier, own, used

DAY = timedelta(days=1)


def quarter_hours(lived):
    """Every member's quarter-hours of every day, side by side, as the settlement has them."""
    names = [one.member for one in lived.joined]
    whole = {name: [] for name in Settled.__dataclass_fields__}
    for day in lived.wholes:
        at = [names.index(one.member) for one in day.known.members]
        for name, columns in whole.items():
            part = getattr(day.done.settled, name)
            wide = np.zeros((len(names), part.shape[1]), np.int64)
            wide[at] = part
            columns.append(wide)
    return Settled(*(np.concatenate(columns, axis=1) for columns in whole.values()))


def among_everybody(lived):
    """All bills, from all quarter-hours; and what every member's terms and connections are."""
    terms, days = PLACE.terms, lived.days
    members, under = [], []
    for row, one in enumerate(lived.joined):
        mine = [day for day, here in zip(lived.wholes, lived.here[row], strict=True) if here]
        sizes = [
            next(known.connection for known in day.known.members if known.member == one.member)
            for day in mine
        ]
        runs = []
        for size in sizes:
            runs = (
                [*runs[:-1], (size, runs[-1][1] + 1)] if runs and runs[-1][0] == size else [*runs, (size, 1)]
            )
        silent = sum(int((day.done.readings.method[day.known.row_of[one.member]] != 0).sum()) for day in mine)
        unordered = sum(len(day.known.unordered.get(one.member, ())) > 0 for day in mine)
        prices = np.zeros(1, np.int64)
        members.append(
            MemberPeriod(
                one.member,
                prices,
                prices,
                one.connection,
                earlier=tuple(runs[:-1]),
                estimated=silent,
                estimated_by="estimated.by_rule",
                unordered_days=unordered,
            )
        )
        under.append(Terms(terms.policy, terms.facts, mine[0].day, len(mine)))
    landed = np.concatenate([day.market.landed_ticks for day in lived.wholes])
    export = np.concatenate([day.market.export_ticks for day in lived.wholes])
    settled = quarter_hours(lived)
    made, _ = billing.bills(
        Accounts(tuple(one.member for one in lived.joined)),
        settled,
        members,
        Terms(terms.policy, terms.facts, days[0], len(days)),
        PtuGrid(PLACE.grid(days[0]).start, len(landed)),
        billing.Outside(landed, export),
        own=under,
    )
    return made, settled, members, under


@settings(max_examples=25, deadline=None)
@given(histories(), st.data())
def test_a_bill_by_itself_is_the_bill_among_everybodys(told, data):
    """Whoever joins, leaves, comes back or changes its connection; on the day of 92 quarter-hours; with corrections."""
    state, _ = folded([*changes(told, data), *told])
    lived = views.period(state, FIRST, FIRST + 2 * DAY)
    if lived is None:
        return
    made, settled, members, under = among_everybody(lived)
    ours, _ = views.bills(lived)
    rules = other_rules()
    everybody = views.benefit(lived, rules)
    day_ahead = np.concatenate([day.known.day_ahead_ticks for day in lived.wholes])
    for row, theirs in enumerate(made):
        mine = views.bill_of(lived, theirs.member)
        assert mine.bill == ours[row]
        assert mine.bill.lines == theirs.lines
        assert mine.bill.first == theirs.first
        assert views.benefit_of(lived, theirs.member, rules) == everybody.of(theirs.member)
        for one in rules:
            retail = contracted(settled.metered_wh, *retail_ticks(one.policy, one.facts, day_ahead))
            alone = own(retail, row)
            terms = Terms(one.policy, one.facts, under[row].first, under[row].days)
            rest = charges(alone, members[row].connection, terms, members[row].earlier)
            assert everybody.instead_units[one.policy.name][row] == alone.charged_units + rest.total_units


def changes(told, data):
    """Words before everything else: who joins, and perhaps with which other connection later."""
    joins = [one for one in told if isinstance(one, live.Joined)]
    found = list(joins)
    for one in joins:
        day = data.draw(st.sampled_from([FIRST + n * DAY for n in range(3)]))
        size = data.draw(st.sampled_from(["3x25A", "3x35A", "1x25A"]))
        found.append(live.Changed(one.member, day, one.cable, size))
    return found


@settings(max_examples=15, deadline=None)
@given(histories())
def test_what_a_day_keeps_of_its_corrections_is_what_was_booked(told):
    state, _ = folded(told)
    for day, known in state.days.items():
        if not known.is_settled:
            continue
        posted, one = known.posted, views.whole(state, day)
        settlement = (posted.entry // ENTRIES_PER_REVISION + 1) // 2 + 1
        for member, row in known.row_of.items():
            found = {}
            for revision in set(settlement[settlement > 1].tolist()):
                mine = posted.where((posted.account == row) & (settlement == revision))
                moved = {}
                for ptu, units, wh in zip(
                    mine.ptu.tolist(), mine.amount_units.tolist(), mine.energy_wh.tolist(), strict=True
                ):
                    before = moved.get(ptu, (0, 0))
                    moved[ptu] = before[0] + units, before[1] + wh
                changed = [one for one in moved.values() if any(one)]
                if changed:
                    found[revision] = len(changed), *map(sum, zip(*changed, strict=True))
            said = {
                made.revision: (made.quarters, made.units, made.energy_wh)
                for made in views.corrections(one, member)
            }
            assert said == found


@cache
def some_street():
    return after(Street(3, 2, 11, silent=True, late=True).messages())


def test_a_days_tally_is_the_sum_of_its_quarter_hours():
    for known in some_street().days.values():
        settled, market = known.settled.settled, known.market
        outside = billing.Outside(market.landed_ticks, market.export_ticks)
        for row in range(3):
            assert Own(*known.tally.own[row].tolist()) == own(settled, row, outside)
            assert Own(*known.tally.own[row].tolist()).charged_units == settled.charged_units[row].sum()


contracts = st.sampled_from([one for one in POLICIES.values() if not one.has_market])
wh = st.lists(st.integers(-20_000, 20_000), min_size=4, max_size=4)
ticks = st.lists(st.integers(-50_000, 400_000), min_size=4, max_size=4)


@given(contracts, wh, ticks)
def test_what_a_contract_asks_follows_from_four_sums(policy, metered, day_ahead):
    known = facts.load(policy.facts_day)
    metered_wh, prices = np.array([metered]), np.array(day_ahead)
    whole = contracted(metered_wh, *retail_ticks(policy, known, prices))
    assert at_a_supplier(Used(*used(metered_wh, prices)[0].tolist()), policy, known) == own(whole, 0)


def test_the_clock_goes_forward_in_these_streets():
    assert len(PLACE.grid(date(2026, 3, 29))) == 92
