// The coordinator's live stream, read with fetch, because an EventSource cannot send a token. After a lost connection it goes on
// from the last word that was heard. It knows no page: it is read in a worker where there can be one.

const SILENT_MILLIS = 25_000; // the coordinator says every ten seconds that it is alive
const LONGEST_PAUSE_MILLIS = 10_000;

/**
 * One stream. `tell` is called with a kind and its data: the words of the coordinator (`sweep`, `trial`, `evaluation`,
 * `deleted`, `open`); `reset` when words may have been missed; `state` with `connecting`, `online` or `offline`; `refused` when
 * the token is not known, which ends it.
 */
export class Stream {
  #token;
  #tell;
  #ended = new AbortController();
  #state = "connecting";

  /** @param position where to go on; null to begin with what comes */
  constructor(token, tell, position = null) {
    this.#token = token;
    this.#tell = tell;
    this.position = position;
  }

  /** Begins. */
  async run() {
    const { signal } = this.#ended;
    let failures = 0;
    while (!signal.aborted) {
      try {
        await this.#listen(() => (failures = 0));
      } catch {
        // A lost connection: what to do follows.
      }
      if (signal.aborted) return;
      failures++;
      if (failures > 1) this.#become("offline");
      await pause(Math.min(LONGEST_PAUSE_MILLIS, 250 * 2 ** failures), signal);
    }
  }

  /** Ends it: nothing more is told. */
  end() {
    this.#ended.abort();
  }

  #become(state) {
    if (this.#state === state) return;
    this.#state = state;
    this.#tell("state", state);
  }

  async #listen(heard) {
    const abort = new AbortController();
    const cut = () => abort.abort();
    let timer = setTimeout(cut, SILENT_MILLIS);
    this.#ended.signal.addEventListener("abort", cut, { signal: abort.signal });
    // What the network has lost says nothing more, and it would take until the silence is too long to notice.
    self.addEventListener("offline", cut, { signal: abort.signal });
    try {
      const response = await this.#ask(abort.signal);
      const reader = response.body.getReader();
      const decoder = new TextDecoder();
      const words = new Words();
      for (;;) {
        const { value, done } = await reader.read();
        if (done) return;
        heard();
        this.#become("online");
        clearTimeout(timer);
        timer = setTimeout(cut, SILENT_MILLIS);
        for (const word of words.add(decoder.decode(value, { stream: true }))) this.#hear(word);
      }
    } finally {
      clearTimeout(timer);
      abort.abort();
    }
  }

  async #ask(signal) {
    const after = this.position === null ? "" : "?after=" + encodeURIComponent(this.position);
    const headers = { Accept: "text/event-stream" };
    if (this.#token) headers.Authorization = `Bearer ${this.#token}`;
    const response = await fetch("/api/events" + after, { headers, signal, cache: "no-store", credentials: "omit" });
    if (response.status === 401) {
      this.end();
      this.#tell("refused", null);
    }
    if (!response.ok) throw new Error(`HTTP ${response.status}`);
    return response;
  }

  #hear(word) {
    const data = JSON.parse(word.data);
    if (word.id) this.position = word.id;
    if (word.event === "open" || word.event === "reset") this.position = data.position;
    this.#tell(word.event, data);
  }
}

function pause(millis, signal) {
  return new Promise((resolve) => {
    const over = new AbortController();
    const now = () => {
      clearTimeout(timer);
      over.abort();
      resolve();
    };
    const timer = setTimeout(now, millis);
    self.addEventListener("online", now, { signal: over.signal });
    signal.addEventListener("abort", now, { signal: over.signal });
  });
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
