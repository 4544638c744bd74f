// The models that have names: their versions, where each comes from, and its files.

import { file, get, path, save } from "../api.js";
import { element, notice, replace, text, whileSeen } from "../dom.js";
import { aboutFile, command, link, moment } from "../parts.js";
import { count } from "../text.js";

const COMMAND = ["elbow promote", "SWEEP/0001", "--as NAME"];
const PAUSE_MILLIS = 15_000;
const SHOWN_OF_HASH = 12;

/** Shows the page until `signal` aborts. */
export async function show(main, params, signal) {
  document.title = "Models · Elbow";
  main.className = "models-page";
  const page = new Models(main, signal);
  await page.read();
  whileSeen(() => page.read(), PAUSE_MILLIS, signal);
}

class Models {
  #signal;
  #known = null;

  constructor(main, signal) {
    this.#signal = signal;
    this.summary = element("span", { class: "sum" });
    this.problem = element("p", { class: "problem", role: "alert", hidden: true });
    this.place = element("div", { class: "models" });
    replace(main, element("div", { class: "head" }, element("h1", {}, "Models"), this.summary), this.problem, this.place);
  }

  async read() {
    const { models } = await get("/api/models", this.#signal);
    // They never change, and new ones are rare: what somebody has unfolded stays.
    const known = models.map(({ name, version }) => `${name}:${version}`).join(" ");
    if (known === this.#known) return;
    this.#known = known;
    this.#draw(models);
  }

  #draw(models) {
    const byName = new Map();
    for (const model of models) byName.set(model.name, [model, ...(byName.get(model.name) ?? [])]);
    text(this.summary, models.length > 0 ? `${count(byName.size, "name")} · ${count(models.length, "version")}` : "");
    if (models.length === 0) replace(this.place, nothing());
    else replace(this.place, [...byName].map(([name, versions]) => this.#card(name, versions)), usage(models[0].name));
  }

  // The latest first, which is the one that a name alone means.
  #card(name, versions) {
    return element(
      "article",
      { class: "card model", "aria-label": `Model ${name}` },
      element("header", {}, element("h2", {}, name), element("span", { class: "caption" }, versions.length > 1 ? count(versions.length, "version") : "")),
      element("ul", {}, versions.map((model, i) => this.#version(model, i === 0))),
    );
  }

  #version(model, latest) {
    const { name, version, sweep, trial } = model;
    const time = moment(model.promoted_at);
    const settings = Object.entries(model.versions).map(([what, number]) => element("span", { class: "tag" }, `${what} ${number}`));
    return element(
      "li",
      { class: "version" },
      element(
        "div",
        { class: "what" },
        element("b", {}, `${name}:${version}`),
        latest && element("span", { class: "tag" }, "latest"),
        element("span", {}, "from ", element("a", { href: link(sweep, trial) }, `${sweep}/${trial}`)),
        time && element("span", { class: "caption" }, "promoted ", time),
      ),
      element(
        "dl",
        {},
        element("dt", {}, "model"),
        element("dd", {}, hash(model.sha256)),
        element("dt", {}, "trained on"),
        element("dd", {}, hash(model.data_sha256)),
        settings.length > 0 && [element("dt", {}, "made by"), element("dd", {}, settings)],
      ),
      element(
        "details",
        { open: latest },
        element("summary", {}, count(Object.keys(model.files).length, "file")),
        element("ul", { class: "files" }, Object.keys(model.files).map((wanted) => element("li", {}, this.#button(model, wanted)))),
      ),
    );
  }

  #button({ name, version }, wanted) {
    const words = `Download ${wanted} of ${name}:${version}`;
    const button = element("button", { type: "button", "aria-label": words, title: aboutFile(wanted) || words }, wanted);
    button.addEventListener("click", () => command(button, this.problem, () => this.#download(name, version, wanted)));
    return button;
  }

  async #download(name, version, wanted) {
    const address = path("models", name, String(version), "files", wanted);
    save(await file(address, this.#signal), `${name}-${version}-${wanted}`);
  }
}

function hash(sha256) {
  return element("code", { title: `SHA-256 ${sha256}` }, sha256.slice(0, SHOWN_OF_HASH));
}

function usage(name) {
  return element("p", { class: "caption" }, "Commands take a name, which means its latest version, or NAME:VERSION: ", element("code", {}, `elbow sample ${name} --out samples.png`));
}

function nothing() {
  return notice(
    "No model has a name yet",
    "A model that gets one is kept with its card and its files, whatever becomes of its sweep, and every command finds it by that name:",
    element("code", { class: "command" }, COMMAND.map((words) => [element("span", { class: "nowrap" }, words), " "])),
  );
}
