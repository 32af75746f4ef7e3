// The street's days as stripes: one per quarter-hour, coloured by what went through the gateway.
import { html, picture, svg } from "./svg.js";
import { say } from "./words.js";
import { refill } from "./controls.js";

const TALL = 64;

export function drawStripes(place, series) {
  const width = Math.max(place.clientWidth, 280);
  refill(place, picture(width, TALL, say("stripes.label"), stripes(series.metered_wh, width)), html("figcaption", { class: "hint" }, say("stripes.label")));
}

// At most a stripe per pixel: where there are more quarter-hours, each stripe is their mean.
function stripes(metered, width) {
  const many = Math.min(metered.length, Math.floor(width));
  const means = Array.from({ length: many }, (_, i) => mean(metered.slice(Math.floor((i * metered.length) / many), Math.floor(((i + 1) * metered.length) / many))));
  const sizes = means.map(Math.abs).sort((a, b) => a - b);
  const fullest = Math.max(1, sizes[Math.floor(sizes.length * 0.97)]);
  const wide = width / many;
  return means.map((value, i) => svg("rect", {
    x: (i * wide).toFixed(2), width: (wide + 0.5).toFixed(2), height: TALL,
    style: `fill:color-mix(in srgb, var(--${value < 0 ? "export" : "import"}) ${(6 + 94 * (Math.min(Math.abs(value) / fullest, 1)) ** 0.8).toFixed()}%, var(--paper))`,
  }));
}

const mean = (cells) => cells.reduce((sum, cell) => sum + (cell ?? 0), 0) / Math.max(cells.length, 1);
