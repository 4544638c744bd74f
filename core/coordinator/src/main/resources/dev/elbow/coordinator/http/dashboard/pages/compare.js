// Two sweeps on one page: how they stand, their fronts, the curves of their best trials, and their figures side by side.

import { sweepNamed } from "../api.js";
import { axis, chart, facts, tooltip } from "../charts.js";
import { CurveStore } from "../curves.js";
import { element, notice, perFrame, replace, svg, text } from "../dom.js";
import { better, quantile } from "../figures.js";
import { diagonals, framed, frontierOf } from "../frontier.js";
import * as live from "../live.js";
import { bar, counts, link, pill, segments, standing } from "../parts.js";
import { column, duration, figure, setting, whole } from "../text.js";
import { left } from "../time.js";
import { fetchTrials, parameterName } from "../trials.js";

const SPLITS = ["train", "validation", "test"];
const SYMBOLS = ["circle", "diamond"];

/** Shows the sweeps `a` and `b` of the address beside each other and keeps both up to date. */
export async function show(main, params, signal) {
  document.title = "Compare · Elbow";
  const names = [params.a, params.b];
  if (!names[0] || !names[1] || names[0] === names[1]) {
    const back = element("a", { class: "button", href: "#/" }, "All sweeps");
    replace(main, notice("Nothing to compare", "Tick two sweeps in the list and press Compare.", back));
    return;
  }
  const sides = await Promise.all(names.map((name) => Side.fetch(name, signal)));
  if (signal.aborted) return;
  document.title = `${names.join(" and ")} · Elbow`;
  const page = new Comparison(main, sides, signal);
  live.on("sweep", (status) => page.stands(status), signal);
  live.on("trial", (change) => page.trial(change), signal);
  live.on("reset", () => page.anew(), signal);
}

class Side {
  static async fetch(name, signal) {
    const status = await sweepNamed(name, signal);
    const trials = await fetchTrials(name, signal);
    return new Side(status, trials);
  }

  constructor(status, trials) {
    this.status = status;
    this.trials = trials;
  }

  get best() {
    return this.status.best === null ? null : Number(this.status.best.trial) - 1;
  }

  // Trials of one yardstick alone have a place in one picture.
  get yardstick() {
    const at = this.best ?? 0;
    return this.trials.yardstick[at];
  }

  get yardstickText() {
    return JSON.stringify(this.trials.yardsticks[this.yardstick] ?? null);
  }
}

class Comparison {
  #split;

  constructor(main, sides, signal) {
    this.main = main;
    this.sides = sides;
    this.signal = signal;
    this.refresh = perFrame(() => this.#refresh(), signal);
    const split = SPLITS.find((name) => sides[0].status.goal.column.startsWith(name)) ?? "test";
    this.#split = this.#splits().includes(split) ? split : "test";
    this.stores = sides.map((side) => new CurveStore(side.status.sweep, () => this.curves?.refresh(), signal));
    this.#build();
    this.#draw();
  }

  stands(status) {
    const side = this.sides.find((known) => known.status.sweep === status.sweep);
    if (!side) return;
    side.status = status;
    this.refresh();
  }

  trial(change) {
    const side = this.sides.find((known) => known.status.sweep === change.sweep);
    if (!side) return;
    side.trials.take(change);
    this.refresh();
  }

  async anew() {
    const sides = await Promise.all(this.sides.map((side) => Side.fetch(side.status.sweep, this.signal)));
    if (this.signal.aborted) return;
    this.sides = sides;
    this.refresh();
  }

  #splits() {
    return SPLITS.filter((split) => this.sides.every((side) => side.trials.has(`${split}_loss`)));
  }

  #build() {
    this.cards = this.sides.map((side, i) => new Card(side, i));
    this.scatter = element("div", { class: "chart tall" });
    this.caption = element("p", { class: "caption" });
    this.lines = element("div", { class: "chart tall" });
    this.linesCaption = element("p", { class: "caption" });
    this.table = element("tbody", {});
    const splits = this.#splits().map((split) => [split, split]);
    replace(
      this.main,
      element(
        "div",
        { class: "head" },
        element("nav", { class: "crumbs", "aria-label": "Where this is" }, element("a", { href: "#/" }, "Sweeps"), " / compare"),
        element("h1", {}, this.sides[0].status.sweep, " and ", this.sides[1].status.sweep),
        element("div", { class: "actions" }, splits.length > 1 && segments("Images that figures are of", splits, this.#split, (split) => this.#show(split))),
      ),
      element(
        "div",
        { class: "grid" },
        element("div", { class: "two" }, this.cards.map((card) => card.element)),
        element(
          "div",
          { class: "two" },
          element("section", { class: "card", "aria-labelledby": "fronts" }, element("header", {}, element("h2", { id: "fronts" }, "Rate and distortion")), this.scatter, this.caption),
          element("section", { class: "card", "aria-labelledby": "bests" }, element("header", {}, element("h2", { id: "bests" }, "Loss of the best trials")), this.lines, this.linesCaption),
        ),
        element(
          "section",
          { class: "card", "aria-labelledby": "figures" },
          element("header", {}, element("h2", { id: "figures" }, "Figures")),
          element("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Figures of both" }, element("table", { class: "compared" }, this.#head(), this.table)),
        ),
      ),
    );
  }

  #head() {
    const names = this.sides.map((side, i) => element("th", { scope: "col", class: "number" }, sign(i), " ", side.status.sweep));
    return element("thead", {}, element("tr", {}, element("th", { scope: "col" }, "of completed trials"), names, element("th", { scope: "col", class: "number" }, "difference")));
  }

  #show(split) {
    this.#split = split;
    this.#refresh();
  }

  async #draw() {
    this.#words();
    [this.front, this.curves] = await Promise.all([
      chart(this.scatter, { option: (paint) => this.#fronts(paint), label: () => `Rate against distortion, ${this.#split} images` }, this.signal),
      chart(this.lines, { option: (paint) => this.#bests(paint), label: () => `${this.#split} loss of the best trials by epoch` }, this.signal),
    ]);
  }

  #refresh() {
    this.cards.forEach((card, i) => card.set(this.sides[i]));
    this.#words();
    this.front?.refresh();
    this.curves?.refresh();
  }

  get #comparable() {
    return this.sides[0].yardstickText === this.sides[1].yardstickText;
  }

  #words() {
    this.cards.forEach((card, i) => card.set(this.sides[i]));
    text(
      this.caption,
      this.#comparable
        ? "Lines: Pareto fronts of completed trials. Rings: their elbows. Dashed: equal −ELBO."
        : "These sweeps are measured by different data, targets or likelihoods, so their losses do not compare: the picture shows the first alone.",
    );
    this.sides.forEach((side, i) => side.best !== null && this.stores[i].want([side.trials.name(side.best)]));
    const known = this.sides.filter((side) => side.best !== null).map((side) => `${side.status.sweep}/${side.status.best.trial}`);
    text(this.linesCaption, known.length === 0 ? "No trial has completed yet." : `By epoch: ${known.join(" and ")}, each the best by its own goal.`);
    replace(this.table, this.#rows());
  }

  #fronts(paint) {
    const shown = this.#comparable ? this.sides : this.sides.slice(0, 1);
    const fronts = shown.map((side) => frontierOf(side.trials, this.#split, side.yardstick));
    const xs = fronts.flatMap(({ xs: all, places }) => places.map((i) => all[i]));
    const ys = fronts.flatMap(({ ys: all, places }) => places.map((i) => all[i]));
    const frame = framed(xs, ys, [...xs.keys()], false);
    return {
      grid: { left: 62, right: 22, top: 18, bottom: 48 },
      tooltip: tooltip((at) => this.#tip(at), { trigger: "item" }),
      xAxis: axis(`rate: ${this.#split} KL (nats)`, paint, { min: frame.x[0], max: frame.x[1], interval: frame.x.unit, nameGap: 28 }),
      yAxis: axis(`distortion: ${this.#split} reconstruction (nats)`, paint, { min: frame.y[0], max: frame.y[1], interval: frame.y.unit, nameGap: 44 }),
      series: [...diagonals(frame, false, paint), ...fronts.flatMap((front, i) => points(front, i, paint))],
    };
  }

  #tip({ seriesName, data }) {
    if (!data || data[2] === undefined) return "";
    const { trials } = this.sides[Number(seriesName)];
    const settings = Object.entries(trials.parameters).map(([name, values]) => [parameterName(name), setting(values[data[2]])]);
    return facts(`${trials.sweep}/${trials.name(data[2])}`, [...settings, ["rate", `${figure(data[0])} nats`], ["distortion", `${figure(data[1])} nats`]]);
  }

  #bests(paint) {
    const name = `${this.#split}_loss`;
    const series = this.sides.map((side, i) => {
      const points = side.best === null ? [] : this.stores[i].of(side.trials.name(side.best));
      const data = points.filter((point) => Number.isFinite(point.figures[name])).map((point) => [point.epoch, point.figures[name]]);
      return { type: "line", name: side.status.sweep, data, symbol: SYMBOLS[i], symbolSize: 6, animation: false, lineStyle: { width: 2 }, color: colour(i, paint) };
    });
    return {
      grid: { left: 62, right: 22, top: 18, bottom: 48 },
      tooltip: tooltip((at) => (at.length === 0 ? "" : facts(`epoch ${at[0].value[0]}`, at.map((line) => [line.seriesName, `${figure(line.value[1])} nats`]))), { trigger: "axis" }),
      xAxis: axis("epoch", paint, { nameGap: 28, minInterval: 1, min: 1, max: "dataMax", splitLine: { show: false } }),
      yAxis: axis(`${this.#split} loss (nats)`, paint, { scale: true, nameGap: 44 }),
      series,
    };
  }

  #rows() {
    const split = this.#split;
    const at = (side, name) => (side.best === null ? NaN : side.trials.figure(name)[side.best]);
    const all = (side, name) => Array.from(side.trials.figure(name)).filter(Number.isFinite);
    const less = { direction: "minimize" };
    const terms = [["loss", less], ["reconstruction", null], ["kl", null]];
    return [
      row("completed trials", this.sides.map((side) => side.status.completed), null, whole),
      ...terms.map(([term, goal]) => row(`${column(`${split}_${term}`)} of the best (nats)`, this.sides.map((side) => at(side, `${split}_${term}`)), this.#comparable && goal, figure)),
      row(`median ${column(`${split}_loss`)} (nats)`, this.sides.map((side) => quantile(all(side, `${split}_loss`), 0.5)), this.#comparable && less, figure),
      row("active units of the best", this.sides.map((side) => at(side, "active_units")), null, whole),
      row("median time of a trial", this.sides.map((side) => quantile(all(side, "seconds"), 0.5)), less, duration),
      row("time of all trials", this.sides.map((side) => all(side, "seconds").reduce((a, b) => a + b, 0)), null, duration),
      row("median images per second", this.sides.map((side) => quantile(all(side, "images_per_second"), 0.5)), { direction: "maximize" }, whole),
    ];
  }
}

class Card {
  constructor(side, i) {
    const { status } = side;
    this.state = pill("queued");
    this.bar = bar(status);
    this.counts = element("p", { class: "caption" });
    this.best = element("p", {});
    this.element = element(
      "section",
      { class: "card", "aria-label": status.sweep },
      element("header", {}, element("span", { class: "side-name" }, sign(i), element("a", { href: link(status.sweep) }, status.sweep)), this.state, element("div", { class: "end" }, status.tags.map((tag) => element("span", { class: "tag" }, tag)))),
      this.bar,
      this.counts,
      this.best,
    );
  }

  set({ status, trials }) {
    this.state.set(standing(status));
    this.bar.set(status);
    const time = status.finished ? "" : `, ${left(status)} left`;
    text(this.counts, counts(status) + time);
    if (!status.best) return text(this.best, "No trial has completed yet.");
    const place = Number(status.best.trial) - 1;
    const settings = Object.entries(trials.parameters).map(([name, values]) => `${parameterName(name)} ${setting(values[place])}`);
    replace(this.best, `Best ${column(status.goal.column)} `, element("b", {}, figure(status.best.figure)), " in ", element("a", { class: "in-text", href: link(status.sweep, status.best.trial) }, status.best.trial), settings.length > 0 && ` (${settings.join(", ")})`);
  }
}

function colour(i, paint) {
  return i === 0 ? paint.train : paint.validation;
}

// Colour and shape, since colour alone is not for everybody.
function sign(i) {
  const fill = i === 0 ? "var(--train)" : "var(--validation)";
  const shape = i === 0 ? svg("circle", { cx: 6, cy: 6, r: 5 }) : svg("path", { d: "M6 0 12 6 6 12 0 6Z" });
  const made = svg("svg", { width: 12, height: 12, "aria-hidden": "true" }, shape);
  shape.style.fill = fill;
  return made;
}

function points({ xs, ys, places, front, elbow }, i, paint) {
  const point = (place) => [xs[place], ys[place], place];
  const name = String(i);
  const fill = colour(i, paint);
  return [
    { type: "scatter", name, symbol: SYMBOLS[i], symbolSize: 9, animation: false, data: places.map(point), itemStyle: { color: fill, opacity: 0.75 }, large: places.length > 2000, z: 3 },
    { type: "line", name, symbol: "none", silent: true, animation: false, data: front.map(point), lineStyle: { color: fill, width: 1.6 }, z: 2 },
    elbow !== null && { type: "scatter", name, symbol: SYMBOLS[i], symbolSize: 22, animation: false, data: [point(elbow)], itemStyle: { color: "transparent", borderColor: fill, borderWidth: 2 }, z: 4 },
  ].filter(Boolean);
}

function row(name, values, goal, shown) {
  const known = values.every(Number.isFinite);
  const wins = (i) => goal && known && better(goal, values[i], values[1 - i]);
  const difference = known ? `${values[1] < values[0] ? "−" : "+"}${shown(Math.abs(values[1] - values[0]))}` : "–";
  return element(
    "tr",
    {},
    element("th", { scope: "row" }, name),
    values.map((value, i) => element("td", { class: wins(i) ? "number better" : "number" }, shown(value), wins(i) && element("span", { class: "spoken-inline" }, " (better)"))),
    element("td", { class: "number" }, known && values[0] === values[1] ? "0" : difference),
  );
}
