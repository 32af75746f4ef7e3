// What must sum to zero, what was wrong with the input, and what the words mean.
import { number } from "./format.js";
import { html } from "./svg.js";
import { say, speaking } from "./words.js";
import { summary } from "./data.js";
import { refill } from "./controls.js";

const WORDS = "ptu gateway merit_order landed local_price pools levy day_ahead imbalance nominated self_use tick counterfactual".split(" ");

export function drawChecks(place) {
  const own = summary.added.map((check) => ({ ...check, words: say(`added.${check.name}`), over: say("added.over", { sums: number(check.sums) }) }));
  const given = summary.checks.map((check) => ({ ...check, words: check[`text_${speaking()}`] ?? check.name, over: "" }));
  refill(place, html("div", { class: "columns" },
    html("div", {}, html("h3", {}, say("checks.added")), html("ul", { class: "marks", id: "checks-added" }, own.map(mark))),
    given.length > 0 && html("div", {}, html("h3", {}, say("checks.given")), html("ul", { class: "marks", id: "checks-given" }, given.map(mark)))));
}

function mark({ words, over, residue, passed }) {
  return html("li", {},
    html("span", { class: `sign ${passed ? "good" : "bad"}`, role: "img", "aria-label": say(passed ? "checks.passed" : "checks.failed") }, passed ? "✓" : "✗"),
    html("div", {}, words, html("small", {}, [over, residue !== undefined && residue !== null && `${say("checks.residue")} ${typeof residue === "number" ? number(residue) : residue}`].filter(Boolean).join(" · "))));
}

export function drawFindings(place) {
  const { findings, figures } = summary;
  const estimated = figures.estimated > 0 && html("p", { class: "note" }, say("findings.estimated", { many: number(figures.estimated) }));
  if (!findings.length) return refill(place, html("p", { class: "message", style: "margin-top:1.2rem" }, say("findings.none")), estimated);
  const heads = ["source", "where", "what", "repair"].map((key) => html("th", { scope: "col" }, say(`findings.${key}`)));
  return refill(place, html("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": say("findings.region"), style: "margin-top:1.2rem" },
    html("table", { id: "findings-table" }, html("thead", {}, html("tr", {}, heads)),
      html("tbody", {}, findings.map((found) => html("tr", {}, html("th", { scope: "row" }, found.source), [found.where, found.what, found.repair ?? say("findings.refused")].map((cell) => html("td", {}, cell))))))), estimated);
}

export function drawGlossary(place) {
  refill(place, html("dl", { class: "glossary" }, WORDS.map((word) => html("div", {}, html("dt", {}, say(`word.${word}`)), html("dd", {}, say(`word.${word}.means`))))));
}
