// A canvas over a chart, in the coordinates of its axes: for what is drawn anew while somebody drags, in part of a frame, where the
// chart library would take several.

import { chart, colours } from "./charts.js";
import { element, perFrame, replace } from "./dom.js";

const REACH = 9;

/**
 * A chart of axes with a canvas over it.
 *
 * @param place that it is put into
 * @param axes {option, label} of the chart, which shows axes alone: one of each
 * @param paint draws: given the canvas's context, what tells where values are ({x, y, box}), and the page's colours
 * @param find what is at a place: given a function that tells how far a point of the axes is from the pointer, it returns
 *   {tip: element, open: function} or null
 */
export class Overlay {
  #axes;
  #paint;
  #find;
  #signal;
  #chart = null;
  #at = null;

  constructor(place, { axes, paint, find }, signal) {
    this.#axes = axes;
    this.#paint = paint;
    this.#find = find;
    this.#signal = signal;
    this.under = element("div", { class: "under" });
    this.canvas = element("canvas", {});
    this.tip = element("div", { class: "tip own", hidden: true });
    replace(place, this.under, this.canvas, this.tip);
    place.classList.add("layered");
  }

  /** Draws everything, axes and all; returns when that is done. */
  async drawAll() {
    if (this.#chart === null) {
      this.#chart = chart(this.under, this.#axes, this.#signal);
      const made = await this.#chart;
      if (made !== null) this.#begin();
    } else {
      (await this.#chart)?.draw();
    }
    if (!this.#signal.aborted) this.#measure();
  }

  /** Draws what is on the canvas alone, at once; nothing before the axes are there. */
  draw() {
    if (this.#at === null) return;
    const ratio = Math.min(2, window.devicePixelRatio || 1);
    const { width, height, box } = this.#at;
    const [wide, high] = [Math.round(width * ratio), Math.round(height * ratio)];
    if (this.canvas.width !== wide || this.canvas.height !== high) {
      this.canvas.width = wide;
      this.canvas.height = high;
    }
    const pen = this.canvas.getContext("2d");
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    pen.clearRect(0, 0, width, height);
    pen.save();
    pen.beginPath();
    pen.rect(box.left - 1, box.top - 1, box.width + 2, box.height + 2);
    pen.clip();
    this.#paint(pen, this.#at, colours());
    pen.restore();
  }

  #begin() {
    const signal = this.#signal;
    // Later than the chart, which hears of both first.
    const again = perFrame(() => this.#measure(), signal);
    const watcher = new ResizeObserver(again);
    watcher.observe(this.under);
    signal.addEventListener("abort", () => watcher.disconnect(), { once: true });
    document.addEventListener("theme", again, { signal });
    this.canvas.addEventListener("pointermove", (event) => this.#point(event), { signal });
    this.canvas.addEventListener("pointerleave", () => (this.tip.hidden = true), { signal });
    this.canvas.addEventListener("click", (event) => this.#found(event)?.open(), { signal });
  }

  async #measure() {
    const made = await this.#chart;
    if (made === null || this.#signal.aborted) return;
    const { instance } = made;
    const [width, height] = [instance.getWidth(), instance.getHeight()];
    this.#at = { width, height, ...scales(instance) };
    this.draw();
  }

  #found(event) {
    if (this.#at === null) return null;
    const frame = this.canvas.getBoundingClientRect();
    const [px, py] = [event.clientX - frame.left, event.clientY - frame.top];
    const { x, y } = this.#at;
    const away = (a, b) => Math.hypot(x(a) - px, y(b) - py);
    return this.#find(away, REACH);
  }

  #point(event) {
    const found = this.#found(event);
    this.canvas.style.cursor = found ? "pointer" : "default";
    this.tip.hidden = found === null;
    if (found === null) return;
    replace(this.tip, found.tip);
    const frame = this.canvas.getBoundingClientRect();
    const [px, py] = [event.clientX - frame.left, event.clientY - frame.top];
    const { offsetWidth: wide, offsetHeight: high } = this.tip;
    this.tip.style.left = `${Math.max(0, px + 14 + wide > frame.width ? px - 14 - wide : px + 14)}px`;
    this.tip.style.top = `${Math.max(0, Math.min(frame.height - high, py - high / 2))}px`;
  }
}

// Two points of each axis tell where all are, which spares a question for each.
function scales(instance) {
  const option = instance.getOption();
  const [across, up] = [option.xAxis[0], option.yAxis[0]];
  const x = pixels(instance, across, "xAxisIndex");
  const y = pixels(instance, up, "yAxisIndex");
  const [left, top] = [x(across.min), y(up.max)];
  return { x, y, box: { left, top, width: x(across.max) - left, height: y(up.min) - top } };
}

function pixels(instance, { type, min, max }, finder) {
  const even = type === "log" ? Math.log : (value) => value;
  const [from, to] = [min, max].map((value) => instance.convertToPixel({ [finder]: 0 }, value));
  const factor = (to - from) / (even(max) - even(min));
  return (value) => from + (even(value) - even(min)) * factor;
}
