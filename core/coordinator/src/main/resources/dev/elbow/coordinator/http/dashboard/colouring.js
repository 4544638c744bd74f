// Which colour a trial has in every picture of a page, and what tells so.

import { isDark } from "./charts.js";
import { element, replace, svg } from "./dom.js";
import { scaleOf, viridis } from "./palette.js";
import { setting } from "./text.js";

const BINS = 16;
const MOST_CHIPS = 9;

/** Colours trials by one of their columns. */
export class Colouring {
  #trials;
  #bins = { version: -1, of: null };

  constructor(trials, name) {
    this.#trials = trials;
    this.name = name;
    this.values = name === null ? null : trials.values(name);
    this.scale = this.values && scaleOf(Array.from(this.values).filter((v) => v !== null && !Number.isNaN(v)));
  }

  /** For each trial its bin, from 0; what has no value is in the first. */
  get places() {
    const version = this.name in this.#trials.parameters ? 0 : this.#trials.version;
    if (this.#bins.version !== version) {
      this.#bins = { version, of: Uint8Array.from({ length: this.#trials.size }, (_, i) => this.#bin(i)) };
    }
    return this.#bins.of;
  }

  #bin(place) {
    if (this.values === null) return BINS >> 1;
    const share = this.scale.share(this.values[place]);
    return Number.isNaN(share) ? 0 : Math.max(0, Math.min(BINS - 1, Math.floor(share * BINS)));
  }

  /** The exact colour of a trial. */
  of(place) {
    if (this.values === null) return viridis(0.4, isDark());
    return viridis(this.scale.share(this.values[place]), isDark());
  }

  /** How many bins there are. */
  get bins() {
    return BINS;
  }

  /** The colour of a bin. */
  ofBin(bin) {
    return viridis(this.values === null ? 0.4 : bin / (BINS - 1), isDark());
  }

  /** Draws what the colours mean. */
  legend(place) {
    if (this.values === null) return replace(place);
    const different = this.scale.categories ?? [...new Set(this.values)].filter(Number.isFinite).sort((a, b) => a - b);
    const name = element("b", {}, this.#trials.label(this.name));
    if (different.length > MOST_CHIPS) return replace(place, name, this.#ramp());
    return replace(
      place,
      name,
      different.map((value) => {
        const colour = viridis(this.scale.share(this.scale.categories ? parsed(value) : value), isDark());
        const dot = svg("svg", { width: 11, height: 11, "aria-hidden": "true" }, svg("circle", { cx: 5.5, cy: 5.5, r: 5, fill: colour }));
        return element("span", { class: "chip" }, dot, setting(value));
      }),
    );
  }

  #ramp() {
    const cells = Array.from({ length: 32 }, (_, i) => {
      return svg("rect", { x: i * 4, y: 0, width: 4.5, height: 10, fill: viridis(i / 31, isDark()) });
    });
    const ramp = svg("svg", { width: 128, height: 10, "aria-hidden": "true", class: "ramp" }, cells);
    const [low, high] = this.scale.categories
      ? [this.scale.categories[0], this.scale.categories[this.scale.categories.length - 1]]
      : [this.scale.low, this.scale.high];
    const kind = this.scale.kind === "logarithmic" ? element("span", { class: "caption" }, "(log)") : null;
    return [element("span", {}, setting(low)), ramp, element("span", {}, setting(high)), kind];
  }
}

// Categories are kept as texts: those that are no text are JSON.
function parsed(text) {
  try {
    const value = JSON.parse(text);
    return typeof value === "string" || typeof value === "number" ? text : value;
  } catch {
    return text;
  }
}
