package dev.elbow.datasets;

import dev.elbow.api.data.DataFolder;
import dev.elbow.api.data.DatasetDescription;
import dev.elbow.api.data.Images;
import dev.elbow.api.plugin.Dataset;
import dev.elbow.api.plugin.Option;
import dev.elbow.api.plugin.Options;
import java.util.List;

/**
 * Every combination of shape, scale, orientation and position once, as dSprites has them (Matthey,
 * Higgins, Hassabis and Lerchner 2017), except that no orientation comes twice: there 0 and 2π are
 * two.
 */
public final class SpritesDataset implements Dataset {
  private static final List<Option> OPTIONS =
      List.of(
          Option.whole("orientations", 1, 40, 10, "How many angles a full turn is divided into."),
          Option.whole("positionsX", 1, 32, 10, "How many places from left to right."),
          Option.whole("positionsY", 1, 32, 10, "How many places from top to bottom."),
          Option.whole("size", 16, 64, 64, "Height and width of an image, in pixels."));

  @Override
  public String name() {
    return "sprites";
  }

  @Override
  public String description() {
    return "Generated squares, ellipses and hearts of known scale, orientation and position.";
  }

  @Override
  public List<Option> options() {
    return OPTIONS;
  }

  @Override
  public DatasetDescription describe(Options options, DataFolder data) {
    return SpriteGrid.of(options).describe();
  }

  @Override
  public String sha256(Options options, DataFolder data) {
    return SpriteGrid.of(options).sha256();
  }

  @Override
  public Images load(Options options, DataFolder data) {
    return SpriteImages.of(SpriteGrid.of(options));
  }
}
