// Rate against distortion: what a code costs in nats and what it loses, the front of the best trials, and its elbow.

import { axis, chart, facts, tooltip } from "./charts.js";
import { elbow, pareto, quantile, ticks } from "./figures.js";
import { figure, setting } from "./text.js";
import { parameterName } from "./trials.js";

const MANY = 2000;

/**
 * What a picture of rate and distortion shows of trials of one yardstick.
 *
 * @param split `train`, `validation` or `test`
 * @return {xs, ys, places, grey, front, elbow}
 */
export function frontierOf(trials, split, yardstick) {
  const xs = trials.figure(split + "_kl");
  const ys = trials.figure(split + "_reconstruction");
  const places = [];
  const others = [];
  for (let i = 0; i < trials.size; i++) {
    if (trials.yardstick[i] !== yardstick || !Number.isFinite(xs[i]) || !Number.isFinite(ys[i])) continue;
    (trials.chosen[i] ? places : others).push(i);
  }
  const front = pareto(xs, ys, places.filter((i) => trials.states[i] === "completed"));
  return { xs, ys, places, others, front, elbow: elbow(xs, ys, front) };
}

/** The picture. `set` gives it what to show. */
export class Frontier {
  #place;
  #signal;
  #shown = null;
  #chart = null;
  #open;

  /** @param open called with the place of a trial that was clicked */
  constructor(place, open, signal) {
    this.#place = place;
    this.#open = open;
    this.#signal = signal;
  }

  /** @param shown {trials, split, colouring, logarithmic, ...frontierOf} */
  async set(shown) {
    this.#shown = shown;
    if (this.#chart) return this.#chart.refresh();
    this.#chart = await chart(this.#place, { option: (paint) => this.#option(paint), label: () => this.#words() }, this.#signal);
    this.#chart?.instance.on("click", (event) => {
      if (event.data && event.data[2] !== undefined) this.#open(event.data[2]);
    });
  }

  #words() {
    const { places, front, trials, split, xs, ys } = this.#shown;
    const at = this.#shown.elbow;
    const words = `Rate against distortion of ${places.length} trials, ${split} images; ${front.length} are on the Pareto front.`;
    if (at === null) return words;
    return `${words} Its elbow is trial ${trials.name(at)}: rate ${figure(xs[at])} nats, distortion ${figure(ys[at])} nats.`;
  }

  #option(paint) {
    const { xs, ys, places, others, split, logarithmic } = this.#shown;
    const frame = framed(xs, ys, places.length > 0 ? places : others, logarithmic);
    const x = { min: frame.x[0], max: frame.x[1], interval: frame.x.unit, nameGap: 28 };
    return {
      grid: { left: 62, right: 22, top: 18, bottom: 48 },
      tooltip: tooltip((at) => this.#tip(at), { trigger: "item" }),
      xAxis: axis(`rate: ${split} KL (nats)`, paint, logarithmic ? { ...x, type: "log" } : x),
      yAxis: axis(`distortion: ${split} reconstruction (nats)`, paint, { min: frame.y[0], max: frame.y[1], interval: frame.y.unit, nameGap: 44 }),
      series: [...diagonals(frame, logarithmic, paint), ...this.#points(paint), ...this.#marks(paint)],
    };
  }

  #points(paint) {
    const { trials, xs, ys, places, others, colouring } = this.#shown;
    const point = (i) => [xs[i], ys[i], i];
    const large = places.length + others.length > MANY;
    // Below four pixels the library fills squares, which takes a third of the time of circles.
    const size = large ? 3 : places.length > 300 ? 6 : 9;
    const completed = places.filter((i) => trials.states[i] === "completed");
    const rest = places.filter((i) => trials.states[i] !== "completed");
    const bins = Array.from({ length: colouring.bins }, () => []);
    completed.forEach((i) => bins[colouring.bin(i)].push(i));
    const series = (more) => ({ type: "scatter", large, largeThreshold: 0, symbolSize: size, animation: false, ...more });
    const bordered = large ? {} : { borderColor: paint.surface, borderWidth: 0.8 };
    return [
      series({ data: others.map(point), itemStyle: { color: paint.line }, silent: large, z: 2 }),
      series({ data: rest.map(point), itemStyle: { color: paint.states.stopped, opacity: 0.55 }, z: 3 }),
      ...bins.map((bin, b) => series({ data: bin.map(point), itemStyle: { color: colouring.ofBin(b), ...bordered }, z: 4 })),
      // The library fails at a large series without points.
    ].filter(({ data }) => data.length > 0);
  }

  #marks(paint) {
    const { xs, ys, front, trials, colouring } = this.#shown;
    const at = this.#shown.elbow;
    const line = {
      type: "line",
      data: front.map((i) => [xs[i], ys[i]]),
      symbol: "none",
      silent: true,
      animation: false,
      lineStyle: { color: paint["ink-2"], width: 1.4 },
      z: 3,
    };
    if (at === null) return [line];
    const value = colouring.name === null ? "" : `, ${parameterName(colouring.name)} ${setting(colouring.values[at])}`;
    const mark = {
      type: "scatter",
      data: [[xs[at], ys[at], at]],
      symbolSize: 21,
      animation: false,
      itemStyle: { color: "transparent", borderColor: paint.ink, borderWidth: 2 },
      label: {
        show: true,
        position: "right",
        distance: 4,
        formatter: () => `elbow ${trials.name(at)}${value}`,
        color: paint.ink,
        fontWeight: 600,
        fontSize: 12.5,
        backgroundColor: paint.surface,
        borderRadius: 4,
        padding: [2, 5],
      },
      z: 6,
    };
    return [line, mark];
  }

  #tip(at) {
    const place = at.data && at.data[2];
    if (place === undefined) return "";
    const { trials, xs, ys } = this.#shown;
    const settings = Object.entries(trials.parameters).map(([name, values]) => [parameterName(name), setting(values[place])]);
    return facts(`Trial ${trials.name(place)} · ${trials.states[place]}`, [
      ...settings,
      ["rate", `${figure(xs[place])} nats`],
      ["distortion", `${figure(ys[place])} nats`],
      ["−ELBO", `${figure(xs[place] + ys[place])} nats`],
    ]);
  }
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
