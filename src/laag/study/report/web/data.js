// The data that came with the page: a summary in plain JSON, the rest unpacked when it is first needed.
import { clock } from "./format.js";

export const summary = JSON.parse(document.getElementById("summary").textContent);
export const zone = summary.about.zone ?? "Europe/Amsterdam";
const unpacked = new Map();

export function unpack(id) {
  if (!unpacked.has(id)) unpacked.set(id, inflate(document.getElementById(`packed-${id}`)?.textContent));
  return unpacked.get(id);
}

async function inflate(text) {
  if (!text) return null;
  const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).json();
}

export const instant = (ptu) => new Date((summary.start + ptu * 900) * 1000);
export const dayIndex = (ptu) => summary.days.findLastIndex((day) => day.first <= ptu);
export const noon = (day) => instant(day.first + (day.count >> 1));

// The wall clock of every quarter-hour of a day; where the clock goes back an hour comes twice, as A and B.
const told = new Map();

export function clocks(day) {
  if (!told.has(day.first)) told.set(day.first, wallClocks(day));
  return told.get(day.first);
}

function wallClocks(day) {
  const times = Array.from({ length: day.count }, (_, i) => clock(instant(day.first + i), zone));
  return times.map((time, i) => {
    const twice = times.indexOf(time) !== times.lastIndexOf(time);
    return twice ? `${time} ${times.indexOf(time) === i ? "A" : "B"}` : time;
  });
}

export function clockOf(ptu) {
  const day = summary.days[dayIndex(ptu)];
  return clocks(day)[ptu - day.first];
}

// The nearest day that is in the page in full.
export function nearestFull(at) {
  const full = summary.days.map((day, i) => ({ ...day, i })).filter((day) => day.full);
  return full.reduce((best, day) => (Math.abs(day.i - at) < Math.abs(best.i - at) ? day : best), full[0])?.i;
}
