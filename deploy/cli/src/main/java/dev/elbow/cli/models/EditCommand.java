package dev.elbow.cli.models;

import dev.elbow.inference.Codes;
import dev.elbow.inference.ImageSheet;
import dev.elbow.inference.VaeModel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Gives images more or less of an attribute. */
@Command(
    name = "edit",
    description = {
      "Gives images more or less of an attribute that examples show.",
      "",
      "The direction is the mean code of images with the attribute less the mean code of images without it: two sets of images, or one "
          + "whose figures are told, of which those above the mean have it. "
          + "Each row of the picture has an image, and its code moved by each strength times the direction.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  elbow edit faces/0003 she.png --with faces#label=smiling --without faces#label=neutral --out smiles.png",
      "  elbow edit faces/0003 she.png --examples faces/ --attribute faces.csv#smiling --out smiles.png",
      "  elbow edit mnist-tutorial/0001 t10k-images-idx3-ubyte.gz#0-7 --examples train-images-idx3-ubyte.gz --attribute ink --within-labels "
          + "--strength=-2,-1,0,1,2 --out thickness.png"
    })
final class EditCommand extends ImagesCommand {
  @Option(names = "--with", paramLabel = "IMAGES", description = "Images that have the attribute.")
  private String with;

  @Option(names = "--without", paramLabel = "IMAGES", description = "Images that have it not.")
  private String without;

  @Option(
      names = "--examples",
      paramLabel = "IMAGES",
      description =
          "Images that have more or less of the attribute, instead of --with and --without.")
  private String examples;

  @Option(
      names = "--attribute",
      paramLabel = "ink|FILE.csv#COLUMN",
      description =
          "What tells the examples apart: the mean of their pixels, or a column of figures, by the column name "
              + "or a row for each example in order.")
  private String attribute;

  @Option(
      names = "--within-labels",
      description =
          "Compares only examples of one label with each other, so that the direction does not lead from one label to another.")
  private boolean withinLabels;

  @Option(
      names = "--strength",
      paramLabel = "X,X,…",
      split = ",",
      description =
          "How much is added: 1 is as much as the examples differ, less than 0 takes away. Default: -1,-0.5,0,0.5,1")
  private double[] strengths = {-1, -0.5, 0, 0.5, 1};

  @Override
  OutputKind[] kinds() {
    return new OutputKind[] {OutputKind.PICTURE};
  }

  @Override
  List<String> problems() {
    Ranges ranges = new Ranges().whole("--strength", strengths.length, 1, 64);
    for (double strength : strengths) {
      ranges.number("--strength", strength, -1000, 1000);
    }
    List<String> problems = new ArrayList<>(ranges.problems());
    boolean groups = with != null && without != null && examples == null && attribute == null;
    boolean figures = with == null && without == null && examples != null && attribute != null;
    if (!groups && !figures) {
      problems.add(
          "expected either --with and --without, or --examples and --attribute, which say where the direction leads");
    }
    return problems;
  }

  @Override
  Report run(VaeModel model, OutputKind kind) throws IOException, RefusedImages {
    ImageReading reading = reading(model);
    requireFit(kind, reading.count(), strengths.length + 1);
    ImageBatch batch = all(reading);
    Direction direction = examples == null ? ofGroups(model) : ofFigures(model);
    NewFile.write(output().path(), drawn(model, batch, direction.code()).png());
    double length = Codes.norm(direction.code());
    Map<String, Object> facts = new LinkedHashMap<>(counts(reading));
    facts.putAll(direction.facts());
    facts.put("direction", direction.code());
    return new Report(
        "%s; the direction has length %.3f, from %s"
            .formatted(counted(reading), length, direction.text()),
        facts);
  }

  /** A direction, and what it was made of. */
  private record Direction(float[] code, String text, Map<String, Object> facts) {}

  private Direction ofGroups(VaeModel model) throws RefusedImages, IOException {
    ImageReading have = reading(model, with);
    ImageReading lack = reading(model, without);
    return new Direction(
        Codes.difference(mean(model, have), mean(model, lack)),
        "%s with and %s without".formatted(counted(have), counted(lack)),
        Map.of("with", counts(have), "without", counts(lack)));
  }

  private Direction ofFigures(VaeModel model) throws RefusedImages, IOException {
    ImageReading reading = reading(model, examples);
    Attribute figures = Attribute.parse(attribute, reading.count());
    AttributeDirection direction = new AttributeDirection(model.latent(), withinLabels);
    try (WorkProgress progress = progress(reading.count())) {
      reading.forEach(
          progress,
          batch -> direction.add(batch, model.encode(batch.values()).mu(), figures.of(batch)));
    }
    AttributeDirection.Split split = direction.split();
    return new Direction(
        split.direction(),
        "%,d images with more and %,d with less".formatted(split.with(), split.without()),
        Map.of(
            "with", Map.of("images", split.with()), "without", Map.of("images", split.without())));
  }

  private float[] mean(VaeModel model, ImageReading images) throws RefusedImages, IOException {
    MeanCode mean = new MeanCode(model.latent());
    try (WorkProgress progress = progress(images.count())) {
      images.forEach(progress, batch -> mean.add(model.encode(batch.values()).mu()));
    }
    return mean.code();
  }

  private ImageSheet drawn(VaeModel model, ImageBatch batch, float[] direction) {
    ImageSheet sheet = model.sheet(batch.count(), strengths.length + 1, 1);
    float[] codes = model.encode(batch.values()).mu();
    for (int row = 0; row < batch.count(); row++) {
      float[] code =
          Arrays.copyOfRange(codes, row * direction.length, (row + 1) * direction.length);
      float[] images = model.decode(Codes.moved(code, direction, strengths));
      sheet.draw(row, 0, batch.values(), row);
      for (int i = 0; i < strengths.length; i++) {
        sheet.draw(row, i + 1, images, i);
      }
    }
    return sheet;
  }
}
