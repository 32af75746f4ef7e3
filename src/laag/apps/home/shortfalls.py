"""What could not be met, in a sentence each."""

from __future__ import annotations

from collections.abc import Mapping

from laag.apps.home.day import Day
from laag.apps.home.words import said
from laag.foundation.ptu import PTU_HOURS
from laag.foundation.words import Lang, Said
from laag.home.ladder.words import RUNGS
from laag.home.plan.shortfall import Shortfall
from laag.home.reasons.say import whose

SHORT: Mapping[str, Said] = {
    "ev": Said("de auto vertrekt met {amount_kwh} te weinig", "the car leaves {amount_kwh} short"),
    "too_cold": Said(
        "het huis is in totaal {lasts_h} te koud, hooguit {worst_k}",
        "the house is too cold for {lasts_h} in all, by {worst_k} at most",
    ),
    "too_warm": Said(
        "het huis is in totaal {lasts_h} te warm, hooguit {worst_k}",
        "the house is too warm for {lasts_h} in all, by {worst_k} at most",
    ),
    "water": Said(
        "het water is in totaal {lasts_h} niet heet genoeg, hooguit {worst_k} te koud",
        "the water is not hot enough for {lasts_h} in all, by {worst_k} at most",
    ),
    "programme": Said(
        "een programma van {amount_kwh} kan niet op tijd klaar zijn",
        "a programme of {amount_kwh} cannot be finished in time",
    ),
    "limit": Said("{amount_kwh} meer dan mag van {who}", "{amount_kwh} more than {who} allows"),
    "floor": Said("minder over dan {who} vraagt", "less is kept than {who} asks"),
    "connection": Said(
        "{amount_kwh} past niet door de aansluiting", "{amount_kwh} does not fit through the connection"
    ),
    "solver": Said(
        "er kwam geen plan uit; elk apparaat volgt zijn vraag",
        "no plan came of it; every device follows its demand",
    ),
    "phase": Said("{amount_kwh} past niet door een fase", "{amount_kwh} does not fit through a phase"),
}
_LEAVES = "ev"
"""Falls short at the end of its PTU."""
_DECIDED = Said("; {rung} ging voor", "; {rung} went first")


def shortfall(short: Shortfall, day: Day, lang: Lang) -> str:
    """What could not be met, from when, and which rung went before it."""
    at = f"{day.local(short.ptu + (short.kind == _LEAVES)):%H:%M}"
    if short.kind not in SHORT:
        return f"{at} {short.why}"
    who = _whose(short.source, day).to(lang)
    lasts_h = short.ptus * PTU_HOURS
    what = said(
        SHORT[short.kind], lang, amount_kwh=short.amount, lasts_h=lasts_h, worst_k=short.worst, who=who
    )
    rung = "" if short.decided_by is None else said(_DECIDED, lang, rung=RUNGS[short.decided_by].to(lang))
    return f"{at} {what}{rung}"


def _whose(source: str, day: Day) -> Said:
    """Who stands behind a claim: a wish by its sentence, anybody else by name."""
    return next((meant.called for meant in day.meant if meant.source == source), whose(source))
