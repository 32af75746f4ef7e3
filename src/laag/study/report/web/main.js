// Puts the sections on the page and keeps them drawn.
import { html } from "./svg.js";
import { named, say } from "./words.js";
import { dayIndex, summary, unpack } from "./data.js";
import { listen, redraw, state } from "./state.js";
import { drawSettings, recallSettings } from "./controls.js";
import { drawHeadline } from "./headline.js";
import { drawStripes } from "./stripes.js";
import { drawTimeline } from "./timeline.js";
import { drawOrders } from "./orders.js";
import { drawHome } from "./home.js";
import { drawBills } from "./bills.js";
import { drawGains } from "./gains.js";
import { drawChecks, drawFindings, drawGlossary } from "./checks.js";
import { drawGroups, drawMeanDay, drawMetrics, drawPolicies, drawStudyHead, drawWinners } from "./compare.js";

const MOMENT = ["ptu", "first", "count", "layer"];
const SECTIONS = {
  run: async () => {
    const [series, bills] = await Promise.all([unpack("series"), unpack("bills")]);
    listen(["language"], () => drawStripes(document.getElementById("stripes"), series));
    return [
      ["timeline", ["ptu", "first", "count"], (place) => drawTimeline(place, series)],
      ["orders", MOMENT, drawOrders],
      ["home", ["ptu", "member"], (place) => drawHome(place, series)],
      ["bills", ["language"], (place) => drawBills(place, bills)],
      ["gains", ["language"], (place) => drawGains(place, bills)],
      ["checks", ["language"], drawChecks],
      ["findings", ["language"], drawFindings],
      ["glossary", ["language"], drawGlossary],
    ];
  },
  study: async () => [
    ["metrics", ["language"], drawMetrics],
    ["mean_day", ["language"], drawMeanDay],
    ["groups", ["language"], drawGroups],
    ["winners", ["language"], drawWinners],
    ["policies", ["language"], drawPolicies],
  ],
};

function addSection(id, keys, draw) {
  const place = html("div");
  const heading = html("h2", { id: `${id}-title`, "data-say": `section.${id}` });
  document.getElementById("main").append(
    html("section", { id, "aria-labelledby": `${id}-title` }, heading, html("p", { "data-say": `section.${id}.lead` }), place),
  );
  listen(keys, () => draw(place));
}

function drawWords() {
  for (const element of document.querySelectorAll("[data-say]")) element.textContent = say(element.dataset.say);
  for (const element of document.querySelectorAll("[data-label]")) element.setAttribute("aria-label", say(element.dataset.label));
  document.title = `${named("name", summary.about.name ?? say("study.title"))} · laag`;
  document.getElementById("footer").textContent = say(`footer.${summary.kind}`);
}

function drawContents() {
  const links = [...document.querySelectorAll("main section[id]")].filter((section) => section.id !== "headline");
  document.getElementById("contents").replaceChildren(
    html("ul", {}, links.map(({ id }) => html("li", {}, html("a", { href: `#${id}` }, say(`contents.${id}`))))),
  );
}

// The moment to begin with: where neighbours traded most, else the cheapest; and the home with most to show.
function firstMoment() {
  const devices = summary.homes.map((home) => ["pv_kw", "battery_kwh", "charger_kw", "heat_pump_kw"].filter((column) => home[column]).length);
  const ptu = summary.picks.most_local ?? summary.picks.cheapest;
  const all = summary.days.length <= 14;
  const day = summary.days[dayIndex(ptu)];
  Object.assign(state, { ptu, member: devices.indexOf(Math.max(...devices)), first: all ? 0 : day.first, count: all ? summary.figures.ptus : day.count });
}

async function start() {
  recallSettings();
  const head = html("section", { id: "headline", "aria-labelledby": "headline-title" });
  document.getElementById("main").append(head);
  if (summary.kind === "run") firstMoment();
  listen(["language"], drawSettings);
  listen(["language"], () => (summary.kind === "run" ? drawHeadline(head) : drawStudyHead(head)));
  redraw();
  for (const section of await SECTIONS[summary.kind]()) addSection(...section);
  listen(["language"], drawWords);
  listen(["language"], drawContents);
  const drawn = redraw();
  let width = innerWidth;
  addEventListener("resize", () => {
    if (innerWidth !== width) redraw();
    width = innerWidth;
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", drawSettings);
  if (location.hash) document.querySelector(CSS.escape ? `#${CSS.escape(location.hash.slice(1))}` : location.hash)?.scrollIntoView();
  await drawn;
  document.documentElement.dataset.ready = "yes";
}

start();
