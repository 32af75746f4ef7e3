"""What is not taken of what the grid operator asks and homes offer, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from laag.cycle.live.messages import Asked, Flexed, Offered, Passed
from laag.foundation.words import Said

if TYPE_CHECKING:  # the fold asks before it takes
    from laag.cycle.live.state import Asking, Day, Live

MOST_STEPS = 10
MOST_WH = 250_000
"""A megawatt for a quarter of an hour: no connection of a neighbourhood carries more."""
MOST_TICKS = 10_000_000
"""100 EUR/kWh: what is dearer is a mistake."""


def judge_asked(state: Live, message: Asked) -> Said | None:
    """A request is of a day that is cleared, asks somebody for something, and comes once."""
    day = state.day(message.day)
    if not day.is_cleared:
        return Said(
            f"de markt van {message.day} is nog niet geweest; vraag daarna",
            f"the market of {message.day} has not been yet; ask after it",
        )
    if not state.charter_on(message.day).grid.flexibility_bought:
        return Said(
            "de buurt sprak af dat vragen van de netbeheerder niet aan leden worden voorgelegd (grid.flexibility_bought)",
            "the neighbourhood agreed that requests of the grid operator are not put before members (grid.flexibility_bought)",
        )
    if message.request in day.askings:
        return Said(
            f"de vraag {message.request} is er al",
            f"the request {message.request} is there already",
        )
    homes = message.homes
    if not len(homes) or homes.min() < 0 or homes.max() >= len(day.members):
        return Said(
            f"een vraag aan wie op {message.day} geen lid is; vraag wie er die dag bij horen",
            f"a request to who is no member on {message.day}; ask those who are",
        )
    if not len(message.ptu) or len(set(message.ptu.tolist())) < len(message.ptu):
        return Said(
            "een vraag noemt geen kwartier, of een kwartier twee keer; noem elk een keer",
            "a request names no quarter-hour, or one of them twice; name each once",
        )
    return None


def judge_offered(state: Live, message: Offered) -> Said | None:
    """An offer is of somebody who was asked, about what was asked, and not yet passed on."""
    day = state.day(message.day)
    one = day.askings.get(message.request)
    if one is None or day.row_of[message.member] not in one.asked.homes:
        return Said(
            f"{message.member} is niets gevraagd onder {message.request}",
            f"{message.member} was asked nothing under {message.request}",
        )
    if one.passed is not None:
        return Said(
            f"wat op {message.request} is aangeboden, is doorgegeven; er verandert niets meer aan",
            f"what was offered on {message.request} was passed on; nothing of it changes any more",
        )
    return _steps(message, one) if len(message.steps) else None


def _steps(message: Offered, one: Asking) -> Said | None:
    steps, count = message.steps, len(message.steps)
    if count > MOST_STEPS or len(steps.less_wh) % count or not len(steps.less_wh):
        return Said(
            f"een bod heeft tot {MOST_STEPS} stappen, elk met even veel kwartieren",
            f"an offer has up to {MOST_STEPS} steps, each of as many quarter-hours",
        )
    wh = steps.less_wh.reshape(count, -1)
    named = message.ptu + np.flatnonzero(wh.any(axis=0))
    if not np.isin(named, one.asked.ptu).all():
        return Said(
            "een bod gaat over een kwartier dat niet gevraagd is; zet wat elders verandert bij wat terugkomt",
            "an offer is about a quarter-hour that was not asked for; give what changes elsewhere as what comes back",
        )
    way = wh if one.asked.less else -wh
    if way.min() < 0 or not way.any(axis=1).all() or way.max() > MOST_WH:
        return Said(
            f"een stap van een bod gaat de andere kant op, verzet niets, of meer dan {MOST_WH} Wh in een kwartier",
            f"a step of an offer goes the other way, moves nothing, or more than {MOST_WH} Wh in a quarter-hour",
        )
    if not ((steps.price_ticks >= 0) & (steps.price_ticks <= MOST_TICKS)).all():
        return Said(
            "een stap van een bod kost minder dan niets of meer dan 100 euro per kWh",
            "a step of an offer costs less than nothing or more than 100 euros per kWh",
        )
    return _rebound(message)


def _rebound(message: Offered) -> Said | None:
    steps = message.steps
    lengths = {len(steps.rebound_step), len(steps.rebound_ptu), len(steps.rebound_wh)}
    if len(lengths) > 1:
        return Said(
            "de kolommen van wat terugkomt zijn niet even lang",
            "the columns of what comes back differ in length",
        )
    if not ((steps.rebound_step >= 0) & (steps.rebound_step < len(steps))).all():
        return Said(
            "wat terugkomt hoort bij een stap die er niet is",
            "what comes back belongs to a step that is not there",
        )
    if not ((np.abs(steps.rebound_wh) <= MOST_WH) & (steps.rebound_ptu >= 0)).all():
        return Said(
            f"wat terugkomt is meer dan {MOST_WH} Wh in een kwartier, of in een kwartier voor middernacht",
            f"what comes back is more than {MOST_WH} Wh in a quarter-hour, or in one before midnight",
        )
    if not 0 <= message.least_permille <= 1000:
        return Said(
            "een bod wordt voor een deel van 0 tot 1000 promille genomen",
            "an offer is taken for a part of 0 to 1000 permille",
        )
    return None


def judge_passed(state: Live, message: Passed) -> Said | None:
    """What is passed on was offered, and once."""
    day = state.day(message.day)
    one = day.askings.get(message.request)
    if one is None:
        return _unasked(message)
    if one.passed is not None:
        return Said(f"{message.request} is al doorgegeven", f"{message.request} was passed on already")
    for home, step in zip(message.home.tolist(), message.step.tolist(), strict=True):
        name = day.members[home].member if 0 <= home < len(day.members) else ""
        if name not in one.offers or not 0 <= step < len(one.offers[name].steps):
            return Said(
                f"van wie op rij {home} staat is geen stap {step} op {message.request}",
                f"there is no step {step} on {message.request} of who stands in row {home}",
            )
    return None


def judge_flexed(state: Live, message: Flexed) -> Said | None:
    """An order is of what was passed on, of those who offered, and counts once."""
    day = state.day(message.day)
    one = day.askings.get(message.request)
    if one is None or one.passed is None:
        return _unasked(message)
    if any(message.order == order.order for asking in day.askings.values() for order in asking.orders):
        return Said(
            f"de order {message.order} is al verdeeld",
            f"the order {message.order} was shared out already",
        )
    columns = message.home, message.ptu, message.bought_wh, message.comes_back_wh, message.paid_units
    if len({len(column) for column in columns}) > 1:
        return Said(
            "de kolommen van een order zijn niet even lang", "the columns of an order differ in length"
        )
    if not np.isin(message.home, one.passed.home).all():
        return Said(
            "een order is van iemand van wie niets is doorgegeven",
            "an order is of somebody of whom nothing was passed on",
        )
    return _more_than_offered(day, one, message)


def _more_than_offered(day: Day, one: Asking, message: Flexed) -> Said | None:
    """Whatever a grid operator orders, of nobody more than it offered itself; a Wh of each step and order is for rounding."""
    assert one.passed is not None
    homes, ptus = one.agreed_wh.shape
    if not ((message.ptu >= 0) & (message.ptu < ptus)).all():
        return None  # refused for that
    gives, back, slack = (
        np.zeros((homes, ptus), np.int64),
        np.zeros(homes, np.int64),
        np.zeros(homes, np.int64),
    )
    for home, step in zip(one.passed.home.tolist(), one.passed.step.tolist(), strict=True):
        offer = one.offers[day.members[home].member]
        less = offer.steps.less_wh.reshape(len(offer.steps), -1)[step]
        span = slice(offer.ptu, min(offer.ptu + len(less), ptus))
        gives[home, span] += np.abs(less)[: span.stop - span.start]
        back[home] += np.abs(offer.steps.rebound_wh[offer.steps.rebound_step == step]).sum()
        slack[home] += 1 + len(one.orders)
    asked, returned = np.zeros((homes, ptus), np.int64), np.zeros(homes, np.int64)
    for order in (*one.orders, message):
        np.add.at(asked, (order.home, order.ptu), np.abs(order.bought_wh))
        np.add.at(returned, order.home, np.abs(order.comes_back_wh))
    # What comes back is rounded in each of its quarter-hours.
    if (asked <= gives + slack[:, None]).all() and (returned <= back + ptus * slack).all():
        return None
    return Said(
        f"de order {message.order} vraagt van iemand meer dan die heeft aangeboden; bestel wat is doorgegeven, of minder",
        f"the order {message.order} asks more of somebody than it offered; order what was passed on, or less",
    )


def _unasked(message: Passed | Flexed) -> Said:
    return Said(
        f"op {message.day} is niets gevraagd of doorgegeven onder {message.request}",
        f"nothing was asked or passed on for {message.day} under {message.request}",
    )
