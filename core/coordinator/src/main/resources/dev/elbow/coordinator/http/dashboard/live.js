// What the coordinator says while a page is open: words of its live stream, which all windows of a browser share where that can be.

import { answered, renewed, token } from "./api.js";
import { Stream } from "./stream.js";

const WORKER = "/dashboard/stream-worker.js";
// Part of the worker's name: windows of another release have one of their own.
const PROTOCOL = 1;
const PATIENCE_MILLIS = 1000;

const listeners = new Map();
let state = "connecting";

/**
 * Calls `handler` with the data of every word of a kind until `signal` aborts: `sweep`, `trial`, `evaluation`, `deleted`;
 * `reset` when words may have been missed and what is shown is to be fetched again; `state` with `online` or `offline`.
 */
export function on(kind, handler, signal) {
  if (signal && signal.aborted) return;
  if (!listeners.has(kind)) listeners.set(kind, new Set());
  listeners.get(kind).add(handler);
  if (signal) signal.addEventListener("abort", () => listeners.get(kind).delete(handler), { once: true });
}

/**
 * Waits until words are heard, or for a second: what is asked for afterwards, and the words that come, leave no gap between
 * them.
 */
export function ready() {
  if (state === "online") return Promise.resolve();
  return new Promise((resolve) => {
    const over = new AbortController();
    const now = () => {
      clearTimeout(timer);
      over.abort();
      resolve();
    };
    const timer = setTimeout(now, PATIENCE_MILLIS);
    on("state", (next) => next === "online" && now(), over.signal);
  });
}

function tell(kind, data) {
  if (kind === "state") {
    if (state === data) return;
    state = data;
  }
  for (const handler of [...(listeners.get(kind) || [])]) {
    try {
      handler(data);
    } catch (error) {
      console.error(error);
    }
  }
}

/**
 * Begins, as soon as the coordinator has answered anything (a token that it needs is known by then) or `shown` is there.
 *
 * @param shown a promise
 */
export async function start(shown) {
  await Promise.race([answered, shown]);
  if ("SharedWorker" in window) together();
  else alone();
}

function together() {
  const worker = new SharedWorker(WORKER, { type: "module", name: `elbow-events-${PROTOCOL}` });
  // A browser that has such workers, but not made of modules.
  worker.onerror = () => alone();
  let joined = "";
  const join = () => {
    joined = token();
    worker.port.postMessage({ kind: "join", token: joined });
  };
  worker.port.onmessage = ({ data: { kind, data } }) => (kind === "refused" ? renewed(joined).then(join) : tell(kind, data));
  join();
  window.addEventListener("pagehide", () => worker.port.postMessage({ kind: "leave" }));
  window.addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    join();
    tell("reset", null);
  });
}

// Windows that nobody looks at let go of their streams, and hear afterwards what they missed.
function alone() {
  let stream = null;
  const join = () => {
    stream?.end();
    if (document.hidden) return;
    const known = token();
    const hear = (kind, data) => (kind === "refused" ? renewed(known).then(join) : tell(kind, data));
    stream = new Stream(known, hear, stream?.position);
    stream.run();
  };
  join();
  document.addEventListener("visibilitychange", join);
}
