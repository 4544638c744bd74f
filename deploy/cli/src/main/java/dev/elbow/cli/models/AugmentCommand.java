package dev.elbow.cli.models;

import dev.elbow.inference.Encoding;
import dev.elbow.inference.VaeModel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Makes variants of images. */
@Command(
    name = "augment",
    description = {
      "Makes variants of images: draws codes from the posterior of each and decodes them.",
      "",
      "A picture has a row for each image, which comes first. A folder has NAME-1.png and so on, below a folder for each label; "
          + "an array has the variants alone, those of an image side by side.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  elbow augment mnist-tutorial/0001 t10k-images-idx3-ubyte.gz#0-15 --temperature 2 --out variants.png",
      "  elbow augment faces/0003 photos/ --count 10 --out more/"
    })
final class AugmentCommand extends ImagesCommand {
  @Option(names = "--count", paramLabel = "N", description = "Variants of each image. Default: 4")
  private int count = 4;

  @Option(
      names = "--temperature",
      paramLabel = "T",
      description =
          "Factor of the posterior's standard deviations: above 1 variants differ more. Default: 1")
  private double temperature = 1;

  @Option(names = "--seed", paramLabel = "N", description = "Of the noise. Default: 0")
  private long seed;

  @Override
  List<String> problems() {
    return new Ranges()
        .whole("--count", count, 1, 1000)
        .number("--temperature", temperature, 0, 1000)
        .problems();
  }

  @Override
  Report run(VaeModel model, OutputKind kind) throws IOException, RefusedImages {
    ImageReading reading = reading(model);
    boolean drawn = kind == OutputKind.PICTURE;
    requireFit(kind, reading.count(), count + 1);
    try (WorkProgress progress = progress(reading.count());
        ImageWriter writer = ImageWriter.open(model, kind, output().path(), count + 1)) {
      long[] batches = {0};
      reading.forEach(
          progress, batch -> write(model, batch, writer, drawn, seed + 1_000_003 * batches[0]++));
      writer.commit();
    }
    Map<String, Object> facts = counts(reading);
    facts.put("variants", count);
    return new Report(
        "%s with %d variants each, seed %d".formatted(counted(reading), count, seed), facts);
  }

  private void write(
      VaeModel model, ImageBatch batch, ImageWriter writer, boolean withOriginals, long noise)
      throws IOException {
    Encoding encoding = model.encode(batch.values());
    List<float[]> variants = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      variants.add(model.decode(encoding.sample(noise + i, temperature)));
    }
    List<String> names = fileNames(batch);
    for (int image = 0; image < batch.count(); image++) {
      if (withOriginals) {
        writer.add(List.of(names.get(image)), one(model, batch.values(), image));
      }
      for (int i = 0; i < count; i++) {
        String name = names.get(image) + "-" + (i + 1);
        writer.add(List.of(name), one(model, variants.get(i), image));
      }
    }
  }

  private static float[] one(VaeModel model, float[] images, int index) {
    return Arrays.copyOfRange(images, index * model.imageSize(), (index + 1) * model.imageSize());
  }
}
