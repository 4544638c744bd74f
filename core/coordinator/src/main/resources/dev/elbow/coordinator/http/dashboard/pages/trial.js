// One trial: how it stands, its curves, what its latent dimensions tell, its pictures and files, and its latent space.

import { file, get, path, post, save, sweepNamed } from "../api.js";
import { confirmed, element, notice, replace, say, text } from "../dom.js";
import * as live from "../live.js";
import { aboutFile, link, padded } from "../parts.js";
import { playground } from "../playground.js";
import { bytes, count, duration, figure, setting, whole } from "../text.js";
import { dimensions, losses } from "../trial-charts.js";

const CURVES_PAUSE_MILLIS = 1000;
// What a heat map can show; of more dimensions the most informative, of more evaluations some, the last among them.
const MOST_ROWS = 64;
const MOST_COLUMNS = 200;
const PICTURES = {
  "reconstructions.png": ["Reconstructions", "Test images, and below each what the model makes of the mean of its posterior."],
  "samples.png": ["Samples", "Mean images of 64 codes drawn from the prior; the same codes for every trial of this size."],
  "traversals.png": ["Traversals", "A row for each dimension, the most informative first: it alone goes from −3 to 3."],
};
const KEY_FIGURES = ["test_loss", "test_reconstruction", "test_kl", "validation_loss", "active_units", "onnx_max_abs_error", "seconds", "images_per_second"];

/** Shows the page until `signal` aborts. */
export async function show(main, params, signal) {
  const page = new TrialPage(main, params, signal);
  await page.begin();
}

class TrialPage {
  #main;
  #sweep;
  #number;
  #signal;
  #shown = null;
  timer = null;

  constructor(main, { sweep, trial }, signal) {
    this.#main = main;
    this.#sweep = sweep;
    this.#number = padded(Number(trial));
    this.#signal = signal;
    signal.addEventListener("abort", () => this.#shown && this.#shown.abort(), { once: true });
  }

  #address(...more) {
    return path("sweeps", this.#sweep, "trials", this.#number, ...more);
  }

  async begin() {
    document.title = `${this.#sweep}/${this.#number} · Elbow`;
    this.#main.className = "trial-page";
    live.on("trial", (word) => this.#isMine(word) && this.#changed(word), this.#signal);
    live.on("evaluation", (word) => this.#isMine(word) && this.#evaluated(word), this.#signal);
    live.on("sweep", (word) => word.sweep === this.#sweep && this.#progress(word), this.#signal);
    live.on("reset", () => this.#again(), this.#signal);
    live.on("deleted", (word) => word.sweep === this.#sweep && this.#gone(), this.#signal);
    await this.#read();
  }

  #isMine(word) {
    return word.sweep === this.#sweep && word.trial === this.#number;
  }

  /** Fetches everything and shows it anew. */
  async #read() {
    const sweep = await sweepNamed(this.#sweep, this.#signal);
    // Asked for, it would be refused, and the browser would call that an error.
    if (Number(this.#number) < 1 || Number(this.#number) > sweep.trials) {
      this.#unknown(sweep);
      return;
    }
    const [trial, curve, latents] = await Promise.all([
      get(this.#address(), this.#signal),
      get(this.#address("curve"), this.#signal),
      get(this.#address("latents"), this.#signal),
    ]);
    if (this.#signal.aborted) return;
    this.#number = trial.trial;
    if (this.#shown) this.#shown.abort();
    this.#shown = new AbortController();
    this.trial = trial;
    this.points = curve.points;
    this.latents = latents.points;
    await this.#build(sweep, this.#shown.signal);
  }

  #unknown(sweep) {
    const back = element("a", { class: "button", href: link(this.#sweep) }, "The sweep");
    const words = `Sweep ${this.#sweep} has ${count(sweep.trials, "trial")}, from ${padded(1)} to ${padded(sweep.trials)}.`;
    replace(this.#main, notice("There is no such trial", words, back));
  }

  #changed(word) {
    if (word.state === this.trial?.state && word.attempts === this.trial.attempts) return;
    say(`Trial ${this.#number} is ${word.state}`);
    this.#again();
  }

  // Nobody waits for it: what goes wrong is shown at the next try, or told at the head of the page.
  #again() {
    this.#read().catch((error) => this.#signal.aborted || this.#complain(error));
  }

  #gone() {
    this.#shown?.abort();
    const back = element("a", { class: "button", href: "#/" }, "All sweeps");
    replace(this.#main, notice("It is gone", `Sweep ${this.#sweep} was deleted.`, back));
  }

  async #build(sweep, signal) {
    const { trial } = this;
    const has = (name) => trial.files.includes(name);
    const room = element("section", { class: "card room", "aria-label": "Latent playground" });
    const curves = element("div", { class: "lines" });
    this.bar = element("div", { class: "progress", hidden: true });
    const heat = element("div", { class: "chart heat" });
    replace(
      this.#main,
      this.#head(sweep),
      this.#said(),
      this.bar,
      this.#figures(),
      has("decoder.onnx") && room,
      this.points.length > 0 && curves,
      element("div", { class: "pair" }, this.latents.length > 0 && heatCard(heat, this.latents[0].kl.length), this.#pictures(signal)),
      !has("decoder.onnx") && this.#noModel(),
      trial.files.length > 0 && this.#files(),
      has("trial.json") && this.#configuration(signal),
    );
    this.#progress(sweep);
    const started = has("decoder.onnx") ? this.#play(room, signal) : null;
    const drawLosses = this.points.length > 0 ? await losses(curves, () => this.points, signal) : null;
    const drawDimensions = this.latents.length > 0 ? await dimensions(heat, () => this.#ranking(), signal) : null;
    if (signal.aborted) return;
    this.drawLosses = drawLosses;
    this.drawDimensions = drawDimensions;
    await started;
  }

  #head(sweep) {
    const { trial } = this;
    const number = Number(trial.trial);
    const can = (...states) => states.includes(trial.state);
    return element(
      "div",
      { class: "head" },
      element(
        "p",
        { class: "crumbs" },
        element("a", { href: "#/" }, "Sweeps"),
        " / ",
        element("a", { href: `#/sweeps/${encodeURIComponent(this.#sweep)}` }, this.#sweep),
        " / ",
        trial.trial,
      ),
      element("h1", {}, `Trial ${trial.trial}`),
      element("span", { class: "pill", "data-state": trial.state }, trial.state),
      Object.entries(trial.parameters).map(([name, value]) => element("span", { class: "tag" }, `${name} ${setting(value)}`)),
      element("span", { class: "tag" }, `seed ${trial.seed}`),
      element(
        "div",
        { class: "actions" },
        this.#neighbour(number - 1, sweep, "←", "Previous trial"),
        this.#neighbour(number + 1, sweep, "→", "Next trial"),
        can("queued", "running") && element("button", { type: "button", class: "danger", onclick: () => this.#cancel() }, "Cancel"),
        can("failed", "cancelled") && element("button", { type: "button", class: "primary", onclick: () => this.#command("retry") }, "Retry"),
      ),
    );
  }

  #neighbour(number, sweep, sign, label) {
    if (number < 1 || number > sweep.trials) return null;
    const folder = String(number).padStart(4, "0");
    const href = `#/sweeps/${encodeURIComponent(this.#sweep)}/${folder}`;
    return element("a", { class: "button", href, "aria-label": `${label}, ${folder}` }, sign);
  }

  async #cancel() {
    const sure = await confirmed({
      title: `Cancel trial ${this.#number}?`,
      detail: "What it has trained so far is lost. It can be tried again afterwards.",
      yes: "Cancel the trial",
    });
    if (sure) await this.#command("cancel");
  }

  async #command(name) {
    try {
      await post(this.#address(name), {}, this.#signal);
      await this.#read();
    } catch (error) {
      if (!this.#signal.aborted) this.#complain(error);
    }
  }

  #complain(error) {
    replace(this.saying, element("p", { class: "problem", role: "alert" }, error.message));
  }

  /** Why it failed or stopped, and what went wrong here. */
  #said() {
    const { state, failure, message } = this.trial;
    this.saying = element("div", { class: "said" });
    if (failure) this.saying.append(element("p", { class: "problem" }, element("b", {}, failure), ` ${message}`));
    else if (message) this.saying.append(element("p", { class: "hint" }, `${state}: ${message}`));
    return this.saying;
  }

  #figures() {
    const { trial } = this;
    const facts = [
      ["attempts", whole(trial.attempts)],
      ["worker", trial.worker || "none yet"],
      ...KEY_FIGURES.filter((name) => name in trial.figures).map((name) => [this.#named(name), this.#worded(name, trial.figures[name])]),
    ];
    return element(
      "dl",
      { class: "facts" },
      facts.map(([name, value]) => element("div", {}, element("dt", {}, name), element("dd", { title: value }, value))),
    );
  }

  #named(name) {
    const names = { onnx_max_abs_error: "ONNX error", images_per_second: "images/s", seconds: "took", active_units: "active units" };
    return names[name] || name.replace("_", " ").replace("kl", "KL");
  }

  #worded(name, value) {
    if (name === "seconds") return duration(value);
    if (name === "active_units") return `${value} of ${this.latents.at(-1)?.kl.length ?? "?"}`;
    return name === "images_per_second" ? whole(value) : figure(value);
  }

  #progress(sweep) {
    if (!this.bar || !this.trial || this.trial.state !== "running") return;
    const at = sweep.executions.find((one) => one.trial === this.#number);
    this.bar.hidden = !at;
    if (!at) return;
    const share = at.steps > 0 ? at.step / at.steps : 0;
    const meter = element("progress", { max: 1, value: share.toFixed(4), "aria-label": "Steps done" });
    const words = [
      `${at.phase}, epoch ${at.epoch}${this.epochs > 0 ? ` of ${this.epochs}` : ""}`,
      `step ${whole(at.step)}${at.steps > 0 ? ` of ${whole(at.steps)}` : ""}`,
      at.images_per_second > 0 && `${whole(Math.round(at.images_per_second))} images/s`,
      at.objective !== null && `objective ${figure(at.objective)}`,
    ];
    replace(this.bar, meter, element("span", {}, words.filter(Boolean).join(" · ")));
  }

  #evaluated({ point, epochs }) {
    if (!this.points) return;
    this.epochs = epochs;
    // Another attempt may train again what is known.
    this.points = [...this.points.filter((known) => known.step < point.step), point];
    if (this.drawLosses) this.drawLosses();
    // Not anew with each: where evaluations come faster than that, it would never be.
    this.timer ??= setTimeout(() => this.#readCurves(), CURVES_PAUSE_MILLIS);
  }

  // Latent dimensions are not told live; and of the points that are, those before the stream began may be missing.
  async #readCurves() {
    this.timer = null;
    if (this.#signal.aborted) return;
    // With the first evaluation there is something to draw.
    if (!this.drawLosses || !this.drawDimensions) return this.#again();
    try {
      const [curve, latents] = await Promise.all(
        ["curve", "latents"].map((name) => get(this.#address(name), this.#signal)),
      );
      const last = curve.points.at(-1)?.step ?? 0;
      this.points = [...curve.points, ...this.points.filter((point) => point.step > last)];
      this.latents = latents.points;
      this.drawLosses();
      this.drawDimensions();
    } catch (error) {
      if (!this.#signal.aborted) this.#complain(error);
    }
  }

  #ranking() {
    const last = this.latents.at(-1);
    const order = last ? last.kl.map((_, i) => i).sort((a, b) => last.kl[b] - last.kl[a]) : [];
    const fitting = this.latents.filter((point) => point.kl.length === order.length);
    const every = Math.ceil(fitting.length / MOST_COLUMNS);
    const points = fitting.filter((_, i) => (fitting.length - 1 - i) % every === 0);
    return { points, order: order.slice(0, MOST_ROWS) };
  }

  #pictures(signal) {
    const names = Object.keys(PICTURES).filter((name) => this.trial.files.includes(name));
    if (names.length === 0) return null;
    const place = element("figure", {});
    const choose = async (name) => {
      const [title, meaning] = PICTURES[name];
      const blob = await file(this.#address("files", name), signal);
      const url = URL.createObjectURL(blob);
      signal.addEventListener("abort", () => URL.revokeObjectURL(url), { once: true });
      replace(place, element("img", { src: url, alt: `${title}: ${meaning}` }), element("figcaption", { class: "caption" }, meaning));
    };
    const shown = (name) => choose(name).catch((error) => !signal.aborted && replace(place, element("p", { class: "problem" }, error.message)));
    shown(names[0]);
    return element(
      "section",
      { class: "card gallery" },
      element(
        "header",
        {},
        element("h2", {}, "Pictures"),
        element(
          "fieldset",
          { class: "segments end" },
          element("legend", {}, "Which picture"),
          names.map((name, i) =>
            element(
              "label",
              {},
              element("input", { type: "radio", name: "picture", value: name, checked: i === 0, onchange: () => shown(name) }),
              PICTURES[name][0],
            ),
          ),
        ),
      ),
      place,
    );
  }

  async #play(room, signal) {
    const place = element("div", { class: "place" }, element("p", { class: "caption" }, "Loading the model …"));
    replace(
      room,
      element(
        "header",
        {},
        element("h2", {}, "Latent playground"),
        element("span", { class: "caption" }, "drag a dimension, or the map; double-click or 0 sets one back"),
      ),
      place,
    );
    const about = { sweep: this.#sweep, trial: this.#number, last: this.latents.at(-1) ?? null };
    try {
      await playground(place, { ...about, pictured: this.trial.files.includes("reconstructions.png") }, signal);
    } catch (error) {
      if (!signal.aborted) replace(place, element("p", { class: "problem", role: "alert" }, error.message));
    }
  }

  #noModel() {
    const why = {
      queued: "It waits for a slot. When it has been trained, its latent space can be played with here.",
      running:
        "The model is written and checked when the trial ends; its latent space can be played with from then on. Curves come with " +
        "the first evaluation.",
      completed: "Its model was removed by prune. The figures stay; training the trial again brings the model back.",
      stopped: "A trial that is stopped early leaves no model.",
      failed: "A trial that failed leaves no model. Retry trains it again.",
      cancelled: "A trial that was cancelled leaves no model. Retry trains it again.",
    }[this.trial.state];
    return element("section", { class: "card", "aria-label": "Latent playground" }, notice("No latent space yet", why));
  }

  #files() {
    const { files, file_bytes: sizes } = this.trial;
    const row = (name) =>
      element(
        "tr",
        {},
        element("th", { scope: "row" }, name),
        element("td", {}, aboutFile(name) || PICTURES[name]?.[1] || ""),
        element("td", { class: "number" }, name in sizes ? bytes(sizes[name]) : ""),
        element("td", { class: "number" }, element("button", { type: "button", "aria-label": `Download ${name}`, onclick: () => this.#download(name) }, "Download")),
      );
    const total = Object.values(sizes).reduce((sum, size) => sum + size, 0);
    return element(
      "section",
      { class: "card files" },
      element("header", {}, element("h2", {}, "Files"), element("span", { class: "caption" }, `${count(files.length, "file")}, ${bytes(total)}`)),
      element(
        "div",
        { class: "scroll" },
        element(
          "table",
          {},
          element("thead", {}, element("tr", {}, ["File", "What it holds"].map((name) => element("th", { scope: "col" }, name)), element("th", { scope: "col", class: "number" }, "Size"), element("td", {}))),
          element("tbody", {}, files.map(row)),
        ),
      ),
    );
  }

  async #download(name) {
    try {
      save(await file(this.#address("files", name), this.#signal), `${this.#sweep}-${this.#number}-${name}`);
    } catch (error) {
      if (!this.#signal.aborted) this.#complain(error);
    }
  }

  #configuration(signal) {
    const place = element("pre", { tabindex: 0, "aria-label": "trial.json" });
    const open = async () => {
      if (place.textContent || !details.open) return;
      try {
        text(place, await (await file(this.#address("files", "trial.json"), signal)).text());
      } catch (error) {
        if (!signal.aborted) text(place, error.message);
      }
    };
    const details = element("details", { class: "card configuration", ontoggle: open }, element("summary", {}, "Configuration, versions and figures (trial.json)"), place);
    return details;
  }
}

function heatCard(heat, latent) {
  return element(
    "section",
    { class: "card" },
    element("header", {}, element("h2", {}, "KL of each latent dimension")),
    heat,
    element(
      "p",
      { class: "caption" },
      latent > MOST_ROWS && `The ${MOST_ROWS} most informative of ${latent}. `,
      "On the test images. A bright row is a dimension that the decoder lives by; a dark one has fallen back to the prior.",
    ),
  );
}
