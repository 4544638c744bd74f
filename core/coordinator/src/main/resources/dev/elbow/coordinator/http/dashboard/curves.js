// Learning curves of some trials, side by side: what the loss is made of, from evaluation to evaluation.

import { get, path } from "./api.js";
import { axis, chart, facts, tooltip } from "./charts.js";
import { element, Turns } from "./dom.js";
import { decimate, quantile } from "./figures.js";
import { column, figure, setting } from "./text.js";

// More than are ever shown at once: 64 of the best, and 32 that run.
const MOST_KEPT = 128;
const MOST_POINTS = 160;
const AT_ONCE = 6;
const TERMS = ["loss", "reconstruction", "kl"];

/** Curves of a sweep's trials: fetched when they are first wanted, and growing with what the live stream says. */
export class CurveStore {
  #sweep;
  #signal;
  #changed;
  #curves = new Map();
  #wanted = [];
  #asked = new Set();
  #underWay = 0;

  /** @param changed called when a curve has come or grown */
  constructor(sweep, changed, signal) {
    this.#sweep = sweep;
    this.#changed = changed;
    this.#signal = signal;
  }

  /** The points of a trial's curve as far as they are known: [{epoch, step, figures}]. */
  of(trial) {
    return this.#curves.get(trial) ?? [];
  }

  /** Fetches the curves of these trials that are not there yet; what was wanted before is wanted no more. */
  want(trials) {
    for (const trial of trials) this.#touch(trial);
    this.#wanted = trials.filter((trial) => !this.#asked.has(trial));
    this.#next();
  }

  /** Adds what the live stream says of a trial. */
  add({ trial, point }) {
    if (!this.#asked.has(trial)) return;
    const known = this.of(trial).filter((other) => other.step < point.step);
    this.#keep(trial, [...known, point]);
  }

  /** The whole curve of a trial is to be had anew. */
  forget(trial) {
    this.#asked.delete(trial);
  }

  /** Everything is to be had anew. */
  forgetAll() {
    this.#asked.clear();
  }

  #next() {
    while (this.#underWay < AT_ONCE && this.#wanted.length > 0 && !this.#signal.aborted) {
      const trial = this.#wanted.shift();
      this.#asked.add(trial);
      this.#underWay++;
      this.#fetch(trial).finally(() => {
        this.#underWay--;
        this.#next();
      });
    }
  }

  async #fetch(trial) {
    try {
      const { points } = await get(path("sweeps", this.#sweep, "trials", trial, "curve"), this.#signal);
      // Meanwhile the live stream may have said more.
      const last = points.length > 0 ? points[points.length - 1].step : -1;
      this.#keep(trial, [...points, ...this.of(trial).filter((point) => point.step > last)]);
    } catch (error) {
      if (!this.#signal.aborted) this.#asked.delete(trial);
    }
  }

  // What is shown is forgotten last.
  #touch(trial) {
    const points = this.#curves.get(trial);
    if (points === undefined) return;
    this.#curves.delete(trial);
    this.#curves.set(trial, points);
  }

  #keep(trial, points) {
    this.#curves.delete(trial);
    this.#curves.set(trial, points);
    while (this.#curves.size > MOST_KEPT) {
      const oldest = this.#curves.keys().next().value;
      this.#curves.delete(oldest);
      this.#asked.delete(oldest);
    }
    this.#changed();
  }
}

/** A picture for each term of the loss. `set` gives them what to show. */
export class Curves {
  #panels;
  #shown = null;
  #signal;
  #turns;

  /** @param place that the pictures are put into */
  constructor(place, signal) {
    this.#signal = signal;
    this.#turns = new Turns(signal);
    this.#panels = TERMS.map((term) => {
      const drawn = element("div", { class: "chart" });
      place.append(element("figure", {}, element("figcaption", {}, titles(term)), drawn));
      return { term, drawn, chart: null, millis: 0 };
    });
  }

  /** @param shown {trials, places, split, colouring, store} */
  set(shown) {
    this.#shown = shown;
    this.refresh();
  }

  /** Draws them anew, one after the other. */
  refresh() {
    if (this.#shown !== null) this.#turns.take(this.#panels.map((panel) => () => this.#draw(panel)));
  }

  /** Leaves them as they are. */
  stop() {
    this.#turns.stop();
  }

  /** How long it took the last time, in milliseconds. */
  get millis() {
    return this.#panels.reduce((sum, panel) => sum + panel.millis, 0);
  }

  async #draw(panel) {
    if (panel.chart === null) {
      const draw = { option: (paint) => this.#option(panel.term, paint), label: () => this.#words(panel.term) };
      panel.chart = chart(panel.drawn, draw, this.#signal);
      return;
    }
    // By now it is there: a turn that waits would draw in another's frame.
    const made = await panel.chart;
    const began = performance.now();
    made?.draw();
    panel.millis = performance.now() - began;
  }

  #words(term) {
    return `${column(`${this.#shown.split}_${term}`)} of ${this.#shown.places.length} trials by epoch`;
  }

  #option(term, paint) {
    const { trials, places, split, colouring, store } = this.#shown;
    const name = `${split}_${term}`;
    const bySteps = places.some((place) => repeats(store.of(trials.name(place))));
    const lines = places.map((place) => {
      const points = store.of(trials.name(place)).filter((point) => Number.isFinite(point.figures[name]));
      return { place, data: decimate(points.map((point) => [bySteps ? point.step : point.epoch, point.figures[name]]), MOST_POINTS) };
    });
    const shown = lines.filter((line) => line.data.length > 0);
    const values = shown.flatMap((line) => line.data.map(([, y]) => y));
    const low = values.reduce((a, b) => Math.min(a, b), Infinity);
    const high = values.reduce((a, b) => Math.max(a, b), -Infinity);
    // The first evaluations are far above the rest, which is what one wants to see.
    const cut = quantile(values, 0.96);
    const top = shown.length > 0 && high - low > 2.5 * (cut - low) && cut > low ? cut + (cut - low) * 0.1 : undefined;
    const thin = shown.length > 60;
    return {
      animation: false,
      grid: { left: 50, right: 14, top: 12, bottom: 42 },
      tooltip: tooltip((at) => this.#tip(at, bySteps), { trigger: "axis", axisPointer: { lineStyle: { color: paint["line-strong"] } } }),
      xAxis: axis(bySteps ? "step" : "epoch", paint, { nameGap: 25, minInterval: 1, min: bySteps ? 0 : ({ max }) => (max > 1 ? 1 : 0), max: "dataMax", splitLine: { show: false } }),
      yAxis: axis("", paint, { scale: true, max: top }),
      series: [...shown.map((line) => this.#line(line, thin, paint)), this.#ends(shown, paint)],
    };
  }

  #colour(place, paint) {
    const { trials, colouring } = this.#shown;
    return isGrey(trials.states[place]) ? paint.states.stopped : colouring.of(place);
  }

  #line({ place, data }, thin, paint) {
    const { trials } = this.#shown;
    const grey = isGrey(trials.states[place]);
    return {
      type: "line",
      name: trials.name(place),
      data,
      showSymbol: false,
      animation: false,
      lineStyle: { color: this.#colour(place, paint), width: thin ? 1 : 1.7, opacity: grey ? 0.45 : 0.95 },
      emphasis: { disabled: true },
      z: grey ? 2 : trials.states[place] === "running" ? 4 : 3,
    };
  }

  // A dot where a trial is now, and where it has one point alone.
  #ends(shown, paint) {
    const { trials } = this.#shown;
    const isRunning = (place) => trials.states[place] === "running";
    const ends = shown.filter(({ place, data }) => isRunning(place) || data.length === 1);
    return {
      type: "scatter",
      silent: true,
      animation: false,
      data: ends.map(({ place, data }) => ({
        value: data[data.length - 1],
        symbolSize: isRunning(place) ? 8 : 6,
        itemStyle: { color: this.#colour(place, paint), borderColor: paint.surface, borderWidth: 1 },
      })),
      z: 5,
    };
  }

  #tip(at, bySteps) {
    const lines = at.filter(({ seriesType }) => seriesType === "line");
    if (lines.length === 0) return "";
    const rows = lines.map((line) => [line.seriesName, line.value[1]]).sort((a, b) => a[1] - b[1]);
    const shown = rows.slice(0, 8).map(([name, value]) => [this.#about(name), `${figure(value)} nats`]);
    if (rows.length > 8) shown.push([`and ${rows.length - 8} more`, ""]);
    return facts(`${bySteps ? "step" : "epoch"} ${lines[0].value[0]}`, shown);
  }

  #about(name) {
    const { trials, colouring } = this.#shown;
    const place = Number(name) - 1;
    const state = trials.states[place] === "completed" ? "" : `, ${trials.states[place]}`;
    const value = colouring.name === null ? "" : `, ${trials.label(colouring.name)} ${setting(colouring.values[place])}`;
    return `${name}${value}${state}`;
  }
}

function titles(term) {
  return { loss: "loss (−ELBO, nats)", reconstruction: "reconstruction (nats)", kl: "KL (nats)" }[term];
}

function isGrey(state) {
  return state === "stopped" || state === "cancelled" || state === "failed";
}

// Where a sweep counts steps, several evaluations fall into one epoch.
function repeats(points) {
  return points.length > 1 && points[points.length - 1].epoch === points[points.length - 2].epoch;
}
