// The trials of a sweep as columns: ten thousand of them are a few arrays, not ten thousand objects.

import { get, path } from "./api.js";
import { padded } from "./parts.js";
import { column } from "./text.js";

/** The figures of every sweep, in the order of results.csv; what else a trial has are scores. */
export const FIGURES = [
  "epochs", "train_objective", "train_loss", "train_reconstruction", "train_kl", "validation_loss", "validation_reconstruction",
  "validation_kl", "test_loss", "test_reconstruction", "test_kl", "active_units", "onnx_max_abs_error", "seconds",
  "images_per_second",
];

/** Asks for all trials of a sweep. */
export async function fetchTrials(sweep, signal) {
  return new Trials(await get(path("sweeps", sweep, "columns"), signal));
}

/** The name of a parameter for people: without the section of a file where it can be in no other. */
export function parameterName(name) {
  return /(^|\.)beta$/.test(name) ? "β" : name.replace(/^(training|objective)\./, "");
}

/** The columns of one sweep, which of its trials are chosen, and by what. A trial's place is its number less one. */
export class Trials {
  #ranges = new Map();
  #version = 0;

  constructor(answer) {
    this.sweep = answer.sweep;
    this.size = answer.states.length;
    this.states = answer.states;
    this.attempts = answer.attempts;
    this.seeds = answer.seeds;
    this.failures = answer.failures;
    this.parameters = answer.parameters;
    this.yardstick = answer.yardstick;
    this.yardsticks = answer.yardsticks;
    this.figures = {};
    for (const [name, values] of Object.entries(answer.figures)) {
      this.figures[name] = Float64Array.from(values, (value) => (value === null ? NaN : value));
    }
    this.chosen = new Uint8Array(this.size).fill(1);
    this.count = this.size;
  }

  /** Another number when a state or a figure has changed. */
  get version() {
    return this.#version;
  }

  /** A figure of all trials; NaN where there is none. */
  figure(name) {
    return (this.figures[name] ??= new Float64Array(this.size).fill(NaN));
  }

  /** Whether any trial has a figure of that name. */
  has(name) {
    return name in this.figures && this.figures[name].some(Number.isFinite);
  }

  /** The names of scores that any trial has. */
  get scores() {
    return Object.keys(this.figures).filter((name) => !FIGURES.includes(name) && this.has(name));
  }

  /** The name of a parameter or a figure for people. */
  label(name) {
    return name in this.parameters ? parameterName(name) : column(name);
  }

  /** The values of a parameter, or of a figure. */
  values(name) {
    return this.parameters[name] ?? this.figure(name);
  }

  /** The number of a trial as people write it. */
  name(place) {
    return padded(place + 1);
  }

  /** Takes what the live stream says of a trial. */
  take(change) {
    const place = Number(change.trial) - 1;
    if (!(place >= 0 && place < this.size)) return;
    this.states[place] = change.state;
    this.attempts[place] = change.attempts;
    this.failures[place] = change.failure;
    for (const values of Object.values(this.figures)) values[place] = NaN;
    for (const [name, value] of Object.entries(change.figures)) this.figure(name)[place] = value;
    this.#choose(place);
    this.#version++;
  }

  /** How many trials have a state: `running` and so on. */
  countOf(state) {
    return this.states.reduce((sum, known) => sum + (known === state), 0);
  }

  /** The places of those that are chosen and satisfy `condition`. */
  places(condition = () => true) {
    const found = [];
    for (let i = 0; i < this.size; i++) if (this.chosen[i] && condition(i)) found.push(i);
    return found;
  }

  /** What trials are chosen by: name → {accepts, words}. */
  get ranges() {
    return this.#ranges;
  }

  /**
   * Chooses by a column from now on, or no more where `range` is null.
   *
   * @param range {accepts: value → boolean, words: text for people}
   */
  choose(name, range) {
    if (range === null) this.#ranges.delete(name);
    else this.#ranges.set(name, range);
    this.chooseAnew();
  }

  /** Chooses all. */
  clear() {
    this.#ranges.clear();
    this.chooseAnew();
  }

  /** Looks at all trials again. */
  chooseAnew() {
    const tests = [...this.#ranges].map(([name, range]) => [this.values(name), range.accepts]);
    this.count = 0;
    for (let i = 0; i < this.size; i++) {
      let fits = 1;
      for (const [values, accepts] of tests) {
        if (!accepts(values[i])) {
          fits = 0;
          break;
        }
      }
      this.chosen[i] = fits;
      this.count += fits;
    }
  }

  #choose(place) {
    const before = this.chosen[place];
    const fits = [...this.#ranges].every(([name, range]) => range.accepts(this.values(name)[place]));
    this.chosen[place] = fits ? 1 : 0;
    this.count += this.chosen[place] - before;
  }
}
