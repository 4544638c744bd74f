package dev.elbow.cli.models;

import dev.elbow.inference.VaeModel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** A command on a model that takes images. */
@Command
abstract class ImagesCommand extends ModelCommand {
  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "IMAGES",
      description = ImageOptions.IMAGES)
  private List<String> images;

  @Mixin private ImageOptions options;

  ImageReading reading(VaeModel model) throws RefusedImages {
    return options.open(images, model);
  }

  /** Others than those that the command is about. */
  ImageReading reading(VaeModel model, String chosen) throws RefusedImages {
    return options.open(List.of(chosen), model);
  }

  ImageBatch all(ImageReading reading) throws RefusedImages, IOException {
    try (WorkProgress progress = progress(reading.count())) {
      return reading.all(progress);
    }
  }

  List<String> images() {
    return images;
  }

  /** How many were done, and which were left out. */
  static Map<String, Object> counts(ImageReading reading) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("images", reading.count() - reading.broken().size());
    facts.put("skipped", reading.broken());
    return facts;
  }

  /** The same for people. */
  static String counted(ImageReading reading) {
    int broken = reading.broken().size();
    List<String> lines = new ArrayList<>();
    lines.add("%,d images".formatted(reading.count() - broken));
    if (broken > 0) {
      lines.add("%,d left out:".formatted(broken));
      lines.addAll(new RefusedImages(reading.broken()).lines());
    }
    return String.join(System.lineSeparator(), lines);
  }

  /**
   * Refuses what one picture cannot show.
   *
   * @param each pictures of an image
   */
  static void requireFit(OutputKind kind, int images, int each) throws RefusedImages {
    if (kind == OutputKind.PICTURE && (long) images * each > ImageWriter.MOST_IN_A_PICTURE) {
      throw new RefusedImages(
          List.of(
              "found %,d images to draw, expected at most %,d in one picture; #0-%d behind a name chooses some, and a .npy file or a folder holds all"
                  .formatted(
                      (long) images * each,
                      ImageWriter.MOST_IN_A_PICTURE,
                      ImageWriter.MOST_IN_A_PICTURE / each - 1)));
    }
  }

  /** Refuses what no array of the JVM holds. */
  static void requireMemory(long count, int each) throws RefusedImages {
    if (count * each > Integer.MAX_VALUE - 8) {
      throw new RefusedImages(
          List.of("%,d times %,d values are too many for one run".formatted(count, each)));
    }
  }

  /** Names for files of images: number or name, below their labels. */
  static List<String> fileNames(ImageBatch batch) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < batch.count(); i++) {
      String label = batch.labels().get(i).map(known -> known + "/").orElse("");
      names.add(label + fileName(batch.names().get(i)));
    }
    return names;
  }

  private static String fileName(String name) {
    if (name.matches(".*#\\d+")) {
      return "%06d".formatted(Integer.parseInt(name.substring(name.lastIndexOf('#') + 1)));
    }
    String last = name.substring(name.replace('\\', '/').lastIndexOf('/') + 1);
    return last.substring(0, last.lastIndexOf('.'));
  }
}
