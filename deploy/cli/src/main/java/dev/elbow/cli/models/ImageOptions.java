package dev.elbow.cli.models;

import dev.elbow.inference.VaeModel;
import java.util.List;
import picocli.CommandLine.Option;

/** What is done with images that cannot be used. */
final class ImageOptions {
  /** For the help of commands that take images. */
  static final String IMAGES =
      "Pictures (.png, .jpg), folders of them, IDX files (also .gz) or arrays (.npy). Behind # some of them: "
          + "FILE#7, FILE#0-99, FOLDER#label=smiling, FILE#label!=3.";

  @Option(
      names = "--skip-broken",
      description =
          "Leaves out images that cannot be read or have another size. Without it all of them are named, and nothing is written.")
  private boolean skipsBroken;

  @Option(
      names = "--resize",
      description =
          "Resamples images of another size, as the data set's option resize does. "
              + "A model that was trained with it needs no --resize.")
  private boolean resizes;

  /** What images of a model are. */
  ImageShape shape(VaeModel model) {
    return ImageShape.of(model, resizes);
  }

  /** Images by name, ready to be gone through. */
  ImageReading open(List<String> images, VaeModel model) throws RefusedImages {
    ImageShape shape = shape(model);
    return new ImageReading(ImageChoice.open(images, shape), shape, skipsBroken);
  }

  /**
   * One image.
   *
   * @throws RefusedImages if it is broken, or the name stands for several
   */
  float[] one(String image, VaeModel model) throws RefusedImages {
    ImageSource source = ImageChoice.open(List.of(image), shape(model));
    if (source.count() != 1) {
      throw new RefusedImages(
          List.of(
              "%s: found %d images, expected one; #0 behind the name is the first"
                  .formatted(image, source.count())));
    }
    try {
      return source.read(0);
    } catch (BrokenImageException e) {
      throw new RefusedImages(List.of(source.name(0) + ": " + e.getMessage()));
    }
  }
}
