package dev.elbow.cli.models;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.elbow.inference.Codes;
import dev.elbow.inference.ImageSheet;
import dev.elbow.inference.VaeModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what each latent dimension does. */
@Command(
    name = "traverse",
    description = {
      "Shows what each latent dimension does: a row for each, in which it alone changes.",
      "",
      "The dimensions that say most about test images come first, as far as the trial has told (kl_per_dimension in trial.json).",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  elbow traverse mnist-tutorial/0001 t10k-images-idx3-ubyte.gz#7 --out dimensions.png",
      "  elbow traverse mnist-tutorial/0001 --dimensions 3,11 --from -2 --to 2 --steps 9 --out two.png"
    })
final class TraverseCommand extends ModelCommand {
  private static final int MOST_STEPS = 64;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "IMAGE",
      description = "Whose code the others differ from. Default: the origin")
  private String image;

  @Option(
      names = "--dimensions",
      paramLabel = "N,N,…",
      split = ",",
      description = "Which, from 0, in that order. Default: all, at most 16")
  private List<Integer> dimensions;

  @Option(names = "--from", paramLabel = "X", description = "The first value. Default: -3")
  private double from = -3;

  @Option(names = "--to", paramLabel = "X", description = "The last value. Default: 3")
  private double to = 3;

  @Option(names = "--steps", paramLabel = "N", description = "How many values. Default: 11")
  private int steps = 11;

  @Mixin private ImageOptions images;

  @Override
  OutputKind[] kinds() {
    return new OutputKind[] {OutputKind.PICTURE};
  }

  @Override
  List<String> problems() {
    return new Ranges()
        .whole("--steps", steps, 2, MOST_STEPS)
        .number("--from", from, -1e6, 1e6)
        .number("--to", to, -1e6, 1e6)
        .problems();
  }

  @Override
  Report run(VaeModel model, OutputKind kind) throws IOException, RefusedImages {
    List<Double> kl = klPerDimension(folder().path(), model.latent());
    List<Integer> shown = chosen(model, kl);
    float[] start = start(model);
    ImageSheet sheet = model.sheet(shown.size(), steps, 1);
    for (int row = 0; row < shown.size(); row++) {
      float[] images = model.decode(Codes.traversal(start, shown.get(row), from, to, steps));
      for (int step = 0; step < steps; step++) {
        sheet.draw(row, step, images, step);
      }
    }
    NewFile.write(output().path(), sheet.png());
    return new Report(text(shown, kl), facts(shown, kl));
  }

  private float[] start(VaeModel model) throws RefusedImages {
    return image == null ? new float[model.latent()] : model.encode(images.one(image, model)).mu();
  }

  private List<Integer> chosen(VaeModel model, List<Double> kl) throws RefusedImages {
    if (dimensions == null) {
      return IntStream.range(0, model.latent())
          .boxed()
          // The sort is stable: where nothing is known they keep their order.
          .sorted(Comparator.comparing(i -> kl.isEmpty() ? 0 : -kl.get(i)))
          .limit(16)
          .toList();
    }
    Ranges ranges = new Ranges();
    dimensions.forEach(each -> ranges.whole("--dimensions", each, 0, model.latent() - 1));
    ranges.whole("--dimensions", dimensions.size(), 1, 64);
    if (!ranges.problems().isEmpty()) {
      throw new RefusedImages(ranges.problems());
    }
    return dimensions;
  }

  /** What the trial says of its dimensions; empty if there is no such file, or it says nothing. */
  static List<Double> klPerDimension(Path folder, int latent) throws IOException {
    Path file = folder.resolve("trial.json");
    if (!Files.isRegularFile(file)) {
      return List.of();
    }
    JsonNode told =
        new ObjectMapper().readTree(Files.readString(file)).at("/metrics/kl_per_dimension");
    List<Double> kl = new ArrayList<>();
    told.forEach(each -> kl.add(each.asDouble()));
    return kl.size() == latent ? kl : List.of();
  }

  private static String text(List<Integer> shown, List<Double> kl) {
    List<String> rows = new ArrayList<>();
    for (int dimension : shown) {
      rows.add(
          kl.isEmpty()
              ? String.valueOf(dimension)
              : "%d (%.2f nats)".formatted(dimension, kl.get(dimension)));
    }
    return "Dimensions by row: " + String.join(", ", rows);
  }

  private static Map<String, ?> facts(List<Integer> shown, List<Double> kl) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("dimensions", shown);
    facts.put("kl", kl.isEmpty() ? List.of() : shown.stream().map(kl::get).toList());
    return facts;
  }
}
