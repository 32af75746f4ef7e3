// Who gains: what every home saved beside what the same lines would have been otherwise, by group.
import { euros, number } from "./format.js";
import { html, picture, scale, svg, text, ticks } from "./svg.js";
import { groupName, say } from "./words.js";
import { refill } from "./controls.js";
import { billsOf, groupsOf } from "./bills.js";

const RADIUS = 5.5;

export function drawGains(place, lines) {
  const bills = billsOf(lines).filter((bill) => bill.saved !== null);
  if (!bills.length) return refill(place, html("p", { class: "message" }, say("gains.none")));
  const groups = groupsOf(bills).map(([name, members]) => ({ name: groupName(name), members }));
  return drawStrip(place, groups, "gains", say("gains.hint"));
}

// Rows of homes by what each saved, the row that gains most on top, and the same as a table.
export function drawStrip(place, rows, id, hint) {
  const groups = rows.map((row) => ({ ...row, mean: mean(row.members) })).sort((a, b) => b.mean - a.mean);
  const shown = html("div", { class: "picture", id: `${id}-picture`, style: "margin-top:1.4rem" });
  refill(place, shown, html("p", { class: "hint" }, hint), table(groups, id));
  shown.replaceChildren(strip(groups, Math.max(shown.clientWidth, 280)));
}

const mean = (members) => members.reduce((whole, bill) => whole + bill.saved, 0) / members.length;

function strip(groups, width) {
  const values = groups.flatMap((group) => group.members.map((bill) => bill.saved / 1e8));
  const [low, high] = [Math.min(0, ...values), Math.max(0, ...values)];
  const pad = (high - low) * 0.06 || 1;
  const beside = width >= 640 ? 270 : 0;
  const tall = beside ? 46 : 60;
  const x = scale([low - pad, high + pad], [beside + 8, width - 14]);
  const bottom = groups.length * tall + 6;
  const digits = high - low < 5 ? 2 : 0;
  return picture(width, bottom + 28, say("gains.label"),
    ticks([low - pad, high + pad], width < 520 ? 4 : 7).map((value) => [
      svg("line", { class: Math.abs(value) < 1e-9 ? "zero" : "rule", x1: x(value), x2: x(value), y1: beside ? 0 : 22, y2: bottom }),
      text(x(value), bottom + 18, `€ ${number(value, digits)}`, { "text-anchor": x(value) < 30 ? "start" : x(value) > width - 30 ? "end" : "middle" }),
    ]),
    groups.map((group, i) => row(group, i * tall, x, beside)));
}

// Dots that would cover each other are set a little apart; the bar is the mean.
function row(group, top, x, beside) {
  const middle = top + (beside ? 24 : 40);
  const placed = [];
  const dots = [...group.members].sort((a, b) => a.saved - b.saved).map((bill) => {
    const cx = x(bill.saved / 1e8);
    const lane = [0, 1, -1, 2, -2].find((at) => !placed.some((dot) => dot.lane === at && cx - dot.cx < RADIUS * 1.9)) ?? 0;
    placed.push({ cx, lane });
    return svg("circle", { cx, cy: middle + lane * 5, r: RADIUS, fill: `var(--${bill.saved >= 0 ? "local" : "bad"})`, "fill-opacity": 0.75, stroke: "var(--paper)" },
      svg("title", {}, `${bill.member}: ${euros(bill.saved)}`));
  });
  const at = x(group.mean / 1e8);
  return svg("g", {}, text(0, beside ? middle + 4 : top + 18, group.name, { class: "title halo" }),
    dots, svg("rect", { x: at - 1.5, y: middle - 13, width: 3, height: 26, fill: "var(--ink)", rx: 1.5 }));
}

function table(groups, id) {
  return html("details", {}, html("summary", {}, say("gains.table")),
    html("table", { id: `${id}-table` },
      html("thead", {}, html("tr", {}, ["gains.group", "gains.homes", "gains.mean", "gains.least", "gains.most"].map((key, i) => html("th", { scope: "col", class: i && "n" }, say(key))))),
      html("tbody", {}, groups.map(({ name, members, mean: middle }) => html("tr", {}, html("th", { scope: "row" }, name),
        [number(members.length), ...[middle, Math.min(...members.map((bill) => bill.saved)), Math.max(...members.map((bill) => bill.saved))].map((units) => euros(units))].map((cell) => html("td", { class: "n" }, cell)))))));
}
