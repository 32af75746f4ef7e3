"""A shadow run: our own past days under a proposal, beside the same days as they were."""

from laag.cycle.shadow.days import LACKS, Chosen, chosen
from laag.cycle.shadow.groups import Group, by_kind, shown
from laag.cycle.shadow.replayed import Lived, Sums, lived
from laag.cycle.shadow.said import OTHERWISE, own, told, who
from laag.cycle.shadow.table import YEAR_DAYS, Effect, Share, Table, compared, share
from laag.cycle.shadow.tried import REPLAYED, tried, untried

__all__ = [
    "LACKS",
    "OTHERWISE",
    "REPLAYED",
    "YEAR_DAYS",
    "Chosen",
    "Effect",
    "Group",
    "Lived",
    "Share",
    "Sums",
    "Table",
    "by_kind",
    "chosen",
    "compared",
    "lived",
    "own",
    "share",
    "shown",
    "told",
    "tried",
    "untried",
    "who",
]
