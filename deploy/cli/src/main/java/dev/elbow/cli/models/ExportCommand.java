package dev.elbow.cli.models;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.elbow.cli.formats.Format;
import dev.elbow.cli.formats.FormattedModel;
import dev.elbow.cli.models.FormatCheck.Difference;
import dev.elbow.inference.Codes;
import dev.elbow.inference.VaeModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes a model in another format. */
@Command(
    name = "export",
    description = {
      "Writes a model in another format, which every command here, and ONNX Runtime anywhere, takes"
          + " as it takes the model itself.",
      "",
      "fp16: weights of 16 bits, half the size. int8: products of 8-bit integers, a quarter of the"
          + " size and faster on large batches. fixed-batch: one batch size, for runtimes that need"
          + " to know it.",
      "",
      "The new files are run in ONNX Runtime beside the old ones; the largest error is told, and"
          + " above the format's bound nothing is written.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  elbow export mnist-tutorial/0001 --format int8 --out digits-int8",
      "  elbow export mnist-tutorial/0001 --format fixed-batch --batch 1 --out digits-1"
    })
final class ExportCommand extends ModelCommand {
  private static final List<String> FILES = List.of("encoder.onnx", "decoder.onnx", "vae.onnx");
  private static final long SAMPLE_SEED = 20140110;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      required = true,
      description = "fp16, int8 or fixed-batch.")
  private Format format;

  @Option(
      names = "--batch",
      paramLabel = "N",
      description = "How many examples each call takes, of fixed-batch. Default: 1")
  private int batch = 1;

  @Option(
      names = "--check",
      paramLabel = "IMAGES",
      description =
          "Images to compare with, of which 17 are taken. Default: such as the model itself makes")
  private String checked;

  @Mixin private ImageOptions images;

  @Override
  OutputKind[] kinds() {
    return new OutputKind[] {OutputKind.FOLDER};
  }

  @Override
  List<String> problems() {
    return new Ranges().whole("--batch", batch, 1, 65_536).problems();
  }

  @Override
  Report run(VaeModel model, OutputKind kind) throws IOException, RefusedImages {
    float[] compared = compared(model);
    try (NewFolder made = new NewFolder(output().path())) {
      for (String file : FILES) {
        FormattedModel.write(
            folder().path().resolve(file), made.part().resolve(file), format, batch);
      }
      Map<String, Difference> differences = differences(model, made.part(), compared);
      requireWithinBound(differences);
      FormatCard card = new FormatCard(format, batch, folder().path(), made.part(), differences);
      copy("trial.json", made.part());
      Files.write(made.part().resolve("MODEL_CARD.md"), card.markdown().getBytes(UTF_8));
      Report report = report(card, differences);
      made.commit();
      return report;
    }
  }

  private float[] compared(VaeModel model) throws RefusedImages, IOException {
    if (checked == null) {
      return model.decode(Codes.normal(SAMPLE_SEED, FormatCheck.IMAGES * model.latent(), 1));
    }
    ImageReading reading = images.open(List.of(checked), model);
    try (WorkProgress progress = progress(reading.count())) {
      float[] given = reading.all(progress).values();
      float[] enough = new float[FormatCheck.IMAGES * model.imageSize()];
      for (int i = 0; i < enough.length; i++) {
        enough[i] = given[i % given.length];
      }
      return enough;
    }
  }

  private static Map<String, Difference> differences(VaeModel model, Path made, float[] compared)
      throws IOException {
    try (VaeModel formatted = VaeModel.load(made)) {
      return new FormatCheck(model, formatted.toldAs(model)).differences(compared);
    }
  }

  private void requireWithinBound(Map<String, Difference> differences) throws RefusedImages {
    List<String> problems = new ArrayList<>();
    differences.forEach(
        (output, difference) -> {
          if (!(difference.largest() <= format.bound())) {
            problems.add(
                "%s: as %s it is off by %.1e, expected at most %.1e"
                    .formatted(output, format, difference.largest(), format.bound()));
          }
        });
    if (!problems.isEmpty()) {
      throw new RefusedImages(problems);
    }
  }

  private void copy(String name, Path to) throws IOException {
    Path file = folder().path().resolve(name);
    if (Files.isRegularFile(file)) {
      Files.copy(file, to.resolve(name));
    }
  }

  private Report report(FormatCard card, Map<String, Difference> differences) throws IOException {
    double largest =
        differences.values().stream().mapToDouble(Difference::largest).max().orElseThrow();
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("format", format.toString());
    facts.put("max_error", largest);
    facts.put("bound", format.bound());
    facts.put("bytes", card.bytesNow());
    facts.put("bytes_before", card.bytesBefore());
    Map<String, Double> each = new LinkedHashMap<>();
    differences.forEach((output, difference) -> each.put(output, difference.largest()));
    facts.put("errors", each);
    return new Report(
        "%s: %,d bytes of %,d; in ONNX Runtime %s it is off by at most %.1e (allowed: %.1e)"
            .formatted(
                format,
                card.bytesNow(),
                card.bytesBefore(),
                VaeModel.runtimeVersion(),
                largest,
                format.bound()),
        facts);
  }
}
