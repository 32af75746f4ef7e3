// The street's days as stripes: one per quarter-hour, coloured by what went through the gateway.
import { html, picture, svg } from "./svg.js";
import { say } from "./words.js";
import { summary } from "./data.js";
import { refill } from "./controls.js";

const TALL = 64;

export function drawStripes(place, series) {
  const width = Math.max(place.clientWidth, 280);
  refill(place, picture(width, TALL, say("stripes.label"), stripes(series.metered_wh, width)), html("figcaption", { class: "hint" }, say("stripes.label")));
}

// One per quarter-hour; where those are narrower than a pixel, one per day.
function stripes(metered, width) {
  const starts = metered.length <= width ? metered.map((_, i) => i) : summary.days.map((within) => within.first);
  const means = starts.map((from, i) => mean(metered.slice(from, starts[i + 1])));
  const sizes = means.map(Math.abs).sort((a, b) => a - b);
  const fullest = Math.max(1, sizes[Math.floor(sizes.length * 0.97)]);
  const wide = width / means.length;
  return means.map((value, i) => svg("rect", {
    x: (i * wide).toFixed(2), width: (wide + 0.5).toFixed(2), height: TALL,
    style: `fill:color-mix(in srgb, var(--${value < 0 ? "export" : "import"}) ${(6 + 94 * (Math.min(Math.abs(value) / fullest, 1)) ** 0.8).toFixed()}%, var(--paper))`,
  }));
}

const mean = (cells) => cells.reduce((sum, cell) => sum + (cell ?? 0), 0) / Math.max(cells.length, 1);
