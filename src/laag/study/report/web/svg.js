// Elements, scales and paths: all the drawing there is.
const SVG = "http://www.w3.org/2000/svg";

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

export const html = (tag, attributes, ...children) => fill(document.createElement(tag), attributes, children);
export const svg = (tag, attributes, ...children) => fill(document.createElementNS(SVG, tag), attributes, children);

export function scale([from, to], [low, high]) {
  const step = to === from ? 0 : (high - low) / (to - from);
  return (value) => low + (value - from) * step;
}

// Round numbers that cover a domain, about `wanted` of them.
export function ticks([from, to], wanted = 4) {
  const rough = (to - from) / Math.max(wanted, 1) || 1;
  const power = 10 ** Math.floor(Math.log10(rough));
  const off = (size) => Math.abs(Math.log((size * power) / rough));
  const step = power * [1, 2, 5, 10].reduce((best, size) => (off(size) < off(best) ? size : best));
  const found = [];
  for (let at = Math.ceil(from / step - 1e-9); at * step <= to + step * 1e-9; at++) found.push(at * step + 0);
  return found;
}

// A line that holds each value for its whole quarter-hour, with gaps where there is none.
export function stepLine(values, x, y) {
  let path = "";
  let pen = false;
  values.forEach((value, i) => {
    if (value === null || value === undefined) {
      pen = false;
      return;
    }
    const at = y(value).toFixed(1);
    path += `${pen ? "L" : "M"}${x(i).toFixed(1)} ${at}H${x(i + 1).toFixed(1)}`;
    pen = true;
  });
  return path;
}

// The area between two lines of steps.
export function stepArea(lower, upper, x, y) {
  const there = upper.map((value, i) => `L${x(i).toFixed(1)} ${y(value).toFixed(1)}H${x(i + 1).toFixed(1)}`);
  const back = lower.map((value, i) => `L${x(i + 1).toFixed(1)} ${y(value).toFixed(1)}H${x(i).toFixed(1)}`);
  return upper.length ? `M${there.join("").slice(1)}${back.reverse().join("")}Z` : "";
}

// A picture as wide as its place, with a name for those who cannot see it.
export function picture(width, height, label, ...children) {
  return svg("svg", { viewBox: `0 0 ${width} ${height}`, width, height, role: "img", "aria-label": label }, ...children);
}

export function text(x, y, words, attributes = {}) {
  return svg("text", { x, y, ...attributes }, words);
}

// Horizontal rules with their numbers at the left.
export function axis(domain, y, { left, right, format, wanted = 4 }) {
  return ticks(domain, wanted).map((value) => [
    svg("line", { class: Math.abs(value) < 1e-9 ? "zero" : "rule", x1: left, x2: right, y1: y(value), y2: y(value) }),
    text(left - 6, y(value) + 4, format(value), { "text-anchor": "end" }),
  ]);
}

export function legend(items) {
  return html(
    "ul",
    { class: "legend" },
    items.map(({ colour, words, kind = "" }) => {
      const paint = kind.includes("line") ? `border-color:var(--${colour})` : kind ? "" : `background:var(--${colour})`;
      return html("li", {}, html("i", { class: `swatch ${kind}`, style: paint, "aria-hidden": "true" }), words);
    }),
  );
}

// Push labels (each `size` high, wanting to stand at `y`) apart so that none covers another, within bounds.
export function apart(labels, [top, bottom]) {
  const sorted = [...labels].sort((a, b) => a.y - b.y);
  let free = top;
  for (const label of sorted) {
    label.at = Math.max(label.y, free);
    free = label.at + label.size;
  }
  let floor = bottom;
  for (const label of sorted.reverse()) {
    label.at = Math.min(label.at, floor - label.size);
    floor = label.at;
  }
  return labels;
}
