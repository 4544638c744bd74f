// One live stream for all windows of a browser, which keeps six connections to one place for all of them together: a shared worker
// holds it and passes its words on. Windows with different tokens have different streams, so that nobody hears what its own token
// would not let it hear.

import { Stream } from "./stream.js";

const shared = new Map();

class Shared {
  #token;
  #windows = new Set();
  #state = "connecting";
  #standing = new Map();

  constructor(token) {
    this.#token = token;
    this.stream = new Stream(token, (kind, data) => this.#pass(kind, data));
    this.stream.run();
  }

  // Whoever comes later is told what the stream says to its first reader.
  join(port) {
    this.#windows.add(port);
    port.postMessage({ kind: "state", data: this.#state });
    for (const data of this.#standing.values()) port.postMessage({ kind: "sweep", data });
  }

  leave(port) {
    this.#windows.delete(port);
    if (this.#windows.size > 0) return;
    this.stream.end();
    this.#forget();
  }

  #forget() {
    if (shared.get(this.#token) === this) shared.delete(this.#token);
  }

  #pass(kind, data) {
    if (kind === "state") this.#state = data;
    else if (kind === "sweep") this.#standing.set(data.sweep, data);
    else if (kind === "deleted") this.#standing.delete(data.sweep);
    else if (kind === "reset") this.#standing.clear();
    else if (kind === "refused") this.#forget();
    for (const port of this.#windows) port.postMessage({ kind, data });
  }
}

function streamOf(token) {
  if (!shared.has(token)) shared.set(token, new Shared(token));
  return shared.get(token);
}

self.addEventListener("connect", ({ ports: [port] }) => {
  let joined = null;
  const leave = () => {
    joined?.leave(port);
    joined = null;
  };
  port.onmessage = ({ data: { kind, token } }) => {
    leave();
    if (kind !== "join") return;
    joined = streamOf(token);
    joined.join(port);
  };
  // Told by newer browsers alone, of windows that crash; the others say when they leave.
  port.addEventListener("close", leave);
});
