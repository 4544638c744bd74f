// A place to draw an image with the pointer, as large as the model's images.

import { element } from "./dom.js";

// As thick as the strokes of handwritten digits are, against the longer side of an image.
const STROKE = 1 / 12;

export class Sketch {
  #canvas;
  #paint;
  #height;
  #width;
  #last = null;

  /**
   * @param shape [channels, height, width] of an image; one channel
   * @param changed is called with its values, from 0 to 1, while something is drawn
   */
  constructor([, height, width], changed, signal) {
    this.#height = height;
    this.#width = width;
    this.#canvas = element("canvas", { class: "pixels pad", role: "img", "aria-label": "A place to draw with the pointer", width, height });
    this.#paint = this.#canvas.getContext("2d", { willReadFrequently: true });
    this.#clear();
    const clear = () => {
      this.#clear();
      changed(this.#values());
    };
    this.element = element("div", { class: "sketch" }, this.#canvas, element("button", { type: "button", onclick: clear }, "Clear"));
    this.#listen(changed, signal);
  }

  #clear() {
    this.#paint.fillStyle = "#000";
    this.#paint.fillRect(0, 0, this.#width, this.#height);
  }

  #listen(changed, signal) {
    const draw = (event) => {
      if (this.#last === null) return;
      this.#stroke(event);
      changed(this.#values());
    };
    const down = (event) => {
      if (event.button !== 0) return;
      this.#canvas.setPointerCapture(event.pointerId);
      this.#last = this.#at(event);
      draw(event);
      event.preventDefault();
    };
    const up = () => (this.#last = null);
    this.#canvas.addEventListener("pointerdown", down, { signal });
    this.#canvas.addEventListener("pointermove", draw, { signal });
    this.#canvas.addEventListener("pointerup", up, { signal });
    this.#canvas.addEventListener("pointercancel", up, { signal });
  }

  #at(event) {
    const box = this.#canvas.getBoundingClientRect();
    return [((event.clientX - box.left) / box.width) * this.#width, ((event.clientY - box.top) / box.height) * this.#height];
  }

  #stroke(event) {
    const next = this.#at(event);
    const paint = this.#paint;
    paint.strokeStyle = "#fff";
    paint.lineCap = "round";
    paint.lineWidth = Math.max(1, STROKE * Math.max(this.#height, this.#width));
    paint.beginPath();
    paint.moveTo(...this.#last);
    // A stroke without length has no dot either.
    paint.lineTo(next[0] + 0.01, next[1]);
    paint.stroke();
    this.#last = next;
  }

  #values() {
    const { data } = this.#paint.getImageData(0, 0, this.#width, this.#height);
    return Array.from({ length: this.#width * this.#height }, (_, i) => data[4 * i] / 255);
  }
}
