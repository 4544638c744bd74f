// The trials of a sweep as a table: sorted by any column, a page at a time, and all of it as CSV.

import { save } from "./api.js";
import { element, replace, text } from "./dom.js";
import { csv } from "./figures.js";
import { link, pill } from "./parts.js";
import { figure, setting, whole } from "./text.js";
import { FIGURES } from "./trials.js";

const PAGE = 25;
const ROW_PIXELS = 31;

/** The table. `set` gives it what to show. */
export class TrialTable {
  #shown = null;
  #sort = null;
  #descending = false;
  #page = 0;
  #all = null;
  #names = [];

  constructor(place) {
    this.head = element("tr", {});
    this.body = element("tbody", {});
    this.table = element("table", { class: "trials" }, element("thead", {}, this.head), this.body);
    this.position = element("span", { role: "status" });
    this.back = element("button", { type: "button", onclick: () => this.#turn(-1) }, "‹ Previous");
    this.next = element("button", { type: "button", onclick: () => this.#turn(1) }, "Next ›");
    this.room = element("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Trials" }, this.table);
    replace(
      place,
      this.room,
      element("nav", { class: "pages", "aria-label": "Pages of trials" }, this.back, this.position, this.next),
    );
  }

  /** @param shown {trials, goal, split} */
  set(shown) {
    const before = this.#shown;
    this.#shown = shown;
    this.#sort ??= shown.goal.column;
    if (this.#sort === shown.goal.column && before === null) this.#descending = shown.goal.direction === "maximize";
    // Were it to shrink while somebody brushes, the page would move below the pointer.
    this.room.style.minHeight = `${(Math.min(PAGE, shown.trials.size) + 1) * ROW_PIXELS}px`;
    this.refresh(true);
  }

  /**
   * Others are chosen.
   *
   * @param grown whether figures or states have changed too
   */
  refresh(grown = false) {
    if (this.#shown === null) return;
    if (grown) {
      this.#all = null;
      this.#columns();
    }
    this.#page = Math.max(0, Math.min(this.#page, Math.ceil(this.#shown.trials.count / PAGE) - 1));
    this.#draw();
  }

  /** Hands the chosen trials over as a file, with the columns of results.csv. */
  save() {
    const { trials } = this.#shown;
    const parameters = Object.keys(trials.parameters);
    const scores = trials.scores;
    const header = ["trial", "state", "attempts", "seed", ...parameters, ...FIGURES, "failure", ...scores];
    const rows = trials.places().map((i) => [
      i + 1,
      trials.states[i],
      trials.attempts[i],
      trials.seeds[i],
      ...parameters.map((name) => trials.parameters[name][i]),
      ...FIGURES.map((name) => trials.figures[name]?.[i] ?? null),
      trials.failures[i],
      ...scores.map((name) => trials.figure(name)[i]),
    ]);
    save(new Blob([csv(header, rows)], { type: "text/csv" }), `${trials.sweep}.csv`);
  }

  #named() {
    const { trials, split, goal } = this.#shown;
    const terms = ["loss", "reconstruction", "kl"].map((term) => `${split}_${term}`);
    const others = [goal.column, "test_loss", "active_units", "seconds"].filter((name) => !terms.includes(name) && trials.has(name));
    const seeds = new Set(trials.seeds).size > 1 ? ["seed"] : [];
    return ["trial", "state", ...seeds, ...Object.keys(trials.parameters), ...terms, ...new Set(others), ...trials.scores];
  }

  #columns() {
    const names = this.#named();
    this.#names = names;
    const known = names.join("\n");
    if (this.known === known) return this.#arrows();
    this.known = known;
    replace(
      this.head,
      names.map((name) => {
        const button = element("button", { type: "button", class: "sort", onclick: () => this.#sortBy(name) }, element("span", {}, this.#shown.trials.label(name)));
        return element("th", { scope: "col", "data-name": name, class: this.#isNumber(name) ? "number" : null }, button);
      }),
    );
    this.#arrows();
  }

  #isNumber(name) {
    if (name === "trial" || name === "state") return false;
    const values = this.#shown.trials.parameters[name];
    return !values || values.every((value) => value === null || typeof value === "number");
  }

  #arrows() {
    for (const cell of this.head.children) {
      const sorted = cell.dataset.name === this.#sort;
      if (sorted) cell.setAttribute("aria-sort", this.#descending ? "descending" : "ascending");
      else cell.removeAttribute("aria-sort");
      cell.firstChild.dataset.arrow = sorted ? (this.#descending ? "↓" : "↑") : "";
    }
  }

  #sortBy(name) {
    this.#descending = this.#sort === name ? !this.#descending : false;
    this.#sort = name;
    this.#page = 0;
    this.#arrows();
    this.refresh(true);
  }

  #turn(by) {
    this.#page += by;
    this.refresh();
  }

  // All are sorted once, however often others are chosen of them.
  #places(from) {
    const { chosen } = this.#shown.trials;
    this.#all ??= this.#sorted();
    const found = [];
    let before = 0;
    for (const place of this.#all) {
      if (chosen[place] && before++ >= from && found.push(place) === PAGE) break;
    }
    return found;
  }

  #sorted() {
    const { trials } = this.#shown;
    const places = [...trials.states.keys()];
    const sign = this.#descending ? -1 : 1;
    if (this.#sort === "trial") return sign > 0 ? places : places.reverse();
    const values = this.#sort === "state" ? trials.states : this.#sort === "seed" ? trials.seeds : trials.values(this.#sort);
    const missing = (i) => values[i] === null || Number.isNaN(values[i]);
    return places.sort((a, b) => missing(a) - missing(b) || sign * compared(values[a], values[b]) || a - b);
  }

  #draw() {
    const { trials } = this.#shown;
    const names = this.#names;
    const from = this.#page * PAGE;
    const shown = this.#places(from);
    this.table.setAttribute("aria-rowcount", trials.count + 1);
    // A table in which somebody has put the focus is changed cell by cell, so that it stays there.
    shown.forEach((place, i) => {
      const row = this.body.children[i] ?? this.body.appendChild(element("tr", {}));
      row.setAttribute("aria-rowindex", from + i + 2);
      this.#fill(row, place, names);
    });
    while (this.body.children.length > shown.length) this.body.lastChild.remove();
    const to = from + shown.length;
    text(this.position, shown.length === 0 ? "No trial fits what is chosen." : `${whole(from + 1)}–${whole(to)} of ${whole(trials.count)}`);
    this.back.disabled = this.#page === 0;
    this.next.disabled = to >= trials.count;
    this.back.parentElement.hidden = trials.size <= PAGE;
  }

  #fill(row, place, names) {
    if (row.dataset.columns !== this.known) {
      row.dataset.columns = this.known;
      replace(row, names.map((name) => this.#cell(name)));
    }
    names.forEach((name, c) => this.#write(row.children[c], name, place));
  }

  #cell(name) {
    if (name === "trial") return element("th", { scope: "row" }, element("a", {}));
    if (name === "state") return element("td", {}, pill("queued"));
    return element("td", { class: this.#isNumber(name) ? "number" : null });
  }

  #write(cell, name, place) {
    const { trials } = this.#shown;
    if (name === "trial") {
      cell.firstChild.href = link(trials.sweep, trials.name(place));
      text(cell.firstChild, trials.name(place));
    } else if (name === "state") {
      cell.firstChild.set(trials.states[place]);
      cell.title = trials.failures[place];
    } else if (name === "seed") {
      text(cell, trials.seeds[place]);
    } else if (name in trials.parameters) {
      text(cell, setting(trials.parameters[name][place]));
    } else {
      const value = trials.figure(name)[place];
      text(cell, name === "active_units" || name === "epochs" ? whole(value) : figure(value));
    }
  }
}

function compared(a, b) {
  if (typeof a === "number" && typeof b === "number") return a - b;
  return String(a) < String(b) ? -1 : String(a) > String(b) ? 1 : 0;
}
