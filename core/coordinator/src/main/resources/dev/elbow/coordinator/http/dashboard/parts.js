// What several pages show: how a sweep stands, choices, commands.

import { ApiProblem } from "./api.js";
import { element, text } from "./dom.js";
import { count, whole } from "./text.js";

const ENDED = ["completed", "stopped", "failed", "cancelled"];
export const STATES = ["completed", "stopped", "failed", "cancelled", "running", "queued"];

const ABOUT_FILES = {
  "MODEL_CARD.md": "what to know of the model: data, settings, losses, hashes, how to call it",
  "trial.json": "its whole configuration, versions and figures; elbow run trains it again",
  "metrics.csv": "losses from evaluation to evaluation",
  "latents.csv": "KL of each dimension from evaluation to evaluation",
  "encoder.onnx": "x → mu, logvar",
  "decoder.onnx": "z → x_hat",
  "vae.onnx": "x, eps → x_hat, mu, logvar, z",
  "weights.safetensors": "weights by the names of PyTorch",
};

/** What a file of a trial or of a model holds; empty where its name says all. */
export function aboutFile(name) {
  return ABOUT_FILES[name] ?? "";
}

/** One word for how a sweep stands: `running`, `paused`, `waiting`, `queued`, `cancelled` or `finished`. */
export function standing(status) {
  if (status.finished) return status.cancelled === status.trials ? "cancelled" : "finished";
  if (status.paused) return "paused";
  if (status.waiting) return "waiting";
  return status.running > 0 ? "running" : "queued";
}

/** How many trials of a sweep have ended. */
export function ended(status) {
  return ENDED.reduce((sum, state) => sum + status[state], 0);
}

/** The address of a sweep's page, or of one of its trials. */
export function link(sweep, trial) {
  return `#/sweeps/${encodeURIComponent(sweep)}` + (trial ? `/${trial}` : "");
}

/** The number of a trial as folders and addresses have it. */
export function padded(number) {
  return String(number).padStart(4, "0");
}

/** A word with its colour; `set` gives it another. */
export function pill(state) {
  const made = element("span", { class: "pill" });
  made.set = (word) => {
    made.dataset.state = word;
    text(made, word);
  };
  made.set(state);
  return made;
}

/** A bar of a sweep's trials by their states; `set` shows another status. */
export function bar(status) {
  const parts = STATES.map((state) => element("i", { "data-state": state }));
  const made = element("div", { class: "bar", role: "img" }, parts);
  made.set = (now) => {
    STATES.forEach((state, i) => {
      parts[i].style.flexGrow = now[state];
      parts[i].hidden = now[state] === 0;
    });
    made.setAttribute("aria-label", counts(now));
    made.title = counts(now);
  };
  made.set(status);
  return made;
}

/** `3 completed, 1 running, 6 queued`. */
export function counts(status) {
  const some = STATES.filter((state) => status[state] > 0).map((state) => `${whole(status[state])} ${state}`);
  return some.length > 0 ? some.join(", ") : count(0, "trial");
}

/**
 * A choice of one of a few, as a row of segments.
 *
 * @param options [[value, text]]
 */
export function segments(legend, options, chosen, change) {
  const name = "segments-" + Math.random().toString(36).slice(2);
  return element(
    "fieldset",
    { class: "segments" },
    element("legend", {}, legend),
    options.map(([value, words]) =>
      element(
        "label",
        {},
        element("input", { type: "radio", name, value, checked: value === chosen, onchange: () => change(value) }),
        words,
      ),
    ),
  );
}

/** A choice of one of many. `set` gives it other options: [[value, text]]. */
export function selection(label, options, chosen, change) {
  const list = element("select", { onchange: () => change(list.value) });
  const made = element("label", { class: "field" }, label, list);
  made.set = (next, value) => {
    list.replaceChildren(...next.map(([key, words]) => element("option", { value: key, selected: key === value }, words)));
  };
  made.set(options, chosen);
  return made;
}

/** Runs a command of a button, which is disabled meanwhile, and shows in `place` what went wrong. */
export async function command(button, place, run) {
  button.disabled = true;
  text(place, "");
  place.hidden = true;
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof ApiProblem) && !(error instanceof TypeError)) throw error;
    text(place, error instanceof ApiProblem ? error.message : "The coordinator does not answer; nothing was changed.");
    place.hidden = false;
    return undefined;
  } finally {
    button.disabled = false;
  }
}

/** A time as people write it: of today its hour, otherwise its day; null of no time. */
export function moment(at) {
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return null;
  const today = date.toDateString() === new Date().toDateString();
  const shown = today
    ? date.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" })
    : date.toLocaleDateString([], { day: "numeric", month: "short", year: "numeric" });
  return element("time", { datetime: at, title: date.toLocaleString() }, shown);
}
