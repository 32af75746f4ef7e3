"""A thought of the agent as the day that pages tell of: the same sentences as the terminal's, with the present in them."""

from __future__ import annotations

from dataclasses import replace

from laag.adapters.homefile import Asked
from laag.apps.home.day import Day
from laag.apps.home.unplanned import unplanned
from laag.cycle.living import Thought
from laag.home.house import HomeState
from laag.home.outlook import mended
from laag.home.physics import sound
from laag.home.plan.weights import PlanSettings
from laag.home.preferences import Applied, Meant, Signals, Wished
from laag.home.reasons import reasons
from laag.home.stays import stays_in


def day_of(thought: Thought) -> Day:
    """Its plan with reasons, and the same time lived without a plan."""
    house, plan = thought.house, thought.plan
    outlook, gaps = mended(thought.outlook)
    state, _ = sound(house, thought.state)
    stays = stays_in(house, state, outlook.sessions, len(outlook.grid))
    meant = () if thought.wants is None else thought.wants.meant
    return Day(
        asked=_asked(thought, meant),
        house=house,
        outlook=outlook,
        meant=meant,
        held=None,
        wished=_came(thought),
        gaps=gaps,
        state=state,
        plan=plan,
        reasons=reasons(plan, house, outlook),
        unplanned=unplanned(house, state, outlook, stays),
        settings=PlanSettings(),
    )


def _came(thought: Thought) -> Applied:
    """What came of the wishes; where nobody spoke for the home, nothing."""
    if thought.wants is None:
        return Applied(thought.house, thought.outlook, (), ())
    return thought.wants.came(thought.seen.expected(thought.known.now), thought.state)


def _asked(thought: Thought, meant: tuple[Meant[Wished], ...]) -> Asked:
    known = thought.known
    wants = known.wants
    state: HomeState = replace(thought.state)
    return Asked(
        house=known.house,
        state=state,
        outlook=thought.outlook,
        zone=known.zone,
        ladder=known.ladder,
        wishes=tuple(one.wish for one in meant if not one.default),
        edition=None if wants is None else wants.defaults,
        household=None if wants is None else wants.household,
        spoken=frozenset() if wants is None else wants.settled,
        signals=Signals(),
        street_kw=None,
        usual_day=None if thought.wants is None else thought.wants.usual_day,
        begun={},
        keep_stored=False,
        noted=(),
    )
