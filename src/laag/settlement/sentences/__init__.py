"""What each line of a bill says, in Dutch and in English: one plain sentence, and one comparison.

A line's reason is a code with numbers; here the code becomes words. ``{name}`` is a number of the reason, written by
``laag.settlement.words``; in a comparison ``{difference_units}`` is how far the line would have been off.
"""

from __future__ import annotations

from laag.settlement.sentences import bands, contract, devices, market, period, shared
from laag.settlement.sentences.wording import Wording

WORDINGS: dict[str, Wording] = (
    market.WORDINGS
    | contract.WORDINGS
    | bands.WORDINGS
    | devices.WORDINGS
    | shared.WORDINGS
    | period.WORDINGS
)

__all__ = ["WORDINGS", "Wording"]
