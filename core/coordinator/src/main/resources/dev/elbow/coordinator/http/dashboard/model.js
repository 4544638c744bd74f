// Questions to the exported model of one trial. What is asked while something is dragged goes through a `Latest`: one question
// at a time, and of those that pile up meanwhile the last alone.

import { get, path, picture, post } from "./api.js";

// What the coordinator answers at once: examples, and values of all their images together.
const MOST_EXAMPLES = 256;
const MOST_VALUES = 1 << 19;
const MARGIN = 8;
const GAP = 2;

/** A trial's model. */
export class Model {
  #place;
  #signal;

  /** What goes with every question where the model asks for it: {label, beta}. */
  told = {};

  constructor(sweep, trial, signal) {
    this.#place = [sweep, trial];
    this.#signal = signal;
  }

  #address(question) {
    return path("sweeps", this.#place[0], "trials", this.#place[1], question);
  }

  /** {shape, x, mu, labels, betas}: the test images that the trial's pictures show, their codes, and what the model is told. */
  images() {
    return get(this.#address("images"), this.#signal);
  }

  /** The mean code of an image. */
  async encode(values) {
    // More digits than a screen shows would only make the question longer.
    const x = [values.map((value) => Math.round(value * 1000) / 1000)];
    return (await post(this.#address("encode"), { x, ...this.told }, this.#signal)).mu[0];
  }

  /** {shape, x_hat} of codes. */
  decode(z) {
    return post(this.#address("decode"), { z, ...this.told }, this.#signal);
  }

  /** {shape, x_hat, z} of codes from the prior. */
  sample(count, seed) {
    return post(this.#address("sample"), { count, seed, ...this.told }, this.#signal);
  }

  /** The mean images of codes as tiles of one picture. */
  async sheet(z, columns) {
    const blob = await picture(this.#address("decode"), { z, columns, ...this.told }, this.#signal);
    return tiles(await createImageBitmap(blob), Math.min(columns, z.length), Math.ceil(z.length / columns));
  }

  /** The mean images around a code, a row of tiles for each of `dimensions`. */
  async traverse(z, dimensions, steps, end) {
    const question = { z: [z], dimensions, steps, from: -end, to: end, ...this.told };
    const blob = await picture(this.#address("traverse"), question, this.#signal);
    return tiles(await createImageBitmap(blob), steps, dimensions.length);
  }
}

/** How many images of this shape may be asked for at once. */
export function most([channels, height, width]) {
  return Math.max(1, Math.min(MOST_EXAMPLES, Math.floor(MOST_VALUES / (channels * height * width))));
}

function tiles(bitmap, columns, rows) {
  const width = (bitmap.width - 2 * MARGIN + GAP) / columns - GAP;
  const height = (bitmap.height - 2 * MARGIN + GAP) / rows - GAP;
  return { bitmap, columns, rows, width, height };
}

/** Draws tiles side by side, without what lies between them. */
export function drawTiles(canvas, sheet, row = 0, rows = sheet.rows) {
  canvas.width = sheet.columns * sheet.width;
  canvas.height = rows * sheet.height;
  const paint = canvas.getContext("2d");
  for (let y = 0; y < rows; y++) {
    for (let x = 0; x < sheet.columns; x++) {
      const left = MARGIN + x * (sheet.width + GAP);
      const top = MARGIN + (row + y) * (sheet.height + GAP);
      paint.drawImage(
        sheet.bitmap,
        ...[left, top, sheet.width, sheet.height],
        ...[x * sheet.width, y * sheet.height, sheet.width, sheet.height],
      );
    }
  }
}

/** Draws the values of one image, a pixel each: grey, or in colours where it has three channels. */
export function drawImage(canvas, [channels, height, width], values) {
  canvas.width = width;
  canvas.height = height;
  const paint = canvas.getContext("2d");
  const image = paint.createImageData(width, height);
  const size = height * width;
  for (let i = 0; i < size; i++) {
    for (let channel = 0; channel < 3; channel++) {
      image.data[4 * i + channel] = 255 * values[channels === 3 ? channel * size + i : i];
    }
    image.data[4 * i + 3] = 255;
  }
  paint.putImageData(image, 0, 0);
}

/**
 * Asks for what `question` makes of the latest state: never two at once, at most once in `pause` milliseconds, and once more
 * where something changed meanwhile. `answered` gets the answers in their order; `failed` what went wrong; `busy` 1 when it
 * begins to ask and −1 when everything is answered.
 */
export class Latest {
  #question;
  #answered;
  #failed;
  #busy;
  #pause;
  #signal;
  #asking = false;
  #due = false;

  constructor({ question, answered, failed, busy, pause = 0 }, signal) {
    this.#question = question;
    this.#answered = answered;
    this.#failed = failed;
    this.#busy = busy;
    this.#pause = pause;
    this.#signal = signal;
  }

  /** Something changed. */
  ask() {
    this.#due = true;
    if (!this.#asking) this.#run();
  }

  async #run() {
    this.#asking = true;
    this.#busy(1);
    await frame();
    while (this.#due && !this.#signal.aborted) {
      this.#due = false;
      const began = performance.now();
      await this.#once();
      // What takes long leaves time for others, the coordinator's trials among them.
      await (this.#pause > 0 ? wait(Math.max(this.#pause, performance.now() - began)) : frame());
    }
    this.#asking = false;
    this.#busy(-1);
  }

  async #once() {
    try {
      const answer = await this.#question();
      if (!this.#signal.aborted) this.#answered(answer);
    } catch (error) {
      if (this.#signal.aborted) return;
      this.#failed(error);
      // Too many ask at once, or the coordinator is away: what is shown should still become right.
      if (error.status === 503 || error instanceof TypeError) {
        this.#due = true;
        await wait(1000);
      }
    }
  }
}

// A page in the background has no frames; it goes on when it is looked at.
function frame() {
  return new Promise((resolve) => requestAnimationFrame(resolve));
}

function wait(millis) {
  return new Promise((resolve) => setTimeout(resolve, millis));
}
