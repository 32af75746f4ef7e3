"""The line of what the community earned together."""

from __future__ import annotations

from collections.abc import Iterator

from laag.settlement.bill import BillLine, Reason
from laag.settlement.billing.draft import Draft


def shared_lines(draft: Draft) -> Iterator[BillLine]:
    """None where nothing was earned together; beside it the same for everybody."""
    share = draft.member.share
    if share is None:
        return
    yield BillLine(-share.units, Reason(share.code, share.numbers), None, -share.equally_units)
