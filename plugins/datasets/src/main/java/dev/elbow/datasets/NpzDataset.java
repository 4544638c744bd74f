package dev.elbow.datasets;

import dev.elbow.api.data.DataFolder;
import dev.elbow.api.data.DatasetDescription;
import dev.elbow.api.data.DatasetException;
import dev.elbow.api.data.Images;
import dev.elbow.api.plugin.Dataset;
import dev.elbow.api.plugin.Option;
import dev.elbow.api.plugin.Options;
import java.io.IOException;
import java.util.List;

/**
 * An archive of NumPy, as {@code numpy.savez} and {@code savez_compressed} write it: {@code imgs},
 * {@code latents_classes} and {@code latents_values} as dSprites has them; {@code x} and {@code y};
 * {@code arr_0} alone; or {@code x_train}, {@code y_train}, {@code x_test} and {@code y_test},
 * which declare the split. Other arrays are passed over, and pickled objects are never read.
 */
public final class NpzDataset implements Dataset {
  private static final int VERSION = 1;
  private static final List<Option> OPTIONS =
      List.of(
          Option.requiredText("path", "The .npz file, below --data."),
          Option.choice(
              "pixels",
              List.of("auto", "bits", "bytes"),
              "Whether values are 0 and 1 or from 0 to 255; auto takes booleans and imgs as bits,"
                  + " other integers as bytes, and floats from 0 to 1 as they are."),
          DataSplit.option(
              "Share of the images for test, chosen by the hash of their numbers; not where x_train"
                  + " and x_test are given."));

  @Override
  public String name() {
    return "npz";
  }

  @Override
  public String description() {
    return "Images from an archive of NumPy, with labels or true factors, as dSprites has them.";
  }

  @Override
  public List<Option> options() {
    return OPTIONS;
  }

  @Override
  public DatasetDescription describe(Options options, DataFolder data) throws DatasetException {
    try (NpzArchive archive = open(options, data)) {
      return NpzContent.open(archive, options.text("path"), options).describe();
    }
  }

  /** Over the file as it is and the options, so that a copy that is compressed is another one. */
  @Override
  public String sha256(Options options, DataFolder data) throws DatasetException {
    String path = options.text("path");
    open(options, data).close();
    try {
      String treatment =
          "npz %d %s test %s".formatted(VERSION, options.text("pixels"), DataSplit.share(options));
      return new Sha256().text(treatment).file(data.resolve(path)).hexadecimal();
    } catch (IOException e) {
      throw new DatasetException("'%s' cannot be read: %s".formatted(path, e.getMessage()), e);
    }
  }

  @Override
  public Images load(Options options, DataFolder data) throws DatasetException {
    try (NpzArchive archive = open(options, data)) {
      return NpzContent.open(archive, options.text("path"), options).load();
    }
  }

  private static NpzArchive open(Options options, DataFolder data) throws DatasetException {
    String path = options.text("path");
    return NpzArchive.open(path, data.resolve(path));
  }
}
