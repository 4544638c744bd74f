"""Samples, encodes and reconstructs with a trial's exported files, with numpy and onnxruntime alone."""

import sys
from pathlib import Path

import numpy as np
import onnxruntime


def load(trial, name):
    return onnxruntime.InferenceSession(str(trial / f"{name}.onnx"), providers=["CPUExecutionProvider"])


def main(trial, codes):
    encoder, decoder, vae = (load(trial, name) for name in ("encoder", "decoder", "vae"))
    told = vae.get_modelmeta().custom_metadata_map
    latent = decoder.get_inputs()[0].shape[1]
    print("sweep", told["sweep"], "trial", told["trial"], "latent", latent, "test_loss", told.get("test_loss"))

    # Codes that 'elbow encode' or 'elbow sample' wrote, or new ones.
    z = np.load(codes) if codes else np.random.default_rng(0).standard_normal((16, latent), dtype=np.float32)
    z = z[:, 0] if z.ndim == 3 else z
    (images,) = decoder.run(["x_hat"], {"z": z})
    mu, logvar = encoder.run(["mu", "logvar"], {"x": images})
    kl = 0.5 * (mu**2 + np.exp(logvar) - 1 - logvar)
    print("images", images.shape, "mean KL", kl.sum(axis=1).mean())

    # Noise is an input, so the same call gives the same answer; zeros decode the mean.
    x_hat, *_ = vae.run(["x_hat", "mu", "logvar", "z"], {"x": images, "eps": np.zeros_like(mu)})
    print("mean squared error of reconstructions", np.mean((x_hat - images) ** 2))
    np.save("decoded.npy", images)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else None)
