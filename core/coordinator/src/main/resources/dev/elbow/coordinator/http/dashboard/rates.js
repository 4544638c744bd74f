// Rate–distortion curves of single trials, whose models are for many weights of the KL term.

import { get, path } from "./api.js";

const MOST_ASKED = 16;
const PLUGIN = "objective.plugin";

/** The curves of a sweep's trials, as far as they are known. */
export class RateCurves {
  #sweep;
  #changed;
  #signal;
  #asked = new Map();
  #none = new Set();

  /** @param changed called when a curve has come */
  constructor(sweep, changed, signal) {
    this.#sweep = sweep;
    this.#changed = changed;
    this.#signal = signal;
  }

  /**
   * Asks for the curves of these completed trials that were not asked for yet. Where one has none, others of its objective
   * have none either.
   */
  async want(trials, places) {
    const objective = (place) => trials.parameters[PLUGIN]?.[place] ?? "";
    for (const place of places) {
      if (this.#asked.size >= MOST_ASKED || this.#signal.aborted) return;
      if (!this.#asked.has(place) && !this.#none.has(objective(place))) await this.#ask(trials.name(place), place, objective(place));
    }
  }

  async #ask(trial, place, objective) {
    this.#asked.set(place, []);
    try {
      const { points } = await get(path("sweeps", this.#sweep, "trials", trial, "rate-distortion"), this.#signal);
      this.#asked.set(place, points);
      if (points.length > 0) this.#changed();
      else this.#none.add(objective);
    } catch {
      this.#none.add(objective);
    }
  }

  /** {place, points: [{beta, rate, distortion}]} of those that are chosen. */
  shown(trials, split) {
    const found = [];
    for (const [place, points] of this.#asked) {
      if (trials.chosen[place] !== 1 || trials.states[place] !== "completed") continue;
      const known = points.map(({ beta, figures }) => ({ beta, rate: figures[`${split}_kl`], distortion: figures[`${split}_reconstruction`] }));
      const finite = known.filter(({ rate, distortion }) => Number.isFinite(rate) && Number.isFinite(distortion));
      if (finite.length > 1) found.push({ place, points: finite });
    }
    return found;
  }
}
