"""An audit for people: a line for each entry, then what differs, then what that comes to."""

from __future__ import annotations

import json
from collections.abc import Iterator

from laag.apps.audit.findings import Audit, Row
from laag.apps.street.few import FEW
from laag.foundation.words import Lang, Said
from laag.settlement.words import euros, kwh

MOST_SHOWN = 20
"""Findings in the table; all of them are in ``--json``."""
_VERDICT = {
    0: Said(
        "Alles komt precies zo uit als het werd vastgelegd.",
        "Everything comes out exactly as it was committed.",
    ),
    1: Said(
        "Niet alles komt uit zoals het werd vastgelegd.", "Not everything comes out as it was committed."
    ),
    2: Said("Niet alles was na te gaan.", "Not everything could be checked."),
}
_HEADS = Said("inschrijving\tplaats\twortel\tregels\tuitkomst", "entry\tplace\troot\tlines\toutcome")
_OUTCOMES = {
    "same": Said("gelijk", "the same"),
    "differs": Said("ANDERS", "DIFFERS"),
    "unchecked": Said("niet na te gaan", "could not be checked"),
}


def written(audit: Audit, lang: Lang) -> Iterator[str]:
    """Line by line; what a log of others calls itself, a terminal does not obey."""
    for line in _lines(audit, lang):
        yield "".join(one if one.isprintable() else "?" for one in line)


def _lines(audit: Audit, lang: Lang) -> Iterator[str]:
    yield _about(audit).to(lang)
    yield ""
    yield from _columns([_HEADS.to(lang).split("\t"), *(_row(audit, row, lang) for row in audit.rows)])
    yield ""
    yield _messages(audit).to(lang)
    yield _totals(audit, lang)
    for one in audit.findings[:MOST_SHOWN]:
        yield f"- {one.said.to(lang)}"
    if len(audit.findings) > MOST_SHOWN:
        yield _more(len(audit.findings) - MOST_SHOWN).to(lang)
    yield _VERDICT[audit.code].to(lang)


def as_json(audit: Audit) -> str:
    """For programs."""
    said = {
        "day": audit.day,
        "neighbourhood": audit.name,
        "ledger": {
            "id": audit.ledger,
            "members": audit.members,
            "signed": list(audit.signed),
            "size": audit.size,
        },
        "code": audit.code,
        "homes": audit.homes if audit.homes >= FEW else None,
        "messages": audit.messages,
        "totals": dict(audit.totals) or None,
        "entries": [
            {
                "key": row.key,
                "index": row.index,
                "root": row.root,
                "by": row.by,
                "lines": row.lines,
                "erased": row.erased,
                "attested": list(row.attested),
                "disputed": list(row.disputed),
                "late": row.late,
                "outcome": _outcome(audit, row),
            }
            for row in audit.rows
        ],
        "findings": [one.words() for one in audit.findings],
    }
    return json.dumps(said, indent=1, ensure_ascii=False)


def _outcome(audit: Audit, row: Row) -> str:
    found = audit.of(row.key)
    if any(one.differs for one in found):
        return "differs"
    return "same" if row.index is not None and not found else "unchecked"


def _about(audit: Audit) -> Said:
    signed = ", ".join(audit.signed)
    return Said(
        f"{audit.name}, {audit.day}: grootboek {audit.ledger[:12]}… met {audit.size} inschrijvingen, ondertekend door "
        f"{len(audit.signed)} van de {audit.members} leden ({signed or 'niemand'}).",
        f"{audit.name}, {audit.day}: ledger {audit.ledger[:12]}… of {audit.size} entries, signed by "
        f"{len(audit.signed)} of its {audit.members} members ({signed or 'nobody'}).",
    )


def _row(audit: Audit, row: Row, lang: Lang) -> list[str]:
    said = _OUTCOMES[_outcome(audit, row)].to(lang)
    more = [
        Said(f"nagerekend door {', '.join(row.attested)}", f"recomputed by {', '.join(row.attested)}"),
        Said(f"betwist door {', '.join(row.disputed)}", f"disputed by {', '.join(row.disputed)}"),
        Said(f"{row.erased} gewist", f"{row.erased} erased"),
        Said("kwam na de prijzen", "came after the prices"),
    ]
    notes = [
        one.to(lang)
        for one, there in zip(more, (row.attested, row.disputed, row.erased, row.late), strict=True)
        if there
    ]
    place = "–" if row.index is None else str(row.index)
    return [
        row.key,
        place,
        f"{row.root[:12]}…" if row.root else "–",
        str(row.lines),
        "; ".join([said, *notes]),
    ]


def _messages(audit: Audit) -> Said:
    return Said(
        f"{audit.messages} orderlijsten, wijzigingen en metingen, elk nagekeken op de handtekening van het huis.",
        f"{audit.messages} order lists, amendments and readings, the home's signature on each looked at.",
    )


def _totals(audit: Audit, lang: Lang) -> str:
    if not audit.totals:
        return Said(
            f"Minder dan {FEW} huizen: totalen zouden kunnen verraden wat één huis deed, en staan hier niet.",
            f"Fewer than {FEW} homes: totals might give away what one home did, and are not shown.",
        ).to(lang)
    taken, given = (kwh(audit.totals.get(name, 0), lang) for name in ("taken_wh", "given_wh"))
    paid = euros(audit.totals.get("paid_units", 0), lang)
    return Said(
        f"{audit.homes} huizen namen {taken} af, leverden {given} terug en betalen samen {paid}; alle rekeningen samen: nul.",
        f"{audit.homes} homes took {taken}, fed in {given} and pay {paid} together; all accounts together: zero.",
    ).to(lang)


def _more(count: int) -> Said:
    return Said(f"- en nog {count}; --json noemt ze alle", f"- and {count} more; --json names them all")


def _columns(rows: list[list[str]]) -> Iterator[str]:
    widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
    for row in rows:
        yield "  ".join(one.ljust(width) for one, width in zip(row, widths, strict=True)).rstrip()
