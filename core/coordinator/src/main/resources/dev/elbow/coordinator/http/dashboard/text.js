// Figures and times as people read them. Everything here is a pure function.

const EMPTY = "–";
// Made once: it takes a hundred times as long as to write a number with it.
const THOUSANDS = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });

/** A figure with about four significant digits; `–` where there is none. */
export function figure(value) {
  if (value === null || value === undefined || !Number.isFinite(value)) return EMPTY;
  const size = Math.abs(value);
  if (size === 0) return "0";
  if (size >= 1e6 || size < 1e-3) return value.toExponential(2);
  if (size >= 1000) return THOUSANDS.format(value);
  return value.toFixed(size >= 100 ? 2 : size >= 1 ? 3 : 4);
}

/** A whole number with its thousands apart. */
export function whole(value) {
  return value === null || value === undefined || !Number.isFinite(value) ? EMPTY : THOUSANDS.format(value);
}

/** The value of a parameter: numbers short, lists and mappings as JSON. */
export function setting(value) {
  if (value === null || value === undefined) return EMPTY;
  if (typeof value === "number") return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(5)));
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** A time: `8 s`, `3 min 20 s`, `2 h 5 min`, `4 d 3 h`. */
export function duration(seconds) {
  if (seconds === null || seconds === undefined || !Number.isFinite(seconds)) return EMPTY;
  const s = Math.max(0, Math.round(seconds));
  if (s < 60) return `${s} s`;
  if (s < 3600) return pair(Math.floor(s / 60), "min", s % 60, "s");
  if (s < 86400) return pair(Math.floor(s / 3600), "h", Math.floor((s % 3600) / 60), "min");
  return pair(Math.floor(s / 86400), "d", Math.floor((s % 86400) / 3600), "h");
}

function pair(first, unit, second, smaller) {
  return second === 0 ? `${first} ${unit}` : `${first} ${unit} ${second} ${smaller}`;
}

/** A size: `1.2 MB`. */
export function bytes(size) {
  const units = ["B", "kB", "MB", "GB", "TB"];
  let value = size;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${unit === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${units[unit]}`;
}

/** `1 trial`, `2 trials`. */
export function count(number, noun) {
  return `${whole(number)} ${noun}${number === 1 ? "" : "s"}`;
}

/** A column's name for people: `validation_kl` is `validation KL`. */
export function column(name) {
  return name
    .replaceAll("_", " ")
    .replace(/\bkl\b/, "KL")
    .replace(/\bonnx\b/, "ONNX")
    .replace(/\bloss\b/, "loss");
}
