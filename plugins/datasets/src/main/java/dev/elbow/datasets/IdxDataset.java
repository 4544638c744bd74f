package dev.elbow.datasets;

import dev.elbow.api.data.DataFolder;
import dev.elbow.api.data.DatasetDescription;
import dev.elbow.api.data.DatasetException;
import dev.elbow.api.data.Images;
import dev.elbow.api.plugin.Dataset;
import dev.elbow.api.plugin.Option;
import dev.elbow.api.plugin.Options;
import java.util.List;

/**
 * A folder as MNIST has it: {@code train-images-idx3-ubyte} and {@code t10k-images-idx3-ubyte}, raw
 * or gzipped, with {@code …-labels-idx1-ubyte} where there are labels.
 */
public final class IdxDataset implements Dataset {
  private static final List<Option> OPTIONS =
      List.of(
          Option.requiredText(
              "path", "Folder below --data that holds train-images-idx3-ubyte[.gz] and the like."),
          Option.choice(
              "binarize",
              List.of("none", "fixed", "dynamic"),
              "Draws each pixel as 0 or 1, its grey value being the probability: never, once for"
                  + " all, or anew in every epoch."),
          Option.whole(
              "resize", 0, 1024, 0, "Height and width to resample images to; 0 for as they are."));

  @Override
  public String name() {
    return "idx";
  }

  @Override
  public String description() {
    return "Grey images from IDX files, as MNIST and its relatives have them.";
  }

  @Override
  public List<Option> options() {
    return OPTIONS;
  }

  @Override
  public DatasetDescription describe(Options options, DataFolder data) throws DatasetException {
    return IdxFolder.open(options.text("path"), data).describe(IdxTreatment.of(options));
  }

  @Override
  public String sha256(Options options, DataFolder data) throws DatasetException {
    return IdxFolder.open(options.text("path"), data).sha256(IdxTreatment.of(options));
  }

  @Override
  public Images load(Options options, DataFolder data) throws DatasetException {
    return IdxFolder.open(options.text("path"), data).load(IdxTreatment.of(options));
  }
}
