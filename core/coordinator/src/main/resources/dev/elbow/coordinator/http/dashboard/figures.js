// What is computed of figures. Everything here is a pure function of its arguments, tested in a browser by DashboardIT.

/**
 * The Pareto front of points of which less is better in both: the places of those that no other beats, by rising x. Of equal
 * points the first counts; points without numbers are left out.
 *
 * @param chosen places to look at
 */
export function pareto(xs, ys, chosen) {
  return frontOf(ys, ascending(xs, ys, chosen), () => true);
}

/** The places of points with numbers by rising x, of equal ones by rising y: what takes long of a front, and lasts. */
export function ascending(xs, ys, places) {
  const order = [...places].filter((i) => Number.isFinite(xs[i]) && Number.isFinite(ys[i]));
  return order.sort((a, b) => xs[a] - xs[b] || ys[a] - ys[b] || a - b);
}

/** The front of those points of an `ascending` order that are accepted. */
export function frontOf(ys, order, accepted) {
  const front = [];
  let lowest = Infinity;
  for (const i of order) {
    if (ys[i] < lowest && accepted(i)) {
      front.push(i);
      lowest = ys[i];
    }
  }
  return front;
}

/**
 * The elbow of a front: the point farthest below the chord between its ends, when both axes are stretched to run from 0 to 1
 * (the knee of Kneedle; Satopää, Albrecht, Irwin and Raghavan 2011). Null where there is none: fewer than three points, or
 * none below the chord.
 *
 * @param front places of points by rising x and falling y, as `pareto` gives them
 */
export function elbow(xs, ys, front) {
  if (front.length < 3) return null;
  const [first, last] = [front[0], front[front.length - 1]];
  const width = xs[last] - xs[first];
  const height = ys[first] - ys[last];
  let best = null;
  let farthest = 1e-9;
  for (const i of front) {
    // From 0 on the chord up to 1/2 in the corner, but for the factor of the square root of two.
    const depth = 1 - (xs[i] - xs[first]) / width - (ys[i] - ys[last]) / height;
    if (depth > farthest) {
      farthest = depth;
      best = i;
    }
  }
  return best;
}

/** The ranks of values from 1, equal ones sharing the mean of theirs. */
export function ranks(values) {
  const order = [...values.keys()].sort((a, b) => values[a] - values[b]);
  const found = new Float64Array(values.length);
  for (let from = 0; from < order.length; ) {
    let to = from;
    while (to + 1 < order.length && values[order[to + 1]] === values[order[from]]) to++;
    for (let i = from; i <= to; i++) found[order[i]] = (from + to) / 2 + 1;
    from = to + 1;
  }
  return found;
}

/**
 * How much of the variance of a figure each parameter explains by itself: the main effect of a functional analysis of
 * variance (Hutter, Hoos and Leyton-Brown 2014; the first-order index of Sobol'), of the figure's ranks, so that one trial
 * that went wrong does not decide. It is the correlation ratio, less what chance alone would explain (Kelley's epsilon
 * squared); numbers of many different values are put into groups of equal size. From 0 to 1; null where it cannot be told.
 *
 * @param columns {name: values}
 * @param chosen places of the trials to look at
 * @return [{name, share, groups}], the largest share first
 */
export function importance(columns, figure, chosen) {
  const explaining = new Importance(figure, chosen);
  return bySize(Object.entries(columns).map(([name, values]) => explaining.of(name, values)));
}

/** The same in pieces, for pages that have other things to do in between. */
export class Importance {
  #places;
  #ranked;

  constructor(figure, chosen) {
    this.#places = [...chosen].filter((i) => Number.isFinite(figure[i]));
    this.#ranked = ranks(this.#places.map((i) => figure[i]));
  }

  /** {name, share, groups} of a parameter. */
  of(name, values) {
    const groups = grouped(this.#places.map((i) => values[i]));
    return { name, share: explained(this.#ranked, groups), groups: groups.count };
  }
}

/** What `Importance` has found, the largest share first. */
export function bySize(found) {
  return found.sort((a, b) => (b.share ?? -1) - (a.share ?? -1));
}

const MOST_GROUPS = 12;

/** For each value the number of its group. */
function grouped(values) {
  const different = new Map();
  for (const value of values) {
    const key = typeof value === "number" ? value : JSON.stringify(value ?? null);
    if (!different.has(key)) different.set(key, different.size);
  }
  const numbers = values.every((value) => typeof value === "number");
  if (!numbers || different.size <= MOST_GROUPS) {
    const of = values.map((value) => different.get(typeof value === "number" ? value : JSON.stringify(value ?? null)));
    return { of, count: different.size };
  }
  const count = Math.max(2, Math.min(8, Math.floor(values.length / 4)));
  const places = ranks(values);
  return { of: values.map((_, i) => Math.min(count - 1, Math.floor(((places[i] - 0.5) / values.length) * count))), count };
}

function explained(figures, groups) {
  const n = figures.length;
  if (groups.count < 2 || n - groups.count < 1) return null;
  const sums = new Float64Array(groups.count);
  const sizes = new Float64Array(groups.count);
  let total = 0;
  for (let i = 0; i < n; i++) {
    sums[groups.of[i]] += figures[i];
    sizes[groups.of[i]]++;
    total += figures[i];
  }
  const mean = total / n;
  let all = 0;
  for (let i = 0; i < n; i++) all += (figures[i] - mean) ** 2;
  if (all === 0) return null;
  let between = 0;
  for (let g = 0; g < groups.count; g++) if (sizes[g] > 0) between += sizes[g] * (sums[g] / sizes[g] - mean) ** 2;
  const within = (all - between) / (n - groups.count);
  return Math.min(1, Math.max(0, (between - (groups.count - 1) * within) / all));
}

/**
 * At most `most` points of a curve that look like all of them: largest triangle three buckets (Steinarsson 2013). The first
 * and the last stay.
 *
 * @param points [[x, y]], by rising x
 */
export function decimate(points, most) {
  if (points.length <= most || most < 3) return points;
  const size = (points.length - 2) / (most - 2);
  const kept = [points[0]];
  let from = 1;
  for (let bucket = 0; bucket < most - 2; bucket++) {
    const to = Math.min(points.length - 1, Math.floor((bucket + 1) * size) + 1);
    const next = mean(points, to, Math.min(points.length, Math.floor((bucket + 2) * size) + 1));
    kept.push(largest(points, from, to, kept[kept.length - 1], next));
    from = to;
  }
  kept.push(points[points.length - 1]);
  return kept;
}

function mean(points, from, to) {
  let x = 0;
  let y = 0;
  const count = Math.max(1, to - from);
  for (let i = from; i < Math.max(to, from + 1); i++) {
    x += points[i][0];
    y += points[i][1];
  }
  return [x / count, y / count];
}

function largest(points, from, to, before, after) {
  let found = points[from];
  let most = -1;
  for (let i = from; i < to; i++) {
    const [x, y] = points[i];
    const area = Math.abs((before[0] - after[0]) * (y - before[1]) - (before[0] - x) * (after[1] - before[1]));
    if (area > most) {
      most = area;
      found = points[i];
    }
  }
  return found;
}

/** The value below which a share of the numbers lies; NaN where there are none. */
export function quantile(values, share) {
  const known = Float64Array.from(values.filter(Number.isFinite)).sort();
  if (known.length === 0) return NaN;
  const at = (known.length - 1) * share;
  const low = Math.floor(at);
  return known[low] + ((known[low + 1] ?? known[low]) - known[low]) * (at - low);
}

/** Round values from `low` to `high`, about `count` of them. */
export function ticks(low, high, count) {
  if (!(high > low)) return [low];
  const rough = (high - low) / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10);
  const found = [];
  for (let i = Math.ceil(low / step - 1e-9); i * step <= high + step * 1e-9; i++) found.push(Number((i * step).toPrecision(12)));
  return found;
}

/** Whether `a` is better than `b` by a goal; what is no number is worse than any. */
export function better(goal, a, b) {
  if (!Number.isFinite(a)) return false;
  return !Number.isFinite(b) || (goal.direction === "maximize" ? a > b : a < b);
}

/** The places by a goal's figure, the best first; those without one come last, by their numbers. */
export function bestFirst(goal, figure, chosen) {
  const sign = goal.direction === "maximize" ? -1 : 1;
  const known = (i) => Number.isFinite(figure[i]);
  return [...chosen].sort((a, b) => known(b) - known(a) || (known(a) ? sign * (figure[a] - figure[b]) : 0) || a - b);
}

/** How much of a sweep is done, from 0 to 1: trials that have ended, and running ones as far as they are. */
export function progress(status) {
  const ended = status.completed + status.stopped + status.failed + status.cancelled;
  const running = status.executions.reduce((sum, at) => sum + (at.steps > 0 ? Math.min(1, at.step / at.steps) : 0), 0);
  return status.trials === 0 ? 1 : Math.min(1, (ended + running) / status.trials);
}

/**
 * Estimates how long something still takes from how its share of work done has grown since it was first seen, as the command
 * line does.
 */
export class Clock {
  #first = new Map();

  /**
   * Seconds still to go, or null while nothing can be said.
   *
   * @param now milliseconds
   */
  left(what, share, now) {
    const start = this.#first.get(what);
    if (start === undefined || share < start.share) {
      this.#first.set(what, { share, now });
      return null;
    }
    const gained = share - start.share;
    const taken = (now - start.now) / 1000;
    return gained <= 0 || taken < 1 ? null : (taken * (1 - share)) / gained;
  }

  /** Forgets what it knows: work was held up, or is something else now. */
  forget(what) {
    this.#first.delete(what);
  }
}

/** A table as CSV (RFC 4180). Texts that a spreadsheet would take for a formula are kept texts. */
export function csv(header, rows) {
  const line = (cells) => cells.map(cell).join(",") + "\r\n";
  return [header, ...rows].map(line).join("");
}

function cell(value) {
  if (value === null || value === undefined || (typeof value === "number" && !Number.isFinite(value))) return "";
  if (typeof value === "number") return String(value);
  const text = typeof value === "string" ? value : JSON.stringify(value);
  const plain = /^[=+\-@\t\r]/.test(text) ? "'" + text : text;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}
