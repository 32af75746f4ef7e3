// Keeps a page right while it is open: listens to the server, and asks for the page again where something changed.
//
// <body data-stream="/stream">            where to listen
// <section id="now" data-live="cleared">  asked for again after an event of that name (several: "cleared priced")
// <b data-value="sun">                    filled by an event "values" of {"sun": "1,2 kW"}; data-flow="in|out|" likewise
const body = document.body;
const line = document.getElementById("connection");
const LONGEST_MS = 30_000;
const NOT_SOONER_MS = 1_500;
const GIVEN_UP_MS = 4_000;
let wait = 1_000;
let asked = 0;
let planned = null;
let gone = null;

const kinds = () => new Set([...document.querySelectorAll("[data-live]")].flatMap((each) => each.dataset.live.split(" ")));

function listen() {
  const source = new EventSource(body.dataset.stream);
  source.onopen = () => {
    wait = 1_000;
    if (gone !== null && line.textContent) renew();
    clearTimeout(gone);
    gone = null;
    line.textContent = "";
  };
  source.onerror = () => {
    gone ??= setTimeout(() => { line.textContent = line.dataset.words; }, GIVEN_UP_MS);
    if (source.readyState !== EventSource.CLOSED) return;
    // A server that answers with an error is not asked again by the browser, so it is by us.
    setTimeout(listen, wait);
    wait = Math.min(2 * wait, LONGEST_MS);
  };
  for (const kind of kinds()) source.addEventListener(kind, () => renew(kind));
  // More than the server remembers, or another start of it.
  source.addEventListener("missed", () => renew());
  source.addEventListener("values", (event) => show(JSON.parse(event.data)));
  addEventListener("pagehide", () => source.close(), { once: true });
}

function show(values) {
  for (const [name, words] of Object.entries(values)) {
    for (const place of document.querySelectorAll(`[data-value="${CSS.escape(name)}"]`)) if (place.textContent !== words) place.textContent = words;
    for (const place of document.querySelectorAll(`[data-flow="${CSS.escape(name)}"]`)) place.dataset.way = words;
  }
}

// Not more often than once in a while, however many events there are.
function renew() {
  if (planned !== null) return;
  planned = setTimeout(async () => {
    planned = null;
    asked = Date.now();
    try {
      const answer = await fetch(location.href, { headers: { accept: "text/html" }, credentials: "same-origin" });
      if (answer.ok && !answer.redirected) replace(new DOMParser().parseFromString(await answer.text(), "text/html"));
    } catch {
      // The stream notices as well, and asks again when the server is back.
    }
  }, Math.max(0, asked + NOT_SOONER_MS - Date.now()));
}

// What is being read stays as it is: the open details, the place in a table, the focus.
function replace(fresh) {
  for (const part of document.querySelectorAll("[data-live][id]")) {
    const other = fresh.getElementById(part.id);
    if (!other || other.isEqualNode(part) || part.contains(document.activeElement)) continue;
    const open = [...part.querySelectorAll("details")].map((each) => each.open);
    const scrolled = [...part.querySelectorAll(".scroll")].map((each) => [each.scrollLeft, each.scrollTop]);
    part.replaceWith(document.adoptNode(other));
    other.querySelectorAll("details").forEach((each, i) => { each.open = open[i] ?? each.open; });
    other.querySelectorAll(".scroll").forEach((each, i) => { [each.scrollLeft, each.scrollTop] = scrolled[i] ?? [0, 0]; });
  }
}

// What can be copied with one press, where the browser lets us.
for (const button of document.querySelectorAll("button[data-copy]")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", () => navigator.clipboard.writeText(button.dataset.copy));
}
// A choice that needs no button where scripts run.
for (const form of document.querySelectorAll("form[data-at-once]")) {
  form.addEventListener("change", () => form.requestSubmit());
}
// A slider over quarter-hours moves what it is about at once, and the address with it.
document.addEventListener("input", (event) => {
  const about = document.getElementById(event.target.dataset.slides);
  if (about) slide(event.target, about);
});
function slide(slider, about) {
  const at = Number(slider.value);
  const time = about.dataset.times.split(" ")[at];
  const words = Object.fromEntries(about.dataset.kindWords.split(" ").map((each) => each.split(":")));
  slider.setAttribute("aria-valuetext", time);
  about.querySelector("output.at").textContent = time;
  for (const part of about.querySelectorAll("[data-steps]")) {
    const value = part.dataset.steps.split(" ")[at];
    if (part.tagName === "METER") part.value = value === "-" ? 0 : Number(value);
    else part.textContent = value === "-" ? "–" : value + part.dataset.unit;
  }
  for (const part of about.querySelectorAll("[data-kinds]")) {
    const kind = part.dataset.kinds.split(" ")[at];
    part.setAttribute("class", part.getAttribute("class").replace(/g-\w+/, `g-${kind}`));
    if (part.tagName === "SPAN") part.textContent = words[kind];
  }
  const here = new URL(location.href);
  here.searchParams.set("ptu", at);
  history.replaceState(null, "", here);
}
if (body.dataset.stream && kinds().size + document.querySelectorAll("[data-value]").length) listen();
