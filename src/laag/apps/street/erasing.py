"""What a neighbourhood erases of who a member is; what stays is the log, which knows it by a name that says nothing."""

from __future__ import annotations

from dataclasses import dataclass

from laag.apps.access.accounts import ACCOUNT_KIND, INVITATION_KIND, SESSION_KIND
from laag.apps.street import codes, shared_months
from laag.apps.street.leaving import LINK_KIND
from laag.apps.street.ledger.kept import Secrets
from laag.apps.street.shadow import KIND as SHADOW
from laag.foundation.ports import Records
from laag.foundation.words import Said


@dataclass(frozen=True, slots=True)
class Erased:
    """How much of each was there."""

    notes: int
    accounts: int
    links: int
    months: int
    tables: int
    secret: bool

    def say(self, member: str) -> Said:
        """What was done, and what stays."""
        return Said(
            f"Van {member} is gewist: {self.notes} notities bij een code, {self.accounts} accounts, {self.links} links en sessies, "
            f"{self.months} gedeelde maanden, regels in {self.tables} proeftabellen{', en het geheim van het gezamenlijke boek' if self.secret else ''}. "
            "Orders, metingen en boekingen blijven onder deze naam in het logboek: de rekeningen van buren hangen ervan af.",
            f"Of {member} was erased: {self.notes} notes with a code, {self.accounts} accounts, {self.links} links and sessions, "
            f"{self.months} shared months, rows in {self.tables} shadow tables{', and the secret of the shared record' if self.secret else ''}. "
            "Orders, readings and bookings stay in the log under this name: the bills of neighbours depend on them.",
        )


def erase(records: Records, member: str) -> Erased:
    """All records that say who a member is, or what it shared of its own will; done twice it is done once."""
    theirs = {key for key, body in records.list(ACCOUNT_KIND) if body.get("member") == member}
    notes = [one.code for one in codes.listed(records) if one.member == member]
    links = sum(
        records.delete(kind, key)
        for kind in (INVITATION_KIND, LINK_KIND, SESSION_KIND)
        for key, body in records.list(kind)
        if body.get("member") == member or body.get("account") in theirs
    )
    return Erased(
        notes=sum(records.delete(codes.KIND, code) for code in notes),
        accounts=sum(records.delete(ACCOUNT_KIND, key) for key in theirs),
        links=links,
        months=shared_months.erase(records, member),
        tables=_out_of_tables(records, member),
        secret=Secrets(records).erase(member),
    )


def _out_of_tables(records: Records, member: str) -> int:
    """Shadow tables hold what a proposal would have made of each home's days."""
    there = [(key, body) for key, body in records.list(SHADOW) if member in body.get("homes", {})]
    for key, body in there:
        homes = {name: row for name, row in body["homes"].items() if name != member}
        records.put(SHADOW, key, {**body, "homes": homes})
    return len(there)
