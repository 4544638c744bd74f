// The live stream of the coordinator, read with fetch, because an EventSource cannot send a token. One stream for the whole
// page; after a lost connection it goes on from the last word that was heard.

import { send } from "./api.js";

const listeners = new Map();
const SILENT_MILLIS = 25_000; // the coordinator says every ten seconds that it is alive
const LONGEST_PAUSE_MILLIS = 10_000;

let position = null;
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

/** `connecting`, `online` or `offline`. */
export function liveState() {
  return state;
}

function tell(kind, data) {
  for (const handler of [...(listeners.get(kind) || [])]) {
    try {
      handler(data);
    } catch (error) {
      console.error(error);
    }
  }
}

function become(next) {
  if (state === next) return;
  state = next;
  tell("state", next);
}

/** Begins; never ends as long as the page is open. */
export async function start() {
  let failures = 0;
  for (;;) {
    await looked();
    try {
      await listen(() => (failures = 0));
    } catch {
      // A lost connection: what to do follows.
    }
    if (document.hidden) continue;
    failures++;
    if (failures > 1) become("offline");
    await pause(Math.min(LONGEST_PAUSE_MILLIS, 250 * 2 ** failures));
  }
}

// A browser keeps six connections to one place for all its tabs together, and a stream takes one: tabs that nobody looks at let
// go of theirs, and hear afterwards what they missed.
function looked() {
  return new Promise((resolve) => {
    const look = () => {
      if (document.hidden) return;
      document.removeEventListener("visibilitychange", look);
      resolve();
    };
    document.addEventListener("visibilitychange", look);
    look();
  });
}

function pause(millis) {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, millis);
    const now = () => {
      clearTimeout(timer);
      window.removeEventListener("online", now);
      resolve();
    };
    window.addEventListener("online", now);
  });
}

async function listen(heard) {
  const abort = new AbortController();
  let timer = setTimeout(() => abort.abort(), SILENT_MILLIS);
  document.addEventListener("visibilitychange", () => document.hidden && abort.abort(), { signal: abort.signal });
  // What the network has lost says nothing more, and it would take until the silence is too long to notice.
  window.addEventListener("offline", () => abort.abort(), { signal: abort.signal });
  try {
    const after = position === null ? "" : "?after=" + encodeURIComponent(position);
    const response = await send("/api/events" + after, {
      headers: { Accept: "text/event-stream" },
      signal: abort.signal,
    });
    const reader = response.body.getReader();
    const decoder = new TextDecoder();
    const words = new Words();
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      heard();
      become("online");
      clearTimeout(timer);
      timer = setTimeout(() => abort.abort(), SILENT_MILLIS);
      for (const word of words.add(decoder.decode(value, { stream: true }))) hear(word);
    }
  } finally {
    clearTimeout(timer);
    abort.abort();
  }
}

function hear(word) {
  const data = JSON.parse(word.data);
  if (word.id) position = word.id;
  if (word.event === "open" || word.event === "reset") position = data.position;
  tell(word.event, data);
}

/** Cuts a text that comes in pieces into server-sent events. */
export class Words {
  #rest = "";

  /** The events that are complete with this piece: [{event, id, data}]. */
  add(piece) {
    const parts = (this.#rest + piece).split("\n\n");
    this.#rest = parts.pop();
    return parts.map(word).filter((made) => made.data !== "");
  }
}

function word(block) {
  const made = { event: "message", id: "", data: "" };
  for (const line of block.split("\n")) {
    const colon = line.indexOf(": ");
    if (colon > 0) made[line.slice(0, colon)] = line.slice(colon + 2);
  }
  return made;
}
