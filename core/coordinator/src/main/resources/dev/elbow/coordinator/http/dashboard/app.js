// Finds the page that an address names, shows it, and takes it away again.

import { ApiProblem } from "./api.js";
import { element, notice, replace, say, text } from "./dom.js";
import * as live from "./live.js";

const main = document.getElementById("main");

const ROUTES = [
  { pattern: /^\/$/, page: "sweeps", names: [], module: () => import("./pages/sweeps.js") },
  { pattern: /^\/sweeps\/([^/]+)$/, page: "sweeps", names: ["sweep"], module: () => import("./pages/sweep.js") },
  {
    pattern: /^\/sweeps\/([^/]+)\/([0-9]+)$/,
    page: "sweeps",
    names: ["sweep", "trial"],
    module: () => import("./pages/trial.js"),
  },
  { pattern: /^\/compare$/, page: "sweeps", names: [], module: () => import("./pages/compare.js") },
  { pattern: /^\/workers$/, page: "workers", names: [], module: () => import("./pages/workers.js") },
  { pattern: /^\/models$/, page: "models", names: [], module: () => import("./pages/models.js") },
  { pattern: /^\/submit$/, page: "submit", names: [], module: () => import("./pages/submit.js") },
];

let leaving = new AbortController();
let shown = null;

/** The page of an address and what it is told: names of the path, and what stands behind the question mark. */
function find(hash) {
  const [way, query = ""] = (hash.replace(/^#/, "") || "/").split("?");
  for (const route of ROUTES) {
    const match = route.pattern.exec(way);
    if (match) {
      const params = Object.fromEntries(new URLSearchParams(query));
      route.names.forEach((name, i) => (params[name] = decodeURIComponent(match[i + 1])));
      return { route, params };
    }
  }
  return null;
}

async function go() {
  // The skip link is an address too.
  if (location.hash === "#main") return main.focus();
  if (shown === location.hash) return;
  const first = shown === null;
  shown = location.hash;
  leaving.abort();
  leaving = new AbortController();
  const signal = leaving.signal;
  const found = find(location.hash);
  mark(found && found.route.page);
  main.setAttribute("aria-busy", "true");
  replace(main);
  main.className = "";
  if (found) await show(found, signal);
  else unknown();
  if (signal.aborted) return;
  main.setAttribute("aria-busy", "false");
  if (!first) {
    main.focus({ preventScroll: true });
    window.scrollTo(0, 0);
    say(document.title);
  }
}

async function show({ route, params }, signal) {
  try {
    const page = await route.module();
    if (!signal.aborted) await page.show(main, params, signal);
  } catch (error) {
    if (!signal.aborted) failed(error);
  }
}

function failed(error) {
  const missing = error instanceof ApiProblem && error.status === 404;
  if (!(error instanceof ApiProblem)) console.warn(error);
  document.title = "Elbow";
  const again = element("button", { type: "button", class: "primary", onclick: () => reload() }, "Try again");
  const back = element("a", { class: "button", href: "#/" }, "All sweeps");
  const title = missing ? "There is nothing here" : "This page could not be shown";
  const detail =
    error instanceof TypeError ? "The coordinator does not answer. Is it running?" : sentence(error.message);
  replace(main, notice(title, detail, missing ? back : [again, back]));
}

function sentence(words) {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function unknown() {
  document.title = "Elbow";
  const back = element("a", { class: "button", href: "#/" }, "All sweeps");
  replace(main, notice("There is nothing here", "This address names no page.", back));
}

function mark(page) {
  for (const link of document.querySelectorAll("nav a[data-page]")) {
    if (link.dataset.page === page) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
}

/** Shows the page of the address anew. */
export function reload() {
  shown = shown === null ? null : undefined;
  return go();
}

const THEMES = ["system", "light", "dark"];

const system = matchMedia("(prefers-color-scheme: dark)");

function theme() {
  return document.documentElement.dataset.chosen;
}

function nameTheme(button) {
  const sign = { system: "◐", light: "○", dark: "●" }[theme()];
  replace(button, element("span", { "aria-hidden": "true" }, sign), element("span", { class: "wide-only" }, theme()));
  button.setAttribute("aria-label", `Theme: ${theme()}`);
}

function switchTheme(button) {
  const next = THEMES[(THEMES.indexOf(theme()) + 1) % THEMES.length];
  try {
    localStorage.setItem("elbow.theme", next);
  } catch {
    // It holds until the page is closed.
  }
  wear(next);
  nameTheme(button);
}

function wear(chosen) {
  const own = system.matches ? "dark" : "light";
  document.documentElement.dataset.chosen = chosen;
  document.documentElement.dataset.theme = chosen === "system" ? own : chosen;
  document.dispatchEvent(new Event("theme"));
}

function tellState(state) {
  const sign = document.getElementById("live");
  sign.dataset.state = state;
  text(sign, { online: "live", offline: "offline", connecting: "connecting" }[state]);
  const banner = document.getElementById("banner");
  banner.hidden = state !== "offline";
  text(
    banner,
    state === "offline"
      ? "The coordinator does not answer. What you see is from before; this page goes on by itself when it is back."
      : "",
  );
}

const button = document.getElementById("theme");
nameTheme(button);
button.addEventListener("click", () => switchTheme(button));
system.addEventListener("change", () => wear(theme()));
live.on("state", tellState);
window.addEventListener("hashchange", go);
live.start(go());
