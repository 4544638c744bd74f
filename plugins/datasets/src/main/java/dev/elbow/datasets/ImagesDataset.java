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
 * A folder of PNG and JPEG files, at any depth. The name of the first folder on the way to a file
 * is its label.
 */
public final class ImagesDataset implements Dataset {
  private static final List<Option> OPTIONS =
      List.of(
          Option.requiredText("path", "Folder below --data that holds PNG or JPEG files."),
          Option.whole(
              "resize",
              0,
              1024,
              0,
              "Height and width to resample images to, by area where they shrink and linearly where"
                  + " they grow; 0 for as they are."),
          Option.choice(
              "channels",
              List.of("auto", "grey", "colour"),
              "Grey takes Rec. 601 luma of colours, colour repeats greys; auto is colour if any file"
                  + " is."),
          DataSplit.option("Share of the images for test, chosen by the hash of a file's name."));

  @Override
  public String name() {
    return "images";
  }

  @Override
  public String description() {
    return "PNG and JPEG files in a folder, with sub-folders as labels.";
  }

  @Override
  public List<Option> options() {
    return OPTIONS;
  }

  @Override
  public DatasetDescription describe(Options options, DataFolder data) throws DatasetException {
    return ImageFolder.open(options, data).describe();
  }

  @Override
  public String sha256(Options options, DataFolder data) throws DatasetException {
    return ImageFolder.open(options, data).sha256();
  }

  @Override
  public Images load(Options options, DataFolder data) throws DatasetException {
    return ImageFolder.open(options, data).load();
  }
}
