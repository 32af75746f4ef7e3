"""What a linear program does not know: one way at a time, all or nothing, once started for a while.

The program's answer is checked, and only then mended: quarter-hours that break a rule are given a side and the rest is
solved again. Where mending costs more than a search is worth, binaries decide.
"""

from laag.home.plan.whole.mend import Whole, mended, one_way_again
from laag.home.plan.whole.rank import steep
from laag.home.plan.whole.steps import has_steps

__all__ = ["Whole", "has_steps", "mended", "one_way_again", "steep"]
