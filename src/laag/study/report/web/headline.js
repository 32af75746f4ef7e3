// The street's days in one sentence, eight figures and two ribbons.
import { count, euros, kwh, number, percent, stretch } from "./format.js";
import { html } from "./svg.js";
import { named, say, toldOf } from "./words.js";
import { instant, summary, zone } from "./data.js";
import { refill } from "./controls.js";

export function drawHeadline(place) {
  const { about, figures } = summary;
  refill(
    place,
    html("p", { class: "eyebrow" }, html("span", { class: "tag" }, named("policy", about.policy ?? "")), html("span", {}, dates())),
    html("h1", { id: "headline-title" }, named("name", about.name ?? say("street"))),
    html("p", { class: "sentence" }, sentence(figures)),
    html("figure", { id: "stripes", class: "stripes" }),
    html("dl", { class: "figures" }, figureList(figures).map(figure)),
    figures.taken_wh + figures.given_wh > 0 && ribbons(figures),
    sources(about),
  );
}

function dates() {
  return stretch(instant(0), instant(summary.figures.ptus - 1), zone);
}

function sentence(figures) {
  const told = {
    days: count(summary.days.length, "day"), homes: count(summary.homes.length, "home"),
    used: kwh(figures.used_wh, 0), made: kwh(figures.made_wh, 0), shared: kwh(figures.shared_wh, 0),
  };
  const first = say(figures.made_wh > 0 ? "sentence.energy" : "sentence.no_sun", told);
  const saved = savedUnits(figures);
  if (saved === null || figures.paid_units === null) return first;
  const money = { paid: euros(Math.abs(figures.paid_units)), saved: euros(Math.abs(saved)) };
  const way = figures.paid_units < 0 ? "earned" : "paid";
  return `${first} ${say(`sentence.${way}`, money)} ${say(`sentence.${way}.${saved >= 0 ? "saved" : "lost"}`, money)}`;
}

export const savedUnits = (figures) =>
  figures.otherwise_units === null ? null : figures.otherwise_units - figures.paid_units;

function figureList(figures) {
  const saved = savedUnits(figures);
  const share = (part, whole) => (whole > 0 ? percent(part / whole) : "–");
  return [
    energy("used", figures.used_wh),
    energy("made", figures.made_wh),
    energy("shared", figures.shared_wh, share(figures.shared_wh, figures.taken_wh)),
    energy("imported", figures.imported_wh),
    energy("exported", figures.exported_wh, share(figures.exported_wh, figures.made_wh)),
    figures.paid_units !== null && { name: "paid", value: figures.paid_units, shown: euros(figures.paid_units), note: say("figure.paid.note") },
    saved !== null && { name: "saved", value: saved, shown: euros(saved), note: say("figure.saved.note") },
    { name: "negative", value: figures.negative_ptus, shown: number(figures.negative_ptus), note: say("figure.negative.note", { ptus: number(figures.ptus) }) },
  ].filter(Boolean);
}

function energy(name, wh, share = "") {
  const digits = wh < 100_000 ? 1 : 0;
  return { name, value: wh, shown: number(wh / 1000, digits), unit: "kWh", note: say(`figure.${name}.note`, { share }) };
}

function figure({ name, value, shown, unit, note }) {
  return html(
    "div",
    {},
    html("dt", {}, say(`figure.${name}`)),
    html("dd", { class: "number" }, html("data", { id: `figure-${name}`, value }, shown), unit && html("small", {}, unit)),
    html("dd", { class: "note" }, note),
  );
}

function ribbons(figures) {
  const longest = Math.max(figures.taken_wh, figures.given_wh);
  const bar = (name, whole, outside, colour) =>
    html(
      "div",
      { class: "ribbon" },
      html("p", {}, html("span", {}, html("b", {}, say(`ribbon.${name}`)), ` ${kwh(whole)}`),
        html("span", {}, say(`ribbon.${name}.parts`, { shared: kwh(figures.shared_wh), outside: kwh(outside) }))),
      html("div", { class: "bar", "aria-hidden": "true" },
        html("i", { style: `width:${(100 * figures.shared_wh) / longest}%;background:var(--local)` }),
        html("i", { style: `width:${(100 * outside) / longest}%;background:var(--${colour})` })),
    );
  return html(
    "div",
    { class: "ribbons" },
    bar("taken", figures.taken_wh, figures.taken_wh - figures.shared_wh, "import"),
    bar("given", figures.given_wh, figures.given_wh - figures.shared_wh, "export"),
    html("ul", { class: "legend" }, ["local", "import", "export"].map((colour) =>
      html("li", {}, html("i", { class: "swatch", style: `background:var(--${colour})`, "aria-hidden": "true" }), say(`ribbon.${colour}`)))),
  );
}

function sources(about) {
  const facts = [
    ["rule", about.rule && `${about.rule}${about.k_percent === undefined ? "" : `, k = ${about.k_percent} %`}`],
    ...Object.keys(about.sources ?? {}).filter((name) => !name.endsWith("_nl")).map((name) => [name, toldOf(about.sources, name)]),
    ["seed", about.seed],
    ["version", about.version],
  ].filter(([, fact]) => fact !== undefined && fact !== null && fact !== "");
  return html("dl", { class: "sources" }, facts.map(([name, fact]) => html("div", {}, html("dt", {}, named("source", name)), html("dd", {}, sourced(fact)))));
}

// A model is called a model, in so many words.
function sourced(fact) {
  const told = Array.isArray(fact) ? fact.join(", ") : String(fact);
  const rest = told.replace(/^model\b[:,]?\s*/i, "");
  return rest === told && !/\bsynthetic\b|\bsynthetische?\b/i.test(told) ? told : [html("span", { class: "model" }, say("source.model")), ` ${rest}`];
}
