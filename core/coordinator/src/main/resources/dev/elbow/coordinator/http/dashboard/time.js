// How long sweeps still take, estimated from what this page has seen of them.

import { Clock, progress } from "./figures.js";
import { duration } from "./text.js";

const clock = new Clock();

/** How long a sweep still takes, as far as that can be told. */
export function left(status) {
  if (status.finished) return "–";
  if (status.paused || status.waiting) {
    clock.forget(status.sweep);
    return "–";
  }
  const seconds = clock.left(status.sweep, progress(status), performance.now());
  return seconds === null ? "…" : `about ${duration(roughly(seconds))}`;
}

// An estimate with seconds to it would look like more than it is.
function roughly(seconds) {
  if (seconds < 100) return Math.max(5, Math.round(seconds / 5) * 5);
  return seconds < 6000 ? Math.round(seconds / 60) * 60 : Math.round(seconds / 600) * 600;
}
