package dev.elbow.cli.models;

import dev.elbow.inference.CompressedImages;
import dev.elbow.inference.VaeModel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Writes images as rounded codes. */
@Command(
    name = "compress",
    description = {
      "Writes images as rounded codes of the model, in one small file, and tells how small and how"
          + " much is lost.",
      "",
      "decompress needs the same decoder.onnx: its SHA-256 is in the file, and so are --label and"
          + " --beta where the model asks for them.",
      ""
    },
    footer = {
      "",
      "Example:",
      "  elbow compress mnist-tutorial/0001 t10k-images-idx3-ubyte.gz --out digits.elbc"
    })
final class CompressCommand extends ImagesCommand {
  @Option(
      names = "--step",
      paramLabel = "X",
      description =
          "What codes are rounded to multiples of: larger is smaller and worse. Default: 0.5")
  private float step = 0.5f;

  @Override
  OutputKind[] kinds() {
    return new OutputKind[] {OutputKind.CODES};
  }

  @Override
  List<String> problems() {
    return new Ranges().number("--step", step, 1e-6, 1e6).problems();
  }

  @Override
  Report run(VaeModel model, OutputKind kind) throws IOException, RefusedImages {
    ImageReading reading = reading(model);
    String decoder = folder().decoderHash();
    Distortion rounded = new Distortion(model.imageSize());
    Distortion exact = new Distortion(model.imageSize());
    List<float[]> codes = new ArrayList<>();
    try (WorkProgress progress = progress(reading.count())) {
      reading.forEach(
          progress,
          batch -> {
            float[] mu = model.encode(batch.values()).mu();
            exact.add(batch.values(), model.decode(mu));
            rounded.add(batch.values(), model.decode(rounded(decoder, mu, model.latent()).codes()));
            codes.add(mu);
          });
    }
    byte[] file = rounded(decoder, joined(codes), model.latent()).file();
    NewFile.write(output().path(), file);
    return report(reading, file.length, model, rounded, exact);
  }

  private CompressedImages rounded(String decoder, float[] codes, int latent) throws RefusedImages {
    try {
      return CompressedImages.of(decoder, toldOfAll(), codes, latent, step);
    } catch (IllegalArgumentException e) {
      throw new RefusedImages(List.of("--step: " + e.getMessage()));
    }
  }

  private static float[] joined(List<float[]> pieces) {
    float[] all = new float[pieces.stream().mapToInt(piece -> piece.length).sum()];
    int to = 0;
    for (float[] piece : pieces) {
      System.arraycopy(piece, 0, all, to, piece.length);
      to += piece.length;
    }
    return all;
  }

  private static Report report(
      ImageReading reading, int bytes, VaeModel model, Distortion rounded, Distortion exact) {
    long pixels = rounded.images() * model.height() * model.width();
    double bits = 8.0 * bytes / pixels;
    Map<String, Object> facts = counts(reading);
    facts.put("bytes", bytes);
    facts.put("bits_per_pixel", bits);
    facts.put("raw_bits_per_pixel", 8 * model.channels());
    facts.put("mean_squared_error", rounded.meanSquaredError());
    facts.put("unrounded_mean_squared_error", exact.meanSquaredError());
    facts.put("peak_signal_to_noise_decibels", rounded.peakSignalToNoise());
    return new Report(
        "%s in %,d bytes: %.4f bits a pixel (raw: %d); mean squared error %.5f, PSNR %.2f dB (unrounded codes: %.5f)"
            .formatted(
                counted(reading),
                bytes,
                bits,
                8 * model.channels(),
                rounded.meanSquaredError(),
                rounded.peakSignalToNoise(),
                exact.meanSquaredError()),
        facts);
  }
}
