// Numbers, money and times as people write them; a minus is a minus.
import { speaking, say } from "./words.js";

const LOCALE = { nl: "nl-NL", en: "en-GB" };
const made = new Map();

function formatter(kind, options) {
  const key = kind.name + speaking() + JSON.stringify(options);
  if (!made.has(key)) made.set(key, new kind(LOCALE[speaking()], options));
  return made.get(key);
}

export function number(value, digits = 0) {
  const options = { minimumFractionDigits: digits, maximumFractionDigits: digits, signDisplay: "negative" };
  return formatter(Intl.NumberFormat, options).format(value).replace("-", "−");
}

export const kwh = (wh, digits = 1) => `${number(wh / 1000, digits)}\u00a0kWh`;
export const wh = (value) => `${number(value)}\u00a0Wh`;
export const kw = (watts, digits = 1) => `${number(watts / 1000, digits)}\u00a0kW`;
export const percent = (share) => `${number(share * 100)}\u00a0%`;
export const cents = (ticks, digits = 1) => number(ticks / 1000, digits);

// Units of 1e-8 EUR.
export function euros(units, digits = 2) {
  const amount = number(Math.abs(units) / 1e8, digits);
  const nothing = !/[1-9]/.test(amount);
  return `${units < 0 && !nothing ? "−" : ""}€\u00a0${amount}`;
}

// As many digits as a number needs to be told apart on its own scale.
export const digitsFor = (largest) => (largest >= 1000 ? 0 : largest >= 20 ? 1 : 2);
export const euroDigits = (largest) => (largest >= 1000 ? 0 : 2);

export function day(instant, zone, style = "long") {
  const styles = {
    long: { weekday: "long", day: "numeric", month: "long", year: "numeric" },
    short: { weekday: "short", day: "numeric", month: "short" },
    brief: { day: "numeric", month: "short" },
  };
  return formatter(Intl.DateTimeFormat, { ...styles[style], timeZone: zone }).format(instant);
}

// A stretch of days as one would say it: 13 to 19 April 2026, or one day by its name.
export function stretch(first, last, zone) {
  if (day(first, zone) === day(last, zone)) return day(first, zone);
  return formatter(Intl.DateTimeFormat, { day: "numeric", month: "long", year: "numeric", timeZone: zone }).formatRange(first, last);
}

export function clock(instant, zone) {
  const options = { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: zone };
  return formatter(Intl.DateTimeFormat, options).format(instant);
}

export const count = (many, one) => `${number(many)}\u00a0${say(many === 1 ? `one.${one}` : `many.${one}`)}`;
