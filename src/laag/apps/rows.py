"""A settled day as rows of the public tables (``docs/tables.md``)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from laag.cycle.day import Run
from laag.cycle.layers import DEVICES, Layers
from laag.cycle.market_day import DayMarket
from laag.cycle.replay import DayDone, accounts
from laag.cycle.street import Street
from laag.foundation.contracts import ANY_PRICE, NO_LIMIT_WH, Ints, Outcome
from laag.settlement.bill import Bill
from laag.settlement.books import Cause, Postings

Rows = Mapping[str, Any]
Words = tuple[Ints, list[str]]
Instants = NDArray[np.datetime64]

OUTCOMES = ["", *(outcome.name.lower() for outcome in Outcome)]
CAUSES = [cause.name.lower() for cause in Cause]


def homes(street: Street) -> Rows:
    """Who takes part, and with what."""
    every = [home.house for home in street.homes]
    absent = float("nan")
    return {
        "member": [h.name for h in every],
        "group": [home.group for home in street.homes],
        "connection": [home.connection for home in street.homes],
        "feeder": [home.feeder for home in street.homes],
        "import_max_kw": np.array([h.import_max_kw for h in every]),
        "export_max_kw": np.array([h.export_max_kw for h in every]),
        "pv_kw": np.array([h.pv.peak_kw if h.pv else absent for h in every]),
        "battery_kwh": np.array([h.battery.capacity_kwh if h.battery else absent for h in every]),
        "charger_kw": np.array([h.charger.max_kw if h.charger else absent for h in every]),
        "heat_pump_kw": np.array([h.heat_pump.power_max_kw if h.heat_pump else absent for h in every]),
        "source": [home.source for home in street.homes],
    }


def day(run: Run, done: DayDone) -> dict[str, Rows]:
    """All tables of one day."""
    at = run.street.grid.window(done.span.start, done.span.stop).instants()
    tables = {
        "prices": _prices(run, done, at),
        "gateway": _gateway(run, done, at),
        "readings": _readings(run, done, at),
        "postings": postings(run, done.postings),
    }
    if done.market:
        tables |= {
            "orders": _orders(run.layers, done.market, at),
            "fills": _fills(run.layers, done.market, at),
            "clearings": _clearings(run.layers, done.market, at),
            "day_ahead_order": _sent(done.market, at),
        }
    return tables


def postings(run: Run, posted: Postings) -> Rows:
    """The double entry; ``ptu`` counts from the start of the run."""
    first = run.day(run.first_day).start
    start = run.street.grid.window(first, run.day(run.last_day).stop).instants()
    return {
        "entry": posted.entry,
        "ptu_start": start[posted.ptu],
        "cause": (posted.cause, CAUSES),
        "account": (posted.account, list(accounts(run).names)),
        "amount_units": posted.amount_units,
        "energy_wh": posted.energy_wh,
    }


def _prices(run: Run, done: DayDone, at: Instants) -> Rows:
    prices = run.prices_of(done.span)
    return {
        "ptu_start": at,
        "day_ahead_ticks": prices.day_ahead_ticks,
        "shortage_ticks": prices.shortage_ticks,
        "surplus_ticks": prices.surplus_ticks,
        "regulation_state": _states(run.street, done.span),
        "outdoor_c": run.street.outdoor_c.values[done.span],
        "sun_w_m2": run.street.sun_w_m2.values[done.span],
    }


def _states(street: Street, span: slice) -> Any:
    if street.nation.state is None:
        return np.ma.masked_array(np.zeros(span.stop - span.start, np.int64), True)
    state = street.nation.state.values[span]
    return np.ma.masked_array(np.nan_to_num(state).astype(np.int64), np.isnan(state))


def _gateway(run: Run, done: DayDone, at: Instants) -> Rows:
    place = done.position
    taxed_wh = np.maximum(place.metered_wh, 0)
    levied = taxed_wh * run.terms.levy_ticks if run.terms.policy.has_market else np.zeros_like(taxed_wh)
    return {
        "ptu_start": at,
        "nominated_wh": place.nominated_wh,
        "metered_wh": place.metered_wh,
        "deviation_wh": place.deviation_wh,
        "day_ahead_units": place.day_ahead_units,
        "imbalance_units": place.imbalance_units,
        "levy_units": levied,
    }


def _readings(run: Run, done: DayDone, at: Instants) -> Rows:
    """PTU by PTU, and within each the members in the order of their names."""
    members, ptus = done.cleared_wh.shape
    order = np.argsort(np.array(run.layers.members), kind="stable")
    lived = done.readings

    def column(values: NDArray[Any]) -> NDArray[Any]:
        return values[order].T.ravel()

    whole = ("load_wh", "pv_wh", "battery_wh", "ev_wh", "heat_pump_wh")
    real = ("stored_kwh", "ev_stored_kwh", "indoor_c")
    return {
        "ptu_start": np.repeat(at, members),
        "member": (np.tile(order, ptus), list(run.layers.members)),
        "offtake_wh": column(lived.offtake_wh),
        "cleared_wh": column(done.cleared_wh),
        "planned_wh": column(lived.planned_wh),
        **{name: column(getattr(lived, name)) for name in (*whole, *real)},
        "estimated": (column(lived.silent), ["", "plan"]),
    }


def _orders(layers: Layers, market: DayMarket, at: Instants) -> Rows:
    orders = market.orders
    order = _sorted(layers, market)
    limit = orders.limit_ticks[order]
    return {
        **_whose(layers, market, at, order),
        "side": (orders.side[order], ["sell", "buy"]),
        "quantity_wh": orders.quantity_wh[order],
        "limit_ticks": np.ma.masked_array(limit, np.abs(limit) == ANY_PRICE),
    }


def _fills(layers: Layers, market: DayMarket, at: Instants) -> Rows:
    order = _sorted(layers, market)
    order = order[market.clearings.fill_wh[order] > 0]
    return {
        **_whose(layers, market, at, order),
        "wh": market.clearings.fill_wh[order],
        "units": market.clearings.fill_units[order],
        "outcome": (market.clearings.outcome[order], OUTCOMES),
    }


def _whose(layers: Layers, market: DayMarket, at: Instants, order: Ints) -> Rows:
    orders = market.orders
    ids, words = layers.order_ids(orders)
    return {
        "ptu_start": at[orders.ptu[order]],
        "layer": (_layer(layers, market)[order], list(layers.names)),
        "member": (orders.member[order], list(layers.members)),
        "device": (orders.device[order], list(DEVICES)),
        "order_id": (ids[order], words),
    }


def _layer(layers: Layers, market: DayMarket) -> Ints:
    return (
        layers.of_member[market.orders.member]
        if market.layers > 1
        else np.zeros(len(market.orders), np.int64)
    )


def _sorted(layers: Layers, market: DayMarket) -> Ints:
    """By PTU, layer, member, device and order id, words compared as text."""
    orders = market.orders
    keys = (
        orders.number,
        _alphabetical(DEVICES)[orders.device],
        _alphabetical(layers.members)[orders.member],
        _alphabetical(layers.names)[_layer(layers, market)],
        orders.ptu,
    )
    return np.lexsort(keys)


def _sent(market: DayMarket, at: Instants) -> Rows:
    """PTU by PTU; buys before sells, dearest buy and cheapest sell first, as the exchange ranks them."""
    order = market.day_ahead_order
    return {
        "ptu_start": at[order.ptu],
        "side": (order.side, ["sell", "buy"]),
        "limit_ticks": order.limit_ticks,
        "quantity_wh": order.quantity_wh,
    }


def _clearings(layers: Layers, market: DayMarket, at: Instants) -> Rows:
    """PTU by PTU, and within each the layers in the order of their names."""
    cleared, gate = market.clearings, market.gateways
    names = layers.names[: market.layers]
    by_name = np.argsort(np.array(names), kind="stable")
    rows = (by_name[None, :] * market.ptus + np.arange(market.ptus)[:, None]).ravel()
    unpriced = ~cleared.priced[rows]
    outside = {
        "import_ticks": gate.import_ticks,
        "export_ticks": gate.export_ticks,
        "levy_ticks": gate.levy_ticks,
    }
    is_root = rows < market.ptus
    return {
        "ptu_start": np.repeat(at, market.layers),
        "layer": (np.tile(by_name, market.ptus), list(names)),
        "rule": (np.zeros(len(rows), np.int64), [cleared.rule]),
        "low_ticks": np.ma.masked_array(cleared.low_ticks[rows], unpriced),
        "high_ticks": np.ma.masked_array(cleared.high_ticks[rows], unpriced),
        "price_centiticks": np.ma.masked_array(cleared.price_centiticks[rows], unpriced),
        **{name: np.ma.masked_array(column[rows], ~is_root) for name, column in outside.items()},
        "import_max_wh": _limited(gate.import_max_wh[rows]),
        "export_max_wh": _limited(gate.export_max_wh[rows]),
        **{
            name: getattr(cleared, name)[rows]
            for name in (
                "bought_wh", "sold_wh", "imported_wh", "exported_wh", "buyers_units", "sellers_units",
                "levy_units", "gateway_units", "fund_units",
            )
        },
        "rent_units": market.rent_units[rows],
        "rationed": cleared.rationed[rows],
    }  # fmt: skip


def _limited(wh: Ints) -> Any:
    return np.ma.masked_array(wh, wh >= NO_LIMIT_WH)


def _alphabetical(words: tuple[str, ...]) -> Ints:
    place = np.empty(len(words), np.int64)
    place[np.argsort(np.array(words), kind="stable")] = np.arange(len(words))
    return place


def bills(made: Sequence[Bill]) -> Rows:
    """Every line of every bill, members in the order of their names."""
    lines = [
        (bill.member, number, line)
        for bill in sorted(made, key=lambda bill: bill.member)
        for number, line in enumerate(bill.lines, 1)
    ]
    said = {"text": "text", "because": "because", "counterfactual": "counterfactual"}
    return {
        "member": [member for member, _, _ in lines],
        "line": np.array([number for _, number, _ in lines], np.int64),
        "code": [line.code for _, _, line in lines],
        "energy_wh": _or_none([line.energy_wh for _, _, line in lines]),
        "amount_units": np.array([line.amount_units for _, _, line in lines], np.int64),
        "counterfactual_units": _or_none([line.counterfactual_units for _, _, line in lines]),
        **{
            f"{name}_{language}": [getattr(getattr(line, part), language) for _, _, line in lines]
            for name, part in said.items()
            for language in ("nl", "en")
        },
    }


def _or_none(values: Sequence[int | None]) -> Any:
    return np.ma.masked_array([value or 0 for value in values], [value is None for value in values], np.int64)
