package example.tiny;

import dev.elbow.api.data.DataFolder;
import dev.elbow.api.data.DatasetDescription;
import dev.elbow.api.data.Images;
import dev.elbow.api.data.PixelFormat;
import dev.elbow.api.data.Targets;
import dev.elbow.api.plugin.Dataset;
import dev.elbow.api.plugin.Option;
import dev.elbow.api.plugin.Options;
import dev.elbow.trainer.engine.GeneratedImages;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Bright squares on grey ground. */
public final class Squares implements Dataset {
  /** How often somebody has asked for a hash. */
  public static final AtomicInteger HASHED = new AtomicInteger();

  @Override
  public String name() {
    return "squares";
  }

  @Override
  public String description() {
    return "Bright squares on grey ground.";
  }

  @Override
  public List<Option> options() {
    return List.of(
        Option.whole("images", 1, 100_000, 200, "Images of the training set."),
        Option.flag("broken", false, "Whether loading fails."));
  }

  @Override
  public DatasetDescription describe(Options options, DataFolder data) {
    return images(options).description();
  }

  @Override
  public String sha256(Options options, DataFolder data) {
    HASHED.incrementAndGet();
    return sha256(options.count("images"));
  }

  /** What stands for the hash of {@code images} images. */
  public static String sha256(int images) {
    return "squares-" + images;
  }

  @Override
  public Images load(Options options, DataFolder data) {
    if (options.flag("broken")) {
      throw new IllegalStateException("the squares are not square");
    }
    return images(options);
  }

  private static GeneratedImages images(Options options) {
    return new GeneratedImages(8, options.count("images"), 50, PixelFormat.UINT8, Targets.GREY);
  }
}
