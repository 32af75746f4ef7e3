// A home's day: what its devices took and gave, at which price, and what was stored.
import { cents, day, kw, number } from "./format.js";
import { axis, html, legend, picture, scale, stepArea, stepLine, svg, text } from "./svg.js";
import { groupName, named, say, toldOf } from "./words.js";
import { dayIndex, noon, summary, unpack, zone } from "./data.js";
import { choose, state } from "./state.js";
import { refill, select, timeSlider } from "./controls.js";
import { chooseMoment, hourMarks, momentWords } from "./timeline.js";

const EDGE_HOME = { left: 44, right: 12 };
const STACK = ["load", "heat_pump", "ev", "battery", "pv"];

export async function drawHome(place, series) {
  const at = dayIndex(state.ptu);
  const within = summary.days[at];
  const full = within.full ? await unpack(`day-${at}`) : null;
  if (dayIndex(state.ptu) !== at) return;
  const chooser = controls(at, within);
  if (!full) return refill(place, chooser, html("p", { class: "message" }, say("home.not_kept")));
  const readings = Object.fromEntries(Object.entries(full.homes).map(([name, rows]) => [name, rows[state.member]]));
  const present = STACK.filter((device) => readings[`${device}_wh`]?.some((cell) => cell));
  const shown = document.getElementById("home-picture") ?? html("div", { class: "picture", id: "home-picture" });
  const now = state.ptu - within.first;
  const readout = html("p", { class: "readout", id: "home-readout" }, ...tell(readings, present, within, now, series));
  refill(place, chooser, about(summary.homes[state.member]), legend(keys(present)), shown, readout,
    readings.estimated?.some((cell) => cell) && html("p", { class: "note" }, say("home.estimated", { many: number(readings.estimated.filter(Boolean).length) })),
    table(readings, present, within));
  paint(shown, readings, present, within, series);
  timeSlider(shown, {
    label: say("home.slider"), value: state.ptu, spoken: readout.textContent, first: within.first, count: within.count,
    at: (event) => ptuAt(shown, event, within), act: chooseMoment,
    hover: (ptu) => readout.replaceChildren(...tell(readings, present, within, ptu - within.first, series)),
  });
}

function controls(at, within) {
  const homes = summary.homes.map((home, i) => ({ value: i, words: home.group ? `${home.member} · ${groupName(home.group)}` : home.member }));
  const days = summary.days.map((each, i) => ({ value: i, words: day(noon(each), zone, "short"), keep: each.full || i === at })).filter((option) => option.keep);
  const goTo = (i) => chooseMoment(summary.days[i].first + Math.min(state.ptu - within.first, summary.days[i].count - 1));
  return html("div", { class: "controls" },
    select(say("home.which"), homes, state.member, (i) => choose({ member: i }), "home-which"),
    select(say("home.day"), days, at, goTo, "home-day"));
}

function about(home) {
  const has = [["pv_kw", "kW"], ["battery_kwh", "kWh"], ["charger_kw", "kW"], ["heat_pump_kw", "kW"]]
    .filter(([column]) => home[column])
    .map(([column, unit]) => `${say(`has.${column}`)} ${number(home[column], 1)} ${unit}`);
  return html("p", { class: "note", style: "margin:0 0 .8rem" }, [home.connection, ...(has.length ? has : [say("has.nothing")]), home.source && `${say("home.source")} ${toldOf(home, "source")}`].filter(Boolean).join(" · "));
}

function keys(present) {
  return [
    ...present.map((device) => ({ colour: device, words: named("device", device) })),
    { colour: "ink", words: say("home.meter"), kind: "line" },
    { colour: "tax", words: say("home.price_band"), kind: "line" },
  ];
}

// Devices piled above zero where they take and below where they give.
function piles(readings, present) {
  const up = readings.load_wh.map(() => 0);
  const down = readings.load_wh.map(() => 0);
  return present.flatMap((device) => [up, down].map((base, way) => {
    const part = readings[`${device}_wh`].map((cell) => (way ? Math.min(cell ?? 0, 0) : Math.max(cell ?? 0, 0)) * 4 / 1000);
    const lower = [...base];
    part.forEach((value, i) => (base[i] += value));
    return { device, from: lower, to: [...base], empty: part.every((value) => !value) };
  })).filter((pile) => !pile.empty);
}

function paint(place, readings, present, within, series) {
  const width = Math.max(place.clientWidth, 280);
  const x = scale([0, within.count], [EDGE_HOME.left, width - EDGE_HOME.right]);
  const panels = [];
  let top = 24;
  const add = (height, draw) => {
    panels.push(draw({ top, bottom: top + height }, x, width));
    top += height + 36;
  };
  add(96, (box) => pricePanel(series, within, box, x, width));
  add(width < 560 ? 190 : 230, (box) => powerPanel(readings, piles(readings, present), box, x, width));
  if (has(readings.stored_kwh) || has(readings.ev_stored_kwh))
    add(88, (box) => linePanel("home.stored", [["battery", readings.stored_kwh], ["ev", readings.ev_stored_kwh]], box, x, width, true));
  if (has(readings.indoor_c)) {
    const outdoor = series.outdoor_c?.slice(within.first, within.first + within.count).map((cell) => (cell === null ? null : cell * 100));
    add(88, (box) => linePanel("home.indoor", [["heat_pump", readings.indoor_c], ["soft", outdoor]], box, x, width, false));
  }
  const bottom = top - 36;
  const at = x(state.ptu - within.first + 0.5);
  place.replaceChildren(picture(width, bottom + 26, say("home.label", { home: summary.homes[state.member].member }), panels,
    hourMarks(within, (ptu) => x(ptu - within.first), width, bottom),
    svg("g", { class: "handle", transform: `translate(${at.toFixed(1)} 0)` }, svg("line", { class: "now", y1: 18, y2: bottom }))));
}

const has = (cells) => cells?.some((cell) => cell !== null);

function ptuAt(place, event, within) {
  const box = place.getBoundingClientRect();
  const share = (event.clientX - box.left - EDGE_HOME.left) / (box.width - EDGE_HOME.left - EDGE_HOME.right);
  return within.first + Math.floor(share * within.count);
}

function pricePanel(series, within, box, x, width) {
  const cells = series.day_ahead_ticks.slice(within.first, within.first + within.count).map((ticks) => (ticks === null ? null : ticks / 1000));
  const known = cells.filter((cell) => cell !== null);
  const domain = [Math.min(0, ...known) * 1.1, Math.max(5, ...known) * 1.1];
  const y = scale(domain, [box.bottom, box.top]);
  return svg("g", {}, text(EDGE_HOME.left, box.top - 9, say("home.price"), { class: "title" }),
    axis(domain, y, { left: EDGE_HOME.left, right: width - EDGE_HOME.right, format: (value) => number(value), wanted: 3 }),
    svg("path", { d: stepArea(cells.map(() => 0), cells.map((cell) => cell ?? 0), x, y), fill: "var(--tax)", "fill-opacity": 0.16 }),
    svg("path", { class: "thread", d: stepLine(cells, x, y), stroke: "var(--tax)" }));
}

function powerPanel(readings, stack, box, x, width) {
  const meter = readings.offtake_wh.map((cell) => (cell === null ? null : cell * 4 / 1000));
  const all = stack.flatMap((pile) => pile.to);
  const domain = [Math.min(0, ...all) * 1.06, Math.max(1, ...all) * 1.06];
  const y = scale(domain, [box.bottom, box.top]);
  return svg("g", {}, text(EDGE_HOME.left, box.top - 9, say("home.power"), { class: "title" }),
    axis(domain, y, { left: EDGE_HOME.left, right: width - EDGE_HOME.right, format: (value) => number(value, domain[1] - domain[0] < 3 ? 1 : 0) }),
    stack.map((pile) => svg("path", { d: stepArea(pile.from, pile.to, x, y), fill: `var(--${pile.device})`, "fill-opacity": 0.85 })),
    svg("path", { d: stepLine(meter, x, y), fill: "none", stroke: "var(--paper)", "stroke-width": 4 }),
    svg("path", { class: "thread", d: stepLine(meter, x, y), stroke: "var(--ink)" }));
}

// States in hundredths; they hold at the end of the quarter-hour.
function linePanel(key, lines, box, x, width, fromZero) {
  const drawn = lines.filter(([, cells]) => has(cells)).map(([colour, cells]) => [colour, cells.map((cell) => (cell === null ? null : cell / 100))]);
  const all = drawn.flatMap(([, cells]) => cells.filter((cell) => cell !== null));
  const low = fromZero ? 0 : Math.min(...all) - 1;
  const domain = [low, Math.max(...all) * (fromZero ? 1.08 : 1) + (fromZero ? 0.1 : 1)];
  const y = scale(domain, [box.bottom, box.top]);
  return svg("g", {}, text(EDGE_HOME.left, box.top - 9, say(key), { class: "title" }),
    axis(domain, y, { left: EDGE_HOME.left, right: width - EDGE_HOME.right, format: (value) => number(value), wanted: 3 }),
    drawn.map(([colour, cells]) => svg("path", { class: "thread", d: stepLine(cells, x, y), stroke: `var(--${colour})`, "stroke-dasharray": colour === "soft" ? "4 3" : null })));
}

function tell(readings, present, within, i, series) {
  const parts = [[say("home.meter"), kw((readings.offtake_wh[i] ?? 0) * 4, 2)], ...present.map((device) => [named("device", device), kw((readings[`${device}_wh`][i] ?? 0) * 4, 2)])];
  const ticks = series.day_ahead_ticks[within.first + i];
  if (ticks !== null) parts.unshift([say("price.day_ahead"), `${cents(ticks)} ct/kWh`]);
  for (const [column, key, unit] of [["stored_kwh", "home.in_battery", "kWh"], ["ev_stored_kwh", "home.in_car", "kWh"], ["indoor_c", "home.inside", "°C"]])
    if (readings[column] && readings[column][i] !== null) parts.push([say(key), `${number(readings[column][i] / 100, 1)} ${unit}`]);
  return [html("b", {}, momentWords(within.first + i)), ...parts.flatMap(([words, value]) => [" ", html("span", {}, `${words} `, html("b", {}, value))])];
}

// The day's sums, for who would rather read them.
function table(readings, present, within) {
  const sum = (cells) => cells.reduce((whole, cell) => whole + (cell ?? 0), 0);
  const rows = [...present.map((device) => [named("device", device), readings[`${device}_wh`]]), [say("home.meter"), readings.offtake_wh]];
  return html("details", {}, html("summary", {}, say("home.table")),
    html("table", { id: "home-table" },
      html("thead", {}, html("tr", {}, ["home.what", "home.taken", "home.given", "home.net"].map((key, i) => html("th", { scope: "col", class: i && "n" }, say(key))))),
      html("tbody", {}, rows.map(([words, cells]) => html("tr", {}, html("th", { scope: "row" }, words),
        [sum(cells.map((cell) => Math.max(cell ?? 0, 0))), sum(cells.map((cell) => Math.min(cell ?? 0, 0))), sum(cells)].map((value) => html("td", { class: "n" }, number(value / 1000, 2))))))));
}
