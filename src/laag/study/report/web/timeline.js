// Prices and flows at the gateway over time; any moment on it can be chosen.
import { cents, day, kw, number } from "./format.js";
import { axis, html, legend, picture, scale, stepArea, stepLine, svg, text } from "./svg.js";
import { say } from "./words.js";
import { clockOf, dayIndex, instant, noon, summary, zone } from "./data.js";
import { choose, state } from "./state.js";
import { button, refill, select, timeSlider } from "./controls.js";

const MOST_STEPS = 1400;
const EDGE = { left: 44, right: 12 };
const POWER = 4 / 1000;

export function drawTimeline(place, series) {
  const shown = document.getElementById("timeline-picture") ?? html("div", { class: "picture", id: "timeline-picture" });
  const readout = html("p", { class: "readout", id: "timeline-readout" }, ...tell(series, state.ptu));
  refill(place, controls(), legend(keys(series)), shown, readout, html("p", { class: "hint" }, say("timeline.hint")), pointNote());
  paint(shown, series, readout);
}

function controls() {
  const today = dayIndex(state.ptu);
  const days = summary.days;
  const spans = [1, 7, 31].filter((span) => span < days.length);
  const show = (from, span) => {
    const first = Math.min(Math.max(from, 0), days.length - span);
    const last = days[first + span - 1];
    const end = last.first + last.count;
    const within = state.ptu >= days[first].first && state.ptu < end;
    choose({ first: days[first].first, count: end - days[first].first, ptu: within ? state.ptu : days[first].first + 48 });
  };
  const [at, span] = window_();
  const step = (by) => show(at + by * span, span);
  return html(
    "div",
    { class: "controls" },
    html("div", { class: "joined", role: "group", "aria-label": say("timeline.span") },
      spans.map((many) => button(say(`timeline.span.${many}`), () => show(many === 1 ? today : at, many), { id: `span-${many}`, "aria-pressed": String(span === many) })),
      button(say("timeline.span.all"), () => show(0, days.length), { id: "span-all", "aria-pressed": String(span === days.length) })),
    days.length > 1 && select(say("timeline.day"), days.map((each, i) => ({ value: i, words: day(noon(each), zone, "short") })), at, (i) => show(i, Math.min(span === days.length ? 1 : span, days.length)), "timeline-day"),
    days.length > 1 && html("div", { class: "joined", role: "group", "aria-label": say("timeline.move") },
      button("‹", () => step(-1), { id: "timeline-back", "aria-label": say("timeline.earlier"), disabled: at === 0 }),
      button("›", () => step(1), { id: "timeline-on", "aria-label": say("timeline.later"), disabled: at + span >= days.length })),
  );
}

// The first day that is shown and how many.
function window_() {
  const first = dayIndex(state.first);
  return [first, dayIndex(state.first + state.count - 1) - first + 1];
}

// Where the points of what is shown begin, and where the last ends: quarter-hours, hours when those are too many, then days.
function edges() {
  const end = state.first + state.count;
  if (state.count > 4 * MOST_STEPS) return [...summary.days.map((within) => within.first).filter((first) => first >= state.first && first < end), end];
  const size = state.count > MOST_STEPS ? 4 : 1;
  return [...Array.from({ length: Math.ceil(state.count / size) }, (_, i) => state.first + i * size), end];
}

const pointNote = () =>
  state.count > MOST_STEPS && html("p", { class: "hint" }, say(state.count > 4 * MOST_STEPS ? "timeline.per_day" : "timeline.per_hour"));

// A column over what is shown, as the mean of each point.
function slice(cells) {
  if (!cells) return null;
  const bounds = edges();
  return bounds.slice(1).map((until, i) => {
    const some = cells.slice(bounds[i], until).filter((cell) => cell !== null);
    return some.length ? some.reduce((sum, cell) => sum + cell, 0) / some.length : null;
  });
}

const ratio = (top, bottom) => (top ? top.map((units, i) => (bottom[i] > 0 ? units / bottom[i] : null)) : null);
export const buyerTicks = (series) => ratio(series.members_buyers_units, series.members_bought_wh);
export const sellerTicks = (series) => ratio(series.members_sellers_units, series.members_sold_wh);

function keys(series) {
  const items = [{ colour: "ink", words: say("price.day_ahead"), kind: "line" }];
  if (series.members_bought_wh) items.push({ colour: "tax", words: say("price.buyer"), kind: "line" }, { colour: "local", words: say("price.seller"), kind: "line" });
  items.push({ colour: "import", words: say("flow.import") }, { colour: "export", words: say("flow.export") });
  if (capacities(series)) items.push({ colour: "bad", words: say("flow.capacity"), kind: "line dash" });
  return items;
}

const capacities = (series) => series.import_max_wh?.some((cell) => cell !== null);

function paint(place, series, readout) {
  const width = Math.max(place.clientWidth, 280);
  const narrow = width < 560;
  const priceBox = { top: 22, bottom: narrow ? 150 : 180 };
  const flowBox = { top: priceBox.bottom + 38, bottom: priceBox.bottom + (narrow ? 180 : 220) };
  const across = scale([state.first, state.first + state.count], [EDGE.left, width - EDGE.right]);
  const bounds = edges();
  const x = (i) => across(bounds[i]);
  const height = flowBox.bottom + 26;
  place.replaceChildren(
    picture(width, height, say("timeline.label"),
      timeMarks(across, width, [priceBox.top, flowBox.bottom]),
      prices(series, x, width, priceBox),
      flows(series, x, width, flowBox),
      marker(across, [priceBox.top - 4, flowBox.bottom])),
  );
  timeSlider(place, {
    label: say("timeline.slider"), value: state.ptu, spoken: readout.textContent, first: 0, count: summary.figures.ptus,
    at: (event) => ptuAt(place, event), act: chooseMoment, hover: (ptu) => readout.replaceChildren(...tell(series, ptu)),
  });
}

// Choose a moment, and bring its day into view where it lies outside what is shown.
export function chooseMoment(ptu) {
  if (ptu >= state.first && ptu < state.first + state.count) return choose({ ptu });
  const within = summary.days[dayIndex(ptu)];
  return choose({ ptu, first: within.first, count: within.count });
}

function ptuAt(place, event) {
  const box = place.getBoundingClientRect();
  const share = (event.clientX - box.left - EDGE.left) / (box.width - EDGE.left - EDGE.right);
  return state.first + Math.min(Math.max(Math.floor(share * state.count), 0), state.count - 1);
}

function domainOf(columns, least) {
  const cells = columns.filter(Boolean).flat().filter((cell) => cell !== null);
  const low = Math.min(0, ...extreme(cells, Math.min));
  const high = Math.max(least, ...extreme(cells, Math.max));
  return [low < 0 ? low * 1.08 : 0, high * 1.06];
}

const extreme = (cells, pick) => (cells.length ? [cells.reduce((a, b) => pick(a, b))] : []);

function prices(series, x, width, { top, bottom }) {
  const lines = [["ink", slice(series.day_ahead_ticks)], ["local", slice(sellerTicks(series))], ["tax", slice(buyerTicks(series))]];
  const domain = domainOf(lines.map(([, cells]) => cells), 5000);
  const y = scale(domain, [bottom, top]);
  return svg("g", {},
    axis(domain.map((edge) => edge / 1000), (value) => y(value * 1000), { left: EDGE.left, right: width - EDGE.right, format: (value) => number(value) }),
    text(EDGE.left, top - 9, say("price.axis"), { class: "title" }),
    lines.filter(([, cells]) => cells).map(([colour, cells]) => svg("path", { class: "thread", d: stepLine(cells, x, y), stroke: `var(--${colour})` })));
}

function flows(series, x, width, { top, bottom }) {
  const power = slice(series.metered_wh).map((cell) => (cell === null ? 0 : cell * POWER));
  const up = slice(series.import_max_wh)?.map((cell) => cell && cell * POWER);
  const down = slice(series.export_max_wh)?.map((cell) => cell && -cell * POWER);
  const domain = domainOf([power, up, down], 1);
  const y = scale(domain, [bottom, top]);
  const none = power.map(() => 0);
  return svg("g", {},
    axis(domain, y, { left: EDGE.left, right: width - EDGE.right, format: (value) => number(value) }),
    text(EDGE.left, top - 9, say("flow.axis"), { class: "title" }),
    svg("path", { d: stepArea(none, power.map((each) => Math.max(each, 0)), x, y), fill: "var(--import)", "fill-opacity": 0.85 }),
    svg("path", { d: stepArea(power.map((each) => Math.min(each, 0)), none, x, y), fill: "var(--export)", "fill-opacity": 0.85 }),
    [up, down].filter(Boolean).map((limit) => svg("path", { class: "thread capacity", d: stepLine(limit, x, y) })));
}

function timeMarks(at, width, [top, bottom]) {
  const [from, many] = window_();
  const days = summary.days.slice(from, from + many);
  if (many === 1) return hourMarks(days[0], at, width, bottom);
  const each = (at(days[0].first + days[0].count) - at(days[0].first));
  const every = Math.ceil(64 / each);
  return days.map((within, i) => [
    i > 0 && every < 8 && svg("line", { class: "day", x1: at(within.first), x2: at(within.first), y1: top, y2: bottom }),
    i % every === 0 && at(within.first) < width - 50 && text(at(within.first) + (every === 1 ? each / 2 : 2), bottom + 18, day(noon(within), zone, each > 90 ? "short" : "brief"), { "text-anchor": every === 1 ? "middle" : "start" }),
  ]);
}

export function hourMarks(within, at, width, bottom) {
  const every = width < 560 ? 6 : 3;
  return Array.from({ length: within.count }, (_, i) => within.first + i)
    .filter((ptu) => /:00( A)?$/.test(clockOf(ptu)) && parseInt(clockOf(ptu), 10) % every === 0)
    .map((ptu) => text(at(ptu), bottom + 18, clockOf(ptu).slice(0, 5), { "text-anchor": "middle" }));
}

function marker(across, [top, bottom]) {
  const at = across(state.ptu + 0.5);
  return svg("g", { class: "handle", transform: `translate(${at.toFixed(1)} 0)` },
    svg("line", { class: "now", y1: top, y2: bottom }),
    svg("path", { d: `M-5 ${top - 6}h10l-5 7z`, fill: "var(--ink)" }));
}

export function momentWords(ptu) {
  return `${day(instant(ptu), zone, "short")} ${clockOf(ptu)}`;
}

function tell(series, ptu) {
  const metered = series.metered_wh[ptu];
  const parts = [[say("price.day_ahead"), series.day_ahead_ticks[ptu]], [say("price.buyer"), buyerTicks(series)?.[ptu]], [say("price.seller"), sellerTicks(series)?.[ptu]]]
    .filter(([, ticks]) => ticks !== null && ticks !== undefined)
    .map(([words, ticks]) => [words, `${cents(ticks)} ct/kWh`]);
  const through = (wh) => [say(wh < 0 ? "flow.export" : "flow.import"), kw(Math.abs(wh) * 4)];
  const announced = series.nominated_wh?.[ptu] ?? null;
  if (metered !== null) parts.push(through(metered));
  if (announced !== null && announced !== metered) parts.push([`${say("flow.announced")} ${through(announced)[0]}`, through(announced)[1]]);
  return [html("b", {}, momentWords(ptu)), ...parts.flatMap(([words, value]) => [" ", html("span", {}, `${words} `, html("b", {}, value))])];
}
