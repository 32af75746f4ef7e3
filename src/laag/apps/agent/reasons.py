"""Why the newest plan does what it does, in sentences of both languages."""

from __future__ import annotations

from datetime import datetime

from laag.cycle.living import Thought
from laag.foundation.words import Lang, Said
from laag.home.outlook import mended
from laag.home.reasons import Reasons, reasons, say


def reasons_of(thought: Thought) -> Reasons:
    """The reasons of a whole plan."""
    outlook, _ = mended(thought.outlook)
    return reasons(thought.plan, thought.house, outlook)


def reasons_at(thought: Thought, at: datetime) -> tuple[Said, ...]:
    """Why everything does what it does in the quarter-hour that holds an instant; nothing where the plan has none."""
    ptu = thought.plan.grid.index(at)
    if not 0 <= ptu < len(thought.plan):
        return ()
    called = {} if thought.wants is None else {one.source: one.called for one in thought.wants.meant}
    found = reasons_of(thought).at(ptu)
    return tuple(Said(*(say(one, lang, called) for lang in (Lang.NL, Lang.EN))) for one in found)
