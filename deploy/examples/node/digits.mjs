// Samples and encodes with a trial's exported files in Node, with onnxruntime-web (WebAssembly, no native code) alone.
import { readFile } from "node:fs/promises";
import path from "node:path";
import * as ort from "onnxruntime-web";

const trial = process.argv[2];
ort.env.wasm.numThreads = 1;

const load = async (name) => ort.InferenceSession.create(await readFile(path.join(trial, name)));
const encoder = await load("encoder.onnx");
const decoder = await load("decoder.onnx");

// What the file says of its input: [batch, latent].
const latent = decoder.inputMetadata[0].shape[1];
const codes = process.argv[3]
  ? Float32Array.from(JSON.parse(await readFile(process.argv[3], "utf8")).flat())
  : Float32Array.from({ length: 4 * latent }, (_, i) => Math.sin(i));
const count = codes.length / latent;

const { x_hat: images } = await decoder.run({ z: new ort.Tensor("float32", codes, [count, latent]) });
const { mu, logvar } = await encoder.run({ x: images });
let kl = 0;
mu.data.forEach((m, i) => (kl += 0.5 * (m * m + Math.exp(logvar.data[i]) - 1 - logvar.data[i])));
console.log(JSON.stringify({ shape: images.dims, meanKl: kl / count, first: Array.from(images.data.slice(0, 784)) }));
