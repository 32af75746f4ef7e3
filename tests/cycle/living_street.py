"""A simulated street, told as a living one: what its homes, the exchange and the clock would say."""

from datetime import date
from functools import cache

import numpy as np

from laag.adapters.stores import SqliteLog
from laag.apps.simulator import simulate
from laag.apps.wiring import Options, terms_of
from laag.cycle import live, replay
from laag.cycle.day import prepare
from laag.cycle.events import STEPPED, from_event
from laag.study.population import street as built_in

FIRST, DAYS = date(2026, 3, 28), 2
"""The clock goes forward on the second day."""
PARTS = ("device", "ptu", "side", "quantity_wh", "limit_ticks")


@cache
def simulated():
    """A street's run, its steps, and its settled days."""
    street = built_in(FIRST, DAYS, homes=6, warmup_days=8)
    run = prepare(street, terms_of(Options(policy="layered", rule="layered")), FIRST, DAYS)
    with SqliteLog(":memory:") as log:
        simulate(run, log, version="test", workers=1, resume=False, told=lambda *_: None)
        steps = [from_event(event) for event in log.events(STEPPED)]
    return run, steps, list(replay.days(run, steps))


def place():
    run, _, _ = simulated()
    street = run.street
    cables = tuple(live.Cable(one.name, one.import_max_kw, one.export_max_kw) for one in street.feeders)
    return live.Neighbourhood(
        street.name, run.terms, FIRST, cables, street.import_max_kw, street.export_max_kw, street.zone
    )


@cache
def told():
    """The same run as its homes, the exchange and the clock would tell it: one list of messages per moment of a day."""
    run, _, days = simulated()
    homes = run.street.homes
    joins = [live.Joined(home.house.name, FIRST, home.feeder) for home in homes]
    moments = [joins]
    number = 0
    for done in days:
        orders = done.market.orders
        lists = []
        for member, home in enumerate(homes):
            mine = orders.member == member
            rows = live.Rows(*(getattr(orders, name)[mine] for name in PARTS))
            lists.append(live.Ordered(home.house.name, done.day, number, rows))
        prices = run.prices_of(done.span)
        readings = [
            live.Metered(
                home.house.name,
                done.day,
                number + 1,
                np.arange(done.readings.ptus),
                done.readings.offtake_wh[row],
            )
            for row, home in enumerate(homes)
        ]
        moments += [
            lists,
            [live.Closed(done.day)],
            [live.Priced(done.day, prices.day_ahead_ticks, "exchange")],
            readings,
            [live.Imbalanced(done.day, prices.shortage_ticks, prices.surplus_ticks, "operator")],
            [live.Settle(done.day)],
        ]
        number += 2
    return moments


def folded(messages, state=None):
    """The state after them, and all that followed."""
    state, effects = state or live.begin(place()), []
    for message in messages:
        state, more = live.apply(state, message)
        effects += more
    return state, effects


def plainly():
    return [message for moment in told() for message in moment]
