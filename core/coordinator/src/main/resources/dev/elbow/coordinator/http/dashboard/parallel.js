// Parallel coordinates: a line for each trial across its parameters and figures, and ranges of each to choose trials by. Drawn
// by hand on two canvases, because a chart library takes a second for ten thousand lines and this takes part of a frame.

import { colours } from "./charts.js";
import { element, perFrame, replace, text } from "./dom.js";
import { scaleOf } from "./palette.js";
import { figure, setting, whole } from "./text.js";

const MOST_LINES = 2500;
const MOST_LINES_WHILE_DRAGGING = 700;
const FEWEST_LINES_WHILE_DRAGGING = 100;
const FIRST_LINES_WHILE_DRAGGING = 200;
// From one frame to the next where the machine keeps up: a sixtieth of a second, and some.
const FRAME_MILLIS = 18;
// A path of many lines takes far longer than its lines do.
const LINES_A_PATH = 40;
const TURNS = 5;
const TOP = 34;
const BOTTOM = 30;
const SIDE = 62;
const LEAST_GAP = 112;

/**
 * The picture. `set` gives it what to show; `held` is called when somebody takes hold of a range, `change` when a range was changed,
 * in the frame that shows so.
 */
export class Parallel {
  #signal;
  #held;
  #change;
  #shown = null;
  #axes = [];
  #ranges = new Map();
  #dragging = null;
  #lines = FIRST_LINES_WHILE_DRAGGING;
  #size = { width: 0, height: 0 };
  #draw;
  #whole = true;
  #marked = null;

  constructor(place, { held, change }, signal) {
    this.#signal = signal;
    this.#held = held;
    this.#change = change;
    this.all = element("canvas", {});
    this.some = element("canvas", {});
    this.marks = element("canvas", {});
    this.stage = element("div", { class: "parallel-stage" }, this.all, this.some, this.marks);
    this.inputs = element("div", { class: "parallel-inputs" });
    this.note = element("p", { class: "caption", hidden: true });
    const byNumbers = element("details", { class: "parallel-numbers" }, element("summary", {}, "Choose by numbers"), this.inputs);
    replace(place, element("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Parallel coordinates" }, this.stage), this.note, byNumbers);
    this.#draw = perFrame(() => this.#drawn(), signal);
    this.drawAll = () => {
      this.#whole = true;
      this.#draw();
    };
    const watcher = new ResizeObserver(this.drawAll);
    watcher.observe(this.stage.parentElement);
    signal.addEventListener(
      "abort",
      () => {
        watcher.disconnect();
        this.#shown = null;
      },
      { once: true },
    );
    document.addEventListener("theme", this.drawAll, { signal });
    this.#listen();
  }

  /** Whether somebody holds a range. */
  get held() {
    return this.#dragging !== null;
  }

  /** @param shown {trials, names: columns from left to right, colouring} */
  set(shown) {
    const same = this.#shown !== null && this.#shown.trials === shown.trials && equal(this.#shown.names, shown.names);
    this.#shown = shown;
    if (!same) this.#fields();
    this.drawAll();
  }

  /**
   * What is chosen has changed elsewhere.
   *
   * @param grown whether figures or states have changed too
   */
  chosen(grown) {
    for (const name of [...this.#ranges.keys()]) if (!this.#shown.trials.ranges.has(name)) this.#ranges.delete(name);
    for (const axis of this.#axes) this.#tell(axis);
    this.#whole ||= grown;
    this.#draw();
  }

  #drawn() {
    if (this.#shown === null) return;
    if (this.#whole) this.#layOut();
    this.#whole = false;
    this.#drawSome();
  }

  #layOut() {
    const { trials, names } = this.#shown;
    const width = Math.max(this.stage.parentElement.clientWidth, 2 * SIDE + (names.length - 1) * LEAST_GAP);
    const height = this.stage.parentElement.clientWidth < 600 ? 250 : 290;
    this.#size = { width, height };
    this.stage.style.width = `${width}px`;
    this.stage.style.height = `${height}px`;
    const gap = (width - 2 * SIDE) / Math.max(1, names.length - 1);
    const before = this.#axes;
    this.#axes = names.map((name, i) => ({ ...this.#scaled(name, before), x: SIDE + i * gap }));
    this.#ys = this.#axes.map((axis) => this.#places(axis));
    for (const axis of this.#axes) this.#tell(axis);
    this.#marked = null;
    this.#drawAll();
  }

  #ys = [];

  // The scale of a parameter stays; a figure's follows its trials.
  #scaled(name, before) {
    const { trials } = this.#shown;
    const parameter = name in trials.parameters;
    const same = before.find((axis) => axis.name === name && axis.values === trials.values(name));
    if (same && (parameter || same.version === trials.version)) return same;
    const values = trials.values(name);
    const known = Array.from(values).filter((v) => v !== null && !Number.isNaN(v));
    return { name, values, version: trials.version, scale: scaleOf(known), label: trials.label(name) };
  }

  #places({ values, scale }) {
    const room = this.#size.height - TOP - BOTTOM;
    const ys = new Float32Array(values.length);
    for (let i = 0; i < values.length; i++) {
      const share = values[i] === null ? NaN : scale.share(values[i]);
      ys[i] = Number.isNaN(share) ? NaN : TOP + (1 - share) * room;
    }
    return ys;
  }

  #canvas(canvas) {
    const ratio = Math.min(2, window.devicePixelRatio || 1);
    const { width, height } = this.#size;
    if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) {
      canvas.width = Math.round(width * ratio);
      canvas.height = Math.round(height * ratio);
      canvas.style.width = `${width}px`;
      canvas.style.height = `${height}px`;
    }
    const pen = canvas.getContext("2d");
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    pen.clearRect(0, 0, width, height);
    return pen;
  }

  #drawAll() {
    const paint = colours();
    const pen = this.#canvas(this.all);
    const every = Math.max(1, this.#shown.trials.size / MOST_LINES);
    pen.strokeStyle = paint.line;
    pen.lineWidth = 1;
    const taken = [];
    for (let at = 0; at < this.#shown.trials.size; at += every) taken.push(Math.floor(at));
    this.#stroke(pen, taken);
  }

  #stroke(pen, places) {
    for (let from = 0; from < places.length; from += LINES_A_PATH) {
      pen.beginPath();
      for (const place of places.slice(from, from + LINES_A_PATH)) this.#trace(pen, place);
      pen.stroke();
    }
  }

  #trace(pen, place) {
    let on = false;
    for (let a = 0; a < this.#axes.length; a++) {
      const y = this.#ys[a][place];
      if (Number.isNaN(y)) {
        on = false;
      } else if (on) {
        pen.lineTo(this.#axes[a].x, y);
      } else {
        pen.moveTo(this.#axes[a].x, y);
        on = true;
      }
    }
  }

  #drawSome() {
    if (this.#axes.length === 0) return;
    const { trials, colouring } = this.#shown;
    const pen = this.#canvas(this.some);
    const drawn = this.#sample(this.#dragging ? this.#lines : MOST_LINES);
    const bins = Array.from({ length: colouring.bins }, () => []);
    for (const place of drawn) bins[colouring.places[place]].push(place);
    pen.lineWidth = trials.count > 400 ? 0.9 : trials.count > 60 ? 1.2 : 1.7;
    pen.globalAlpha = trials.count > 400 ? 0.4 : trials.count > 60 ? 0.6 : 0.9;
    // In turns, so that the last colour does not hide the others.
    for (let turn = 0; turn < TURNS; turn++) {
      bins.forEach((places, bin) => {
        pen.strokeStyle = colouring.ofBin(bin);
        this.#stroke(pen, places.filter((_, i) => i % TURNS === turn));
      });
    }
    pen.globalAlpha = 1;
    for (const axis of this.#axes) this.#drawRange(pen, axis);
    this.#drawMarks();
    if (!this.#dragging) this.#tellSample(drawn.length);
  }

  // As many lines as this machine draws while the hand moves: what a canvas is told to draw is drawn after this, by the end of
  // the frame.
  #pace() {
    const began = performance.now();
    requestAnimationFrame(() => {
      const fitting = this.#lines * (performance.now() - began > FRAME_MILLIS ? 0.8 : 1.05);
      this.#lines = Math.min(MOST_LINES_WHILE_DRAGGING, Math.max(FEWEST_LINES_WHILE_DRAGGING, Math.round(fitting)));
    });
  }

  #tellSample(drawn) {
    const { count } = this.#shown.trials;
    this.note.hidden = drawn >= count;
    if (drawn < count) text(this.note, `Lines of ${whole(drawn)} of ${whole(count)} trials are drawn, spread evenly over them; fewer while you drag. All are chosen and counted.`);
  }

  // Of too many, those first that have the last figure: what has not ended has half a line.
  #sample(most) {
    const { trials } = this.#shown;
    if (trials.count <= most) return trials.places();
    const ends = this.#ys[this.#ys.length - 1];
    const whole = evenly(trials, (i) => !Number.isNaN(ends[i]), most);
    return whole.concat(evenly(trials, (i) => Number.isNaN(ends[i]), most - whole.length));
  }

  #drawRange(pen, axis) {
    const range = this.#ranges.get(axis.name);
    if (!range) return;
    const [low, high] = range;
    const box = [axis.x - 8, this.#yOf(high), 16, Math.max(2, this.#yOf(low) - this.#yOf(high))];
    const { accent } = colours();
    pen.fillStyle = accent;
    pen.globalAlpha = 0.22;
    pen.fillRect(...box);
    pen.globalAlpha = 1;
    pen.strokeStyle = accent;
    pen.lineWidth = 1.5;
    pen.strokeRect(...box);
  }

  // Texts take as long as hundreds of lines, and stay while a range moves.
  #drawMarks() {
    const chosen = [...this.#ranges.keys()].join("\n");
    if (this.#marked === chosen) return;
    this.#marked = chosen;
    const paint = colours();
    const pen = this.#canvas(this.marks);
    for (const axis of this.#axes) this.#drawAxis(pen, axis, paint);
  }

  #drawAxis(pen, axis, paint) {
    const bottom = this.#size.height - BOTTOM;
    pen.strokeStyle = paint["ink-3"];
    pen.lineWidth = 1;
    pen.beginPath();
    pen.moveTo(axis.x, TOP);
    pen.lineTo(axis.x, bottom);
    pen.stroke();
    pen.textAlign = "center";
    pen.fillStyle = this.#ranges.has(axis.name) ? paint.accent : paint.ink;
    pen.font = `600 12px ${paint.font}`;
    const names = wrapped(pen, axis.label, this.#gap() - 8);
    names.forEach((words, i) => pen.fillText(words, axis.x, (names.length > 1 ? 9 : 14) + i * 14));
    pen.font = `400 11px ${paint.font}`;
    if (axis.scale.kind === "logarithmic") {
      pen.fillStyle = paint["ink-3"];
      pen.fillText("log", axis.x, bottom + 20);
    }
    for (const [share, words] of labels(axis.scale)) this.#label(pen, words, axis.x, TOP + (1 - share) * (bottom - TOP), paint);
  }

  // On a ground of its own, so that lines do not cross it out.
  #label(pen, words, x, y, paint) {
    const shown = shortened(pen, words, this.#gap() - 12);
    const width = pen.measureText(shown).width;
    pen.globalAlpha = 0.86;
    pen.fillStyle = paint.surface;
    pen.fillRect(x - width / 2 - 3, y - 7, width + 6, 14);
    pen.globalAlpha = 1;
    pen.fillStyle = paint["ink-2"];
    pen.fillText(shown, x, y + 4);
  }

  #gap() {
    return this.#axes.length > 1 ? this.#axes[1].x - this.#axes[0].x : this.#size.width;
  }

  #yOf(share) {
    return TOP + (1 - share) * (this.#size.height - TOP - BOTTOM);
  }

  #shareAt(y) {
    return Math.min(1, Math.max(0, 1 - (y - TOP) / (this.#size.height - TOP - BOTTOM)));
  }

  #listen() {
    const on = (kind, handler) => this.stage.addEventListener(kind, handler, { signal: this.#signal });
    const nearest = (x) => this.#axes.find((axis) => Math.abs(axis.x - x) < Math.min(26, this.#gap() / 2));
    on("pointerdown", (event) => {
      // Asked for once, and not while what is moved changes the page.
      const box = this.stage.getBoundingClientRect();
      const axis = nearest(event.clientX - box.left);
      if (!axis || event.button !== 0) return;
      event.preventDefault();
      this.stage.setPointerCapture(event.pointerId);
      const share = this.#shareAt(event.clientY - box.top);
      const range = this.#ranges.get(axis.name);
      const inside = range && share >= range[0] && share <= range[1];
      this.#dragging = { axis, top: box.top, from: share, at: share, moved: false, start: inside ? [...range] : null };
      this.#lines = Math.min(this.#lines, FIRST_LINES_WHILE_DRAGGING);
      this.#held();
    });
    const follow = perFrame(() => this.#drag(), this.#signal);
    on("pointermove", (event) => {
      if (this.#dragging === null) {
        this.stage.style.cursor = nearest(event.offsetX) ? "ns-resize" : "default";
        return;
      }
      this.#dragging.at = this.#shareAt(event.clientY - this.#dragging.top);
      follow();
    });
    const end = () => {
      const drag = this.#dragging;
      if (drag === null) return;
      this.#drag();
      this.#dragging = null;
      if (drag.moved) this.#tell(drag.axis);
      else this.#set(drag.axis, null);
      this.#draw();
      this.#change();
    };
    on("pointerup", end);
    on("pointercancel", end);
    on("lostpointercapture", end);
  }

  #drag() {
    const drag = this.#dragging;
    if (drag === null || this.#shown === null || (!drag.moved && Math.abs(drag.at - drag.from) < 0.012)) return;
    drag.moved = true;
    if (drag.start) {
      const shift = Math.min(1 - drag.start[1], Math.max(-drag.start[0], drag.at - drag.from));
      this.#set(drag.axis, [drag.start[0] + shift, drag.start[1] + shift]);
    } else {
      this.#set(drag.axis, [Math.min(drag.from, drag.at), Math.max(drag.from, drag.at)]);
    }
    this.#pace();
    this.#drawSome();
    this.#change();
  }

  #set(axis, range) {
    if (range === null) this.#ranges.delete(axis.name);
    else this.#ranges.set(axis.name, range);
    const { trials } = this.#shown;
    trials.choose(axis.name, range && { accepts: accepts(axis.scale, range), words: words(axis, range) });
  }

  #choose(axis, range) {
    this.#set(axis, range);
    this.#tell(axis);
    this.#draw();
    this.#change();
  }

  // The same ranges for whoever has no pointer.
  #fields() {
    this.#ranges.clear();
    const rows = this.#shown.names.map((name) => {
      const from = element("input", { type: "number", step: "any", "aria-label": `${name} from` });
      const to = element("input", { type: "number", step: "any", "aria-label": `${name} to` });
      const read = () => {
        const axis = this.#axes.find((known) => known.name === name);
        if (!axis || axis.scale.categories) return;
        const low = from.value === "" ? 0 : axis.scale.share(Number(from.value));
        const high = to.value === "" ? 1 : axis.scale.share(Number(to.value));
        this.#choose(axis, from.value === "" && to.value === "" ? null : [Math.min(low, high), Math.max(low, high)]);
      };
      from.addEventListener("change", read);
      to.addEventListener("change", read);
      return { name, from, to, row: element("div", { class: "range" }, element("span", {}, this.#shown.trials.label(name)), from, "to", to) };
    });
    this.rows = new Map(rows.map((row) => [row.name, row]));
    replace(this.inputs, rows.map(({ row }) => row));
  }

  #tell({ name, scale }) {
    const row = this.rows.get(name);
    row.row.hidden = scale.categories !== null;
    if (row.row.contains(document.activeElement)) return;
    const range = this.#ranges.get(name);
    row.from.value = range && range[0] > 0 && !scale.categories ? scale.back(range[0]).toPrecision(4) : "";
    row.to.value = range && range[1] < 1 && !scale.categories ? scale.back(range[1]).toPrecision(4) : "";
  }
}

// So many of the chosen ones that are accepted, spread evenly over them.
function evenly(trials, accepted, most) {
  const { size, chosen } = trials;
  let count = 0;
  for (let i = 0; i < size; i++) if (chosen[i] && accepted(i)) count++;
  const every = Math.max(1, count / most);
  const taken = [];
  let seen = 0;
  for (let i = 0; i < size && taken.length < most; i++) {
    if (chosen[i] && accepted(i) && seen++ === Math.floor(taken.length * every)) taken.push(i);
  }
  return taken;
}

function equal(a, b) {
  return a.length === b.length && a.every((name, i) => name === b[i]);
}

// A little more than the range, so that what stands at its very end is in it. Compared as values: to ask the scale for the place of
// each of ten thousand would cost their logarithms with each move.
function accepts(scale, [low, high]) {
  const [from, to] = [low - 1e-6, high + 1e-6];
  if (scale.categories || scale.low === scale.high) {
    return (value) => {
      const share = value === null ? NaN : scale.share(value);
      return share >= from && share <= to;
    };
  }
  const least = from <= 0 ? -Infinity : scale.back(from);
  const most = to >= 1 ? Infinity : scale.back(to);
  return (value) => typeof value === "number" && value >= least && value <= most;
}

function words({ label, scale }, [low, high]) {
  if (scale.categories) {
    const inside = scale.categories.filter((_, i) => {
      const share = scale.categories.length === 1 ? 0.5 : i / (scale.categories.length - 1);
      return share >= low && share <= high;
    });
    return `${label}: ${inside.join(", ") || "none"}`;
  }
  return `${label}: ${figure(scale.back(low))} to ${figure(scale.back(high))}`;
}

function labels(scale) {
  if (scale.categories) {
    const count = scale.categories.length;
    const every = Math.ceil(count / 9);
    return scale.categories.map((words, i) => [count === 1 ? 0.5 : i / (count - 1), words]).filter((_, i) => i % every === 0);
  }
  if (scale.low === scale.high) return [[0.5, setting(scale.low)]];
  return [0, 0.25, 0.5, 0.75, 1].map((share) => [share, share === 0 ? short(scale.low) : short(scale.back(share))]);
}

function short(value) {
  const size = Math.abs(value);
  if (size !== 0 && (size >= 1e5 || size < 1e-4)) return value.toExponential(1);
  return String(Number(value.toPrecision(3)));
}

// On two lines where one has no room for them.
function wrapped(pen, words, room) {
  const fits = (part) => pen.measureText(part).width <= room;
  const parts = words.split(" ");
  let first = parts.shift();
  while (parts.length > 0 && fits(`${first} ${parts[0]}`)) first += ` ${parts.shift()}`;
  return [first, parts.join(" ")].filter((line) => line !== "").map((line) => shortened(pen, line, room));
}

function shortened(pen, words, room) {
  if (pen.measureText(words).width <= room) return words;
  let shown = words;
  while (shown.length > 1 && pen.measureText(shown + "…").width > room) shown = shown.slice(0, -1);
  return shown + "…";
}
