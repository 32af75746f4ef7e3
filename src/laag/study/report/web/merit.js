// The merit order of one quarter-hour: who offered, who asked, where they met.
import { cents, number } from "./format.js";
import { apart, axis, legend, picture, scale, svg, text } from "./svg.js";
import { named, say } from "./words.js";

const OUTSIDE = ["landed", "export"];
const TRADED = ["buyer", "price", "seller"];
const CEILING = 30;
const FLOOR = 30;
const DEVICES = ["load", "heat_pump", "ev", "battery", "pv"];

const STREET = "street";

// The orders of one layer in one quarter-hour, as objects; of the street itself those of every layer inside it.
export function bookOf(orders, ptu, layer) {
  const { names } = orders;
  const book = [];
  for (let i = lowest(orders.ptu, ptu); i < orders.ptu.length && orders.ptu[i] === ptu; i++) {
    if (layer !== STREET && names[orders.layer[i]] !== layer) continue;
    book.push({
      member: names[orders.member[i]], device: names[orders.device[i]], buys: orders.buys[i] === 1, quantity: orders.quantity_wh[i],
      limit: orders.limit_ticks[i], wh: orders.wh[i], units: orders.units[i], outcome: names[orders.outcome[i]],
    });
  }
  return book;
}

function lowest(sorted, wanted) {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}

// One layer's clearing in one quarter-hour, with the prices that follow from what its members' orders paid.
export function clearingOf(layers, layer, ptu, book) {
  const cleared = at(layers[layer], ptu);
  const sum = (buys, key) => book.reduce((whole, order) => whole + (order.buys === buys ? order[key] : 0), 0);
  const traded = { bought_wh: sum(true, "wh"), sold_wh: sum(false, "wh"), buyers_units: sum(true, "units"), sellers_units: -sum(false, "units") };
  const insides = layer === STREET ? Object.keys(layers).map((name) => at(layers[name], ptu)) : [cleared];
  const shared = (key) => insides.reduce((whole, each) => whole + (each[key] ?? 0), 0);
  return {
    ...cleared, ...traded, ...gateway(cleared, layer === STREET ? null : at(layers[STREET], ptu)), fund_units: shared("fund_units"), rent_units: shared("rent_units"),
    full: insides.some((each) => (each.imported_wh > 0 && each.imported_wh === each.import_max_wh) || (each.exported_wh > 0 && each.exported_wh === each.export_max_wh)),
    many: insides.length > 1,
    price: cleared.price_centiticks === null ? null : cleared.price_centiticks / 100,
    buyer: traded.bought_wh > 0 ? traded.buyers_units / traded.bought_wh : null,
    seller: traded.sold_wh > 0 ? traded.sellers_units / traded.sold_wh : null,
  };
}

const at = (columns, ptu) => Object.fromEntries(Object.entries(columns).map(([name, cells]) => [name, cells[ptu] ?? null]));

// At which prices a layer's gateway sells and buys: outside, or for a layer inside the street the street's own.
function gateway(cleared, street) {
  if (cleared.import_ticks !== null || !street) return { inner: false, landed: cleared.import_ticks + cleared.levy_ticks };
  const price = street.price_centiticks / 100;
  const landed = street.bought_wh > 0 ? street.buyers_units / street.bought_wh : price;
  return { inner: true, landed, import_ticks: landed, export_ticks: street.sold_wh > 0 ? street.sellers_units / street.sold_wh : price };
}

const limitOf = (order) => order.limit ?? (order.buys ? Infinity : -Infinity);

// Both ladders with the gateway's step in its place: local orders go first at equal price, as in the rule.
export function ladders(book, cleared) {
  const sells = book.filter((order) => !order.buys).sort((a, b) => limitOf(a) - limitOf(b));
  const buys = book.filter((order) => order.buys).sort((a, b) => limitOf(b) - limitOf(a));
  const local = Math.max(total(sells), total(buys));
  const length = (traded, most) => Math.min(most ?? Infinity, Math.max(traded * 1.2, local * 0.16, 1));
  const gateway = (name, limit, quantity, wh) => ({ device: name, limit, quantity, wh });
  const inward = gateway("import", cleared.landed, length(cleared.imported_wh, cleared.import_max_wh), cleared.imported_wh);
  const outward = gateway("export", cleared.export_ticks, length(cleared.exported_wh, cleared.export_max_wh), cleared.exported_wh);
  return {
    supply: stacked([...sells.filter((order) => limitOf(order) <= inward.limit), inward, ...sells.filter((order) => limitOf(order) > inward.limit)]),
    demand: stacked([...buys.filter((order) => limitOf(order) >= outward.limit), outward, ...buys.filter((order) => limitOf(order) < outward.limit)]),
  };
}

const total = (orders) => orders.reduce((sum, order) => sum + order.quantity, 0);

// Steps of one device at one price side by side are one step to the eye.
function stacked(orders) {
  const steps = [];
  let from = 0;
  for (const order of orders) {
    const limit = order.limit ?? (order.buys ? Infinity : -Infinity);
    const last = steps.at(-1);
    if (last && last.device === order.device && last.limit === limit) Object.assign(last, { to: from + order.quantity, wh: last.wh + order.wh });
    else steps.push({ device: order.device, limit, from, to: from + order.quantity, wh: order.wh });
    from += order.quantity;
  }
  return steps.filter((step) => step.to > step.from);
}

export function meritPicture(book, cleared, width) {
  const { supply, demand } = ladders(book, cleared);
  const narrow = width < 520;
  const box = { left: 40, right: width - (narrow ? 96 : 152), top: 24, bottom: narrow ? 350 : 420 };
  const widest = Math.max(supply.at(-1)?.to ?? 0, demand.at(-1)?.to ?? 0) * 1.02 || 1;
  const domain = priceDomain([...supply, ...demand], cleared);
  const x = scale([0, widest], [box.left, box.right]);
  const y = scale(domain, [box.bottom - FLOOR, box.top + CEILING]);
  const met = cleared.bought_wh + cleared.exported_wh;
  return picture(width, box.bottom + 44, describe(cleared),
    hatching(),
    axis(domain.map((edge) => edge / 1000), (value) => y(value * 1000), { left: box.left, right: box.right, format: (value) => number(value), wanted: 5 }),
    supply.map((step) => supplyStep(step, x, y, box, cleared, met)),
    demandLine(demand, x, y, box, met),
    meeting(met, cleared, x, y, box),
    priceLabels(cleared, y, box, width, x(met)),
    text(box.left, 13, say("merit.axis.price"), { class: "title" }),
    energyAxis(widest, x, box, narrow));
}

function priceDomain(steps, cleared) {
  const known = [cleared.landed, cleared.import_ticks, cleared.export_ticks, cleared.price, cleared.buyer, cleared.seller].filter((tick) => tick !== null);
  const span = Math.max(Math.max(...known) - Math.min(...known), 4000);
  const near = steps.map((step) => step.limit).filter((limit) => limit > Math.min(...known) - span * 0.8 && limit < Math.max(...known) + span * 0.8);
  const low = Math.min(0, ...known, ...near);
  const high = Math.max(...known, ...near);
  return [low - (high - low) * 0.09, high + (high - low) * 0.12];
}

const hatching = () =>
  svg("defs", {}, svg("pattern", { id: "tax-hatch", width: 6, height: 6, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" },
    svg("rect", { width: 6, height: 6, fill: "var(--paper)" }), svg("rect", { width: 2, height: 6, fill: "var(--tax)" })));

// Where a limit stands: any price in a band of its own at the edge, a price far off just inside that band.
function held(limit, y, box) {
  if (limit === Infinity) return box.top + 7;
  if (limit === -Infinity) return box.bottom - FLOOR + 8;
  return Math.min(Math.max(y(limit), box.top + CEILING - 6), box.bottom - FLOOR);
}

// Blocks wide enough to tell apart have a seam between them.
const seam = (width) => (width > 5 ? width - 1 : width).toFixed(1);

// A block from the floor up to its price; what was not used is pale, the tax on an import is hatched.
function supplyStep(step, x, y, box, cleared, met) {
  const block = (from, to, top, bottom, attributes) =>
    to > from && bottom > top && svg("rect", { x: x(from).toFixed(1), width: seam(x(to) - x(from)), y: top.toFixed(1), height: (bottom - top).toFixed(1), ...attributes });
  const top = held(step.limit, y, box);
  const edge = Math.min(Math.max(met, step.from), step.to);
  const parts = [[step.from, edge, 0.9], [edge, step.to, 0.28]];
  const mustRun = step.limit === -Infinity && x(step.to) - x(step.from) > 60;
  return svg("g", {}, mustRun && text(x(step.from) + 2, top - 6, say("merit.any_price"), { class: "halo" }), parts.map(([from, to, opacity]) => {
    if (step.device !== "import") return block(from, to, top, box.bottom, { fill: `var(--${step.device})`, "fill-opacity": opacity });
    const bare = held(cleared.import_ticks, y, box);
    return [
      block(from, to, bare, box.bottom, { fill: "var(--import)", "fill-opacity": opacity }),
      block(from, to, top, bare, { fill: "url(#tax-hatch)", "fill-opacity": opacity, stroke: "var(--tax)", "stroke-opacity": opacity }),
    ];
  }));
}

function demandLine(demand, x, y, box, met) {
  const heights = demand.map((step) => held(step.limit, y, box));
  const path = demand.map((step, i) => `${i ? "L" : "M"}${x(step.from).toFixed(1)} ${heights[i].toFixed(1)}H${x(step.to).toFixed(1)}`).join("");
  const segments = demand.map((step, i) => svg("line", {
    x1: x(step.from), x2: x(step.from) + Number(seam(x(step.to) - x(step.from))), y1: heights[i], y2: heights[i],
    stroke: `var(--${step.device})`, "stroke-width": 5, "stroke-opacity": step.from < met ? 1 : 0.45,
  }));
  const free = demand.findLast((step) => step.limit === Infinity);
  return svg("g", {},
    svg("path", { d: path, fill: "none", stroke: "var(--paper)", "stroke-width": 6 }),
    svg("path", { d: path, fill: "none", stroke: "var(--ink)", "stroke-width": 1.6, "stroke-linejoin": "round" }),
    segments,
    free && anyPrice(x(free.to), box));
}

function anyPrice(end, box) {
  const inside = end > box.right - 100;
  return text(inside ? box.right : end + 8, box.top + (inside ? 23 : 11), say("merit.any_price"), { class: "halo", "text-anchor": inside ? "end" : "start" });
}

function meeting(met, cleared, x, y, box) {
  if (!met) return null;
  const at = x(met);
  const height = cleared.price ?? cleared.buyer ?? cleared.seller;
  const bounds = cleared.low_ticks !== null && cleared.high_ticks !== null && cleared.price !== null;
  return svg("g", {},
    svg("line", { x1: at, x2: at, y1: box.top, y2: box.bottom + 6, stroke: "var(--ink)", "stroke-dasharray": "2 3" }),
    bounds && svg("line", { x1: at, x2: at, y1: held(cleared.low_ticks, y, box), y2: held(cleared.high_ticks, y, box), stroke: "var(--ink)", "stroke-width": 7, "stroke-opacity": 0.28, "stroke-linecap": "round" }),
    svg("circle", { cx: at, cy: held(height, y, box), r: 6, fill: "var(--paper)", stroke: "var(--ink)", "stroke-width": 2.5 }),
    text(at, box.bottom + 18, `${number(met)} Wh`, { class: "strong halo", "text-anchor": at > box.right - 30 ? "end" : "middle" }));
}

// The prices by name at the right; equal prices share a label.
function priceLabels(cleared, y, box, width, from) {
  const known = [["landed", cleared.landed, "tax"], ["buyer", cleared.buyer, "ink"], ["price", cleared.price, "ink"], ["seller", cleared.seller, "local"], ["untaxed", cleared.inner ? null : cleared.import_ticks, "import"], ["export", cleared.export_ticks, "export"]];
  const labels = [];
  for (const [name, ticks, colour] of known) {
    if (ticks === null) continue;
    const same = labels.find((label) => Math.abs(label.ticks - ticks) < 5);
    if (same) same.names.push(name);
    else labels.push({ inner: cleared.inner, names: [name], ticks, colour, y: held(ticks, y, box) - 7 });
  }
  for (const label of labels) {
    label.traded = label.names.some((name) => TRADED.includes(name));
    if (TRADED.every((name) => label.names.includes(name))) label.names = ["everyone", ...label.names.filter((name) => !TRADED.includes(name))];
    label.size = 19 + 13 * label.names.length;
  }
  return apart(labels, [box.top, box.bottom + 10]).map((label) => priceLabel(label, box, width >= 520 ? "long" : "short", from));
}

function priceLabel({ inner, names, ticks, colour, traded, y, at }, box, length, from) {
  const height = y + 7;
  return svg("g", {},
    svg("path", { d: `M${traded ? from : box.right - 14} ${height}H${box.right}L${box.right + 10} ${at + 7}`, fill: "none", stroke: `var(--${colour})`, "stroke-width": traded ? 1.6 : 1.2, "stroke-dasharray": traded ? "" : "3 3" }),
    text(box.right + 14, at + 11, `${cents(ticks)} ct`, { class: "strong" }),
    names.map((name, i) => text(box.right + 14, at + 24 + 13 * i, say(`merit.${inner && OUTSIDE.includes(name) ? "street_" : ""}${name}.${length}`))));
}

function energyAxis(widest, x, box, narrow) {
  return svg("g", {},
    svg("line", { class: "zero", x1: box.left, x2: box.right, y1: box.bottom, y2: box.bottom }),
    text(box.left, box.bottom + 36, say(narrow ? "merit.axis.energy.short" : "merit.axis.energy")),
    text(box.right, box.bottom + 36, `${number(widest)} Wh`, { "text-anchor": "end" }));
}

function describe(cleared) {
  return say("merit.described", {
    bought: number(cleared.bought_wh), sold: number(cleared.sold_wh), imported: number(cleared.imported_wh), exported: number(cleared.exported_wh),
    buyer: cleared.buyer === null ? "–" : cents(cleared.buyer, 2), seller: cleared.seller === null ? "–" : cents(cleared.seller, 2),
  });
}

export function meritLegend(book, cleared) {
  const present = DEVICES.filter((device) => book.some((order) => order.device === device));
  return legend([
    ...present.map((device) => ({ colour: device, words: named("device", device) })),
    { colour: "import", words: say(cleared.inner ? "merit.legend.street" : "merit.legend.import") },
    ...(cleared.inner ? [] : [{ colour: "tax", words: say("merit.legend.tax"), kind: "striped" }]),
    { colour: "export", words: say(cleared.inner ? "merit.legend.street_asks" : "merit.legend.export"), kind: "line" },
    { colour: "ink", words: say("merit.legend.demand"), kind: "line" },
  ]);
}
