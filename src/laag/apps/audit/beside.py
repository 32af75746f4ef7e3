"""What a node of the ledger has of a day, beside what the street showed of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from laag.apps.audit.findings import Audit, What, finding
from laag.foundation.words import Said


def beside(audit: Audit, keys: Iterable[str]) -> Audit:
    """With a finding for each entry that the street left out of its answer."""
    shown = {row.key for row in audit.rows} | {key for one in audit.findings for key in one.keys}
    hidden = sorted({*keys} - shown)
    more = [
        finding(
            What.UNKNOWN,
            Said(
                f"Op het grootboek staat {key}; de straat liet het niet zien en haar logboek legt het niet vast.",
                f"The ledger has {key}; the street did not show it and its log has no such thing to commit.",
            ),
            key,
        )
        for key in hidden
    ]
    return replace(audit, findings=(*audit.findings, *more))
