package dev.elbow.cli.models;

import dev.elbow.inference.Codes;
import dev.elbow.inference.VaeModel;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Changes one image into another. */
@Command(
    name = "interpolate",
    description = {
      "Changes one image into another: decodes codes on the way from the one's to the other's, as a strip.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  elbow interpolate mnist-tutorial/0001 t10k-images-idx3-ubyte.gz#0 t10k-images-idx3-ubyte.gz#1 --out strip.png",
      "  elbow interpolate faces/0003 she.png he.png --path both --steps 15 --out strip.png"
    })
final class InterpolateCommand extends ModelCommand {
  private static final int MOST_STEPS = 64;

  @Parameters(index = "1", paramLabel = "FROM", description = "A picture, or FILE#7.")
  private String from;

  @Parameters(index = "2", paramLabel = "TO", description = "Likewise.")
  private String to;

  @Option(names = "--steps", paramLabel = "N", description = "Images, ends included. Default: 11")
  private int steps = 11;

  @Option(
      names = "--path",
      paramLabel = "PATH",
      description =
          "linear, spherical (keeps the distance from the origin), or both, a row each. Default: linear")
  private Way way = Way.LINEAR;

  /** Which codes lie between two. */
  enum Way {
    LINEAR,
    SPHERICAL,
    BOTH
  }

  @Mixin private ImageOptions images;

  @Override
  List<String> problems() {
    return new Ranges().whole("--steps", steps, 2, MOST_STEPS).problems();
  }

  @Override
  Report run(VaeModel model, OutputKind kind) throws IOException, RefusedImages {
    float[] first = model.encode(images.one(from, model)).mu();
    float[] last = model.encode(images.one(to, model)).mu();
    try (WorkProgress progress = progress(steps);
        ImageWriter writer = ImageWriter.open(model, kind, output().path(), steps)) {
      DecodeCommand.write(model, codes(first, last), writer, progress);
    }
    double distance = Codes.norm(Codes.difference(last, first));
    return new Report(
        "%d steps between codes %.2f apart".formatted(steps, distance),
        Map.of("steps", steps, "distance", distance));
  }

  private float[] codes(float[] first, float[] last) {
    float[] line = Codes.line(first, last, steps);
    float[] arc = Codes.arc(first, last, steps);
    return switch (way) {
      case LINEAR -> line;
      case SPHERICAL -> arc;
      case BOTH -> {
        float[] both = Arrays.copyOf(line, line.length + arc.length);
        System.arraycopy(arc, 0, both, line.length, arc.length);
        yield both;
      }
    };
  }
}
