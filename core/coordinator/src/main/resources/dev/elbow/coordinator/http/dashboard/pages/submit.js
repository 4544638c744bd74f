// A sweep file, checked while it is written, and submitted.

import { get, postYaml } from "../api.js";
import { confirmed, element, replace, say, text } from "../dom.js";
import { count, duration, setting, whole } from "../text.js";
import { YamlEditor } from "../yaml-editor.js";

const DRAFT = "elbow.draft";
const TYPING_MILLIS = 300;
const MODELS_SHOWN = 6;

/** Shows the page until `signal` aborts. */
export async function show(main, params, signal) {
  document.title = "Submit · Elbow";
  main.className = "submit-page";
  await new SubmitPage(main, signal).begin();
}

class SubmitPage {
  #main;
  #signal;
  #checking = false;
  #due = false;
  #original = "";

  constructor(main, signal) {
    this.#main = main;
    this.#signal = signal;
  }

  async begin() {
    this.editor = new YamlEditor({
      label: "Sweep file",
      describedBy: "keys",
      changed: (value) => this.#changed(value),
      submit: () => this.#submit(),
    });
    this.verdict = element("div", { class: "verdict", role: "status" });
    this.problems = element("div", { class: "problems" });
    this.plan = element("div", { class: "plan" });
    this.examples = element("div", { class: "examples" });
    this.answer = element("div", { class: "answer", role: "alert" });
    this.button = element("button", { type: "button", class: "primary", disabled: true, onclick: () => this.#submit() }, "Submit");
    this.#build();
    const draft = sessionStorage.getItem(DRAFT);
    if (draft !== null) this.editor.value = draft;
    await this.#offer(draft === null);
  }

  #build() {
    replace(
      this.#main,
      element(
        "div",
        { class: "head" },
        element("h1", {}, "Submit a sweep"),
        this.verdict,
        element("div", { class: "actions" }, this.button),
      ),
      this.answer,
      element(
        "div",
        { class: "desk" },
        element(
          "section",
          { class: "card text", "aria-label": "Sweep file" },
          this.editor.element,
          element("p", { class: "caption", id: "keys" }, "Tab indents; Esc, then Tab leaves the editor; Ctrl+Enter submits."),
        ),
        element("div", { class: "side" }, this.problems, this.plan, this.examples),
      ),
    );
  }

  async #offer(fresh) {
    try {
      const { examples } = await get("/api/examples", this.#signal);
      const usable = examples.filter((example) => example.usable);
      this.#list(examples);
      if (fresh && usable.length > 0 && this.editor.value === "") this.#take(usable[0]);
    } catch (error) {
      if (this.#signal.aborted) return;
      replace(this.examples, element("p", { class: "problem" }, `The examples cannot be shown: ${error.message}`));
    }
  }

  #list(examples) {
    const usable = examples.filter((example) => example.usable);
    const others = examples.filter((example) => !example.usable);
    replace(
      this.examples,
      element(
        "section",
        { class: "card" },
        element("header", {}, element("h2", {}, "Start from an example")),
        usable.map((example) =>
          element(
            "button",
            { type: "button", class: "example", onclick: () => this.#choose(example) },
            element("b", {}, example.name),
            element("span", {}, example.about),
          ),
        ),
        others.length > 0 &&
          element(
            "details",
            {},
            element("summary", {}, `${count(others.length, "example")} whose data ${others.length === 1 ? "is" : "are"} not here`),
            others.map((example) => element("p", { class: "caption" }, element("strong", {}, example.name), " ", missing(example.reason))),
          ),
      ),
    );
  }

  async #choose(example) {
    const own = this.editor.value.trim() !== "" && this.editor.value !== this.#original;
    const question = {
      title: `Start again from ${example.name}?`,
      detail: "What you have written is replaced.",
      yes: "Replace it",
    };
    if (!own || (await confirmed(question))) this.#take(example);
  }

  #take(example) {
    this.#original = example.text;
    this.editor.value = example.text;
  }

  #changed(value) {
    sessionStorage.setItem(DRAFT, value);
    replace(this.answer);
    this.button.disabled = true;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.#check(), TYPING_MILLIS);
  }

  /** One check at a time; what was typed meanwhile is checked after it. */
  async #check() {
    this.#due = true;
    if (this.#checking) return;
    this.#checking = true;
    while (this.#due && !this.#signal.aborted) {
      this.#due = false;
      await this.#once(this.editor.value);
    }
    this.#checking = false;
  }

  async #once(value) {
    try {
      const found = await postYaml("/api/validate", value, this.#signal);
      if (!this.#signal.aborted && value === this.editor.value) this.#tell(found);
    } catch (error) {
      if (this.#signal.aborted) return;
      if (error.status === 503 || error instanceof TypeError) {
        text(this.verdict, "The coordinator is busy or away; checking again.");
        await new Promise((resolve) => setTimeout(resolve, 1000));
        this.#due = true;
      } else {
        replace(this.answer, element("p", { class: "problem" }, error.message));
      }
    }
  }

  #tell({ valid, problems, plan }) {
    this.button.disabled = !valid;
    this.editor.mark(problems);
    this.verdict.className = valid ? "verdict good" : "verdict bad";
    text(this.verdict, valid ? `No problems: ${count(plan.trials, "trial")}` : count(problems.length, "problem"));
    replace(this.problems, problems.length > 0 && this.#problemList(problems));
    replace(this.plan, plan && planned(plan));
  }

  #problemList(problems) {
    return element(
      "section",
      { class: "card" },
      element("header", {}, element("h2", {}, count(problems.length, "problem"))),
      element(
        "ol",
        {},
        problems.map(({ line, column, place, message }) =>
          element(
            "li",
            {},
            line > 0
              ? element("button", { type: "button", class: "jump", onclick: () => this.editor.reveal(line, column) }, `${line}:${column}`)
              : element("span", { class: "jump" }, "file"),
            element("span", {}, place && element("code", {}, place), " ", message),
          ),
        ),
      ),
    );
  }

  async #submit() {
    if (this.button.disabled) return;
    this.button.disabled = true;
    try {
      const { sweep, created } = await postYaml("/api/sweeps", this.editor.value, this.#signal);
      say(created ? `Sweep ${sweep} is submitted` : `Sweep ${sweep} was there already and goes on`);
      sessionStorage.removeItem(DRAFT);
      location.hash = `#/sweeps/${encodeURIComponent(sweep)}`;
    } catch (error) {
      if (this.#signal.aborted) return;
      this.button.disabled = false;
      replace(this.answer, error.status === 409 ? this.#taken(error) : element("p", { class: "problem" }, error.message));
    }
  }

  /** Another sweep has its name. */
  #taken(error) {
    const name = nameIn(this.editor.value);
    const free = `${name.replace(/-v[0-9]+$/, "")}-v${Number(/-v([0-9]+)$/.exec(name)?.[1] ?? 1) + 1}`;
    return element(
      "div",
      { class: "problem" },
      element("p", {}, `A sweep called ${name} is there already, with other values of:`),
      element("ul", { class: "differences" }, error.differences.map((key) => element("li", {}, element("code", {}, key)))),
      element("p", {}, "A sweep never changes once it is submitted. Give this one another name, or delete the other."),
      element(
        "div",
        { class: "actions" },
        element("button", { type: "button", onclick: () => this.#rename(free) }, `Rename it to ${free}`),
        element("a", { class: "button", href: `#/sweeps/${encodeURIComponent(name)}` }, `Look at ${name}`),
      ),
    );
  }

  #rename(name) {
    const renamed = this.editor.value.replace(NAME, (line, key) => `${key}${name}`);
    this.#original = "";
    this.editor.value = renamed;
    say(`It is called ${name} now`);
  }
}

const NAME = /^(name:[ \t]*)([^\s#]+)/m;

function nameIn(value) {
  const found = NAME.exec(value);
  return found ? found[2].replace(/["']/g, "") : "";
}

/** Of a report the first problem, without its place. */
function missing(report) {
  return report.split("\n")[0].replace(/^\S+ /, "");
}

/** What would be trained. */
function planned(plan) {
  const configurations = plan.trials / plan.seeds;
  const slots = plan.slots > 0 ? count(plan.slots, "slot") : "one slot; no worker is connected now";
  const facts = [
    ["trials", `${whole(plan.trials)} = ${count(configurations, "configuration")} × ${count(plan.seeds, "seed")}`],
    ["vary", plan.parameters.length > 0 ? plan.parameters.join(", ") : "nothing"],
    ["time", plan.seconds > 0 ? `about ${duration(Math.max(1, plan.seconds))} with ${slots}, very roughly` : "–"],
  ];
  return element(
    "section",
    { class: "card" },
    element("header", {}, element("h2", {}, plan.sweep)),
    plan.known && element("p", { class: "hint" }, "A sweep of this name is there. If it is the same, submitting changes nothing; another is refused."),
    element("dl", { class: "traits" }, facts.map(([name, value]) => [element("dt", {}, name), element("dd", {}, value)])),
    models(plan),
    plan.notices.map((words) => element("p", { class: "caption" }, words)),
  );
}

function models(plan) {
  if (plan.models.length === 0) return null;
  const more = plan.model_count - Math.min(MODELS_SHOWN, plan.models.length);
  const row = (model) => {
    const values = Object.entries(model.parameters).map(([name, value]) => `${name} ${setting(value)}`);
    return element(
      "tr",
      {},
      element("th", { scope: "row" }, values.length > 0 ? values.join(", ") : "one for all"),
      element("td", { class: "number" }, whole(model.trials)),
      element("td", { class: "number" }, whole(model.weights)),
      element("td", { class: "number" }, whole(model.multiply_adds)),
    );
  };
  const heads = ["Model", "Trials", "Weights", "Multiply-adds an image"];
  return [
    element(
      "div",
      { class: "scroll", tabindex: 0, role: "region", "aria-label": "Models" },
      element(
        "table",
        {},
        element("thead", {}, element("tr", {}, heads.map((name, i) => element("th", { scope: "col", class: i > 0 && "number" }, name)))),
        element("tbody", {}, plan.models.slice(0, MODELS_SHOWN).map(row)),
      ),
    ),
    (more > 0 || !plan.complete) && element("p", { class: "caption" }, `and ${plan.complete ? "" : "at least "}${count(more, "more model")}`),
  ];
}
