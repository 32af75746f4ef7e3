"""A day told again event by event: signatures, digests, trees, and whether all accounts sum to zero."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from laag.apps.audit.bundle import Bundle
from laag.apps.audit.findings import Audit, Finding, Row, What, finding
from laag.apps.audit.record import NOTHING, Entered, entered
from laag.apps.audit.signed_events import SignedEvents
from laag.apps.audit.trees import compared
from laag.apps.street.few import FEW
from laag.cycle.commit import Commit, Told, retelling
from laag.cycle.live import Neighbourhood, told_by
from laag.foundation.errors import BadInput
from laag.foundation.words import Said
from laag.ledger.refused import Refusal

_OF = {"clearing": "clear/day-ahead/{day}/1", "round": "clear/intraday/{day}.{ptu}/1"}


def audited(place: Neighbourhood, given: Bundle, ledger: str) -> Audit:
    """Everything that can be computed again of a day, computed again; ``ledger`` is the id that is trusted."""
    findings: list[Finding] = []
    on_ledger = _entered(given, ledger, findings)
    signed, commits = SignedEvents(given.day.isoformat()), list[Commit]()
    for told in _told(place, given):
        findings += [*signed.look(told.event), *_refused(told), *_digests(told, given.day.isoformat())]
        commits += told.commits
    rows = list[Row]()
    for commit in commits:
        row, found = compared(
            commit, on_ledger.places.get(commit.key), given.trees.get(commit.key), given.street
        )
        said = on_ledger.attested.get(row.key, ()), on_ledger.disputed.get(row.key, ())
        late = row.key in given.trees and given.trees[row.key].late
        rows.append(replace(row, attested=said[0], disputed=said[1], late=late))
        # What is not under a proven head cannot be said to be missing.
        proven = on_ledger is not NOTHING and commit.key not in given.record.unsigned
        findings += [one for one in found if one.what is not What.MISSING or proven]
        findings += _sums(commit)
    findings += _unknown(on_ledger, commits)
    if not rows and not findings:
        raise BadInput(
            f"neither the log nor the ledger knows anything of {given.day}; give a day whose gate has closed"
        )
    homes = max((one.homes for one in commits), default=0)
    return Audit(
        given.day.isoformat(),
        place.name,
        ledger,
        tuple(rows),
        tuple(findings),
        on_ledger.members,
        on_ledger.signed,
        on_ledger.size,
        homes,
        signed.count,
        _totals(commits) if homes >= FEW else {},
    )


def _told(place: Neighbourhood, given: Bundle) -> Iterator[Told]:
    try:
        yield from retelling(place, given.events, given.day)
    except (LookupError, TypeError, ValueError) as odd:
        raise BadInput(
            f"the log holds an event of {given.day} that is none ({odd}); ask for the log again, or for a copy of it"
        ) from odd


def _entered(given: Bundle, ledger: str, findings: list[Finding]) -> Entered:
    try:
        found = entered(given.record, ledger)
    except Refusal as no:
        why = no.refused.why
        findings.append(finding(What.EVIDENCE, why))
        return NOTHING
    findings += [
        finding(
            What.EVIDENCE,
            Said(
                f"{key} is nog niet door meer dan twee derde van de leden ondertekend; controleer later opnieuw.",
                f"{key} is not signed by more than two thirds of the members yet; audit again later.",
            ),
            key,
        )
        for key in given.record.unsigned
    ]
    return found


def _refused(told: Told) -> Iterator[Finding]:
    if (no := told.refused) is not None:
        event = told.event
        yield finding(
            What.RULES,
            Said(
                f"Het logboek bevat iets dat de regels niet toelaten ({event.kind} van {event.key}): {no.why.nl}.",
                f"The log holds something that the rules do not take ({event.kind} of {event.key}): {no.why.en}.",
            ),
            whose=event.key,
        )


def _digests(told: Told, day: str) -> Iterator[Finding]:
    """What the log says of a result beside what comes out."""
    facts = told.event.facts
    if str(facts.get("day")) != day:
        return
    again = told_by(told.effects)
    names = {"clearing", "round", "postings", "revision"} & ({*facts} | {*again})
    for name in sorted(names):
        was, now = facts.get(name), again.get(name)
        if was != now:
            key = _OF.get(name, "settle/{day}/{version}").format(
                day=day, ptu=facts.get("ptu"), version=facts.get("revision", again.get("revision"))
            )
            yield finding(
                What.DIGEST,
                Said(
                    f"Het logboek noteerde bij {told.event.kind} van {told.event.key} een andere uitkomst ({name}) dan er nu uitkomt: {str(was)[:12]} en {str(now)[:12]}.",
                    f"The log wrote down another result ({name}) at {told.event.kind} of {told.event.key} than comes out now: {str(was)[:12]} and {str(now)[:12]}.",
                ),
                key,
                committed=str(was),
                comes_out=str(now),
            )


def _sums(commit: Commit) -> Iterator[Finding]:
    if commit.kind != "settle":
        return
    for what in ("energy_wh", "amount_units"):
        total = _sum(commit, what, commit.lines)
        if total:
            yield finding(
                What.SUM,
                Said(
                    f"Alle rekeningen van {commit.key} samen zijn niet nul maar {total} ({what}).",
                    f"All accounts of {commit.key} together are not zero but {total} ({what}).",
                ),
                commit.key,
                comes_out=str(total),
            )


def _sum(commit: Commit, what: str, whose: Iterable[str]) -> int:
    found = 0
    for one in whose:
        column = commit.lines[one][what]
        assert isinstance(column, list)
        found += sum(int(str(value)) for value in column)
    return found


def _unknown(on_ledger: Entered, commits: Iterable[Commit]) -> Iterator[Finding]:
    told = {one.key for one in commits}
    for key, (index, entry) in on_ledger.places.items():
        if key not in told:
            yield finding(
                What.UNKNOWN,
                Said(
                    f"Op het grootboek staat {key} (plaats {index}), en het logboek legt zoiets niet vast.",
                    f"The ledger has {key} (place {index}), and the log has no such thing to commit.",
                ),
                key,
                committed=entry.root,
            )


def _totals(commits: Iterable[Commit]) -> dict[str, int]:
    """Of the newest version of each, over all homes."""
    newest = {one.kind: one for one in commits if not one.market}
    found: dict[str, int] = {}
    if meter := newest.get("meter"):
        every = [int(str(wh)) for whose in meter.lines for wh in _column(meter, whose, "wh")]
        found["taken_wh"] = sum(wh for wh in every if wh > 0)
        found["given_wh"] = -sum(wh for wh in every if wh < 0)
    if settle := newest.get("settle"):
        homes = [whose for whose in settle.lines if not whose.startswith("street/")]
        found["paid_units"] = _sum(settle, "amount_units", homes)
    return found


def _column(commit: Commit, whose: str, name: str) -> list[object]:
    column = commit.lines[whose][name]
    assert isinstance(column, list)
    return list(column)
