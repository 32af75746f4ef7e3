// The same homes and days under several policies: who wins, who loses, and what the street does to the grid.
import { digitsFor, euroDigits, euros, number, stretch } from "./format.js";
import { axis, html, picture, scale, svg, text, ticks } from "./svg.js";
import { groupName, knows, named, say, speaking } from "./words.js";
import { summary } from "./data.js";
import { refill } from "./controls.js";
import { drawStrip } from "./gains.js";

const METRICS = [["system_cost_eur", "€"], ["peak_kw", "kW"], ["import_kwh", "kWh"], ["export_kwh", "kWh"], ["self_consumption_percent", "%"], ["bill_eur_per_home", "€"], ["tax_eur", "€"], ["gini", ""], ["winners", "homes"], ["losers", "homes"], ["per_kwh_tariff_rise_percent", "%"]];
const letter = (i) => String.fromCharCode(65 + i);
const colour = (i) => `var(--p${i % 8})`;
const policyName = (policy) => named("policy", policy.name);
const present = () => METRICS.filter(([key]) => summary.policies.some((policy) => isNumber(policy[key])));
const isNumber = (value) => typeof value === "number" && Number.isFinite(value);

function amount(value, unit, largest) {
  if (!isNumber(value)) return "–";
  if (unit === "homes") return number(value);
  const digits = unit === "" ? 3 : unit === "%" ? 1 : digitsFor(largest);
  return unit === "€" ? euros(value * 1e8, euroDigits(largest)) : `${number(value, digits)}${unit && ` ${unit}`}`;
}

const largestOf = (key) => Math.max(...summary.policies.map((policy) => (isNumber(policy[key]) ? Math.abs(policy[key]) : 0)));

export function drawStudyHead(place) {
  const { about, policies } = summary;
  const homes = policies[0].about.members;
  const days = typeof about.days === "number" ? about.days : about.days?.length;
  const lowest = present().some(([key]) => key === "system_cost_eur") && [...policies].filter((policy) => isNumber(policy.system_cost_eur)).sort((a, b) => a.system_cost_eur - b.system_cost_eur);
  const cost = (policy) => amount(policy.system_cost_eur, "€", largestOf("system_cost_eur"));
  refill(place,
    html("p", { class: "eyebrow" }, html("span", { class: "tag" }, say("study.tag")), html("span", {}, period(policies[0].about))),
    html("h1", { id: "headline-title" }, named("name", about.name ?? say("study.title"))),
    html("p", { class: "sentence" }, say("study.sentence", { policies: number(policies.length), homes: homes ? number(homes) : "–", days: days ? number(days) : "–" }),
      lowest && lowest.length > 1 && ` ${say("study.lowest", { policy: policyName(lowest[0]), cost: cost(lowest[0]), other: policyName(lowest.at(-1)), most: cost(lowest.at(-1)) })}`),
    html("ul", { class: "legend", style: "margin-top:1.8rem" }, policies.map((policy, i) => html("li", {}, html("i", { class: "swatch", style: `background:${colour(i)}`, "aria-hidden": "true" }), `${letter(i)} · `,
      policy.report ? html("a", { href: policy.report }, policyName(policy)) : policyName(policy)))),
    notes(about.notes ?? []));
}

function notes(all) {
  const said = all.map((note) => (typeof note === "string" ? note : note[speaking()]));
  return said.length > 0 && html("details", {}, html("summary", {}, say("study.notes")), said.map((note) => html("p", { class: "note" }, note)));
}

const period = ({ first_day: first, last_day: last }) =>
  first && stretch(new Date(`${first}T12:00Z`), new Date(`${last ?? first}T12:00Z`), "UTC");

export function drawMetrics(place) {
  refill(place,
    html("div", { class: "metrics" }, present().map(([key, unit]) => {
      const shown = html("div", { class: "picture" });
      shown.append(bars(key, unit));
      return html("figure", {}, html("h3", {}, say(`metric.${key}`)), html("p", {}, say(`metric.${key}.means`)), shown);
    })),
    html("details", { open: true }, html("summary", {}, say("study.table")), html("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": say("study.table") }, metricTable())));
}

function bars(key, unit) {
  const [width, row] = [330, 25];
  const values = summary.policies.map((policy) => policy[key]);
  const known = values.filter(isNumber);
  const [low, high] = [Math.min(0, ...known), Math.max(0, ...known)];
  const x = scale([low, high === low ? low + 1 : high], [24, width - 88]);
  const label = `${say(`metric.${key}`)}: ${summary.policies.map((policy) => `${policyName(policy)} ${amount(policy[key], unit, largestOf(key))}`).join("; ")}`;
  return picture(width, summary.policies.length * row + 6, label, values.map((value, i) => svg("g", {},
    text(4, i * row + 19, letter(i), { class: "strong" }),
    isNumber(value) && svg("rect", { x: Math.min(x(0), x(value)), y: i * row + 6, width: Math.max(Math.abs(x(value) - x(0)), 1), height: 16, rx: 2, fill: colour(i) }),
    text(Math.max(x(isNumber(value) ? value : 0), x(0)) + 7, i * row + 19, amount(value, unit, largestOf(key)), { class: "strong" }))));
}

function metricTable() {
  return html("table", { id: "metric-table" },
    html("thead", {}, html("tr", {}, html("th", { scope: "col" }, say("study.policy")), present().map(([key]) => html("th", { scope: "col", class: "n" }, say(`metric.${key}`))))),
    html("tbody", {}, summary.policies.map((policy, i) => html("tr", {}, html("th", { scope: "row", style: "white-space:nowrap" }, html("i", { class: "dot", style: `background:${colour(i)}`, "aria-hidden": "true" }), `${letter(i)} · ${policyName(policy)}`),
      present().map(([key, unit]) => html("td", { class: "n" }, html("data", { value: isNumber(policy[key]) ? policy[key] : "" }, amount(policy[key], unit, largestOf(key)))))))));
}

export function drawMeanDay(place) {
  const shown = html("div", { class: "picture", id: "mean-day" });
  refill(place, html("ul", { class: "legend", style: "margin-top:1.2rem" }, summary.policies.map((policy, i) => html("li", {}, html("i", { class: "swatch line", style: `border-color:${colour(i)}`, "aria-hidden": "true" }), `${letter(i)} · ${policyName(policy)}`))), shown);
  const width = Math.max(shown.clientWidth, 280);
  const [left, right, top, bottom] = [44, width - 26, 24, width < 560 ? 230 : 300];
  const powers = summary.policies.map((policy) => policy.mean_day_w.map((watts) => (watts === null ? null : watts / 1000)));
  const all = powers.flat().filter((power) => power !== null);
  const domain = [Math.min(0, ...all) * 1.08, Math.max(1, ...all) * 1.08];
  const [x, y] = [scale([0, 96], [left, right]), scale(domain, [bottom, top])];
  shown.append(picture(width, bottom + 26, say("mean_day.label"),
    axis(domain, y, { left, right, format: (value) => number(value) }),
    text(left, top - 9, say("flow.axis"), { class: "title" }),
    [0, 6, 12, 18, 24].map((hour) => text(x(hour * 4), bottom + 18, `${String(hour).padStart(2, "0")}:00`, { "text-anchor": "middle" })),
    powers.map((power, i) => svg("polyline", { class: "thread", stroke: colour(i), points: power.map((kilowatt, q) => (kilowatt === null ? null : `${x(q + 0.5).toFixed(1)},${y(kilowatt).toFixed(1)}`)).filter(Boolean).join(" ") })),
  ));
}

// Homes side by side by what they are, then by what they have: each label with its homes and mean bill per policy.
const groupsOfHomes = () => summary.policies.map((policy) => policy.groups ?? {});
const groupsOfDevices = () => summary.policies.map((policy) =>
  Object.fromEntries(Object.entries(policy.devices ?? {}).flatMap(([device, parts]) => Object.entries(parts).map(([part, homes]) => [`${device}, ${part}`, homes]))));

export function drawGroups(place) {
  const parts = [["groups", groupsOfHomes()], ["devices", groupsOfDevices()]].map(([id, found]) => ({ id, found, names: [...new Set(found.flatMap(Object.keys))] })).filter(({ names }) => names.length);
  if (!parts.length) return refill(place, html("p", { class: "message" }, say("groups.none")));
  const shown = parts.map(({ id }) => html("div", { class: "picture", id: `${id}-picture` }));
  refill(place, parts.map(({ id, found, names }, i) => [
    html("h3", { class: "after" }, say(`groups.by.${id}`)), shown[i],
    html("details", {}, html("summary", {}, say("groups.table")), html("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": say(`groups.by.${id}`) }, groupTable(id, found, names))),
  ]), html("p", { class: "hint" }, say("groups.hint")));
  parts.forEach(({ found, names }, i) => shown[i].append(groupPicture(found, names, Math.max(shown[i].clientWidth, 280))));
}

function groupPicture(found, names, width) {
  const beside = width >= 640 ? 270 : 0;
  const row = (beside ? 22 : 34) + 15 * Math.min(found.length, 3);
  const values = found.flatMap((groups) => Object.values(groups).map((homes) => homes.bill_eur_per_home)).filter(isNumber);
  const [low, high] = [Math.min(0, ...values), Math.max(0, ...values)];
  const pad = (high - low) * 0.06 || 1;
  const x = scale([low - pad, high + pad], [beside + 10, width - 18]);
  const bottom = names.length * row + 8;
  return picture(width, bottom + 26, say("groups.label"),
    ticks([low - pad, high + pad], width < 520 ? 4 : 7).map((value) => [svg("line", { class: Math.abs(value) < 1e-9 ? "zero" : "rule", x1: x(value), x2: x(value), y1: beside ? 0 : 24, y2: bottom }),
      text(x(value), bottom + 18, `€ ${number(value, high - low < 5 ? 1 : 0)}`, { "text-anchor": "middle" })]),
    names.map((name, i) => groupRow(name, found.map((groups) => groups[name]), i * row, x, beside)));
}

// One letter per policy; those that would cover each other stand below each other.
function groupRow(name, policies, top, x, beside) {
  const line = top + (beside ? 20 : 38);
  const placed = [];
  const dots = policies.map((homes, i) => ({ i, value: homes?.bill_eur_per_home })).filter(({ value }) => isNumber(value)).sort((a, b) => a.value - b.value).map(({ i, value }) => {
    const cx = x(value);
    const lane = [0, 1, 2].find((each) => !placed.some((dot) => dot.lane === each && cx - dot.cx < 18)) ?? 0;
    placed.push({ cx, lane });
    return { i, cx, cy: line + lane * 15, value };
  });
  const many = policies.map((homes) => homes?.homes).find(isNumber);
  return svg("g", {},
    text(0, beside ? line + 4 : top + 18, `${groupName(name)}${many ? ` × ${number(many)}` : ""}`, { class: "title halo" }),
    dots.length > 1 && svg("line", { x1: dots[0].cx, x2: dots.at(-1).cx, y1: line, y2: line, stroke: "var(--control)" }),
    dots.map(({ i, cx, cy, value }) => svg("g", {}, svg("circle", { cx, cy, r: 8, fill: colour(i), stroke: "var(--paper)", "stroke-width": 1.5 }, svg("title", {}, `${policyName(summary.policies[i])}: ${euros(value * 1e8)}`)),
      svg("text", { class: "letter", x: cx, y: cy + 3.6, "text-anchor": "middle" }, letter(i)))));
}

function groupTable(id, found, names) {
  const bill = (homes) => (isNumber(homes?.bill_eur_per_home) ? euros(homes.bill_eur_per_home * 1e8) : "–");
  return html("table", { id: `${id}-table` },
    html("thead", {}, html("tr", {}, html("th", { scope: "col" }, say("gains.group")), summary.policies.map((policy, i) => html("th", { scope: "col", class: "n" }, `${letter(i)} · ${policyName(policy)}`)))),
    html("tbody", {}, names.map((name) => html("tr", {}, html("th", { scope: "row" }, groupName(name)), found.map((groups) => html("td", { class: "n" }, bill(groups[name])))))));
}

// Against the policy that the study compares with: every home is a dot.
export function drawWinners(place) {
  const { members = [], reference } = summary.about;
  const others = summary.policies.filter((policy) => policy.name !== reference);
  if (!members.length || !reference || !others.length) return refill(place, html("p", { class: "message" }, say("winners.none")));
  const saved = (policy) => members.map(({ member, bill_eur: bill }) => ({ member, saved: Math.round((bill[reference] - bill[policy.name]) * 1e8) }));
  const rows = others.map((policy) => ({ name: policyName(policy), members: saved(policy) }));
  return drawStrip(place, rows, "winners", say("winners.hint", { reference: named("policy", reference) }));
}

export function drawPolicies(place) {
  refill(place, html("dl", { class: "glossary" }, summary.policies.map((policy) => html("div", {}, html("dt", {}, policyName(policy)),
    html("dd", {}, [knows(`policy.${policy.name}.means`) && say(`policy.${policy.name}.means`), [policy.about.rule, policy.about.seed !== null && policy.about.seed !== undefined && `${named("source", "seed")} ${policy.about.seed}`, policy.about.version].filter(Boolean).join(" · ")].filter(Boolean).join(" "))))));
}
