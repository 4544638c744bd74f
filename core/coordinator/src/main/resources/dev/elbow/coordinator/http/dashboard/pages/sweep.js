// One sweep: how it stands, its curves, rate against distortion, what matters, and its trials.

import { path, post, sweepNamed } from "../api.js";
import { load } from "../charts.js";
import { Colouring } from "../colouring.js";
import { CurveStore, Curves } from "../curves.js";
import { atEase, confirmed, element, notice, perFrame, replace, say, text, Turns } from "../dom.js";
import { bestFirst, bySize, Importance } from "../figures.js";
import { Frontier, frontierOf, spread } from "../frontier.js";
import * as live from "../live.js";
import { Parallel } from "../parallel.js";
import { bar, command, counts, ended, link, pill, segments, selection, standing } from "../parts.js";
import { column, count, duration, figure, setting, whole } from "../text.js";
import { RateCurves } from "../rates.js";
import { fetchTrials, parameterName } from "../trials.js";
import { TrialTable } from "../trialtable.js";
import { left } from "../time.js";

const SPLITS = ["train", "validation", "test"];
const SETTLE_MILLIS = 140;
// Whoever holds a range still may go on at any moment.
const HELD_SETTLE_MILLIS = 400;
const MANY = 2000;
const CURVES_PAUSE_MILLIS = 300;
// Nobody reads rows that change with each frame, and to lay them out takes longer than all pictures together.
const TABLE_PAUSE_MILLIS = 120;
// Axes that one finds one's way among.
const MOST_PARAMETERS = 10;
const MOST_SCORES = 6;

/** Shows a sweep and keeps it up to date until it is left. */
export async function show(main, { sweep }, signal) {
  document.title = `${sweep} · Elbow`;
  load();
  const status = await sweepNamed(sweep, signal);
  if (signal.aborted) return;
  const page = new Page(main, status, signal);
  live.on("sweep", (now) => now.sweep === sweep && page.stands(now), signal);
  live.on("trial", (change) => change.sweep === sweep && page.trial(change), signal);
  live.on("evaluation", (point) => point.sweep === sweep && page.evaluated(point), signal);
  live.on("deleted", (gone) => gone.sweep === sweep && page.gone(), signal);
  live.on("reset", () => page.anew(), signal);
  // What is heard from now on is news to the answer, which may take a while where there are many trials.
  await live.ready();
  const trials = await fetchTrials(sweep, signal);
  if (!signal.aborted) page.fill(trials);
}

class Page {
  #main;
  #signal;
  #split;
  #yardstick;
  #colouring;
  #logarithmic = null;
  #most = 16;
  #timer = 0;
  #grown = false;
  #early = [];
  #turns;
  #wide = { of: "", is: false };

  trials = null;

  constructor(main, status, signal) {
    this.#main = main;
    this.#signal = signal;
    this.status = status;
    this.#turns = new Turns(signal);
    this.#build();
    this.stands(status);
    signal.addEventListener("abort", () => clearTimeout(this.#timer), { once: true });
  }

  /** Shows the trials, which come later than how the sweep stands. */
  fill(trials) {
    const { status } = this;
    const signal = this.#signal;
    this.trials = trials;
    this.#split = SPLITS.find((split) => status.goal.column.startsWith(split)) ?? "test";
    this.#yardstick = commonest(trials.yardstick);
    this.#colouring = new Colouring(trials, this.#colourable()[0] ?? null);
    this.refresh = perFrame(() => this.#refresh(), signal);
    this.news = atEase(() => this.#news(), trials.size > MANY ? 2000 : 300, signal);
    // They rest five times as long as they take: with many evaluations a second they would do nothing else.
    this.curvesGrew = atEase(() => this.#curvesGrow(), () => Math.max(CURVES_PAUSE_MILLIS, 5 * this.curves.millis), signal);
    this.tableFollows = atEase(() => this.table.refresh(), TABLE_PAUSE_MILLIS, signal);
    this.store = new CurveStore(status.sweep, this.curvesGrew, signal);
    this.rates = new RateCurves(status.sweep, this.refresh, signal);
    replace(this.body, this.strip, this.#tools(trials), this.#pictures(), this.#lower());
    document.addEventListener("theme", () => this.#colouring.legend(this.legend), { signal });
    this.#early.splice(0).forEach((change) => trials.take(change));
    this.#best();
    this.#drawnAnew();
  }

  /** The sweep stands otherwise. */
  stands(status) {
    this.status = status;
    const state = standing(status);
    this.state.set(state);
    this.bar.set(status);
    text(this.share, `${whole(ended(status))} of ${count(status.trials, "trial")}`);
    text(this.counts, counts(status));
    text(this.left, status.finished ? "none" : left(status));
    text(this.leftNote, status.finished ? "every trial has ended" : status.paused ? "paused" : "estimated");
    text(this.slots, status.executions.length === 0 ? "–" : whole(status.executions.length));
    const rate = status.executions.reduce((sum, at) => sum + at.images_per_second, 0);
    text(this.rate, rate > 0 ? `${whole(Math.round(rate))} images/s` : "nothing is training");
    text(this.why, status.waiting ?? "");
    this.why.hidden = !status.waiting;
    this.#best();
    this.#commands(state);
  }

  /** A trial was queued, began or ended. */
  trial(change) {
    // While somebody holds a range, figures stay: each new one would have ten thousand sorted again with the next move.
    if (this.trials === null || this.parallel.held) {
      this.#early.push(change);
      return;
    }
    const before = this.trials.states[Number(change.trial) - 1];
    this.trials.take(change);
    this.#grown = true;
    if (change.state === "running" && before !== "running") this.store.forget(change.trial);
    this.news();
  }

  /** A running trial was evaluated. */
  evaluated(point) {
    this.store?.add(point);
  }

  // While somebody holds a range nothing else moves: it is shown when the range is let go of.
  #news() {
    if (!this.parallel.held) this.#refresh();
  }

  #curvesGrow() {
    if (!this.parallel.held) this.curves.refresh();
  }

  /** Somebody has deleted it. */
  gone() {
    const back = element("a", { class: "button", href: "#/" }, "All sweeps");
    replace(this.#main, notice("This sweep was deleted", "Its trials and their files are gone.", back));
  }

  /** Words may have been missed. */
  async anew() {
    const [status, trials] = await Promise.all([
      sweepNamed(this.status.sweep, this.#signal),
      fetchTrials(this.status.sweep, this.#signal),
    ]);
    if (this.#signal.aborted) return;
    if (this.trials === null) return;
    for (const [name, range] of this.trials.ranges) trials.ranges.set(name, range);
    trials.chooseAnew();
    this.trials = trials;
    this.store.forgetAll();
    this.#colouring = new Colouring(trials, this.#colouring.name);
    this.stands(status);
    this.#drawnAnew();
  }

  #build() {
    const { status } = this;
    this.strip = this.#strip();
    const waiting = element("p", { class: "caption late", role: "status" }, `Reading ${count(status.trials, "trial")} …`);
    this.body = element("div", { class: "grid sweep" }, this.strip, waiting);
    this.state = pill("queued");
    this.actions = element("div", { class: "actions" });
    this.problem = element("p", { class: "problem", role: "alert", hidden: true });
    this.why = element("p", { class: "hint", hidden: true });
    replace(
      this.#main,
      element(
        "div",
        { class: "head" },
        element("nav", { class: "crumbs", "aria-label": "Where this is" }, element("a", { href: "#/" }, "Sweeps"), " / ", status.sweep),
        element("h1", {}, status.sweep),
        this.state,
        status.tags.map((tag) => element("span", { class: "tag" }, tag)),
        this.actions,
      ),
      status.description && element("p", { class: "lead" }, status.description),
      this.problem,
      this.why,
      this.body,
    );
  }

  #strip() {
    this.bar = bar(this.status);
    this.share = element("b", {});
    this.counts = element("span", { class: "caption" });
    this.left = element("b", {});
    this.leftNote = element("span", { class: "caption" });
    this.slots = element("b", {});
    this.rate = element("span", { class: "caption" });
    this.best = element("div", { class: "figures" });
    this.elbow = element("div", { class: "figures" });
    const { goal } = this.status;
    const instead = goal.instead ? `, for want of ${column(goal.instead)}` : "";
    return element(
      "section",
      { class: "card strip", "aria-label": "How it stands" },
      element("div", { class: "wide" }, element("h3", {}, "Progress"), this.share, this.bar, this.counts),
      element("div", {}, element("h3", {}, "Time left"), this.left, this.leftNote),
      element("div", {}, element("h3", {}, "Slots at work"), this.slots, this.rate),
      element("div", {}, element("h3", {}, `Best ${column(goal.column)}`), this.best, element("span", { class: "caption" }, `the goal: ${goal.direction}${instead}`)),
      element("div", {}, element("h3", {}, "Elbow"), this.elbow),
    );
  }

  #tools(trials) {
    const splits = SPLITS.filter((split) => split !== "validation" || this.#hasValidation()).map((split) => [split, split]);
    this.legend = element("div", { class: "legend", role: "note", "aria-label": "Colours" });
    this.chips = element("div", { class: "chips", role: "status" });
    const colourable = [["", "nothing"], ...this.#colourable().map((name) => [name, trials.label(name)])];
    const several = trials.yardsticks.length > 1;
    const yardsticks = trials.yardsticks.map((_, i) => [String(i), this.#yardstickWords(i)]);
    return element(
      "section",
      { class: "tools", "aria-label": "What the pictures show" },
      segments("Images that figures are of", splits, this.#split, (split) => this.#show({ split })),
      selection("Colour", colourable, this.#colouring.name ?? "", (name) => this.#show({ colour: name || null })),
      this.legend,
      several && selection("Measured by", yardsticks, String(this.#yardstick), (i) => this.#show({ yardstick: Number(i) })),
      this.chips,
    );
  }

  #pictures() {
    const scatter = element("div", { class: "chart tall" });
    this.logarithmic = element("span", {});
    this.frontierCaption = element("p", { class: "caption" });
    this.yardstickCaption = element("span", { class: "caption" });
    this.curvesPlace = element("div", { class: "curves" });
    this.curvesCaption = element("p", { class: "caption" });
    this.frontier = new Frontier(scatter, (place) => this.#open(place), this.#signal);
    this.curves = new Curves(this.curvesPlace, this.#signal);
    this.importance = element("div", { class: "importance" });
    const mosts = [["8", "best 8"], ["16", "best 16"], ["64", "best 64"]];
    return element(
      "div",
      { class: "pictures" },
      element(
        "section",
        { class: "card", "aria-labelledby": "frontier-title" },
        element("header", {}, element("h2", { id: "frontier-title" }, "Rate and distortion"), this.yardstickCaption, element("div", { class: "end" }, this.logarithmic)),
        scatter,
        this.frontierCaption,
      ),
      element(
        "section",
        { class: "card", "aria-labelledby": "curves-title" },
        element(
          "header",
          {},
          element("h2", { id: "curves-title" }, "Learning curves"),
          element("div", { class: "end" }, segments("How many trials", mosts, String(this.#most), (most) => this.#show({ most: Number(most) }))),
        ),
        this.curvesPlace,
        this.curvesCaption,
      ),
    );
  }

  #lower() {
    const place = element("div", {});
    this.parallel = new Parallel(place, { held: () => this.#stop(), change: () => this.#brushed() }, this.#signal);
    const table = element("div", {});
    this.table = new TrialTable(table);
    this.tableTitle = element("span", { class: "caption" });
    return [
      element(
        "div",
        { class: "across" },
        element(
          "section",
          { class: "card", "aria-labelledby": "parallel-title" },
          element("header", {}, element("h2", { id: "parallel-title" }, "Parameters and figures"), element("span", { class: "caption" }, "Drag along an axis to choose trials everywhere on this page; click it to let go.")),
          place,
        ),
        element("section", { class: "card", "aria-labelledby": "importance-title" }, element("header", {}, element("h2", { id: "importance-title" }, "What matters")), this.importance),
      ),
      element(
        "section",
        { class: "card", "aria-labelledby": "trials-title" },
        element(
          "header",
          {},
          element("h2", { id: "trials-title" }, "Trials"),
          this.tableTitle,
          element("div", { class: "end" }, element("button", { type: "button", onclick: () => this.table.save() }, "Download CSV")),
        ),
        table,
      ),
    ];
  }

  // Numbers first, and of these a weight of the KL term, which is what a rate–distortion curve is about.
  #colourable() {
    const names = Object.keys(this.trials.parameters);
    const rank = (name) => (parameterName(name) === "β" ? 0 : this.trials.parameters[name].every((v) => typeof v === "number") ? 1 : 2);
    return [...names.sort((a, b) => rank(a) - rank(b)), ...this.trials.scores];
  }

  #hasValidation() {
    return this.status.goal.instead === null && (this.status.goal.column.startsWith("validation") || this.trials.has("validation_loss"));
  }

  #yardstickWords(i) {
    const { dataset, options, likelihood, targets } = this.trials.yardsticks[i];
    const where = typeof options.path === "string" ? ` ${options.path}` : "";
    return `${dataset}${where}, ${likelihood}${targets ? `, ${targets} targets` : ""}`;
  }

  #show({ split, colour, yardstick, most }) {
    this.#split = split ?? this.#split;
    this.#yardstick = yardstick ?? this.#yardstick;
    this.#most = most ?? this.#most;
    if (colour !== undefined) this.#colouring = new Colouring(this.trials, colour);
    this.#drawnAnew();
  }

  // Called in a frame while a range is held, and once when it is let go of.
  #brushed() {
    if (this.parallel.held) return this.#follow();
    this.#early.splice(0).forEach((change) => this.trial(change));
    this.refresh();
    return say(this.trials.ranges.size > 0 ? `${this.trials.count} of ${this.trials.size} trials chosen` : "all trials chosen");
  }

  // Nothing is begun any more that the hand would have to wait for.
  #stop() {
    clearTimeout(this.#timer);
    this.#turns.stop();
    this.curves.stop();
  }

  // What follows the hand: what is chosen, nothing that has changed meanwhile.
  #follow() {
    this.#stop();
    this.#drawFrontier(true);
    this.#chips();
    this.tableFollows();
    this.#settleIn(HELD_SETTLE_MILLIS);
  }

  #drawnAnew() {
    const { trials } = this;
    const figures = [`${this.#split}_kl`, `${this.#split}_reconstruction`, this.status.goal.column];
    const names = [...Object.keys(trials.parameters).slice(0, MOST_PARAMETERS), ...new Set(figures), ...trials.scores.slice(0, MOST_SCORES)];
    this.parallel.set({ trials, names, colouring: this.#colouring });
    this.#colouring.legend(this.legend);
    this.table.set({ trials, goal: this.status.goal, split: this.#split });
    text(this.yardstickCaption, trials.yardsticks.length > 0 ? this.#yardstickWords(this.#yardstick) : "");
    this.#refresh();
  }

  // A step in each frame, so that nothing that somebody does meanwhile waits for all of them.
  #refresh() {
    this.#turns.take([
      () => this.#drawFrontier(false),
      () => {
        this.parallel.chosen(this.#grown);
        this.#chips();
        this.#best();
      },
      () => {
        this.table.refresh(this.#grown);
        this.#grown = false;
      },
    ]);
    this.#settleIn(SETTLE_MILLIS);
  }

  #settleIn(millis) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#settle(), millis);
  }

  #settle() {
    if (this.#signal.aborted) return;
    if (!this.#turns.done) return this.#settleIn(SETTLE_MILLIS);
    this.#drawCurves();
    const ended = this.trials.places((i) => this.trials.states[i] === "completed");
    this.rates.want(this.trials, bestFirst(this.status.goal, this.trials.figure(this.status.goal.column), ended));
    this.#turns.take(this.#importanceSteps());
  }

  #drawFrontier(still) {
    const { trials } = this;
    const shown = frontierOf(trials, this.#split, this.#yardstick, still);
    // Not for each move of a brush: it changes with figures alone.
    const of = `${this.#split} ${this.#yardstick} ${trials.version}`;
    if (!still && this.#wide.of !== of) this.#wide = { of, is: spread(shown.xs, [...shown.places, ...shown.others]) };
    const logarithmic = this.#logarithmic ?? this.#wide.is;
    const curves = this.rates.shown(trials, this.#split).filter(({ place }) => trials.yardstick[place] === this.#yardstick);
    this.frontier.set({ ...shown, curves, trials, split: this.#split, colouring: this.#colouring, logarithmic }, still);
    this.#scales(logarithmic);
    this.#tellFrontier({ ...shown, curves });
    this.#drawElbow(shown);
  }

  #tellFrontier({ places, others, front, curves }) {
    const known = `${places.length + others.length > 0} ${front.length > 2} ${curves.length > 0}`;
    if (this.frontierCaption.dataset.known === known) return;
    this.frontierCaption.dataset.known = known;
    replace(this.frontierCaption, this.#frontierWords({ places, others, front, curves }));
  }

  #scales(logarithmic) {
    if (this.logarithmic.dataset.value === String(logarithmic)) return;
    this.logarithmic.dataset.value = String(logarithmic);
    const scales = [["linear", "linear"], ["log", "log rate"]];
    replace(
      this.logarithmic,
      segments("Scale of the rate", scales, logarithmic ? "log" : "linear", (scale) => {
        this.#logarithmic = scale === "log";
        this.#drawFrontier(false);
      }),
    );
  }

  #frontierWords({ places, others, front, curves }) {
    if (places.length + others.length === 0) return "No trial has ended yet: each becomes a point here when it does.";
    const line =
      "Dashed: equal −ELBO = rate + distortion. Line: Pareto front of completed trials." +
      (curves.length > 0 ? " Line with dots: one trial whose model is for many β, told nine of them." : "");
    if (front.length < 3) return [line, " An elbow takes a front of at least three trials."];
    return [
      line,
      element("strong", {}, " Ring: its elbow"),
      ", the trial farthest below the chord between the front’s ends once both axes run from 0 to 1 (Kneedle, Satopää et al. 2011).",
    ];
  }

  #drawElbow({ xs, ys, elbow }) {
    const known = `${elbow} ${xs[elbow]} ${ys[elbow]}`;
    if (this.elbow.dataset.known === known) return;
    this.elbow.dataset.known = known;
    if (elbow === null) {
      replace(this.elbow, element("b", {}, "–"), element("span", { class: "caption" }, "none among these trials yet"));
      return;
    }
    replace(
      this.elbow,
      element("a", { href: link(this.status.sweep, this.trials.name(elbow)) }, this.trials.name(elbow)),
      element("span", { class: "caption" }, `rate ${figure(xs[elbow])}, distortion ${figure(ys[elbow])} nats`),
    );
  }

  #best() {
    const { best, sweep } = this.status;
    const known = `${best?.trial} ${best?.figure} ${this.trials !== null}`;
    if (this.best.dataset.known === known) return;
    this.best.dataset.known = known;
    if (!best) {
      replace(this.best, element("b", {}, "–"));
      return;
    }
    const place = Number(best.trial) - 1;
    const settings = Object.entries(this.trials?.parameters ?? {}).slice(0, 3);
    replace(
      this.best,
      element("b", {}, figure(best.figure)),
      element("a", { href: link(sweep, best.trial) }, best.trial),
      element("span", { class: "caption" }, settings.map(([name, values]) => `${parameterName(name)} ${setting(values[place])}`).join(", ")),
    );
  }

  #drawCurves() {
    const { trials, status } = this;
    const running = trials.places((i) => trials.states[i] === "running").slice(0, 32);
    const known = trials.places((i) => trials.states[i] !== "running" && trials.states[i] !== "queued" && trials.yardstick[i] === this.#yardstick);
    const best = bestFirst(status.goal, trials.figure(status.goal.column), known).slice(0, this.#most);
    const places = [...best, ...running];
    this.store.want(places.map((place) => trials.name(place)));
    this.curves.set({ trials, places, split: this.#split, colouring: this.#colouring, store: this.store });
    const words = [];
    if (best.length > 0) words.push(best.length < known.length ? `The best ${best.length} of ${whole(known.length)} that have ended` : `All ${whole(known.length)} that have ended`);
    if (running.length > 0) words.push(`${running.length} running, with a dot at their end`);
    text(this.curvesCaption, words.length === 0 ? "No trial of what is chosen has begun." : `${words.join("; ")}. Grey: stopped, failed or cancelled.`);
  }

  #importanceSteps() {
    const { trials, status } = this;
    const places = trials.places((i) => trials.states[i] === "completed" && trials.yardstick[i] === this.#yardstick);
    const names = Object.keys(trials.parameters);
    const found = [];
    let explaining = null;
    return [
      () => (explaining = new Importance(trials.figure(status.goal.column), places)),
      ...names.map((name) => () => found.push(explaining.of(name, trials.parameters[name]))),
      () => this.#tellImportance(bySize(found.filter((one) => one.share !== null)), places.length),
    ];
  }

  #tellImportance(found, completed) {
    if (found.length === 0) {
      const why = Object.keys(this.trials.parameters).length === 0 ? "Nothing varies in this sweep." : "More completed trials are needed than there are different values of a parameter.";
      replace(this.importance, element("p", { class: "caption" }, why));
      return;
    }
    replace(
      this.importance,
      element("ul", {}, found.slice(0, 12).map(share)),
      element(
        "p",
        { class: "caption" },
        `Share of the variance of ${column(this.status.goal.column)} (its ranks, ${count(completed, "completed trial")}) that a parameter explains by itself: main effects of a functional ANOVA `,
        "(Hutter et al. 2014), less what chance would explain. What is missing to 100 % is interactions, seeds and chance.",
      ),
    );
  }

  #chips() {
    const { trials } = this;
    text(this.tableTitle, trials.count === trials.size ? count(trials.size, "trial") : `${whole(trials.count)} of ${count(trials.size, "trial")} chosen`);
    const known = [...trials.ranges].map(([, range]) => range.words).join("|") + trials.count;
    if (this.chips.dataset.known === known) return;
    this.chips.dataset.known = known;
    const some = trials.ranges.size > 0;
    replace(
      this.chips,
      some && element("span", { class: "caption" }, `${whole(trials.count)} of ${whole(trials.size)} trials`),
      [...trials.ranges].map(([name, range]) =>
        element("button", { type: "button", class: "chip-button", "aria-label": `Let go of ${range.words}`, onclick: () => this.#letGo(name) }, range.words, " ×"),
      ),
      trials.ranges.size > 1 && element("button", { type: "button", class: "quiet", onclick: () => this.#letGo(null) }, "Show all"),
    );
  }

  #letGo(name) {
    if (name === null) this.trials.clear();
    else this.trials.choose(name, null);
    this.#refresh();
  }

  #open(place) {
    location.hash = link(this.status.sweep, this.trials.name(place));
  }

  #commands(state) {
    if (this.actions.dataset.state === `${state} ${this.status.failed} ${this.status.cancelled}`) return;
    this.actions.dataset.state = `${state} ${this.status.failed} ${this.status.cancelled}`;
    const again = this.status.failed + this.status.cancelled;
    const open = !this.status.finished;
    replace(
      this.actions,
      open && this.status.paused && this.#button("Resume", "resume"),
      open && !this.status.paused && this.#button("Pause", "pause"),
      again > 0 && this.#button(`Retry ${whole(again)}`, "retry"),
      open && this.#button("Cancel", "cancel", "danger"),
    );
  }

  #button(words, name, kind) {
    const button = element("button", { type: "button", class: kind }, words);
    button.addEventListener("click", () => command(button, this.problem, () => this.#run(name)));
    return button;
  }

  async #run(name) {
    const { sweep } = this.status;
    if (name === "cancel" && !(await this.#sure())) return;
    this.stands(await post(path("sweeps", sweep, name), {}, this.#signal));
    say(`${sweep}: ${name} done`);
  }

  #sure() {
    const { queued, running, sweep } = this.status;
    const lost = [running > 0 && `${count(running, "running trial")} will be ended`, queued > 0 && `${count(queued, "queued trial")} will not be trained`].filter(Boolean);
    return confirmed({
      title: `Cancel ${sweep}?`,
      detail: `${lost.join(" and ")}. What has ended stays as it is. A cancelled trial can be retried, from its beginning.`,
      yes: "Cancel the sweep",
      no: "Keep it running",
    });
  }
}

function share({ name, share: part }) {
  const percent = `${Math.round(part * 100)} %`;
  const fill = element("i", {});
  fill.style.width = `${part * 100}%`;
  return element("li", {}, element("span", { class: "name", title: name }, parameterName(name)), element("span", { class: "meter", "aria-hidden": "true" }, fill), element("span", { class: "percent" }, percent));
}

// The yardstick that most trials have.
function commonest(yardstick) {
  const counted = new Map();
  for (const one of yardstick) counted.set(one, (counted.get(one) ?? 0) + 1);
  return [...counted].sort((a, b) => b[1] - a[1])[0]?.[0] ?? 0;
}
