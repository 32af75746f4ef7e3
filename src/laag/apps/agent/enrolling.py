"""Becoming a member of a neighbourhood."""

from __future__ import annotations

from laag.adapters.homestore import HomeStore
from laag.adapters.neighbourhood.link import Neighbourhood
from laag.adapters.neighbourhood.wire import About, Enrolled
from laag.foundation.errors import BadInput

MEMBER, FIRST_DAY, CABLE = "member", "first_day", "cable"


async def enrol(store: HomeStore, link: Neighbourhood, code: str, zone: str) -> tuple[About, Enrolled]:
    """Ask with a code, and remember as whom; done twice it is done once."""
    about = await link.about()
    if about.zone != zone:
        raise BadInput(
            f"the neighbourhood lives by the clock of {about.zone} and this home by that of {zone}; set home.zone to {about.zone}"
        )
    enrolled = await link.enrol(code)
    store.outbox.go_on_from(enrolled.last_number)
    store.keep(FIRST_DAY, enrolled.first_day.isoformat())
    store.keep(CABLE, enrolled.cable)
    store.keep(MEMBER, enrolled.member)
    return about, enrolled
