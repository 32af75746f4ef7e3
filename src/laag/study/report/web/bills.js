// The bills: one row per home, every line with its reason behind it.
import { euros, number } from "./format.js";
import { html } from "./svg.js";
import { groupName, say, speaking } from "./words.js";
import { summary } from "./data.js";
import { refill } from "./controls.js";

const open = new Set();

// Bills by member; what is saved is what the total would have been otherwise, less what it is.
export function billsOf(lines) {
  const groups = new Map(summary.homes.map((home) => [home.member, home.group]));
  const bills = new Map();
  for (const line of lines) {
    const bill = bills.get(line.member) ?? { member: line.member, group: groups.get(line.member) ?? "", lines: [], total: 0, saved: null };
    bill.lines.push(line);
    if (line.code === "total") Object.assign(bill, { total: line.amount_units, saved: line.counterfactual_units === null ? null : line.counterfactual_units - line.amount_units });
    bills.set(line.member, bill);
  }
  return [...bills.values()];
}

export function groupsOf(bills) {
  const groups = new Map();
  for (const bill of bills) groups.set(bill.group, [...(groups.get(bill.group) ?? []), bill]);
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1));
}

const sum = (bills, key) => bills.reduce((whole, bill) => whole + (bill[key] ?? 0), 0);

export function drawBills(place, lines) {
  const bills = billsOf(lines);
  if (!bills.length) return refill(place, html("p", { class: "message" }, say("bills.none")));
  const comparable = bills.some((bill) => bill.saved !== null);
  const numbers = (total, saved) => [html("td", { class: "n" }, total), comparable && html("td", { class: "n" }, saved)];
  const saved = (units) => (units === null ? "" : html("span", { class: units >= 0 ? "good" : "bad" }, euros(units)));
  refill(place, html("table", { id: "bills-table", style: "margin-top:1.2rem" },
    html("thead", {}, html("tr", {}, html("th", { scope: "col" }, say("bills.home")), html("th", { scope: "col", class: "n" }, say("bills.total")),
      comparable && html("th", { scope: "col", class: "n" }, say("bills.saved")))),
    groupsOf(bills).map(([group, members]) => html("tbody", {},
      html("tr", { class: "group" }, html("th", { scope: "rowgroup" }, groupName(group), " ", html("small", {}, `× ${number(members.length)}`)),
        numbers(euros(sum(members, "total")), comparable && saved(sum(members, "saved")))),
      members.map((bill) => billRows(bill, numbers(html("data", { value: bill.total }, euros(bill.total)), saved(bill.saved)), comparable)))),
    html("tfoot", {}, html("tr", { class: "sum" }, html("th", { scope: "row" }, say("bills.together")),
      numbers(html("data", { id: "bills-sum", value: sum(bills, "total") }, euros(sum(bills, "total"))), comparable && euros(sum(bills, "saved")))))));
}

function billRows(bill, numbers, comparable) {
  const id = `bill-${bill.member}`;
  const detail = html("tr", { id, hidden: !open.has(id) }, html("td", { colspan: comparable ? 3 : 2 }, html("ul", { class: "lines" }, bill.lines.map(billLine))));
  const toggle = html("button", { type: "button", class: "more", id: `${id}-toggle`, "aria-expanded": String(open.has(id)), "aria-controls": id, onclick: () => {
    detail.hidden = !detail.hidden;
    toggle.setAttribute("aria-expanded", String(!detail.hidden));
    open[detail.hidden ? "delete" : "add"](id);
  } }, bill.member);
  return [html("tr", {}, html("th", { scope: "row" }, toggle), numbers), detail];
}

// An amount and its sign, a number and its unit stay on one line.
const unbroken = (sentence) => sentence.replace(/(€|\d) (?=\d|kWh|ct|%)/g, "$1\u00a0");

function billLine(line) {
  const told = (key) => line[`${key}_${speaking()}`];
  const why = [told("because"), told("counterfactual")].filter(Boolean).join(" ");
  return html("li", { class: line.code === "total" && "total" },
    html("span", {}, told("text")),
    html("span", { class: "kwh" }, line.energy_wh && line.code !== "total" ? `${number(line.energy_wh / 1000, 1)} kWh` : ""),
    html("span", {}, euros(line.amount_units)),
    why && html("p", { class: "why" }, unbroken(why)));
}
