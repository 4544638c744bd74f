package dev.elbow.cli.models;

import dev.elbow.inference.VaeModel;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows what a model makes of images. */
@Command(
    name = "reconstruct",
    description = {
      "Shows what the model makes of images: encodes them and decodes the means.",
      "",
      "A picture has each row of images above the row of their reconstructions; an array or a folder has the reconstructions alone.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  elbow reconstruct mnist-tutorial/0001 t10k-images-idx3-ubyte.gz#0-31 --out digits.png",
      "  elbow reconstruct faces/0003 photos/ --out reconstructed/"
    })
final class ReconstructCommand extends ImagesCommand {
  @Option(names = "--columns", paramLabel = "N", description = "Images in a row of a picture.")
  private int columns;

  @Override
  List<String> problems() {
    return new Ranges().whole("--columns", columns, 0, ImageWriter.MOST_IN_A_PICTURE).problems();
  }

  @Override
  Report run(VaeModel model, OutputKind kind) throws IOException, RefusedImages {
    ImageReading reading = reading(model);
    requireFit(kind, reading.count(), 2);
    Distortion distortion = new Distortion(model.imageSize());
    if (kind == OutputKind.PICTURE) {
      draw(model, reading, distortion);
    } else {
      write(model, kind, reading, distortion);
    }
    Map<String, Object> facts = counts(reading);
    facts.put("mean_squared_error", distortion.meanSquaredError());
    return new Report(
        "%s; mean squared error %.5f for each value"
            .formatted(counted(reading), distortion.meanSquaredError()),
        facts);
  }

  private void draw(VaeModel model, ImageReading reading, Distortion distortion)
      throws IOException, RefusedImages {
    ImageBatch all = all(reading);
    float[] reconstructed = model.decode(model.encode(all.values()).mu());
    distortion.add(all.values(), reconstructed);
    int wide = ImageWriter.columns(columns, all.count());
    NewFile.write(output().path(), model.comparison(all.values(), reconstructed, wide));
  }

  private void write(VaeModel model, OutputKind kind, ImageReading reading, Distortion distortion)
      throws IOException, RefusedImages {
    try (WorkProgress progress = progress(reading.count());
        ImageWriter writer = ImageWriter.open(model, kind, output().path(), columns)) {
      reading.forEach(
          progress,
          batch -> {
            float[] reconstructed = model.decode(model.encode(batch.values()).mu());
            distortion.add(batch.values(), reconstructed);
            writer.add(fileNames(batch), reconstructed);
          });
      writer.commit();
    }
  }
}
