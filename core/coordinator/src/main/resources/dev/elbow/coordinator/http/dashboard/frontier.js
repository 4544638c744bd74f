// Rate against distortion: what a code costs in nats and what it loses, the front of the best trials, and its elbow.

import { axis, facts } from "./charts.js";
import { Circles, Squares } from "./dots.js";
import { ascending, elbow, frontOf, quantile, ticks } from "./figures.js";
import { Overlay } from "./overlay.js";
import { figure, setting } from "./text.js";
import { parameterName } from "./trials.js";

const MANY = 2000;
const orders = new WeakMap();

/**
 * What a picture of rate and distortion shows of trials of one yardstick.
 *
 * @param split `train`, `validation` or `test`
 * @param still whether figures that came since it was last asked can wait, because somebody is choosing
 * @return {xs, ys, all, order, places, others, front, elbow}: places of all that have figures, of the completed ones among
 *   them by their rates, of those that are chosen, of the rest, and of the front
 */
export function frontierOf(trials, split, yardstick, still = false) {
  const { xs, ys, all, order } = ordered(trials, split, yardstick, still);
  const places = [];
  const others = [];
  for (const i of all) (trials.chosen[i] ? places : others).push(i);
  const front = frontOf(ys, order, (i) => trials.chosen[i] === 1);
  return { xs, ys, all, order, places, others, front, elbow: elbow(xs, ys, front) };
}

// What changes with figures alone, and not with each move of a brush.
function ordered(trials, split, yardstick, still) {
  const of = `${split} ${yardstick}`;
  const { version } = trials;
  const known = orders.get(trials);
  if (known?.of === of && (still || known.version === version)) return known;
  const xs = trials.figure(split + "_kl");
  const ys = trials.figure(split + "_reconstruction");
  const all = [...trials.states.keys()].filter(
    (i) => trials.yardstick[i] === yardstick && Number.isFinite(xs[i]) && Number.isFinite(ys[i]),
  );
  const order = ascending(xs, ys, all.filter((i) => trials.states[i] === "completed"));
  const made = { of, version, xs, ys, all, order };
  orders.set(trials, made);
  return made;
}

/** The picture. `set` gives it what to show. */
export class Frontier {
  #shown = null;
  #frame = null;
  #open;
  #overlay;
  #squares = null;
  #sorted = { of: null, bins: null, places: null };

  /** @param open called with the place of a trial that was clicked */
  constructor(place, open, signal) {
    this.#open = open;
    const axes = { option: (paint) => this.#axes(paint), label: () => this.#words() };
    const paint = (pen, at, colours) => this.#paint(pen, at, colours);
    this.#overlay = new Overlay(place, { axes, paint, find: (away, reach) => this.#find(away, reach) }, signal);
  }

  /**
   * @param shown {trials, split, colouring, logarithmic, curves: of single trials, ...frontierOf}
   * @param still whether the axes stay as they are, because somebody is choosing; it is drawn at once then
   */
  set(shown, still) {
    this.#shown = shown;
    if (still && this.#frame !== null) this.#overlay.draw();
    else this.#overlay.drawAll();
  }

  #words() {
    const { places, front, trials, split, xs, ys } = this.#shown;
    const at = this.#shown.elbow;
    const words = `Rate against distortion of ${places.length} trials, ${split} images; ${front.length} are on the Pareto front.`;
    if (at === null) return words;
    return `${words} Its elbow is trial ${trials.name(at)}: rate ${figure(xs[at])} nats, distortion ${figure(ys[at])} nats.`;
  }

  #axes(paint) {
    const { xs, ys, places, others, split, logarithmic, curves } = this.#shown;
    const frame = framed(...joined(xs, ys, places.length > 0 ? places : others, curves), logarithmic);
    this.#frame = frame;
    const x = { min: frame.x[0], max: frame.x[1], interval: frame.x.unit, nameGap: 28 };
    return {
      animation: false,
      grid: { left: 62, right: 22, top: 18, bottom: 48 },
      xAxis: axis(`rate: ${split} KL (nats)`, paint, logarithmic ? { ...x, type: "log" } : x),
      yAxis: axis(`distortion: ${split} reconstruction (nats)`, paint, { min: frame.y[0], max: frame.y[1], interval: frame.y.unit, nameGap: 44 }),
      series: diagonals(frame, logarithmic, paint),
    };
  }

  #paint(pen, at, paint) {
    if (this.#shown.all.length > MANY) this.#paintMany(pen, at, paint);
    else this.#paintSome(pen, at, paint);
    this.#ring(pen, at, paint);
  }

  #paintSome(pen, at, paint) {
    const circles = new Circles(pen, at, this.#shown, this.#shown.places.length > 300 ? 6 : 9);
    this.#greys(circles, paint);
    circles.end();
    this.#line(pen, at, paint);
    this.#curves(pen, at, paint);
    circles.border(paint.surface);
    this.#colours(circles);
    circles.end();
  }

  #paintMany(pen, at, paint) {
    if (!this.#squares?.fits(pen, at, this.#shown)) this.#squares = new Squares(pen, at, this.#shown);
    this.#squares.begin();
    this.#greys(this.#squares, paint);
    this.#colours(this.#squares);
    this.#squares.end();
    this.#line(pen, at, paint);
    this.#curves(pen, at, paint);
  }

  #greys(dots, paint) {
    const { trials, all } = this.#shown;
    const { chosen, states } = trials;
    dots.colour(paint.line);
    for (const i of all) if (!chosen[i]) dots.draw(i);
    dots.colour(paint.states.stopped, 0.55);
    for (const i of all) if (chosen[i] && states[i] !== "completed") dots.draw(i);
  }

  #colours(dots) {
    const { trials, colouring } = this.#shown;
    const bins = colouring.places;
    let bin = -1;
    for (const i of this.#byColour(bins)) {
      if (!trials.chosen[i]) continue;
      if (bins[i] !== bin) dots.colour(colouring.ofBin((bin = bins[i])));
      dots.draw(i);
    }
  }

  // Sorted once, however often others are chosen of them.
  #byColour(bins) {
    const { order } = this.#shown;
    if (this.#sorted.of !== order || this.#sorted.bins !== bins) {
      this.#sorted = { of: order, bins, places: Uint32Array.from(order).sort((a, b) => bins[a] - bins[b] || a - b) };
    }
    return this.#sorted.places;
  }

  #line(pen, at, paint) {
    const { xs, ys, front } = this.#shown;
    pen.strokeStyle = paint["ink-2"];
    pen.lineWidth = 1.4;
    pen.beginPath();
    for (const i of front) pen.lineTo(at.x(xs[i]), at.y(ys[i]));
    pen.stroke();
  }

  #curves(pen, at, paint) {
    pen.strokeStyle = paint.accent;
    pen.fillStyle = paint.accent;
    pen.lineWidth = 1.8;
    for (const { points } of this.#shown.curves) {
      pen.beginPath();
      for (const { rate, distortion } of points) pen.lineTo(at.x(rate), at.y(distortion));
      pen.stroke();
      for (const { rate, distortion } of points) {
        pen.beginPath();
        pen.arc(at.x(rate), at.y(distortion), 3, 0, 2 * Math.PI);
        pen.fill();
      }
    }
  }

  #ring(pen, at, paint) {
    const { xs, ys, trials, colouring } = this.#shown;
    const place = this.#shown.elbow;
    if (place === null) return;
    const [px, py] = [at.x(xs[place]), at.y(ys[place])];
    pen.strokeStyle = paint.ink;
    pen.lineWidth = 2;
    pen.beginPath();
    pen.arc(px, py, 10.5, 0, 2 * Math.PI);
    pen.stroke();
    const value = colouring.name === null ? "" : `, ${trials.label(colouring.name)} ${setting(colouring.values[place])}`;
    label(pen, `elbow ${trials.name(place)}${value}`, px, py, at.box, paint);
  }

  // What is chosen before what is not, of several the nearest.
  #find(away, reach) {
    const { xs, ys, places, others } = this.#shown;
    for (const some of [places, others]) {
      const place = nearest(some, (i) => away(xs[i], ys[i]), reach);
      if (place !== null) return { tip: this.#tip(place), open: () => this.#open(place) };
    }
    return this.#findOnCurve(away, reach);
  }

  #findOnCurve(away, reach) {
    const all = this.#shown.curves.flatMap(({ place, points }) => points.map((point) => ({ place, ...point })));
    const found = nearest(all.keys(), (i) => away(all[i].rate, all[i].distortion), reach);
    if (found === null) return null;
    const { place, beta, rate, distortion } = all[found];
    const words = [
      ["β", setting(beta)],
      ["rate", `${figure(rate)} nats`],
      ["distortion", `${figure(distortion)} nats`],
      ["−ELBO", `${figure(rate + distortion)} nats`],
    ];
    return { tip: facts(`Trial ${this.#shown.trials.name(place)}, told this β`, words), open: () => this.#open(place) };
  }

  #tip(place) {
    const { trials, xs, ys } = this.#shown;
    const settings = Object.entries(trials.parameters).map(([name, values]) => [parameterName(name), setting(values[place])]);
    return facts(`Trial ${trials.name(place)} · ${trials.states[place]}`, [
      ...settings,
      ["rate", `${figure(xs[place])} nats`],
      ["distortion", `${figure(ys[place])} nats`],
      ["−ELBO", `${figure(xs[place] + ys[place])} nats`],
      ...trials.scores.map((name) => [trials.label(name), figure(trials.figure(name)[place])]),
    ]);
  }
}

// The points of trials, and after them those of curves: [xs, ys, places].
function joined(xs, ys, places, curves) {
  const points = curves.flatMap((curve) => curve.points);
  if (points.length === 0) return [xs, ys, places];
  const allXs = [...places.map((i) => xs[i]), ...points.map(({ rate }) => rate)];
  const allYs = [...places.map((i) => ys[i]), ...points.map(({ distortion }) => distortion)];
  return [allXs, allYs, [...allXs.keys()]];
}

function nearest(places, distance, reach) {
  let found = null;
  let least = reach;
  for (const i of places) {
    const far = distance(i);
    if (far < least) {
      least = far;
      found = i;
    }
  }
  return found;
}

// Beside a point, on a ground of its own, on the side where there is room.
function label(pen, words, x, y, box, paint) {
  pen.font = `600 12.5px ${paint.font}`;
  const width = pen.measureText(words).width + 10;
  const left = x + 15 + width > box.left + box.width ? x - 15 - width : x + 15;
  pen.fillStyle = paint.surface;
  pen.beginPath();
  pen.roundRect(left, y - 10, width, 20, 4);
  pen.fill();
  pen.fillStyle = paint.ink;
  pen.textAlign = "left";
  pen.textBaseline = "middle";
  pen.fillText(words, left + 5, y + 0.5);
}

/** Whether rates differ by so much that only logarithms show them all. */
export function spread(xs, places) {
  const rates = places.map((i) => xs[i]).filter((x) => x > 0);
  return rates.length > 2 && Math.max(...rates.slice(0, 5000)) > 12 * quantile(rates, 0.5);
}

/** The frame of a picture that shows all of these points. */
export function framed(xs, ys, places, logarithmic) {
  let [left, right, low, high] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const i of places) {
    if (logarithmic && xs[i] <= 0) continue;
    left = Math.min(left, xs[i]);
    right = Math.max(right, xs[i]);
    low = Math.min(low, ys[i]);
    high = Math.max(high, ys[i]);
  }
  if (left > right) return { x: [logarithmic ? 0.1 : 0, 1], y: [0, 1] };
  const y = padded(low, high);
  if (!logarithmic) return { x: padded(Math.max(0, left), right, 0), y };
  return { x: [left / 1.4, right * 1.4].map((v) => Number(v.toPrecision(2))), y };
}

// From one mark of the axis to another, with some room: the axis then has marks at its ends and in between.
function padded(low, high, least = -Infinity) {
  const room = (high - low) * 0.08 || Math.abs(high) * 0.05 || 1;
  const marks = ticks(low - room, high + room, 6);
  const unit = marks.length > 1 ? marks[1] - marks[0] : 1;
  const down = Math.floor((low - room) / unit) * unit;
  const ends = [Math.max(least, down), Math.ceil((high + room) / unit) * unit];
  return Object.assign(ends.map((v) => Number(v.toPrecision(10))), { unit: Number(unit.toPrecision(10)) });
}

/** Lines of equal −ELBO in a frame, as series: straight where both axes are linear. */
export function diagonals({ x, y }, logarithmic, paint) {
  const lines = ticks(x[0] + y[0], x[1] + y[1], 7).flatMap((sum) => {
    const from = Math.max(x[0], sum - y[1]);
    const to = Math.min(x[1], sum - y[0]);
    if (!(to > from) || (to - from) / (x[1] - x[0]) < 0.1) return [];
    const count = logarithmic ? 40 : 1;
    const at = (i) => (logarithmic ? from * (to / from) ** (i / count) : from + ((to - from) * i) / count);
    return [{ sum, data: Array.from({ length: count + 1 }, (_, i) => [at(i), sum - at(i)]) }];
  });
  const line = { type: "line", symbol: "none", silent: true, animation: false, z: 1 };
  const label = { show: true, color: paint["ink-3"], fontSize: 10.5, position: "bottom", distance: 3, textBorderColor: paint.surface, textBorderWidth: 3 };
  const middle = (data) => {
    if (logarithmic) return data[data.length >> 1];
    return [data[0][0] * 0.12 + data[1][0] * 0.88, data[0][1] * 0.12 + data[1][1] * 0.88];
  };
  return [
    ...lines.map(({ data }) => ({ ...line, data, lineStyle: { color: paint["line-strong"], width: 1, type: [4, 4] } })),
    {
      type: "scatter",
      silent: true,
      animation: false,
      symbolSize: 0.1,
      itemStyle: { color: "transparent" },
      data: lines.map(({ sum, data }) => ({ value: middle(data), label: { ...label, formatter: `${sum}` } })),
      z: 1,
    },
  ];
}
