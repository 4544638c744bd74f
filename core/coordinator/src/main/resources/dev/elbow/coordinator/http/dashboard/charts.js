// Charts by ECharts, in the colours of the page. Tooltips are elements built here: the library never sees markup.

import { element, perFrame } from "./dom.js";

let library = null;

/** The library, loaded when the first chart is drawn. */
export function load() {
  return (library ??= import("./lib/echarts.js"));
}

const still = matchMedia("(prefers-reduced-motion: reduce)");

/** Whether the page is dark now. */
export function isDark() {
  return document.documentElement.dataset.theme === "dark";
}

let known = null;
document.addEventListener("theme", () => (known = null));

/** The page's colours now, by the names of their properties: `ink`, `line`, `train` and so on; and `dark`. */
export function colours() {
  return (known ??= read());
}

// To be had once for a theme: asking for a style makes the browser finish all that has changed on the page.
function read() {
  const style = getComputedStyle(document.documentElement);
  const names = "ground surface raised sunken line line-strong ink ink-2 ink-3 accent good warn bad train validation test";
  const states = "queued running completed stopped failed cancelled".split(" ");
  const all = {};
  for (const name of names.split(" ")) all[name] = style.getPropertyValue("--" + name).trim();
  all.states = Object.fromEntries(states.map((name) => [name, style.getPropertyValue("--state-" + name).trim()]));
  all.dark = isDark();
  all.font = style.getPropertyValue("--text").trim();
  return all;
}

/**
 * A chart in `place`, taken away when `signal` aborts. `option` is called with the page's colours whenever it is to be
 * drawn: now, after `refresh()`, and when the theme changes; what it returns replaces the series that were there. `draw()` of
 * what is returned does so at once.
 *
 * @param label what screen readers are told: a text, or a function that makes it
 */
export async function chart(place, { option, label }, signal) {
  const { init } = await load();
  if (signal.aborted) return null;
  const made = init(place, null, { renderer: "canvas" });
  const draw = () => {
    const paint = colours();
    made.setOption({ ...common(paint), ...option(paint) }, { replaceMerge: ["series", "xAxis", "yAxis"], lazyUpdate: false });
    place.setAttribute("role", "img");
    place.setAttribute("aria-label", typeof label === "function" ? label() : label);
  };
  const refresh = perFrame(draw, signal);
  const resize = perFrame(() => made.resize(), signal);
  const watcher = new ResizeObserver(resize);
  watcher.observe(place);
  document.addEventListener("theme", refresh, { signal });
  signal.addEventListener(
    "abort",
    () => {
      watcher.disconnect();
      made.dispose();
    },
    { once: true },
  );
  draw();
  return { refresh, draw, instance: made };
}

function common(paint) {
  return {
    animation: !still.matches,
    animationDuration: 200,
    animationDurationUpdate: 0,
    textStyle: { fontFamily: paint.font, color: paint["ink-2"], fontSize: 12 },
    aria: { enabled: false },
  };
}

/** An axis with a name below or beside it. */
export function axis(name, paint, more = {}) {
  return {
    type: "value",
    name,
    nameLocation: "middle",
    nameTextStyle: { color: paint["ink-2"], fontSize: 12 },
    axisLine: { show: true, onZero: false, lineStyle: { color: paint["line-strong"] } },
    axisTick: { show: false },
    axisLabel: { color: paint["ink-3"], fontSize: 11.5, hideOverlap: true },
    splitLine: { lineStyle: { color: paint.line } },
    ...more,
  };
}

/** A tooltip whose content `build` makes, as an element, of what the pointer is at. */
export function tooltip(build, more = {}) {
  return {
    confine: true,
    className: "tip",
    padding: 0,
    borderWidth: 0,
    backgroundColor: "transparent",
    textStyle: { fontFamily: "inherit" },
    extraCssText:
      "padding: 9px 12px; border: 1px solid var(--line-strong); border-radius: 8px; background: var(--raised); " +
      "color: var(--ink); font: 400 12.5px/1.5 var(--text); box-shadow: var(--shade-high);",
    transitionDuration: 0,
    formatter: build,
    ...more,
  };
}

/** The content of a tooltip: a name and figures below it, [[name, text]]. */
export function facts(title, rows) {
  return element(
    "div",
    {},
    element("b", {}, title),
    element("dl", {}, rows.map(([name, value]) => [element("dt", {}, name), element("dd", {}, value)])),
  );
}
