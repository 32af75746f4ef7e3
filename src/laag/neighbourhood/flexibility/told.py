"""What was chosen, told offer by offer."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from laag.foundation.money import UNITS_PER_EUR
from laag.foundation.ptu import PTU_HOURS
from laag.neighbourhood.flexibility.chosen import Chosen, Reason, Why
from laag.neighbourhood.flexibility.need import Floats, Need
from laag.neighbourhood.flexibility.orders import HAIR, Whole
from laag.neighbourhood.flexibility.parts import Effects, Ints, Parts
from laag.neighbourhood.flexibility.pay import Rule, asked_units, paid_units


def told(
    need: Need, parts: Parts, does: Effects, whole: Whole, aside: Sequence[Reason], rule: Rule
) -> Chosen:
    """Rows of offers and PTUs, payments and reasons, from rows of parts."""
    offers, ptus = len(parts.offers), len(need.grid)
    less, back = np.zeros((2, offers, ptus), np.int64)
    offer = parts.offer[parts.part]
    kept = ~parts.is_rebound
    np.add.at(less, (offer[kept], parts.ptu[kept]), whole.move_wh[kept])
    np.add.at(back, (offer[~kept], parts.ptu[~kept]), -whole.move_wh[~kept])
    unresolved, worth = np.zeros((2, *need.kw_over.shape))
    unresolved[does.element, does.ptu] = whole.over_kw
    worth_eur = whole.shares.worth_eur
    worth[does.element, does.ptu] = worth_eur / does.scale / PTU_HOURS * 1000
    reasons = [*aside, *_reasons(need, parts, does, whole, less)]
    return Chosen(
        need,
        parts.offers,
        less,
        back,
        asked_units(parts, whole.move_wh, offers),
        paid_units(rule, parts, does, worth_eur, whole.move_wh),
        unresolved,
        worth,
        tuple(sorted(reasons, key=lambda one: (one.offer.encode(), one.why is Why.TWICE))),
        whole.shares.proven,
    )


def _reasons(need: Need, parts: Parts, does: Effects, whole: Whole, less_wh: Ints) -> list[Reason]:
    """One per offer: of the part that comes nearest to being taken."""
    worth_eur = (whole.shares.worth_eur / does.scale)[does.row] * does.relief_kw
    over = does.over_kw[does.row] > 0
    helps = over & (does.relief_kw > 0)
    gain = np.bincount(does.part, np.where(worth_eur > 0, worth_eur, 0.0), len(parts))
    loss = np.bincount(does.part, np.where(worth_eur < 0, -worth_eur, 0.0), len(parts))
    useful = np.bincount(does.part, helps, len(parts)) > 0
    best, worst = (
        _most(does, np.where(helps, worth_eur + 1e-12 * does.relief_kw, -1.0), len(parts)),
        _most(does, -worth_eur, len(parts)),
    )
    cost = parts.cost_eur
    short = np.where(useful, cost - gain + loss, np.inf)
    missed = np.bincount(does.part, helps & (whole.over_kw[does.row] > 0), len(parts)) > 0
    instead = _instead(parts, whole.shares.share) & (missed | useful & (gain - loss > cost))
    of_offer: list[list[int]] = [[] for _ in parts.offers]
    for part, at in enumerate(parts.offer.tolist()):
        of_offer[at].append(part)
    nothing_over = not need.over.any()
    found = []
    for at, offer in enumerate(parts.offers):
        part = min(of_offer[at], key=lambda one: (short[one], one))
        why, where = _why(
            taken=bool(less_wh[at].any()),
            all_of_it=int(np.abs(less_wh[at]).sum()) == sum(step.wh for step in offer.steps),
            useful=bool(useful[part]),
            held_back=bool(loss[part] > 0),
            worth_it=bool(gain[part] >= cost[part]),
            worth_it_after_all=bool(gain[part] - loss[part] > cost[part] and parts.least_share[part] > 0),
        )
        if instead[of_offer[at]].any() and why is not Why.TAKEN:
            why, where = Why.PARTLY_OTHER if less_wh[at].any() else Why.OTHER_WAY, None
        if nothing_over:
            why, where = Why.NOT_NEEDED, None
        shown = int(best[part] if where is True else worst[part] if where is False else -1)
        found.append(
            Reason(
                offer.id,
                why,
                need.elements[int(does.element[does.row[shown]])] if shown >= 0 else "",
                int(does.ptu[does.row[shown]]) if shown >= 0 else -1,
                int(parts.price_ticks[part]),
                int(max(gain[part] - loss[part], 0.0) * UNITS_PER_EUR / int(parts.wh[part])),
            )
        )
    return found


def _instead(parts: Parts, share: Floats) -> NDArray[np.bool_]:
    """Where a part is left because one is taken that excludes it."""
    taken = share > HAIR
    found = np.zeros(len(parts), np.bool_)
    for one, other in (parts.either.T, parts.either.T[::-1]):
        np.logical_or.at(found, one, taken[other])
    return found & ~taken


def _why(
    *, taken: bool, all_of_it: bool, useful: bool, held_back: bool, worth_it: bool, worth_it_after_all: bool
) -> tuple[Why, bool | None]:
    """The reason, and whether it is where it relieves (``True``) or where it comes back (``False``) that is shown."""
    match taken, all_of_it, useful:
        case True, True, _:
            return Why.TAKEN, True
        case True, _, _:
            return (Why.PARTLY_BACK, False) if held_back else (Why.PARTLY, True)
        case _, _, False:
            return Why.NO_EFFECT, None
    if worth_it_after_all:
        return Why.ALL_OR_NOTHING, True
    return (Why.REBOUND, False) if held_back and worth_it else (Why.DEARER, True)


def _most(does: Effects, value: Floats, parts: int) -> Ints:
    """Per part the entry with the highest value above zero; -1 where there is none."""
    found = np.full(parts, -1, np.int64)
    order = np.lexsort((-np.arange(len(value)), value))
    order = order[value[order] > 0]
    found[does.part[order]] = order
    return found
