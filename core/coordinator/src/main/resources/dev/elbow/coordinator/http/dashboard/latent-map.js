// A map of two latent dimensions: the images of a grid of codes, and a cursor that is dragged over it.

import { element, svg, text } from "./dom.js";
import { drawTiles } from "./model.js";

const MOST_SIDE = 15;
const STEP = 0.1;
const LARGE_STEP = 0.5;

export class LatentMap {
  #end;
  #moved;
  #chosen;
  #across;
  #up;
  #means = [];
  #dragging = false;

  /** What the map was drawn for; `codes` tells what it should be drawn for. */
  drawn = null;

  /**
   * @param dimensions [{dimension, kl, active}], the most informative first; at least two
   * @param end how far the map goes from the middle
   * @param moved is told [[dimension, value]] when the cursor moves
   * @param chosen is called when other dimensions are chosen
   */
  constructor({ dimensions, end, moved, chosen }, signal) {
    this.#end = end;
    this.#moved = moved;
    this.#chosen = chosen;
    this.#across = dimensions[0].dimension;
    this.#up = dimensions[1].dimension;
    this.canvas = element("canvas", { class: "sheet", role: "img", "aria-label": "Images of a grid of codes" });
    this.dots = svg("svg", { class: "means", viewBox: `${-end} ${-end} ${2 * end} ${2 * end}`, "aria-hidden": "true" });
    this.cursor = element("button", { type: "button", class: "cursor", onkeydown: (event) => this.#key(event) });
    this.area = element("div", { class: "area" }, this.canvas, this.dots, this.cursor);
    this.note = element("p", { class: "caption" });
    const show = element("input", { type: "checkbox", checked: true, onchange: () => (this.dots.style.display = show.checked ? "" : "none") });
    this.shown = element("label", { class: "field", hidden: true }, show, "test images");
    this.element = element(
      "section",
      { class: "map", "aria-label": "Map of two dimensions" },
      element(
        "div",
        { class: "axes" },
        this.#select("across", dimensions, (dimension) => (this.#across = dimension), this.#across),
        this.#select("up", dimensions, (dimension) => (this.#up = dimension), this.#up),
        this.shown,
      ),
      this.area,
      this.note,
    );
    this.#listen(signal);
  }

  #select(name, dimensions, choose, first) {
    const options = dimensions.map(({ dimension }) =>
      element("option", { value: dimension, selected: dimension === first }, `z${dimension}`),
    );
    const change = (event) => {
      choose(Number(event.target.value));
      this.#scatter();
      this.#chosen();
    };
    return element("label", { class: "field" }, name, element("select", { onchange: change, "data-axis": name }, options));
  }

  #listen(signal) {
    const move = (event) => {
      if (this.#dragging) this.#point(event);
    };
    const down = (event) => {
      if (event.button !== 0) return;
      this.#dragging = true;
      this.area.setPointerCapture(event.pointerId);
      this.cursor.focus({ preventScroll: true });
      this.#point(event);
      event.preventDefault();
    };
    const up = () => (this.#dragging = false);
    this.area.addEventListener("pointerdown", down, { signal });
    this.area.addEventListener("pointermove", move, { signal });
    this.area.addEventListener("pointerup", up, { signal });
    this.area.addEventListener("pointercancel", up, { signal });
  }

  #point(event) {
    const box = this.area.getBoundingClientRect();
    const share = (at, from, size) => Math.max(0, Math.min(1, (at - from) / size));
    const x = (2 * share(event.clientX, box.left, box.width) - 1) * this.#end;
    const y = (1 - 2 * share(event.clientY, box.top, box.height)) * this.#end;
    this.#move(x, y);
  }

  #key(event) {
    const step = event.shiftKey ? LARGE_STEP : STEP;
    const ways = { ArrowRight: [step, 0], ArrowLeft: [-step, 0], ArrowUp: [0, step], ArrowDown: [0, -step], Home: [0, 0] };
    const way = ways[event.key];
    if (!way) return;
    event.preventDefault();
    if (event.key === "Home") this.#move(0, 0);
    else this.#move(this.at[0] + way[0], this.at[1] + way[1]);
  }

  #move(x, y) {
    const inside = (value) => Math.round(Math.max(-this.#end, Math.min(this.#end, value)) * 100) / 100;
    this.#moved(this.#across === this.#up ? [[this.#across, inside(x)]] : [[this.#across, inside(x)], [this.#up, inside(y)]]);
  }

  /** Puts the cursor where the code is. */
  place(z) {
    this.at = [z[this.#across], z[this.#up]];
    const share = (value) => Math.max(0, Math.min(1, (value / this.#end + 1) / 2));
    this.cursor.style.left = `${100 * share(this.at[0])}%`;
    this.cursor.style.top = `${100 * (1 - share(this.at[1]))}%`;
    const [x, y] = this.at.map((value) => value.toFixed(2).replace("-", "−"));
    const words = `z${this.#across} ${x}, z${this.#up} ${y}`;
    this.cursor.setAttribute("aria-label", `Place on the map: ${words}. Arrow keys move it.`);
    text(this.note, `Drag over the map: ${words}. Every tile is decoded with the other dimensions as the sliders have them.`);
  }

  /** The codes of the map's grid, from the top left, and a text that tells what they depend on. */
  codes(z, most) {
    const side = Math.max(2, Math.min(MOST_SIDE, Math.floor(Math.sqrt(most))));
    const codes = [];
    for (let row = 0; row < side; row++) {
      for (let column = 0; column < side; column++) {
        const code = [...z];
        code[this.#up] = this.#middle(side - 1 - row, side);
        code[this.#across] = this.#middle(column, side);
        codes.push(code);
      }
    }
    const others = z.map((value, dimension) => (dimension === this.#across || dimension === this.#up ? "" : value));
    return { codes, side, key: `${this.#across},${this.#up}:${others.join()}` };
  }

  // The middle of a tile, so that the cursor stands in the tile of its code.
  #middle(index, side) {
    return ((2 * index + 1) / side - 1) * this.#end;
  }

  /** Shows the images of `codes`. */
  draw(sheet, key) {
    drawTiles(this.canvas, sheet);
    this.canvas.dataset.drawn = Number(this.canvas.dataset.drawn || 0) + 1;
    this.drawn = key;
  }

  /** Marks where images lie: the means of their posteriors. */
  scatter(means) {
    this.#means = means;
    this.shown.hidden = means.length === 0;
    this.#scatter();
  }

  #scatter() {
    const radius = this.#end / 70;
    this.dots.replaceChildren(
      ...this.#means
        .map((mu) => [mu[this.#across], mu[this.#up]])
        .filter(([x, y]) => Math.abs(x) <= this.#end && Math.abs(y) <= this.#end)
        .map(([x, y]) => svg("circle", { cx: x, cy: -y, r: radius })),
    );
  }
}
