package dev.elbow.cli.models;

import dev.elbow.inference.Codes;
import dev.elbow.inference.ImageSheet;
import dev.elbow.inference.VaeModel;
import java.io.IOException;
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
      "The direction is the mean code of images with the attribute less the mean code of images without it. "
          + "Each row of the picture has an image, and its code moved by each strength times the direction.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  elbow edit faces/0003 she.png --with faces#label=smiling --without faces#label=neutral --out smiles.png",
      "  elbow edit mnist-tutorial/0001 t10k-images-idx3-ubyte.gz#0-7 --with thick/ --without thin/ --strength -2,-1,0,1,2 --out thickness.png"
    })
final class EditCommand extends ImagesCommand {
  @Option(
      names = "--with",
      paramLabel = "IMAGES",
      required = true,
      description = "Images that have the attribute.")
  private String with;

  @Option(
      names = "--without",
      paramLabel = "IMAGES",
      required = true,
      description = "Images that have it not.")
  private String without;

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
    return ranges.problems();
  }

  @Override
  Report run(VaeModel model, OutputKind kind) throws IOException, RefusedImages {
    ImageReading reading = reading(model);
    requireFit(kind, reading.count(), strengths.length + 1);
    ImageReading have = reading(model, with);
    ImageReading lack = reading(model, without);
    ImageBatch batch = all(reading);
    float[] direction = Codes.difference(mean(model, have), mean(model, lack));
    NewFile.write(output().path(), drawn(model, batch, direction).png());
    double length = Codes.norm(direction);
    Map<String, Object> facts = new LinkedHashMap<>(counts(reading));
    facts.put("with", counts(have));
    facts.put("without", counts(lack));
    facts.put("direction", direction);
    return new Report(
        "%s; the direction has length %.3f, from %s with and %s without"
            .formatted(counted(reading), length, counted(have), counted(lack)),
        facts);
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
