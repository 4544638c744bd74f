// All sweeps.

import { get } from "../api.js";
import { element, notice, perFrame, replace, text } from "../dom.js";
import * as live from "../live.js";
import { bar, ended, link, moment, pill, segments, standing } from "../parts.js";
import { column, count, figure, whole } from "../text.js";
import { left } from "../time.js";

const KINDS = {
  all: () => true,
  active: (status) => !status.finished,
  finished: (status) => status.finished,
};

/** Shows the list, the latest sweep first, and keeps it up to date. */
export async function show(main, params, signal) {
  document.title = "Sweeps · Elbow";
  const list = new List(main, signal);
  list.takeAll((await get("/api/sweeps", signal)).sweeps);
  live.on("sweep", (status) => list.take(status), signal);
  live.on("deleted", ({ sweep }) => list.drop(sweep), signal);
  live.on("reset", async () => list.takeAll((await get("/api/sweeps", signal)).sweeps), signal);
}

class List {
  #rows = new Map();
  #chosen = new Set();
  #words = "";
  #kind = "all";

  constructor(main, signal) {
    this.draw = perFrame(() => this.#draw(), signal);
    this.body = element("tbody", {});
    this.place = element("div", { class: "card sweeps" });
    this.table = element(
      "div",
      { class: "scroll", tabindex: "0", role: "region", "aria-label": "Sweeps" },
      element("table", { class: "list" }, head(), this.body),
    );
    this.compare = element("button", { type: "button", disabled: true, onclick: () => this.#open() }, "Compare two");
    this.found = element("span", { class: "caption found", role: "status" });
    const words = element("input", {
      type: "search",
      placeholder: "Filter by name or tag",
      "aria-label": "Filter by name or tag",
      oninput: () => this.#filter(words.value),
    });
    const kinds = [["all", "All"], ["active", "Active"], ["finished", "Finished"]];
    replace(
      main,
      element(
        "div",
        { class: "head" },
        element("h1", {}, "Sweeps"),
        element(
          "div",
          { class: "actions" },
          words,
          segments("Which sweeps", kinds, "all", (kind) => this.#show(kind)),
          this.compare,
          element("a", { class: "button primary", href: "#/submit" }, "Submit a sweep"),
        ),
      ),
      this.place,
      this.found,
    );
  }

  takeAll(statuses) {
    const names = new Set(statuses.map((status) => status.sweep));
    [...this.#rows.keys()].filter((name) => !names.has(name)).forEach((name) => this.#rows.delete(name));
    statuses.forEach((status) => this.take(status));
    this.#draw();
  }

  take(status) {
    const row = this.#rows.get(status.sweep) || new Row(status.sweep, (chosen) => this.#choose(status.sweep, chosen));
    this.#rows.set(status.sweep, row);
    row.set(status);
    this.draw();
  }

  drop(sweep) {
    this.#rows.delete(sweep);
    this.#choose(sweep, false);
    this.draw();
  }

  #filter(words) {
    this.#words = words.trim().toLowerCase();
    this.#draw();
  }

  #show(kind) {
    this.#kind = kind;
    this.#draw();
  }

  // Two at most: of three the one that was chosen first is let go.
  #choose(sweep, chosen) {
    if (chosen) this.#chosen.add(sweep);
    else this.#chosen.delete(sweep);
    while (this.#chosen.size > 2) {
      const first = this.#chosen.values().next().value;
      this.#chosen.delete(first);
      this.#rows.get(first).choose(false);
    }
    this.compare.disabled = this.#chosen.size < 2;
    text(this.compare, this.compare.disabled ? "Compare two" : "Compare these two");
  }

  #open() {
    const [a, b] = [...this.#chosen];
    location.hash = `#/compare?a=${encodeURIComponent(a)}&b=${encodeURIComponent(b)}`;
  }

  #draw() {
    this.#choose(null, false);
    if (this.#rows.size === 0) return this.#empty();
    const all = [...this.#rows.values()].reverse();
    const fitting = all.filter((row) => KINDS[this.#kind](row.status) && row.fits(this.#words));
    if (this.place.firstChild !== this.table) replace(this.place, this.table);
    const shown = fitting.map((row) => row.element);
    const same = shown.length === this.body.children.length && shown.every((row, i) => row === this.body.children[i]);
    if (!same) this.body.replaceChildren(...shown);
    const some = fitting.length === all.length ? count(all.length, "sweep") : `${whole(fitting.length)} of ${count(all.length, "sweep")}`;
    text(this.found, fitting.length === 0 ? "No sweep fits. Clear the filter to see all." : some);
  }

  #empty() {
    text(this.found, "");
    const submit = element("a", { class: "button primary", href: "#/submit" }, "Submit a sweep");
    replace(
      this.place,
      notice(
        "No sweeps yet",
        ["Start from an example here, or on the command line: ", element("code", {}, "elbow submit sweep.yaml")],
        submit,
      ),
    );
  }
}

function head() {
  const names = ["Sweep", "State", "Progress", "Left", "Best so far", "Submitted"];
  return element(
    "thead",
    {},
    element(
      "tr",
      {},
      element("th", { scope: "col", class: "tick" }, element("span", { class: "spoken-inline" }, "Compare")),
      names.map((name) => element("th", { scope: "col" }, name)),
    ),
  );
}

class Row {
  constructor(sweep, choose) {
    this.tick = element("input", { type: "checkbox", "aria-label": `Compare ${sweep}`, onchange: () => choose(this.tick.checked) });
    this.notes = element("div", { class: "notes" });
    this.state = pill("queued");
    this.share = element("span", { class: "share" });
    this.left = element("td", { class: "nowrap" });
    this.best = element("td", { class: "best" });
    this.submitted = element("td", { class: "nowrap when" });
    this.place = element("div", { class: "progress" });
    this.why = element("div", { class: "why" });
    this.element = element(
      "tr",
      {},
      element("td", { class: "tick" }, this.tick),
      element("th", { scope: "row" }, element("a", { href: link(sweep) }, sweep), this.notes),
      element("td", {}, this.state, this.why),
      element("td", {}, this.place),
      this.left,
      this.best,
      this.submitted,
    );
    this.sweep = sweep;
  }

  choose(chosen) {
    this.tick.checked = chosen;
  }

  fits(words) {
    if (words === "") return true;
    return [this.sweep, this.status.description, ...this.status.tags].some((text) => text.toLowerCase().includes(words));
  }

  set(status) {
    this.status = status;
    this.state.set(standing(status));
    text(this.why, standing(status) === "waiting" ? status.waiting : "");
    this.#progress(status);
    text(this.left, left(status));
    this.#best(status);
    this.#notes(status);
    when(this.submitted, status.submitted_at);
  }

  #progress(status) {
    if (!this.bar) {
      this.bar = bar(status);
      this.place.append(this.bar, this.share);
    }
    this.bar.set(status);
    text(this.share, `${whole(ended(status))} / ${whole(status.trials)}`);
  }

  #best({ best, goal, sweep }) {
    const known = best ? `${best.trial} ${best.figure}` : "";
    if (this.known === known) return;
    this.known = known;
    if (!best) return replace(this.best, "–");
    replace(
      this.best,
      element("a", { href: link(sweep, best.trial) }, best.trial),
      element("span", { class: "figure" }, figure(best.figure)),
      element("span", { class: "caption unit" }, column(goal.column)),
    );
  }

  #notes({ description, tags }) {
    const words = description.trim();
    replace(
      this.notes,
      tags.map((tag) => element("span", { class: "tag" }, tag)),
      words && element("span", { class: "caption words", title: words }, words),
    );
  }
}

function when(cell, submitted) {
  if (cell.dataset.at === submitted) return;
  cell.dataset.at = submitted;
  replace(cell, moment(submitted));
}
