// The merit order section: choosing a quarter-hour, its picture, and who pays what and why.
import { cents, day, euros, number, wh } from "./format.js";
import { html } from "./svg.js";
import { named, say } from "./words.js";
import { clocks, dayIndex, instant, nearestFull, noon, summary, unpack, zone } from "./data.js";
import { choose, state } from "./state.js";
import { button, refill, select } from "./controls.js";
import { bookOf, clearingOf, meritLegend, meritPicture } from "./merit.js";
import { chooseMoment, momentWords } from "./timeline.js";

export async function drawOrders(place) {
  const at = dayIndex(state.ptu);
  const within = summary.days[at];
  const [series, full] = await Promise.all([unpack("series"), within.full ? unpack(`day-${at}`) : null]);
  if (dayIndex(state.ptu) !== at) return;
  const layers = full ? Object.keys(full.layers) : [];
  const layer = layers.includes(state.layer) ? state.layer : layers[0];
  const chooser = controls(at, within, layers, layer);
  if (!full) return refill(place, chooser, elsewhere(at), kept());
  if (!layer || !full.orders.ptu) return refill(place, chooser, html("p", { class: "message" }, say("merit.no_market")));
  const book = bookOf(full.orders, state.ptu - within.first, layer);
  const cleared = clearingOf(full.layers, layer, state.ptu - within.first, book);
  const shown = html("div", { class: "picture", id: "merit-picture" });
  refill(
    place,
    chooser,
    html("h3", { id: "merit-moment", "data-ptu": state.ptu }, momentWords(state.ptu)),
    html("div", { class: "beside" }, html("figure", {}, meritLegend(book, cleared), shown, html("p", { class: "hint" }, say("merit.hint"), cleared.many && ` ${say("merit.hint.layers")}`)), html("div", {}, happened(cleared), moneyTable(cleared), !cleared.inner && afterwards(series, state.ptu))),
    whoPays(book),
    kept(),
  );
  shown.replaceChildren(meritPicture(book, cleared, Math.max(shown.clientWidth, 280)));
}

function controls(at, within, layers, layer) {
  const days = summary.days.map((each, i) => ({ value: i, words: day(noon(each), zone, "short"), off: !each.full })).filter((option) => !option.off || option.value === at);
  const goTo = (i) => chooseMoment(summary.days[i].first + Math.min(state.ptu - within.first, summary.days[i].count - 1));
  const last = summary.figures.ptus - 1;
  return html("div", { class: "controls", id: "merit-controls" },
    select(say("merit.day"), days, at, goTo, "merit-day"),
    select(say("merit.time"), clocks(within).map((words, i) => ({ value: within.first + i, words })), state.ptu, chooseMoment, "merit-time"),
    html("div", { class: "joined", role: "group", "aria-label": say("merit.step") },
      button("‹", () => chooseMoment(state.ptu - 1), { id: "merit-back", "aria-label": say("merit.before"), disabled: state.ptu === 0 }),
      button("›", () => chooseMoment(state.ptu + 1), { id: "merit-on", "aria-label": say("merit.after"), disabled: state.ptu === last })),
    layers.length > 1 && select(say("merit.layer"), layers.map((name, i) => ({ value: i, words: named("layer", name) })), layers.indexOf(layer), (i) => choose({ layer: layers[i] }), "merit-layer"),
    Object.entries(summary.picks).map(([name, ptu]) => button(say(`pick.${pickName(name)}`), () => chooseMoment(ptu), { id: `pick-${name}`, "aria-pressed": String(ptu === state.ptu) })));
}

const pickName = (name) => (name === "cheapest" && summary.figures.negative_ptus > 0 ? "negative" : name);

function elsewhere(at) {
  const near = nearestFull(at);
  return html("p", { class: "message" }, say("merit.not_kept"), " ",
    near !== undefined && button(say("merit.go_near", { day: day(noon(summary.days[near]), zone, "short") }), () => chooseMoment(summary.days[near].first + 48), { id: "merit-near" }));
}

// Of a long run only some days are in the page in full; say so.
function kept() {
  const full = summary.days.filter((each) => each.full).length;
  return full < summary.days.length && html("p", { class: "note", id: "merit-kept" }, say("merit.kept", { full: number(full), days: number(summary.days.length) }));
}

// What happened, in one or two sentences.
function happened(cleared) {
  const told = { bought: number(cleared.bought_wh), sold: number(cleared.sold_wh), imported: number(cleared.imported_wh), exported: number(cleared.exported_wh), local: number(cleared.bought_wh - cleared.imported_wh) };
  const from = cleared.inner ? "inner." : "";
  const way = cleared.imported_wh > 0 ? "imported" : cleared.exported_wh > 0 ? "exported" : cleared.bought_wh > 0 ? "balanced" : "nothing";
  const price = cleared.price !== null && cleared.bought_wh + cleared.sold_wh > 0 && say(cleared.low_ticks === cleared.high_ticks ? "merit.happened.fixed" : "merit.happened.price", { low: cents(cleared.low_ticks, 2), high: cents(cleared.high_ticks, 2), price: cents(cleared.price, 2) });
  return html("p", { class: "told" }, say(`merit.happened.${from}${way}`, told), price && ` ${price}`, cleared.rationed && ` ${say("merit.happened.rationed")}`, cleared.full && ` ${say("merit.happened.full")}`);
}

// What the market agreed is not yet what the meters show.
function afterwards(series, ptu) {
  const [announced, metered] = [series.nominated_wh?.[ptu], series.metered_wh?.[ptu]];
  if (typeof announced !== "number" || typeof metered !== "number" || announced === metered) return null;
  return html("p", { class: "note", id: "merit-afterwards" }, say("merit.afterwards", { announced: flow(announced), metered: flow(metered), apart: wh(Math.abs(metered - announced)) }));
}

const flow = (through) => say(through > 0 ? "merit.flow.in" : through < 0 ? "merit.flow.out" : "merit.flow.none", { wh: wh(Math.abs(through)) });

// The money of this quarter-hour: what comes in equals what goes out.
function moneyTable(cleared) {
  const rows = [
    ["buyers", cleared.bought_wh, cleared.buyer, cleared.buyers_units], ["sellers", cleared.sold_wh, cleared.seller, -cleared.sellers_units],
    ["levy", cleared.imported_wh, cleared.imported_wh ? cleared.levy_ticks : null, -(cleared.levy_units ?? 0)], ["rent", null, null, -(cleared.rent_units ?? 0)],
    ["gateway", cleared.imported_wh || cleared.exported_wh, cleared.imported_wh ? cleared.import_ticks : cleared.exported_wh ? cleared.export_ticks : null, cleared.gateway_units], ["fund", null, null, cleared.fund_units ?? 0],
  ].filter(([name, , , units]) => units || name === "buyers" || name === "sellers");
  const from = cleared.inner ? "inner." : "";
  const sum = rows.reduce((whole, [, , , units]) => whole + units, 0);
  return html("table", { id: "money-table" },
    html("caption", {}, say("money.caption")),
    html("thead", {}, html("tr", {}, html("th", { scope: "col" }, say("money.who")), ["Wh", "ct/kWh", say("money.signed")].map((unit) => html("th", { scope: "col", class: "n" }, unit)))),
    html("tbody", {}, rows.map(([name, wh, ticks, units]) => html("tr", {}, html("th", { scope: "row" }, say(name === "gateway" ? `money.${from}gateway` : `money.${name}`)),
      [wh === null ? "" : number(wh), ticks === null ? "" : cents(ticks, 2), number(units / 1e8, 5)].map((cell) => html("td", { class: "n" }, cell)))),
      html("tr", { class: "sum" }, html("th", { scope: "row" }, say("money.sum")), html("td"), html("td"), html("td", { class: "n" }, html("data", { id: "money-sum", value: sum }, number(sum / 1e8, 5))))));
}

function whoPays(book) {
  const rows = [...book].sort((a, b) => Math.abs(b.units) - Math.abs(a.units) || b.wh - a.wh || (a.member < b.member ? -1 : 1));
  const traded = rows.filter((order) => order.wh > 0).length;
  const columns = [["who.member"], ["who.device"], ["who.traded", 1], ["who.money", 1], ["who.limit", 1], ["who.wanted", 1], ["who.why"]];
  return html("div", {},
    html("h3", { class: "after" }, say("who.title", { traded: number(traded), orders: number(rows.length) })),
    html("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": say("who.region") },
      html("table", { id: "who-table" },
        html("thead", {}, html("tr", {}, columns.map(([key, right]) => html("th", { scope: "col", class: right && "n" }, say(key))))),
        html("tbody", {}, rows.map(whoRow)))));
}

function whoRow(order) {
  const outcome = order.outcome || (order.limit === null ? "rationed" : "priced_out");
  const limit = order.limit === null ? say("who.no_limit") : cents(order.limit, 2);
  return html("tr", {},
    html("th", { scope: "row", style: "white-space:nowrap" }, order.member),
    html("td", { style: "white-space:nowrap" }, html("i", { class: "dot", style: `background:var(--${knownDevice(order.device)})`, "aria-hidden": "true" }), named("device", order.device), " ", html("small", {}, say(order.buys ? "who.buys" : "who.sells"))),
    html("td", { class: "n" }, number(order.wh)),
    html("td", { class: "n" }, html("data", { value: order.units }, euros(order.units, 5))),
    [limit, number(order.quantity)].map((cell) => html("td", { class: "n" }, cell)),
    html("td", { class: "why" }, outcomeWords(outcome, order)));
}

const knownDevice = (device) => (["load", "pv", "battery", "ev", "heat_pump"].includes(device) ? device : "soft");

function outcomeWords(outcome, order) {
  const side = order.buys ? "buy" : "sell";
  return named("outcome", `${outcome}.${side}`).replace("outcome.", "");
}
