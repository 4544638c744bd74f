package dev.elbow.cli.models;

import dev.elbow.inference.Codes;
import dev.elbow.inference.VaeModel;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Makes new images. */
@Command(
    name = "sample",
    description = {
      "Makes new images: decodes codes that are drawn from the prior.",
      "",
      "The same seed gives the same images.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  elbow sample mnist-tutorial/0001 --out digits.png",
      "  elbow sample mnist-tutorial/0001 --count 10000 --temperature 0.8 --out digits.npy"
    })
final class SampleCommand extends ModelCommand {
  @Option(names = "--count", paramLabel = "N", description = "How many. Default: 64")
  private int count = 64;

  @Option(names = "--seed", paramLabel = "N", description = "Of the noise. Default: 0")
  private long seed;

  @Option(
      names = "--temperature",
      paramLabel = "T",
      description =
          "Standard deviation of the codes: below 1 images are more usual, above 1 more unusual. Default: 1")
  private double temperature = 1;

  @Option(names = "--columns", paramLabel = "N", description = "Images in a row of a picture.")
  private int columns;

  @Override
  List<String> problems() {
    return new Ranges()
        .whole("--count", count, 1, Integer.MAX_VALUE)
        .whole("--columns", columns, 0, ImageWriter.MOST_IN_A_PICTURE)
        .number("--temperature", temperature, 0, 1000)
        .problems();
  }

  @Override
  Report run(VaeModel model, OutputKind kind) throws IOException, RefusedImages {
    ImagesCommand.requireFit(kind, count, 1);
    ImagesCommand.requireMemory(count, model.latent());
    float[] codes = Codes.normal(seed, count * model.latent(), temperature);
    try (WorkProgress progress = progress(count);
        ImageWriter writer = ImageWriter.open(model, kind, output().path(), columns)) {
      DecodeCommand.write(model, codes, writer, progress);
    }
    return new Report("%,d samples of seed %d".formatted(count, seed), facts());
  }

  private Map<String, ?> facts() {
    return Map.of("images", count, "seed", seed, "temperature", temperature);
  }
}
