// Colours for figures: perceptually even and safe for every kind of colour vision. Pure functions.

// matplotlib's viridis (van der Walt and Smith, 2015), every sixteenth of it.
const VIRIDIS = [
  [68, 1, 84], [72, 24, 106], [71, 45, 123], [66, 64, 134], [59, 82, 139], [51, 99, 141], [44, 114, 142], [38, 130, 142],
  [33, 145, 140], [31, 160, 136], [40, 174, 128], [63, 188, 115], [94, 201, 98], [132, 212, 75], [173, 220, 48],
  [216, 226, 25], [253, 231, 37],
];

/** A colour of the scale for a share from 0 to 1; its ends stay clear of the ground that they are drawn on. */
export function viridis(share, dark) {
  const [from, to] = dark ? [0.24, 1] : [0, 0.9];
  const clipped = Number.isFinite(share) ? Math.min(1, Math.max(0, share)) : 0;
  const at = (from + (to - from) * clipped) * (VIRIDIS.length - 1);
  const low = Math.min(VIRIDIS.length - 2, Math.floor(at));
  const mixed = VIRIDIS[low].map((start, i) => Math.round(start + (VIRIDIS[low + 1][i] - start) * (at - low)));
  return `rgb(${mixed.join(", ")})`;
}

/**
 * Where values stand on a scale from 0 to 1: by their logarithms where all are positive and span more than a factor of ten,
 * and by their order where they are texts. What has no value stands nowhere: NaN.
 */
export function scaleOf(values) {
  const known = values.filter((value) => value !== null && value !== undefined);
  if (known.length === 0 || known.some((value) => typeof value !== "number")) return orderOf(known);
  let low = Infinity;
  let high = -Infinity;
  for (const value of known) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  // A weight of zero has no logarithm; next to weights that differ by factors it stands at the very low end.
  const positive = known.filter((value) => value > 0);
  const least = positive.reduce((a, b) => Math.min(a, b), Infinity);
  const logarithmic = low >= 0 && high / least > 10;
  const bottom = logarithmic ? Math.log(least) - (low === 0 ? Math.log(2) : 0) : low;
  const span = (logarithmic ? Math.log(high) : high) - bottom;
  const share = (value) => {
    if (typeof value !== "number") return NaN;
    if (span === 0) return 0.5;
    return logarithmic ? (value <= 0 ? 0 : (Math.log(value) - bottom) / span) : (value - bottom) / span;
  };
  const back = (at) => {
    if (span === 0) return low;
    return logarithmic ? Math.exp(bottom + at * span) : bottom + at * span;
  };
  return { kind: logarithmic ? "logarithmic" : "linear", low, high, share, back, categories: null };
}

function orderOf(known) {
  const categories = [...new Set(known.map(key))];
  const places = new Map(categories.map((value, i) => [value, i]));
  const share = (value) => {
    const place = places.get(key(value));
    return place === undefined ? NaN : categories.length === 1 ? 0.5 : place / (categories.length - 1);
  };
  return { kind: "order", low: null, high: null, share, back: () => null, categories };
}

function key(value) {
  return typeof value === "string" ? value : JSON.stringify(value ?? null);
}
