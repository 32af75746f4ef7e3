// What must sum to zero, what was wrong with the input, and what the words mean.
import { euros, kwh, number } from "./format.js";
import { html } from "./svg.js";
import { named, say, speaking, toldOf } from "./words.js";
import { summary } from "./data.js";
import { refill } from "./controls.js";

const WORDS = "ptu gateway merit_order landed local_price pools levy day_ahead imbalance nominated self_use tick counterfactual".split(" ");

export function drawChecks(place) {
  const own = summary.added.map((check) => ({ ...check, words: say(`added.${check.name}`), over: say("added.over", { sums: number(check.sums) }) }));
  const given = summary.checks.map((check) => ({ ...check, words: check[`text_${speaking()}`] ?? check.name, over: "" }));
  refill(place, html("div", { class: "columns" },
    html("div", {}, html("h3", {}, say("checks.added")), html("ul", { class: "marks", id: "checks-added" }, own.map(mark))),
    given.length > 0 && html("div", {}, html("h3", {}, say("checks.given")), html("ul", { class: "marks", id: "checks-given" }, given.map(mark)))), accounts());
}

// Where the money went: every party's account, and their sum.
function accounts() {
  const { accounts: parties } = summary;
  if (!parties.length) return null;
  const most = Math.max(...parties.map(({ units }) => Math.abs(units)), 1);
  const total = (key) => parties.reduce((sum, party) => sum + party[key], 0);
  const row = (words, { units, wh }, attributes, bar) => html("tr", attributes, html("th", { scope: "row" }, words), html("td", { class: "flow", "aria-hidden": "true" }, bar),
    html("td", { class: "n" }, html("data", { value: units }, euros(units))), html("td", { class: "n" }, wh ? kwh(wh) : ""));
  return [
    html("h3", { class: "after" }, say("accounts.title")),
    html("table", { id: "accounts-table" },
      html("thead", {}, html("tr", {}, html("th", { scope: "col" }, say("accounts.party")), html("td", { class: "flow", "aria-hidden": "true" }), html("th", { scope: "col", class: "n" }, say("accounts.money")), html("th", { scope: "col", class: "n" }, say("accounts.energy")))),
      html("tbody", {}, [...parties].sort((a, b) => b.units - a.units).map((party) => row(named("account", party.name), party, {}, html("i", {
        style: `width:${(50 * Math.abs(party.units)) / most}%;margin-left:${party.units < 0 ? 50 - (50 * Math.abs(party.units)) / most : 50}%;background:var(--${party.units < 0 ? "local" : "import"})`,
      }))), row(say("accounts.sum"), { units: total("units"), wh: total("wh") }, { class: "sum" }))),
  ];
}

function mark({ words, over, residue, passed }) {
  return html("li", {},
    html("span", { class: `sign ${passed ? "good" : "bad"}`, role: "img", "aria-label": say(passed ? "checks.passed" : "checks.failed") }, passed ? "✓" : "✗"),
    html("div", {}, words, html("small", {}, [over, residue !== undefined && residue !== null && `${say("checks.residue")} ${typeof residue === "number" ? number(residue) : residue}`].filter(Boolean).join(" · "))));
}

export function drawFindings(place) {
  const { findings, about } = summary;
  const rest = [asides().map((words) => html("p", { class: "note" }, words)), about.figures?.length > 0 && factsTable(about.figures)];
  if (!findings.length) return refill(place, html("p", { class: "message", style: "margin-top:1.2rem" }, say("findings.none")), rest);
  const heads = ["source", "where", "what", "repair"].map((key) => html("th", { scope: "col" }, say(`findings.${key}`)));
  return refill(place, html("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": say("findings.region"), style: "margin-top:1.2rem" },
    html("table", { id: "findings-table" }, html("thead", {}, html("tr", {}, heads)),
      html("tbody", {}, findings.map((found) => html("tr", {}, html("th", { scope: "row" }, toldOf(found, "source")), [toldOf(found, "where"), toldOf(found, "what"), toldOf(found, "repair") ?? say("findings.refused")].map((cell) => html("td", {}, cell))))))), rest);
}

// What happened on the way that is no fault of the input.
function asides() {
  const { figures, about } = summary;
  return [
    figures.estimated > 0 && say("findings.estimated", { many: number(figures.estimated) }),
    about.replans > 0 && say("findings.replans", { many: number(about.replans) }),
    ...(about.beyond_capacity ?? []).map(({ layer, ptus, wh }) => say("findings.beyond", { layer: named("layer", layer), many: number(ptus), kwh: number(wh / 1000, 1) })),
    ...Object.entries(about.shortfalls ?? {}).map(([kind, many]) => say("findings.shortfall", { kind: named("shortfall", kind), many: number(many) })),
  ].filter(Boolean);
}

const MEASURES = { "EUR/kWh": [1e5, 5], "EUR/year": [1e8, 2], "%": [1, 0], kWh: [1000, 0] };

// The dated figures that the run was computed with, each with its source.
function factsTable(facts) {
  const heads = ["name", "value", "source", "status"].map((key) => html("th", { scope: "col", class: key === "value" && "n" }, say(`facts.${key}`)));
  const shown = ({ value, measure }) => (MEASURES[measure] ? number(value / MEASURES[measure][0], MEASURES[measure][1]) : number(value));
  return html("details", {}, html("summary", {}, say("facts.title")), html("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": say("facts.title") },
    html("table", { id: "facts-table" }, html("thead", {}, html("tr", {}, heads)),
      html("tbody", {}, facts.map((fact) => html("tr", {}, html("th", { scope: "row" }, named("fact", fact.name)), html("td", { class: "n" }, `${shown(fact)}\u00a0${named("measure", fact.measure)}`), html("td", {}, fact.source), html("td", {}, named("status", fact.status))))))));
}

export function drawGlossary(place) {
  refill(place, html("dl", { class: "glossary" }, WORDS.map((word) => html("div", {}, html("dt", {}, say(`word.${word}`)), html("dd", {}, say(`word.${word}.means`))))));
}
