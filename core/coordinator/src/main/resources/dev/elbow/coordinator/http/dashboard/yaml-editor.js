// A text field for sweep files: line numbers, colours, and each problem at its line. It is a textarea, so that everything that
// people and screen readers do with one works; what is drawn behind it only looks.

import { element, replace, text } from "./dom.js";

const INDENT = "  ";
const MOST_SHOWN = 110;

export class YamlEditor {
  #problems = [];
  #leave = false;
  #changed;

  /**
   * @param changed is called when the text does
   * @param submit is called for Ctrl+Enter
   */
  constructor({ label, changed, submit, describedBy }) {
    this.#changed = changed;
    this.numbers = element("div", { class: "numbers", "aria-hidden": "true" });
    this.behind = element("pre", { class: "behind", "aria-hidden": "true" });
    this.field = element("textarea", {
      "aria-label": label,
      "aria-describedby": describedBy,
      spellcheck: "false",
      autocapitalize: "off",
      autocomplete: "off",
      wrap: "off",
      rows: 24,
      oninput: () => this.#typed(),
      onscroll: () => this.#scrolled(),
      onkeydown: (event) => this.#key(event, submit),
      onblur: () => (this.#leave = false),
    });
    this.element = element("div", { class: "editor" }, this.numbers, element("div", { class: "paper" }, this.behind, this.field));
  }

  get value() {
    return this.field.value;
  }

  set value(next) {
    this.field.value = next;
    this.field.scrollTop = 0;
    this.field.setSelectionRange(0, 0);
    this.#typed();
  }

  /** Marks [{line, column, place, message}]; those without a line are not shown here. */
  mark(problems) {
    this.#problems = problems.filter((problem) => problem.line > 0);
    this.field.setAttribute("aria-invalid", String(problems.length > 0));
    this.#paint();
  }

  /** Puts the cursor at a place of the text and shows it. */
  reveal(line, column) {
    const lines = this.value.split("\n");
    const before = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0);
    const at = Math.min(this.value.length, before + Math.max(0, column - 1));
    this.field.focus();
    this.field.setSelectionRange(at, at);
    const height = parseFloat(getComputedStyle(this.field).lineHeight);
    this.field.scrollTop = Math.max(0, (line - 6) * height);
  }

  #typed() {
    this.#paint();
    this.#changed(this.value);
  }

  #scrolled() {
    this.numbers.style.transform = `translateY(${-this.field.scrollTop}px)`;
    this.behind.style.transform = `translate(${-this.field.scrollLeft}px, ${-this.field.scrollTop}px)`;
  }

  #paint() {
    const lines = this.value.split("\n");
    const byLine = new Map();
    for (const problem of this.#problems) {
      if (!byLine.has(problem.line)) byLine.set(problem.line, []);
      byLine.get(problem.line).push(problem);
    }
    replace(
      this.numbers,
      lines.map((_, i) => element("span", { class: byLine.has(i + 1) ? "wrong" : null }, i + 1)),
    );
    replace(
      this.behind,
      lines.map((line, i) => row(line, byLine.get(i + 1) || [])),
    );
    this.#scrolled();
  }

  // Tab indents as people expect of an editor; Escape first, and it leaves as it does everywhere else.
  #key(event, submit) {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      submit();
    } else if (event.key === "Escape") {
      this.#leave = true;
    } else if (event.key === "Tab" && !this.#leave && !event.ctrlKey && !event.altKey) {
      event.preventDefault();
      this.#indent(event.shiftKey);
    } else if (event.key === "Enter") {
      event.preventDefault();
      this.#insert("\n" + this.#nextIndent());
    } else if (event.key !== "Shift" && event.key !== "Tab") {
      this.#leave = false;
    }
  }

  #nextIndent() {
    const line = this.value.slice(0, this.field.selectionStart).split("\n").pop();
    const indent = /^ */.exec(line)[0];
    return /:\s*(#.*)?$/.test(line) ? indent + INDENT : indent;
  }

  #indent(out) {
    const { selectionStart: from, selectionEnd: to, value } = this.field;
    const start = value.lastIndexOf("\n", from - 1) + 1;
    if (!out && from === to) return this.#insert(INDENT);
    const end = value.indexOf("\n", Math.max(from, to - 1));
    const lines = value.slice(start, end < 0 ? value.length : end).split("\n");
    const moved = lines.map((line) => (out ? line.replace(/^ {1,2}/, "") : INDENT + line)).join("\n");
    this.field.setSelectionRange(start, end < 0 ? value.length : end);
    this.#insert(moved);
    if (lines.length > 1) this.field.setSelectionRange(start, start + moved.length);
  }

  // By the browser's own command, because only that can be undone.
  #insert(words) {
    if (!document.execCommand("insertText", false, words)) {
      this.field.setRangeText(words, this.field.selectionStart, this.field.selectionEnd, "end");
      this.#typed();
    }
  }
}

function row(line, problems) {
  const shown = element("span", { class: problems.length > 0 ? "row wrong" : "row" }, coloured(line));
  if (problems.length > 0) {
    const words = problems.map((problem) => problem.message).join("; ");
    shown.append(element("span", { class: "message" }, words.length > MOST_SHOWN ? `${words.slice(0, MOST_SHOWN)}…` : words));
  }
  shown.append("\n");
  return shown;
}

const PARTS = /(#.*$)|("(?:[^"\\]|\\.)*"|'[^']*')|([A-Za-z_][\w.-]*)(?=\s*:(?:\s|$))|(-?\b\d[\d.]*(?:e[+-]?\d+)?\b)|(\b(?:true|false|null)\b)/g;
const KINDS = ["comment", "string", "key", "number", "word"];

/** A line in colours. Only how it looks: what YAML makes of it the coordinator alone knows. */
function coloured(line) {
  const parts = [];
  let done = 0;
  for (const match of line.matchAll(PARTS)) {
    const kind = KINDS[match.slice(1).findIndex((group) => group !== undefined)];
    if (kind === "comment" && match.index > 0 && !/\s/.test(line[match.index - 1])) continue;
    parts.push(line.slice(done, match.index), element("span", { class: `is-${kind}` }, match[0]));
    done = match.index + match[0].length;
  }
  parts.push(line.slice(done));
  return parts;
}
