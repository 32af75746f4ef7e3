"""A small street's tables, made up but adding up: what the report reads before any engine has run.

The homes follow simple habits instead of plans; their orders are cleared, settled and billed in whole units with the
layered rule, so every account closes as the real ones must. Same seed, same bytes.
"""

import json
from collections import defaultdict
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pa_parquet

from laag.foundation.money import UNITS_PER_CENT, allot
from laag.foundation.ptu import AMSTERDAM, PtuGrid

LEVY_TICKS = 10154
FEE_TICKS = 200
VAT_PERCENT = 21
CAPACITY_KW_PER_HOME = 1.9
GROUPS = (
    ("tenant, no devices", {}),
    ("owner, PV", {"pv": 4.2}),
    ("owner, PV and battery", {"pv": 5.0, "battery": 8.0}),
    ("owner, PV and car", {"pv": 4.6, "ev": 11.0}),
    ("tenant, heat pump", {"heat_pump": 2.0}),
    ("owner, everything", {"pv": 6.0, "battery": 10.0, "ev": 11.0, "heat_pump": 2.5}),
)
DEVICES = ("load", "pv", "battery", "ev", "heat_pump")


def write_run(folder, homes=8, first=date(2025, 10, 25), days=2, seed=7, policy="layered", csv=False):
    """Write one run folder and return it."""
    grid = PtuGrid.days(first, days, AMSTERDAM)
    draw = np.random.default_rng(seed)
    street = _street(homes, grid, draw)
    national = _national(grid, draw)
    wishes = _wishes(street, grid, national, draw)
    tables = {"homes": _homes(street), "prices": _columns(national, grid)}
    tables |= _market(street, grid, national, wishes, draw)
    postings, bills, totals = _settle(street, grid, tables)
    tables |= {"postings": postings, "bills": bills}
    for name in ("clearings", "gateway"):
        tables[name] = {key: values for key, values in tables[name].items() if not key.startswith("_")}
    _write_tables(Path(folder), tables, csv)
    (Path(folder) / "run.json").write_text(
        json.dumps(_about(homes, first, days, seed, policy, totals), ensure_ascii=False, indent=1), "utf-8"
    )
    return Path(folder)


def write_study(folder, homes=8, days=2):
    """Two policies on the same homes, and what a study says about them."""
    folder = Path(folder)
    policies = []
    for at, name in enumerate(("layered", "dynamic-2027")):
        write_run(folder / name, homes, days=days, policy=name)
        policies.append(
            {
                "name": name,
                "run": name,
                "system_cost_eur": 31.5 + 4 * at,
                "peak_kw": 11.2 + 2.5 * at,
                "import_kwh": 130.0 + 21 * at,
                "self_consumption_percent": 71.0 - 12 * at,
                "gini": 0.24 + 0.03 * at,
                "tax_eur": 14.2 + 1.1 * at,
                "groups": {
                    group: {"homes": 2, "bill_eur_per_home": 4.0 - i * 0.9 + at * (0.6 if i else -0.2)}
                    for i, (group, _) in enumerate(GROUPS[: min(homes, len(GROUPS))])
                },
            }
        )
    names = [policy["name"] for policy in policies]
    bills = [[6.0 + i % 3 - at * (i - 2) for at in range(len(names))] for i in range(homes)]
    study = {
        "policies": policies,
        "reference": names[-1],
        "members": [
            {"member": f"home-{i + 1:02d}", "bill_eur": dict(zip(names, bill, strict=True))}
            for i, bill in enumerate(bills)
        ],
        "days": days,
        "notes": [{"nl": "Proef met acht huizen.", "en": "A trial with eight homes."}],
    }
    (folder / "study.json").write_text(json.dumps(study, ensure_ascii=False), "utf-8")
    return folder


def _street(homes, grid, draw):
    street = []
    for i in range(homes):
        group, has = GROUPS[i % len(GROUPS)]
        scale = float(draw.uniform(0.75, 1.35))
        street.append({"member": f"home-{i + 1:02d}", "group": group, "has": has, "scale": scale})
    return street


def _homes(street):
    return {
        "member": [h["member"] for h in street],
        "group": [h["group"] for h in street],
        "connection": ["3x25A" for _ in street],
        "feeder": ["" for _ in street],
        "import_max_kw": [17.25 for _ in street],
        "export_max_kw": [17.25 for _ in street],
        "pv_kw": [h["has"].get("pv") for h in street],
        "battery_kwh": [h["has"].get("battery") for h in street],
        "charger_kw": [h["has"].get("ev") for h in street],
        "heat_pump_kw": [h["has"].get("heat_pump") for h in street],
        "source": ["model" for _ in street],
    }


def _hours(grid):
    return grid.quarter_of_day(AMSTERDAM) / 4


def _national(grid, draw):
    hour = _hours(grid)
    n = len(grid)
    day = np.arange(n) // 96
    sun = np.clip(np.cos((hour - 13.4) / 5.2 * np.pi / 2), 0, None) ** 1.4 * (560 - 140 * (day % 3))
    sun *= np.clip(1 + np.convolve(draw.normal(0, 0.5, n), np.ones(6) / 6, "same"), 0.25, 1.2)
    price = 62 + 46 * np.exp(-(((hour - 8.2) / 1.6) ** 2)) + 88 * np.exp(-(((hour - 19) / 2.1) ** 2))
    price -= sun * 0.24 * (1 + 0.35 * (day % 2))
    price += np.convolve(draw.normal(0, 9, n), np.ones(3) / 3, "same")
    ticks = np.rint(price * 100).astype(np.int64)
    swing = np.rint(draw.gamma(1.3, 2600, n)).astype(np.int64)
    short = draw.random(n) < 0.5
    imbalance = np.where(short, ticks + swing, ticks - swing)
    outdoor = 9 + 4.2 * np.cos((hour - 15) / 24 * 2 * np.pi) - 0.6 * (day % 3)
    return {
        "day_ahead_ticks": ticks,
        "shortage_ticks": imbalance,
        "surplus_ticks": imbalance,
        "outdoor_c": outdoor.round(2),
        "sun_w_m2": sun.round(1),
    }


def _columns(national, grid):
    return {"ptu_start": grid.instants(), **national}


def _wishes(street, grid, national, draw):
    """What every device would like to do, in Wh per PTU, and the states that go with it."""
    hour, n, wishes = _hours(grid), len(grid), {}
    price = national["day_ahead_ticks"] / 100
    for h in street:
        load = 70 + 90 * np.exp(-(((hour - 7.6) / 1.1) ** 2)) + 210 * np.exp(-(((hour - 18.8) / 2.2) ** 2))
        load = load * h["scale"] * draw.uniform(0.6, 1.4, n)
        pv = national["sun_w_m2"] * h["has"].get("pv", 0) * 0.22 * draw.uniform(0.95, 1.0)
        heat_pump = np.zeros(n)
        indoor = np.full(n, np.nan)
        if "heat_pump" in h["has"]:
            heat_pump = np.clip((19 - national["outdoor_c"]) * 22 * h["scale"] * (1.25 - price / 260), 0, 620)
            indoor = 20.2 + 0.9 * np.sin((hour - 9) / 24 * 2 * np.pi) + 0.1 * np.sin(np.arange(n) / 7)
        wishes[h["member"]] = {
            "load": np.rint(load).astype(np.int64),
            "pv": -np.rint(pv).astype(np.int64),
            "heat_pump": np.rint(heat_pump).astype(np.int64),
            "indoor_c": indoor.round(2),
        }
    return wishes


def _market(street, grid, national, wishes, draw):
    """Orders, fills, clearings, gateway and readings of every PTU, in time order: storage carries over."""
    cap = round(CAPACITY_KW_PER_HOME * len(street) * 250)
    stored = {h["member"]: h["has"].get("battery", 0) * 400.0 for h in street}
    car = {h["member"]: 18_000.0 for h in street}
    price, hour = national["day_ahead_ticks"], _hours(grid)
    cheap, dear = int(np.quantile(price, 0.3)), int(np.quantile(price, 0.75))
    orders, fills, clearings, gateway, readings = (defaultdict(list) for _ in range(5))
    for t, start in enumerate(grid.instants()):
        book = []
        for h in street:
            book += _orders_of(h, t, hour[t], wishes, stored, car, price, cheap, dear)
        export, imported = int(price[t]) - FEE_TICKS, int(price[t]) + FEE_TICKS
        cleared = _clear(book, imported + LEVY_TICKS, export, cap)
        _extend(orders, [{"ptu_start": start, "layer": "street"} | {k: o[k] for k in _ORDER} for o in book])
        _extend(fills, [{"ptu_start": start, "layer": "street"} | f for f in cleared["fills"]])
        _extend(clearings, [_clearing_row(start, cleared, imported, export, cap)])
        _extend(readings, _meter(street, start, t, cleared, wishes, stored, car, draw))
        metered = sum(readings["offtake_wh"][-len(street) :])
        nominated = cleared["imported_wh"] - cleared["exported_wh"]
        column = "shortage_ticks" if metered >= nominated else "surplus_ticks"
        gateway["ptu_start"].append(start)
        gateway["nominated_wh"].append(nominated)
        gateway["metered_wh"].append(metered)
        gateway["deviation_wh"].append(metered - nominated)
        gateway["day_ahead_units"].append(int(price[t]) * nominated)
        gateway["imbalance_units"].append(int(national[column][t]) * (metered - nominated))
        gateway["levy_units"].append(LEVY_TICKS * cleared["imported_wh"])
        gateway["_imbalance_ticks"].append(int(national[column][t]))
    return {
        "orders": orders,
        "fills": fills,
        "clearings": clearings,
        "gateway": gateway,
        "readings": readings,
    }


_ORDER = ("member", "device", "order_id", "side", "quantity_wh", "limit_ticks")


def _orders_of(h, t, hour, wishes, stored, car, price, cheap, dear):
    member, has = h["member"], h["has"]
    wish = wishes[member]

    def order(device, side, quantity, limit):
        return {
            "member": member,
            "device": device,
            "order_id": f"{member}/{device}/{side}",
            "side": side,
            "quantity_wh": int(quantity),
            "limit_ticks": limit,
        }

    book = [order("load", "buy", max(wish["load"][t], 1), None)]
    if wish["pv"][t] < 0:
        book.append(order("pv", "sell", -wish["pv"][t], 0 if has.get("pv", 0) > 5 else None))
    if "battery" in has:
        room, held = has["battery"] * 1000 - stored[member], stored[member]
        if room > 50:
            book.append(order("battery", "buy", min(625, room), cheap + 3500 + round(200 * h["scale"])))
        if held > 50:
            book.append(order("battery", "sell", min(625, held), dear + 900 + round(500 * h["scale"])))
    if "ev" in has and (hour >= 18 or hour < 7.5) and car[member] < 46_000:
        urgent = 5 <= hour < 7.5
        limit = 40_000 if urgent else cheap + LEVY_TICKS + 1500 + round(900 * h["scale"])
        book.append(order("ev", "buy", min(2300, 48_000 - car[member]), limit))
    if wish["heat_pump"][t] > 0:
        comfort = int(wish["heat_pump"][t] * 0.6)
        book.append(order("heat_pump", "buy", max(comfort, 1), 60_000))
    return book


def _clear(book, landed, export, cap):
    """The layered rule with k = 50 %, in whole numbers, for one book."""

    def limit(order):
        free = 10**9 if order["side"] == "buy" else -(10**9)
        return free if order["limit_ticks"] is None else order["limit_ticks"]

    buys = sorted((o for o in book if o["side"] == "buy"), key=lambda o: (-limit(o), o["order_id"]))
    sells = sorted((o for o in book if o["side"] == "sell"), key=lambda o: (limit(o), o["order_id"]))
    demand = _ladder([(limit(o), o["quantity_wh"], o) for o in buys], (export, cap), falling=True)
    supply = _ladder([(limit(o), o["quantity_wh"], o) for o in sells], (landed, cap), falling=False)
    taken, i, j = defaultdict(int), 0, 0
    left_d, left_s = [q for _, q, _ in demand], [q for _, q, _ in supply]
    while i < len(demand) and j < len(supply) and demand[i][0] >= supply[j][0]:
        if demand[i][2] is None and supply[j][2] is None:
            break
        step = min(left_d[i], left_s[j])
        taken[demand[i][2]["order_id"] if demand[i][2] else "export"] += step
        taken[supply[j][2]["order_id"] if supply[j][2] else "import"] += step
        left_d[i] -= step
        left_s[j] -= step
        i, j = i + (left_d[i] == 0), j + (left_s[j] == 0)
    return _price(buys, sells, taken, limit, landed, export)


def _ladder(steps, gateway, falling):
    price, most = gateway
    better = [s for s in steps if (s[0] >= price if falling else s[0] <= price)]
    worse = [s for s in steps if s not in better]
    return [*better, (price, most, None), *worse]


def _price(buys, sells, taken, limit, landed, export):
    bought = sum(taken[o["order_id"]] for o in buys)
    sold = sum(taken[o["order_id"]] for o in sells)
    imported, exported = taken["import"], taken["export"]
    low = max(
        [limit(o) for o in sells if taken[o["order_id"]]]
        + [limit(o) for o in buys if taken[o["order_id"]] < o["quantity_wh"]]
        + [-(10**9)]
    )
    high = min(
        [limit(o) for o in buys if taken[o["order_id"]]]
        + [limit(o) for o in sells if taken[o["order_id"]] < o["quantity_wh"]]
        + [10**9]
    )
    low, high = max(low, min(export, high)), min(high, max(landed, low))
    price = low + (high - low) // 2
    sellers = price * sold + (export - price) * exported
    buyers = price * bought + (landed - price) * imported
    fills = []
    for side, group, total, sign in (("buy", buys, buyers, 1), ("sell", sells, sellers, -1)):
        traded = [o for o in group if taken[o["order_id"]]]
        if not traded:
            continue
        wh = np.array([taken[o["order_id"]] for o in traded], np.int64)
        share = allot(np.array([total]), wh, np.zeros(len(wh), np.int64), np.arange(len(wh)))
        for o, amount, units in zip(traded, wh, share, strict=True):
            full = amount == o["quantity_wh"]
            word = ("served_first" if o["limit_ticks"] is None else "accepted") if full else "shared"
            fills.append(
                {k: o[k] for k in ("member", "device", "order_id")}
                | {"wh": int(amount), "units": sign * int(units), "outcome": word, "_side": side}
            )
    fills.sort(key=lambda f: (f["member"], f["device"], f["order_id"]))
    signed = {f["order_id"]: f["wh"] * (1 if f.pop("_side") == "buy" else -1) for f in fills}
    return {
        "fills": fills,
        "signed": signed,
        "low": low,
        "high": high,
        "price": price,
        "bought_wh": bought,
        "sold_wh": sold,
        "imported_wh": imported,
        "exported_wh": exported,
        "buyers_units": buyers,
        "sellers_units": sellers,
    }


def _clearing_row(start, c, imported, export, cap):
    levy = LEVY_TICKS * c["imported_wh"]
    return {
        "ptu_start": start,
        "layer": "street",
        "rule": "layered/1",
        "low_ticks": c["low"],
        "high_ticks": c["high"],
        "price_centiticks": c["price"] * 100,
        "import_ticks": imported,
        "export_ticks": export,
        "levy_ticks": LEVY_TICKS,
        "import_max_wh": cap,
        "export_max_wh": cap,
        **{k: c[k] for k in ("bought_wh", "sold_wh", "imported_wh", "exported_wh")},
        "buyers_units": c["buyers_units"],
        "sellers_units": c["sellers_units"],
        "levy_units": levy,
        "gateway_units": levy - c["buyers_units"] + c["sellers_units"],
        "fund_units": 0,
        "rent_units": 0,
        "rationed": False,
    }


def _meter(street, start, t, cleared, wishes, stored, car, draw):
    rows = []
    for h in street:
        member = h["member"]
        did = dict.fromkeys(DEVICES, 0)
        for order_id, wh in cleared["signed"].items():
            who, device, _ = order_id.split("/")
            if who == member:
                did[device] += wh
        agreed = sum(did.values())
        did["load"] += round(draw.normal(0, 9))
        stored[member] += did["battery"]
        arriving = t % 96 == 72
        car[member] = 21_000.0 if arriving and t > 90 else car[member] + did["ev"]
        has = h["has"]
        rows.append(
            {
                "ptu_start": start,
                "member": member,
                "offtake_wh": sum(did.values()),
                "cleared_wh": agreed,
                "planned_wh": agreed,
                **{f"{d}_wh": did[d] for d in DEVICES},
                "stored_kwh": round(stored[member] / 1000, 3) if "battery" in has else None,
                "ev_stored_kwh": round(car[member] / 1000, 3) if "ev" in has else None,
                "indoor_c": float(wishes[member]["indoor_c"][t]) if "heat_pump" in has else None,
                "estimated": "same quarter last week" if member == "home-02" and t in {40, 41} else None,
            }
        )
    return rows


def _settle(street, grid, tables):
    """Post every PTU and the period's lines, and bill what was posted to each member."""
    posted = []
    starts = list(grid.instants())
    fills, gateway, readings = tables["fills"], tables["gateway"], tables["readings"]
    per_ptu = defaultdict(lambda: defaultdict(lambda: [0, 0]))
    for start, member, wh, units in zip(
        fills["ptu_start"], fills["member"], fills["wh"], fills["units"], strict=True
    ):
        pot = per_ptu[start][member]
        pot[0] += units
        pot[1] += wh if units >= 0 else -wh
    deviations = defaultdict(dict)
    for i, start in enumerate(readings["ptu_start"]):
        deviations[start][readings["member"][i]] = readings["offtake_wh"][i] - readings["cleared_wh"][i]
    for t, start in enumerate(starts):
        lines = [(f"member/{m}", u, w) for m, (u, w) in sorted(per_ptu[start].items())]
        levy = gateway["levy_units"][t]
        posted.append((start, "clearing", [*lines, _closing(lines, "gateway")]))
        posted.append((start, "tax", [("gateway", levy, 0), ("tax/energy", -levy, 0)]))
        ticks = gateway["_imbalance_ticks"][t]
        lines = [(f"member/{m}", d * ticks, d) for m, d in sorted(deviations[start].items()) if d]
        posted.append((start, "deviation", [*lines, _closing(lines, "gateway")]))
        for cause, units in (("day_ahead", "day_ahead_units"), ("imbalance", "imbalance_units")):
            amount = gateway[units][t]
            energy = gateway["nominated_wh" if cause == "day_ahead" else "deviation_wh"][t]
            posted.append(
                (start, cause, [("gateway", amount, energy), (f"nation/{cause}", -amount, -energy)])
            )
    return _close_period(street, starts[0], len(starts), posted)


def _closing(lines, account):
    return (account, -sum(u for _, u, _ in lines), -sum(w for _, _, w in lines))


def _close_period(street, start, ptus, posted):
    bills = defaultdict(list)
    for h in street:
        account = f"member/{h['member']}"
        rows = _bill_lines(account, ptus, posted)
        _extend(bills, [{"member": h["member"], "line": i + 1} | row for i, row in enumerate(rows)])
        units = {row["code"]: row["amount_units"] for row in rows}
        for cause, to in (
            ("network", "dso"),
            ("reduction", "tax/energy"),
            ("vat", "tax/vat"),
            ("rounding", "fund"),
        ):
            posted.append((start, cause, [(account, units[cause], 0), (to, -units[cause], 0)]))
    return _posting_table(posted), bills, _totals(posted)


def _bill_lines(account, ptus, posted):
    """What was posted to a member, the period's lines, and a total in whole cents."""

    def mine(cause):
        return [(u, w) for _, why, lines in posted if why == cause for a, u, w in lines if a == account]

    bought = [(u, w) for u, w in mine("clearing") if w > 0]
    sold = [(u, w) for u, w in mine("clearing") if w <= 0]
    outside, inside = sum(w for _, w in bought) * (LEVY_TICKS + 9000), sum(w for _, w in sold) * 4200
    rows = [
        _line("bought", bought, "Gekocht in de straat", "Bought in the street", outside),
        _line("sold", sold, "Verkocht aan de straat", "Sold to the street", inside),
        _line("deviation", mine("deviation"), "Anders dan afgesproken", "Other than agreed"),
        _line("network", [(ptus * 1_360_000, 0)], "Netbeheer, 3x25A", "Network, 3x25A"),
        _line("reduction", [(-ptus * 1_480_000, 0)], "Vermindering energiebelasting", "Energy tax reduction"),
    ]
    net = sum(row["amount_units"] for row in rows)
    vat = net * VAT_PERCENT // 100
    rest = -(net + vat) % UNITS_PER_CENT
    rest -= UNITS_PER_CENT if rest > UNITS_PER_CENT // 2 else 0
    rows.append(_line("vat", [(vat, 0)], "Btw 21 %", "VAT 21 %"))
    rows.append(_line("rounding", [(rest, 0)], "Afronding op centen", "Rounded to cents"))
    compared = [
        r["counterfactual_units"] - r["amount_units"] for r in rows if r["counterfactual_units"] is not None
    ]
    total, wh = net + vat + rest, sum(row["energy_wh"] for row in rows)
    return [*rows, _line("total", [(total, wh)], "Totaal", "Total", total + sum(compared))]


def _line(code, amounts, nl, en, otherwise=None):
    units, wh = sum(u for u, _ in amounts), sum(w for _, w in amounts)
    eur = "" if otherwise is None else f"EUR {otherwise / 1e8:.2f}."
    return {
        "code": code,
        "energy_wh": wh,
        "amount_units": units,
        "text_nl": nl,
        "text_en": en,
        "because_nl": _because(code, wh, "nl"),
        "because_en": _because(code, wh, "en"),
        "counterfactual_units": otherwise,
        "counterfactual_nl": eur and f"Zonder de straat was dit {eur}",
        "counterfactual_en": eur and f"Without the street this would be {eur}",
    }


def _because(code, wh, language):
    kwh = f"{abs(wh) / 1000:.1f} kWh"
    said = {
        "bought": (
            "De straat leverde {0} in de kwartieren waarin uw huis vroeg.",
            "The street supplied {0} in the quarter-hours in which your home asked.",
        ),
        "sold": (
            "Uw dak en accu leverden {0} aan de buren.",
            "Your roof and battery supplied {0} to the neighbours.",
        ),
        "deviation": (
            "U week {0} af van het plan; dat kost de onbalansprijs.",
            "You departed {0} from the plan; that costs the imbalance price.",
        ),
    }
    words = said.get(
        code, ("Vast bedrag, naar rato van de dagen.", "A fixed amount, in proportion to the days.")
    )
    return words[0 if language == "nl" else 1].format(kwh)


def _posting_table(posted):
    rows = defaultdict(list)
    for entry, (start, cause, lines) in enumerate(sorted(posted, key=lambda p: (p[0], p[1]))):
        for account, units, wh in lines:
            _extend(
                rows,
                [
                    {
                        "entry": entry + 1,
                        "ptu_start": start,
                        "cause": cause,
                        "account": account,
                        "amount_units": units,
                        "energy_wh": wh,
                    }
                ],
            )
    return rows


def _totals(posted):
    totals = defaultdict(int)
    for _, _, lines in posted:
        for account, units, _ in lines:
            totals[account] += units
    return {account: {"amount_units": units} for account, units in sorted(totals.items())}


def _extend(columns, rows):
    for row in rows:
        for key, value in row.items():
            columns[key].append(value)


def _write_tables(folder, tables, csv):
    (folder / "tables").mkdir(parents=True, exist_ok=True)
    for name, columns in tables.items():
        made = {key: _typed(key, values) for key, values in columns.items()}
        table = pa.table(made)
        if csv:
            if "ptu_start" in table.column_names:
                iso = [f"{t:%Y-%m-%dT%H:%M:%SZ}" for t in table["ptu_start"].to_pylist()]
                table = table.set_column(table.column_names.index("ptu_start"), "ptu_start", pa.array(iso))
            plain = [
                pa.field(f.name, pa.string()) if pa.types.is_dictionary(f.type) else f for f in table.schema
            ]
            pa_csv.write_csv(table.cast(pa.schema(plain)), folder / "tables" / f"{name}.csv")
        else:
            pa_parquet.write_table(table, folder / "tables" / f"{name}.parquet")


def _typed(name, values):
    if name == "ptu_start":
        return pa.array(np.asarray(values, "datetime64[s]")).cast(pa.timestamp("s", "UTC"))
    column = pa.array(values)
    return column.dictionary_encode() if pa.types.is_string(column.type) else column


def _about(homes, first, days, seed, policy, totals):
    last = first.fromordinal(first.toordinal() + days - 1)
    return {
        "name": "Voorbeeldstraat",
        "policy": policy,
        "rule": "layered/1",
        "k_percent": 50,
        "first_day": first.isoformat(),
        "last_day": last.isoformat(),
        "zone": "Europe/Amsterdam",
        "seed": seed,
        "version": "0.1.0",
        "members": homes,
        "sources": {
            "prices": "model: residual-load merit order",
            "weather": "model: clear sky with clouds",
            "homes": "model: built-in street, seed 7",
        },
        "findings": [
            {
                "source": "home-02",
                "where": "2025-10-25T08:00Z to 08:30Z",
                "what": "2 quarter-hours without a reading",
                "repair": "same quarter last week",
            },
            {
                "source": "prices.csv",
                "where": "line 218",
                "what": "duplicated row",
                "repair": "dropped duplicate",
            },
        ],
        "checks": [
            {
                "name": "postings",
                "text_nl": "Elke boeking telt op tot nul, in euro en in Wh.",
                "text_en": "Every entry sums to zero, in euros and in Wh.",
                "residue": 0,
                "passed": True,
            },
            {
                "name": "bills",
                "text_nl": "De rekeningen zijn samen wat de leden is geboekt.",
                "text_en": "The bills together are what was posted to the members.",
                "residue": 0,
                "passed": True,
            },
        ],
        "totals": totals,
    }
