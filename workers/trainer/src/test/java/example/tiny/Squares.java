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
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;

/** Bright squares on grey ground. */
public final class Squares implements Dataset {
  private static final Map<Integer, Integer> HASHED = new ConcurrentHashMap<>();
  private static volatile CountDownLatch stuck = new CountDownLatch(0);

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
        Option.flag("broken", false, "Whether loading fails."),
        Option.flag("stuck", false, "Whether loading waits for a test."));
  }

  @Override
  public DatasetDescription describe(Options options, DataFolder data) {
    return images(options).description();
  }

  @Override
  public String sha256(Options options, DataFolder data) {
    HASHED.merge(options.count("images"), 1, Integer::sum);
    return sha256(options.count("images"));
  }

  /** How often somebody has asked for the hash of {@code images} images. */
  public static int hashed(int images) {
    return HASHED.getOrDefault(images, 0);
  }

  /** What stands for the hash of {@code images} images. */
  public static String sha256(int images) {
    return "squares-" + images;
  }

  /** From now on what is stuck waits for the latch. */
  public static CountDownLatch stick() {
    stuck = new CountDownLatch(1);
    return stuck;
  }

  @Override
  public Images load(Options options, DataFolder data) {
    if (options.flag("stuck")) {
      await(stuck);
    }
    if (options.flag("broken")) {
      throw new IllegalStateException("the squares are not square");
    }
    return images(options);
  }

  // As reading from a disk that has gone does, it heeds no interruption.
  static void await(CountDownLatch latch) {
    while (latch.getCount() > 0) {
      LockSupport.parkNanos(1_000_000);
    }
  }

  private static GeneratedImages images(Options options) {
    return new GeneratedImages(8, options.count("images"), 50, PixelFormat.UINT8, Targets.GREY);
  }
}
