// The points of a picture: circles, or squares where there are many.

/** Circles, drawn one after the other. */
export class Circles {
  #pen;
  #at;
  #points;
  #radius;
  #bordered = false;

  /**
   * @param pen of the picture's canvas
   * @param at tells where values are: {x, y}
   * @param points {xs, ys}
   * @param size in pixels, across
   */
  constructor(pen, at, points, size) {
    this.#pen = pen;
    this.#at = at;
    this.#points = points;
    this.#radius = size / 2;
  }

  /** What follows has this colour. */
  colour(colour, alpha = 1) {
    this.#pen.fillStyle = colour;
    this.#pen.globalAlpha = alpha;
  }

  /** What follows has a border of this colour. */
  border(colour) {
    this.#pen.strokeStyle = colour;
    this.#pen.lineWidth = 0.8;
    this.#bordered = true;
  }

  /** A point; none where its values have no place on the axes, as a rate of zero has not on a logarithmic one. */
  draw(place) {
    const pen = this.#pen;
    const x = this.#at.x(this.#points.xs[place]);
    const y = this.#at.y(this.#points.ys[place]);
    if (!Number.isFinite(x)) return;
    pen.beginPath();
    pen.arc(x, y, this.#radius, 0, 2 * Math.PI);
    pen.fill();
    if (this.#bordered) pen.stroke();
  }

  /** All are on the canvas; what is drawn now comes above them. */
  end() {
    this.#pen.globalAlpha = 1;
  }
}

const SIDE = 3;

/**
 * Squares, set as pixels and put on the canvas at once: to fill ten thousand by themselves takes a browser as long as a frame
 * lasts. They take the place of all that the canvas showed.
 */
export class Squares {
  #pen;
  #at;
  #points;
  #ratio;
  #image;
  #pixels;
  #corners;
  #colour = 0;
  #alpha = 1;

  /** @param points {xs, ys, all: places of those that may be drawn} */
  constructor(pen, at, points) {
    const { canvas } = pen;
    this.#pen = pen;
    this.#at = at;
    this.#points = points;
    this.#ratio = canvas.width / at.width;
    this.#image = pen.createImageData(canvas.width, canvas.height);
    this.#pixels = new Uint32Array(this.#image.data.buffer);
    this.#corners = this.#found();
  }

  /** Whether it is for a canvas of this size, these axes and these points. */
  fits({ canvas }, at, { all }) {
    const { width, height } = this.#image;
    return this.#at === at && this.#points.all === all && width === canvas.width && height === canvas.height;
  }

  /** Begins anew. */
  begin() {
    this.#pixels.fill(0);
  }

  colour(colour, alpha = 1) {
    this.#colour = packed(colour);
    this.#alpha = alpha;
  }

  draw(place) {
    const corner = this.#corners[place];
    if (corner < 0) return;
    const { width } = this.#image;
    const side = this.#side;
    for (let row = 0; row < side; row++) {
      const from = corner + row * width;
      for (let pixel = from; pixel < from + side; pixel++) this.#set(pixel);
    }
  }

  end() {
    this.#pen.putImageData(this.#image, 0, 0);
  }

  get #side() {
    return Math.round(SIDE * this.#ratio);
  }

  #set(pixel) {
    this.#pixels[pixel] = this.#alpha === 1 ? this.#colour : over(this.#colour, this.#alpha, this.#pixels[pixel]);
  }

  // Of each square its first pixel; -1 where it would not be between the axes.
  #found() {
    const { xs, ys, all } = this.#points;
    const { box, x, y } = this.#at;
    const corners = new Int32Array(xs.length).fill(-1);
    for (const i of all) {
      const [left, top] = [Math.round(x(xs[i])), Math.round(y(ys[i]))];
      const inside = left >= box.left && left <= box.left + box.width && top >= box.top && top <= box.top + box.height;
      if (inside) corners[i] = this.#pixel(left - 1, top - 1);
    }
    return corners;
  }

  #pixel(left, top) {
    const [column, row] = [left, top].map((edge) => Math.round(edge * this.#ratio));
    return row * this.#image.width + column;
  }
}

// A colour with its alpha over what was there; both as a canvas keeps pixels, not multiplied.
function over(colour, alpha, below) {
  const under = ((below >>> 24) / 255) * (1 - alpha);
  const all = alpha + under;
  let mixed = Math.round(255 * all) << 24;
  for (const shift of [0, 8, 16]) {
    const value = (((colour >>> shift) & 255) * alpha + ((below >>> shift) & 255) * under) / all;
    mixed |= Math.round(value) << shift;
  }
  return mixed >>> 0;
}

const known = new Map();
let probe = null;

// A colour of a style as the number that a pixel of it is.
function packed(colour) {
  if (!known.has(colour)) {
    probe ??= new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
    probe.clearRect(0, 0, 1, 1);
    probe.fillStyle = colour;
    probe.fillRect(0, 0, 1, 1);
    known.set(colour, new Uint32Array(probe.getImageData(0, 0, 1, 1).data.buffer)[0]);
  }
  return known.get(colour);
}
