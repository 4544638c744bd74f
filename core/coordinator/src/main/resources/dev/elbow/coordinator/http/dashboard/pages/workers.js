// The workers: what their slots are at, how fast they are, and what they can run.

import { get } from "../api.js";
import { element, notice, replace, text, whileSeen } from "../dom.js";
import { count, duration, figure, whole } from "../text.js";

const COMMAND = ["elbow worker", "--kafka HOST:9092", "--data DATA", "--results RESULTS"];
const PAUSE_MILLIS = 2000;
// They give a sign of life every two seconds; after two that did not come something is wrong.
const SILENT_SECONDS = 6;

/** Shows the page until `signal` aborts. */
export async function show(main, params, signal) {
  document.title = "Workers · Elbow";
  main.className = "workers-page";
  const summary = element("span", { class: "sum" });
  const list = element("div", { class: "workers" });
  const cards = new Map();
  replace(main, element("div", { class: "head" }, element("h1", {}, "Workers"), summary), list);
  const read = async () => draw((await get("/api/workers", signal)).workers);
  const draw = (workers) => {
    text(summary, workers.length > 0 ? told(workers) : "");
    if (workers.length === 0) {
      cards.clear();
      replace(list, nobody());
    } else {
      place(list, cards, workers);
    }
  };
  await read();
  whileSeen(read, PAUSE_MILLIS, signal);
}

function told(workers) {
  const slots = workers.reduce((sum, worker) => sum + worker.slots, 0);
  const busy = workers.reduce((sum, worker) => sum + worker.executions.length, 0);
  const rate = workers.reduce((sum, worker) => sum + speed(worker), 0);
  const words = [count(workers.length, "worker"), `${busy} of ${count(slots, "slot")} busy`];
  if (rate > 0) words.push(`${whole(Math.round(rate))} images/s`);
  return words.join(" · ");
}

function speed(worker) {
  return worker.executions.reduce((sum, execution) => sum + execution.images_per_second, 0);
}

function nobody() {
  return notice(
    "No worker is connected",
    "Trials wait until one is. Start one on any machine that reaches Kafka and the folder with the results:",
    element("code", { class: "command" }, COMMAND.map((words) => [element("span", { class: "nowrap" }, words), " "])),
    element("p", { class: "caption" }, "elbow up has a worker in it; if this is one, its log says what became of that."),
  );
}

/** Keeps the card of each worker, so that focus and what was unfolded stay. */
function place(list, cards, workers) {
  const names = new Set(workers.map((worker) => worker.worker));
  for (const name of [...cards.keys()]) if (!names.has(name)) cards.delete(name);
  for (const worker of workers) {
    if (!cards.has(worker.worker)) cards.set(worker.worker, new Card(worker));
    cards.get(worker.worker).show(worker);
  }
  const elements = workers.map((worker) => cards.get(worker.worker).element);
  const same = elements.length === list.children.length && elements.every((one, i) => list.children[i] === one);
  if (!same) replace(list, elements);
}

class Card {
  constructor(worker) {
    this.pill = element("span", { class: "pill" });
    this.since = element("span", { class: "caption" });
    this.rate = element("dd", {});
    this.slots = Array.from({ length: worker.slots }, (_, i) => new Slot(i + 1));
    const byKind = kinds(worker.plugins);
    this.element = element(
      "article",
      { class: "card worker", "aria-label": `Worker ${worker.worker}` },
      element("header", {}, element("h2", {}, worker.worker), this.pill, element("span", { class: "end" }, this.since)),
      element(
        "div",
        { class: "inside" },
        element("ul", { class: "slots" }, this.slots.map((slot) => slot.element)),
        element(
          "dl",
          { class: "traits" },
          element("dt", {}, "rate"),
          this.rate,
          element("dt", {}, "processor"),
          element("dd", {}, worker.processor),
          element("dt", {}, "precisions"),
          element("dd", {}, worker.precisions.map((name) => element("span", { class: "tag" }, name))),
          Object.entries(byKind).map(([kind, names]) => [
            element("dt", {}, kind),
            element("dd", {}, names.map((name) => element("span", { class: "tag" }, name))),
          ]),
        ),
      ),
    );
  }

  show(worker) {
    const silent = worker.silent_seconds > SILENT_SECONDS;
    const state = silent ? "waiting" : worker.leaving ? "stopped" : worker.executions.length > 0 ? "running" : "queued";
    this.pill.dataset.state = state;
    const words = { waiting: `silent for ${duration(worker.silent_seconds)}`, stopped: "leaving", running: "busy", queued: "free" };
    text(this.pill, words[state]);
    this.element.classList.toggle("silent", silent);
    text(this.since, `known for ${duration(worker.known_seconds)}`);
    const rate = speed(worker);
    text(this.rate, rate > 0 ? `${whole(Math.round(rate))} images/s` : "–");
    for (const slot of this.slots) slot.show(worker.executions.find((execution) => execution.slot === slot.number));
  }
}

function kinds(plugins) {
  const found = {};
  for (const plugin of plugins) {
    const [kind, name] = plugin.split("/");
    (found[kind] ??= []).push(name);
  }
  return found;
}

class Slot {
  constructor(number) {
    this.number = number;
    this.link = element("a", { href: "#/" });
    this.free = element("span", { class: "free" }, "free");
    this.words = element("span", { class: "caption" });
    this.meter = element("progress", { max: 1, value: 0, "aria-label": `Progress of slot ${number}` });
    this.element = element(
      "li",
      { class: "slot" },
      element("span", { class: "number" }, `slot ${number}`),
      element("span", { class: "what" }, this.link, this.free),
      this.meter,
      this.words,
    );
  }

  show(execution) {
    this.element.classList.toggle("idle", !execution);
    this.link.hidden = !execution;
    this.free.hidden = Boolean(execution);
    this.meter.hidden = !execution;
    if (!execution) {
      text(this.words, "");
      return;
    }
    const { sweep, trial, phase, epoch, step, steps, objective, images_per_second: rate, attempt } = execution;
    this.link.setAttribute("href", `#/sweeps/${encodeURIComponent(sweep)}/${trial}`);
    text(this.link, `${sweep}/${trial}`);
    this.meter.value = steps > 0 ? step / steps : 0;
    const words = [
      phase,
      epoch > 0 && `epoch ${epoch}`,
      steps > 0 && `${Math.floor((100 * step) / steps)} %`,
      objective !== null && `objective ${figure(objective)}`,
      rate > 0 && `${whole(Math.round(rate))} images/s`,
      attempt > 1 && `attempt ${attempt}`,
    ];
    text(this.words, words.filter(Boolean).join(" · "));
  }
}
