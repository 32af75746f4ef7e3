"""The account of a member that leaves: up to its last day, with what can still come after it, and when it is closed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from laag.cycle.live.fold import KEPT_DAYS
from laag.cycle.live.state import Live, Membership
from laag.cycle.live.views.bill import bill_alone
from laag.cycle.live.views.corrections import Correction, corrections
from laag.cycle.live.views.period import Period, period
from laag.foundation.words import Lang, Said, dated
from laag.neighbourhood.people.kinds import ABOUT, MemberKind
from laag.neighbourhood.people.leaving import LEAVING, SUPPLIER_LAW, Leaving
from laag.settlement.bill import Bill

_WAITS = Said(
    "De dagen vanaf {days} zijn nog niet afgerekend; dit is dus nog geen eindafrekening.",
    "The days from {days} on are not settled yet, so this is not the final account yet.",
)
_OPEN = Said(
    "Dit is je eindafrekening tot en met {last}. Meterstanden die later binnenkomen, tellen nog mee tot {until}; verandert er "
    "iets, dan krijg je een slotcorrectie.",
    "This is your final account through {last}. Readings that come later still count until {until}; if something changes, you "
    "get a closing correction.",
)
_CLOSED = Said(
    "Dit is je eindafrekening tot en met {last}. Na {until} verandert er niets meer.",
    "This is your final account through {last}. After {until} nothing changes any more.",
)
_PROMISED = Said(
    "Op {day} was nog ruimte aan de netbeheerder verkocht; die staat op deze rekening zodra de dag is afgerekend.",
    "For {day} room was still sold to the grid operator; it is on this account once that day is settled.",
)
_STAYS = Said(
    "Wat er in het buurtfonds zit, blijft van de buurt; wie vertrekt, neemt er niets uit mee en hoeft er niets in te storten.",
    "What is in the community fund stays with the neighbourhood; who leaves takes nothing out of it and pays nothing in.",
)


@dataclass(frozen=True, slots=True)
class FinalAccount:
    """What a member that leaves pays or receives over its last month, and how sure that is."""

    member: str
    kind: MemberKind
    why: Said
    bill: Bill
    """Of its last month up to its last day, to whole cents on its own: it waits for nobody else's."""
    exact_units: int
    """The same before it is rounded."""
    waiting: tuple[date, ...]
    """Days that are not settled yet."""
    corrected: tuple[Correction, ...]
    """What came later, oldest first; all of it is in the bill."""
    closes: date
    """After this day nothing is corrected any more."""
    is_closed: bool
    promised: tuple[date, ...]
    """Days not settled yet on which the grid operator bought something of it."""
    said: tuple[Said, ...]

    @property
    def without_vat_units(self) -> int:
        """What remains for who reclaims VAT."""
        return self.bill.total_units - sum(one.amount_units for one in self.bill.lines if one.code == "vat")


def span_of(one: Membership) -> tuple[date, date] | None:
    """The days of a final account: the last month; ``None`` of who has not left."""
    if one.last_day is None:
        return None
    return max(one.joined.first_day, one.last_day.replace(day=1)), one.last_day


def final_account(state: Live, member: str, today: date, lived: Period | None = None) -> FinalAccount | None:
    """The account of who has left; ``None`` of who has not, and where none of its days is settled.

    ``lived`` are the same days from the log, where the state has forgotten the first of them.
    """
    one = state.members.get(member)
    span = None if one is None else span_of(one)
    if one is None or span is None:
        return None
    lived = period(state, *span) if lived is None else lived
    made = None if lived is None else bill_alone(lived, member)
    if lived is None or made is None:
        return None
    bill, exact_units = made
    waiting = tuple(day for day in _between(*span) if day not in lived.days and state.takes_part(member, day))
    closes = span[1] + timedelta(days=KEPT_DAYS)
    found = FinalAccount(
        member,
        MemberKind(one.joined.kind),
        LEAVING[Leaving(one.why_left or Leaving.OTHER)],
        bill,
        exact_units,
        waiting,
        tuple(told for day in lived.wholes for told in corrections(day, member)),
        closes,
        not waiting and today > closes,
        tuple(day for day in waiting if _sold(state, member, day)),
        (),
    )
    return replace(found, said=_said(found, one.why_left))


def _between(first: date, last: date) -> list[date]:
    return [first + timedelta(days=day) for day in range((last - first).days + 1)]


def _sold(state: Live, member: str, day: date) -> bool:
    known = state.day(day)
    row = known.row_of.get(member)
    orders = (order for asking in known.askings.values() for order in asking.orders)
    return row is not None and any(row in order.home.tolist() for order in orders)


def _said(one: FinalAccount, why: str) -> tuple[Said, ...]:
    first = _WAITS if one.waiting else _CLOSED if one.is_closed else _OPEN
    said = [
        _filled(first, days=one.waiting[0] if one.waiting else None, last=one.bill.last, until=one.closes)
    ]
    said += [_filled(_PROMISED, day=day) for day in one.promised]
    said.append(_STAYS)
    if why == Leaving.SUPPLIER:
        said.append(SUPPLIER_LAW)
    if ABOUT[one.kind].reclaims_vat:
        said.append(_VAT)
    return tuple(said)


_VAT = Said(
    "Alle bedragen zijn met btw; hieronder staat ook het bedrag zonder, voor wie btw terugvraagt.",
    "All amounts include VAT; the amount without it is given as well, for who reclaims VAT.",
)


def _filled(said: Said, **days: date | None) -> Said:
    written = {name: Said() if day is None else dated(day) for name, day in days.items()}
    return Said(
        *(said.to(lang).format(**{name: day.to(lang) for name, day in written.items()}) for lang in Lang)
    )
