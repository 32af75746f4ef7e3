// Buttons, selects and the time slider; each says what it is.
import { say, speak, speaking, LANGUAGES } from "./words.js";
import { html } from "./svg.js";
import { redraw } from "./state.js";

export function button(words, act, attributes = {}) {
  return html("button", { type: "button", onclick: act, ...attributes }, words);
}

export function select(label, options, chosen, act, id) {
  const list = html("select", { id, onchange: (event) => act(Number(event.target.value)) });
  for (const { value, words, off } of options) list.append(html("option", { value, selected: value === chosen, disabled: off }, words));
  return html("label", {}, label, list);
}

// Put new content in a place without losing the reader's focus.
export function refill(place, ...content) {
  const held = place.contains(document.activeElement) ? document.activeElement.id : null;
  place.replaceChildren(...content.flat(Infinity).filter(Boolean));
  if (held) document.getElementById(held)?.focus({ preventScroll: true });
}

const STRIDES = { ArrowLeft: -1, ArrowRight: 1, ArrowDown: -1, ArrowUp: 1, PageDown: -4, PageUp: 4 };

// A picture in which a moment is chosen: click or drag, or arrows (a quarter-hour), page keys (an hour), Home and End.
export function timeSlider(place, { label, value, spoken, first, count, at, act, hover }) {
  const clamp = (ptu) => Math.min(Math.max(ptu, first), first + count - 1);
  const attributes = {
    role: "slider", tabindex: 0, "aria-label": label, "aria-valuemin": first, "aria-valuemax": first + count - 1,
    "aria-valuenow": clamp(value), "aria-valuetext": spoken, "aria-orientation": "horizontal",
  };
  for (const [name, said] of Object.entries(attributes)) place.setAttribute(name, said);
  place.onkeydown = (event) => {
    const ends = { Home: first, End: first + count - 1 };
    const next = ends[event.key] ?? (event.key in STRIDES ? value + STRIDES[event.key] : null);
    if (next === null) return;
    event.preventDefault();
    act(clamp(next));
  };
  place.onpointerdown = (event) => act(clamp(at(event)));
  place.onpointermove = (event) => {
    hover(clamp(at(event)));
    if (event.buttons && event.pointerType === "mouse") act(clamp(at(event)));
  };
  place.onpointerleave = () => hover(value);
}

function remember(key, value) {
  try {
    localStorage.setItem(key, value);
  } catch {
    // A page opened from disk may have no storage; the choice then lasts as long as the page.
  }
}

function remembered(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

export function recallSettings() {
  const asked = new URLSearchParams(location.search).get("lang") ?? remembered("laag.language");
  speak(LANGUAGES.includes(asked) ? asked : speaking());
  const theme = remembered("laag.theme");
  if (theme) document.documentElement.dataset.theme = theme;
}

const isDark = () =>
  (document.documentElement.dataset.theme ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";

export function drawSettings() {
  const names = { nl: "Nederlands", en: "English" };
  const languages = LANGUAGES.map((code) =>
    button(code.toUpperCase(), () => {
      speak(code);
      remember("laag.language", code);
      redraw();
    }, { id: `language-${code}`, lang: code, "aria-label": `${code.toUpperCase()}, ${names[code]}`, "aria-pressed": String(code === speaking()) }),
  );
  const theme = button(isDark() ? "☀" : "☾", () => {
    const next = isDark() ? "light" : "dark";
    document.documentElement.dataset.theme = next;
    remember("laag.theme", next);
    drawSettings();
  }, { id: "theme", "aria-label": say(isDark() ? "theme.to_light" : "theme.to_dark") });
  refill(document.getElementById("settings"), html("div", { class: "joined", role: "group", "aria-label": say("language") }, languages), theme);
}
