// Makes elements. Whatever comes from a sweep becomes text or the value of an attribute, never markup.

const SVG = "http://www.w3.org/2000/svg";

/**
 * An element. Attributes that are null, undefined or false are left out; `onclick` and the like take functions; `class`,
 * `data-…` and `aria-…` are as in HTML. Children are nodes, texts, numbers, or arrays of these; null and false are skipped.
 */
export function element(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

/** The same for a part of a picture. */
export function svg(tag, attributes = {}, ...children) {
  return fill(document.createElementNS(SVG, tag), attributes, children);
}

function fill(made, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) set(made, name, value);
  made.append(...flat(children));
  return made;
}

function set(made, name, value) {
  if (value === null || value === undefined || value === false) return;
  if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
  else made.setAttribute(name, value === true ? "" : String(value));
}

function flat(children) {
  return children
    .flat(Infinity)
    .filter((child) => child !== null && child !== undefined && child !== false)
    .map((child) => (child instanceof Node ? child : String(child)));
}

/** Puts new children in the place of the old ones. */
export function replace(parent, ...children) {
  parent.replaceChildren(...flat(children));
  return parent;
}

/** Sets a text only where it differs: screen readers and selections are left alone otherwise. */
export function text(node, value) {
  const next = value === null || value === undefined ? "" : String(value);
  if (node.textContent !== next) node.textContent = next;
  return node;
}

/** Says something to screen readers, politely. */
export function say(words) {
  text(document.getElementById("spoken"), words);
}

/** Coalesces: however often the returned function is called, `draw` runs once in the next frame. */
export function perFrame(draw, signal) {
  let due = false;
  const run = () => {
    due = false;
    if (!signal || !signal.aborted) draw();
  };
  return () => {
    if (due || (signal && signal.aborted)) return;
    due = true;
    requestAnimationFrame(run);
  };
}

/**
 * Coalesces for what nobody waits for, such as news of the live stream: `draw` runs in a frame, and rests for so long
 * between two times.
 *
 * @param millis a number, or a function that tells it
 */
export function atEase(draw, millis, signal) {
  let due = false;
  let last = -Infinity;
  const soon = perFrame(() => {
    due = false;
    last = performance.now();
    draw();
  }, signal);
  return () => {
    if (due || (signal && signal.aborted)) return;
    due = true;
    const rest = typeof millis === "function" ? millis() : millis;
    setTimeout(soon, Math.max(0, last + rest - performance.now()));
  };
}

/**
 * Asks again and again for what the live stream does not tell, while somebody looks.
 *
 * @param read asks and shows; returns a promise
 */
export function whileSeen(read, millis, signal) {
  const timer = setInterval(() => {
    if (document.hidden) return;
    // A coordinator that is away is told at the head of the page; this goes on when it is back.
    read().catch(() => {});
  }, millis);
  signal.addEventListener("abort", () => clearInterval(timer), { once: true });
}

/**
 * Work in steps, each in a frame of its own: what somebody does meanwhile is answered between two of them. What is given
 * later takes the place of what is left.
 */
export class Turns {
  #left = [];
  #next;

  constructor(signal) {
    const next = perFrame(() => {
      this.#left.shift()?.();
      if (this.#left.length > 0) next();
    }, signal);
    this.#next = next;
  }

  /** @param steps functions */
  take(steps) {
    this.#left = steps;
    if (steps.length > 0) this.#next();
  }

  /** Lets go of what is left. */
  stop() {
    this.#left = [];
  }

  /** Whether nothing is left. */
  get done() {
    return this.#left.length === 0;
  }
}

/**
 * Asks before something is lost; resolves to whether the answer is yes.
 *
 * @param question {title, detail, yes, no}: texts
 */
export function confirmed({ title, detail, yes, no = "Keep it" }) {
  return new Promise((resolve) => {
    const dialog = element(
      "dialog",
      { class: "dialog", "aria-labelledby": "question" },
      element("h2", { id: "question" }, title),
      element("p", {}, detail),
      element(
        "div",
        { class: "actions" },
        element("button", { type: "button", autofocus: true, onclick: () => dialog.close("no") }, no),
        element("button", { type: "button", class: "danger", onclick: () => dialog.close("yes") }, yes),
      ),
    );
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue === "yes");
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}

/** A page's place where something is missing or wrong, and what to do about it. */
export function notice(title, detail, ...actions) {
  return element(
    "div",
    { class: "notice" },
    element("h2", {}, title),
    detail && element("p", {}, detail),
    actions.length > 0 && element("div", { class: "actions" }, actions),
  );
}
