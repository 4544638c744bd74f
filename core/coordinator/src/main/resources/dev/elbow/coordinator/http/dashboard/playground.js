// The latent space to play with: a slider for each dimension with what it does, the image of the code while it is dragged, and
// a map of two dimensions.

import { element, replace, say, text } from "./dom.js";
import { drawImage, drawTiles, Latest, Model, most } from "./model.js";
import { LatentMap } from "./latent-map.js";
import { Sketch } from "./sketch.js";
import { count } from "./text.js";

// Burda et al. 2016, section 5.2: the variance of the posterior's mean above which a dimension tells images apart.
const ACTIVE_VARIANCE = 0.01;
const END = 3;
// Few dimensions have a whole line each, and room for more images.
const FEW = 8;
// More sliders than this nobody looks through.
const MOST_SLIDERS = 128;
const STRIP_STEPS = { few: 9, many: 7 };
const MOST_LISTED = 28;
const IDLE =
  "The mean of their posterior is nearly the same for every image (variance below 0.01): the decoder has learned to ignore them.";
const SMALL_STEP = 0.05;
const LARGE_STEP = 0.5;
const WANDER_MILLIS = 1400;

/**
 * What the playground knows of each dimension, the most informative first: [{dimension, kl, active}].
 *
 * @param last the last point of the trial's latents, or null where they were not recorded
 */
export function ranked(last, latent) {
  const all = Array.from({ length: latent }, (_, dimension) => ({
    dimension,
    kl: last ? last.kl[dimension] : null,
    active: last ? last.mu_variance[dimension] > ACTIVE_VARIANCE : true,
  }));
  return last ? all.sort((a, b) => b.active - a.active || b.kl - a.kl) : all;
}

/** Shows the playground of a trial in `place`. */
export async function playground(place, { sweep, trial, last, pictured }, signal) {
  const model = new Model(sweep, trial, signal);
  const images = pictured ? model.images() : null;
  // What is wrong with them is told where they would be.
  const known = images ? await images.catch(() => null) : null;
  if (known && known.labels.length > 0) model.told.label = 0;
  const first = last ? await model.decode([last.kl.map(() => 0)]) : await model.sample(1, 0);
  const latent = last ? last.kl.length : first.z[0].length;
  if (signal.aborted) return;
  const room = new Playground(model, first.shape, ranked(last, latent), signal, known);
  replace(place, room.element);
  room.changed();
  if (pictured) await room.offerImages(images);
}

class Playground {
  #model;
  #known;
  #shape;
  #dimensions;
  #signal;
  #z;
  #start = null;
  #images = null;
  #sliders = [];
  #wandering = null;
  #steps;
  #filmed = [];
  #touched = false;

  constructor(model, shape, dimensions, signal, known) {
    this.#model = model;
    this.#known = known || { labels: [], betas: [] };
    this.#shape = shape;
    this.#dimensions = dimensions;
    this.#signal = signal;
    this.#z = dimensions.map(() => 0);
    const few = dimensions.filter((known) => known.active).length <= FEW;
    this.#steps = Math.min(few ? STRIP_STEPS.few : STRIP_STEPS.many, most(shape));
    this.#build(few);
    this.#ask();
    signal.addEventListener("abort", () => this.#halt(), { once: true });
  }

  #build(few) {
    const shown = this.#dimensions.slice(0, MOST_SLIDERS);
    const active = shown.filter((known) => known.active);
    const idle = shown.filter((known) => !known.active);
    const listed = active.slice(0, MOST_LISTED);
    const filmed = Math.min(MOST_LISTED, Math.floor(most(this.#shape) / this.#steps));
    this.#filmed = listed.slice(0, filmed).map((known) => known.dimension);
    const more = this.#dimensions.length - shown.length;
    const sliders = element(
      "section",
      { class: "sliders", "aria-label": "Latent dimensions" },
      this.#sliderList(listed),
      this.#folded(active.slice(MOST_LISTED), "that tell less", "They tell images apart, but little of each."),
      this.#folded(idle, "that say nothing", IDLE),
      more > 0 && element("p", { class: "caption" }, `${more} less informative dimensions are not shown.`),
    );
    // Where the thumb of a slider stands depends on how many tiles are above it.
    sliders.style.setProperty("--steps", this.#steps);
    this.status = element("p", { class: "problem", role: "status", hidden: true });
    this.image = element("canvas", { class: "pixels decoded", role: "img", "aria-label": "The image of the code" });
    this.original = element("canvas", { class: "pixels", role: "img", "aria-label": "The image that it started from" });
    this.origin = element("figcaption", { class: "caption" });
    this.pair = element("figure", { class: "original", hidden: true }, this.original, this.origin);
    this.shelf = element("div", { class: "shelf" });
    this.wander = element("button", { type: "button", "aria-pressed": "false", onclick: () => this.#toggle() }, "Wander");
    this.back = element("button", { type: "button", onclick: () => this.#reset() }, "Reset");
    this.distance = element("span", { class: "caption" });
    this.map = active.length + idle.length > 1 ? this.#makeMap() : null;
    this.element = element(
      "div",
      { class: few ? "playground few" : "playground" },
      element(
        "section",
        { class: "stage", "aria-label": "Image of the code" },
        element("figure", { class: "picture" }, this.image),
        this.pair,
        element(
          "div",
          { class: "actions" },
          element("button", { type: "button", class: "primary", onclick: () => this.#random() }, "Random"),
          this.wander,
          this.back,
        ),
        this.distance,
        this.#labels(),
        this.#betas(),
        this.status,
        this.shelf,
        this.#pad(),
      ),
      sliders,
      this.map && this.map.element,
    );
  }

  /** Which class is drawn, where the model asks for it. */
  #labels() {
    const { labels } = this.#known;
    if (labels.length === 0) return null;
    const field = element(
      "select",
      { onchange: () => this.#tellModel({ label: Number(field.value) }) },
      labels.map((name, label) => element("option", { value: label }, name)),
    );
    return element("label", { class: "told" }, "Label ", field);
  }

  /** At which weight of the KL term the model is asked, where it is for many; even steps are equal factors. */
  #betas() {
    const { betas } = this.#known;
    if (betas.length === 0) return null;
    const [least, most] = betas.map(Math.log);
    const shown = element("output", { class: "value" }, "");
    const show = () => text(shown, Math.exp(Number(field.value)).toPrecision(3));
    const field = element("input", {
      type: "range",
      min: least,
      max: most,
      step: "any",
      value: Math.min(most, Math.max(least, 0)),
      "aria-label": "Weight of the KL term",
      oninput: () => {
        show();
        this.#tellModel({ beta: Math.min(betas[1], Math.max(betas[0], Math.exp(Number(field.value)))) });
      },
    });
    show();
    return element("label", { class: "told" }, "β ", field, shown);
  }

  #tellModel(change) {
    Object.assign(this.#model.told, change);
    this.changed();
  }

  /** An image of one's own, encoded while it is drawn. */
  #pad() {
    if (this.#shape[0] !== 1) return null;
    let drawn = null;
    const encoding = new Latest(
      {
        question: async () => {
          const x = drawn;
          return { x, mu: await this.#model.encode(x) };
        },
        answered: ({ x, mu }) => this.#begin({ index: -1, x, mu, what: "your drawing" }, mu),
        failed: (error) => this.#tell(error),
        busy: (change) => this.#count(change),
      },
      this.#signal,
    );
    const changed = (values) => {
      this.#halt();
      drawn = values;
      encoding.ask();
    };
    const sketch = new Sketch(this.#shape, changed, this.#signal);
    const note = element("p", { class: "caption" }, "What you draw is encoded at once: the sliders go where the model sees it.");
    return element("details", { class: "own" }, element("summary", {}, "Draw one yourself"), sketch.element, note);
  }

  #sliderList(active) {
    if (active.length > 0) return element("ol", { class: "dimensions" }, active.map((known) => this.#slider(known)));
    return element(
      "p",
      { class: "hint" },
      "No dimension tells the images apart: the posterior has collapsed to the prior. A smaller weight of the KL term keeps some.",
    );
  }

  #folded(dimensions, what, why) {
    if (dimensions.length === 0) return null;
    return element(
      "details",
      { class: "idle" },
      element("summary", {}, `${count(dimensions.length, "dimension")} ${what}`),
      element("p", { class: "caption" }, why),
      element("ol", { class: "dimensions" }, dimensions.map((known) => this.#slider(known))),
    );
  }

  #slider(known) {
    const { dimension, kl } = known;
    const isFilmed = this.#filmed.includes(dimension);
    const name = `z${dimension}`;
    const value = element("output", { class: "value", "aria-hidden": "true" }, "0.00");
    const strip = isFilmed ? element("canvas", { class: "film", "aria-hidden": "true" }) : null;
    const field = element("input", {
      type: "range",
      min: -END,
      max: END,
      step: 0.01,
      value: 0,
      "aria-label": kl === null ? `Dimension ${dimension}` : `Dimension ${dimension}, ${kl.toFixed(2)} nats`,
      oninput: () => this.#set(dimension, Number(field.value)),
      onkeydown: (event) => this.#key(event, dimension),
      ondblclick: () => this.#set(dimension, 0),
    });
    this.#sliders[dimension] = { field, value, strip };
    return element(
      "li",
      { class: "dimension", "data-dimension": dimension },
      element("span", { class: "name" }, name, kl !== null && element("small", {}, `${kl.toFixed(2)} nats`)),
      element("span", { class: "track" }, strip, field),
      value,
    );
  }

  // A browser steps by a hundredth; that is too little to walk with.
  #key(event, dimension) {
    const step = event.shiftKey ? LARGE_STEP : SMALL_STEP;
    const steps = { ArrowRight: step, ArrowUp: step, ArrowLeft: -step, ArrowDown: -step, PageUp: LARGE_STEP, PageDown: -LARGE_STEP };
    if (event.key === "0") this.#set(dimension, 0);
    else if (event.key in steps) {
      const next = Math.round((this.#z[dimension] + steps[event.key]) * 100) / 100;
      this.#set(dimension, Math.max(Number(event.target.min), Math.min(Number(event.target.max), next)));
    } else return;
    event.preventDefault();
  }

  #makeMap() {
    return new LatentMap(
      {
        dimensions: this.#dimensions.slice(0, MOST_SLIDERS),
        end: END,
        moved: (values) => {
          this.#halt();
          this.#touched = true;
          for (const [dimension, value] of values) this.#z[dimension] = value;
          this.changed();
        },
        chosen: () => this.changed(),
      },
      this.#signal,
    );
  }

  #ask() {
    const failed = (error) => this.#tell(error);
    const busy = (change) => this.#count(change);
    this.decoding = new Latest(
      {
        question: () => this.#model.decode([this.#z]),
        answered: ({ shape, x_hat }) => {
          this.#tell(null);
          drawImage(this.image, shape, x_hat[0]);
          this.image.dataset.drawn = Number(this.image.dataset.drawn || 0) + 1;
        },
        failed,
        busy,
      },
      this.#signal,
    );
    const drawn = () => {};
    this.stripping = new Latest({ question: () => this.#strips(), answered: drawn, failed, busy, pause: 150 }, this.#signal);
    this.mapping = new Latest({ question: () => this.#draw(), answered: drawn, failed, busy, pause: 120 }, this.#signal);
  }

  // How many of its pictures are not those of the code yet.
  #count(change) {
    this.element.dataset.busy = Number(this.element.dataset.busy || 0) + change;
  }

  async #strips() {
    if (this.#filmed.length === 0) return;
    const dimensions = this.#filmed;
    const sheet = await this.#model.traverse(this.#z, dimensions, this.#steps, END);
    dimensions.forEach((dimension, row) => drawTiles(this.#sliders[dimension].strip, sheet, row, 1));
    sheet.bitmap.close();
  }

  async #draw() {
    if (!this.map) return;
    const { codes, side, key: place } = this.map.codes(this.#z, most(this.#shape));
    const key = place + JSON.stringify(this.#model.told);
    if (key === this.map.drawn) return;
    const sheet = await this.#model.sheet(codes, side);
    this.map.draw(sheet, key);
    sheet.bitmap.close();
  }

  #tell(error) {
    this.status.hidden = error === null;
    const away = error instanceof TypeError;
    text(this.status, error === null ? "" : away ? "The coordinator does not answer; trying again." : error.message);
  }

  #set(dimension, value) {
    this.#touched = true;
    this.#halt();
    this.#z[dimension] = value;
    this.changed();
  }

  /** Shows the code as it is now, and asks for its pictures. */
  changed() {
    this.#z.forEach((value, dimension) => this.#show(dimension, value));
    const length = Math.hypot(...this.#z);
    text(this.distance, `‖z‖ ${length.toFixed(2)}; codes from the prior: about ${Math.sqrt(this.#z.length).toFixed(1)}`);
    if (this.map) this.map.place(this.#z);
    this.decoding.ask();
    this.stripping.ask();
    this.mapping.ask();
  }

  #show(dimension, value) {
    if (!this.#sliders[dimension]) return;
    const { field, value: shown } = this.#sliders[dimension];
    // A posterior may lie further out than the prior; its slider then goes further too.
    const end = Math.max(END, Math.ceil(Math.abs(value)));
    if (Number(field.max) < end) {
      field.min = -end;
      field.max = end;
    }
    if (Number(field.value) !== value) field.value = value;
    field.setAttribute("aria-valuetext", signed(value));
    text(shown, signed(value));
    shown.classList.toggle("far", Math.abs(value) > END);
  }

  #random() {
    this.#halt();
    this.#begin(null, this.#z.map(() => gaussian()));
    say("A code from the prior");
  }

  #reset() {
    this.#halt();
    this.#begin(this.#start, this.#start ? this.#start.mu : this.#z.map(() => 0));
    say(this.#start ? `The code of ${this.#start.what}` : "The mean of the prior");
  }

  #begin(start, z) {
    this.#touched = true;
    this.#start = start;
    this.#z = [...z];
    this.pair.hidden = start === null;
    if (start) {
      drawImage(this.original, this.#shape, start.x);
      text(this.origin, `It started from ${start.what}.`);
    }
    this.back.title = start ? `The code of ${start.what}` : "The mean of the prior";
    for (const button of this.shelf.querySelectorAll("button")) {
      button.setAttribute("aria-pressed", String(start !== null && Number(button.dataset.index) === start.index));
    }
    for (const { field } of this.#sliders.filter(Boolean)) {
      field.min = -END;
      field.max = END;
    }
    this.changed();
  }

  #toggle() {
    if (this.#wandering) return this.#halt();
    this.#wandering = { from: [...this.#z], to: this.#z.map(() => gaussian()), since: performance.now() };
    this.wander.setAttribute("aria-pressed", "true");
    text(this.wander, "Stop");
    this.#walk();
  }

  #walk() {
    const way = this.#wandering;
    if (!way || this.#signal.aborted) return;
    const share = (performance.now() - way.since) / WANDER_MILLIS;
    this.#z = between(way.from, way.to, Math.min(1, share));
    if (share >= 1) this.#wandering = { from: way.to, to: this.#z.map(() => gaussian()), since: performance.now() };
    this.changed();
    requestAnimationFrame(() => this.#walk());
  }

  #halt() {
    if (!this.#wandering) return;
    this.#wandering = null;
    this.wander.setAttribute("aria-pressed", "false");
    text(this.wander, "Wander");
  }

  /** Shows the test images, each of which can be started from. */
  async offerImages(images) {
    try {
      const { x, mu } = await images;
      if (this.#signal.aborted) return;
      this.#images = x.map((values, index) => ({ index, x: values, mu: mu[index], what: `test image ${index + 1}` }));
      replace(
        this.shelf,
        element("h3", { id: "shelf" }, "Start from a test image"),
        element("ul", { "aria-labelledby": "shelf" }, this.#images.map((image) => element("li", {}, this.#thumbnail(image)))),
      );
      if (this.map) this.map.scatter(mu);
      // Around the code of a real image every dimension shows what it does; the mean of the prior may be of no image at all.
      const middle = this.#images[Math.floor(this.#images.length / 2)];
      if (!this.#touched && middle) this.#begin(middle, middle.mu);
    } catch (error) {
      if (!this.#signal.aborted) replace(this.shelf, element("p", { class: "caption" }, `No test images: ${error.message}`));
    }
  }

  #thumbnail(image) {
    const canvas = element("canvas", { class: "pixels", "aria-hidden": "true" });
    drawImage(canvas, this.#shape, image.x);
    const press = () => {
      this.#halt();
      this.#begin(image, image.mu);
      say(`The code of ${image.what}`);
    };
    return element(
      "button",
      { type: "button", class: "thumbnail", "aria-pressed": "false", "data-index": image.index, "aria-label": `Test image ${image.index + 1}`, onclick: press },
      canvas,
    );
  }
}

function signed(value) {
  return value.toFixed(2).replace(/^-(0\.00)$/, "$1").replace("-", "−");
}

/** One draw from the standard normal distribution (Box and Muller, 1958). */
function gaussian() {
  return Math.sqrt(-2 * Math.log(1 - Math.random())) * Math.cos(2 * Math.PI * Math.random());
}

// Along the arc, since a straight way between two codes leads through a middle that the prior hardly ever gives (White, 2016).
function between(from, to, share) {
  const lengths = Math.hypot(...from) * Math.hypot(...to);
  const dot = from.reduce((sum, value, i) => sum + value * to[i], 0);
  const angle = lengths === 0 ? 0 : Math.acos(Math.max(-1, Math.min(1, dot / lengths)));
  const eased = share * share * (3 - 2 * share);
  if (angle < 1e-3 || angle > Math.PI - 1e-3) return from.map((value, i) => value + (to[i] - value) * eased);
  const [a, b] = [Math.sin((1 - eased) * angle) / Math.sin(angle), Math.sin(eased * angle) / Math.sin(angle)];
  return from.map((value, i) => a * value + b * to[i]);
}
