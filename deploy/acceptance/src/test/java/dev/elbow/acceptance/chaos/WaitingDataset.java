package dev.elbow.acceptance.chaos;

import dev.elbow.api.data.DataFolder;
import dev.elbow.api.data.DatasetDescription;
import dev.elbow.api.data.DatasetException;
import dev.elbow.api.data.Images;
import dev.elbow.api.data.PixelFormat;
import dev.elbow.api.data.Targets;
import dev.elbow.api.network.Shape;
import dev.elbow.api.plugin.Dataset;
import dev.elbow.api.plugin.Option;
import dev.elbow.api.plugin.Options;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * A plugin whose images take a given time to load and none of a processor, so that more slots than
 * processors can be kept busy and what is measured is who gets which trial when.
 */
public final class WaitingDataset implements Dataset {
  private static final int TRAIN = 32;
  private static final int TEST = 16;

  @Override
  public String name() {
    return "waiting";
  }

  @Override
  public String description() {
    return "A few grey images that take their time.";
  }

  @Override
  public List<Option> options() {
    return List.of(
        Option.whole("milliseconds", 0, 600_000, 1000, "How long loading takes, in milliseconds."));
  }

  @Override
  public DatasetDescription describe(Options options, DataFolder data) {
    return new DatasetDescription(
        Shape.of(1, 4, 4), PixelFormat.UINT8, TRAIN, TEST, Targets.GREY, List.of(), List.of());
  }

  @Override
  public String sha256(Options options, DataFolder data) {
    return "%064x".formatted(options.count("milliseconds"));
  }

  @Override
  public Images load(Options options, DataFolder data) throws DatasetException {
    try {
      TimeUnit.MILLISECONDS.sleep(options.count("milliseconds"));
    } catch (InterruptedException e) {
      throw new DatasetException("interrupted", e);
    }
    return new Grey(describe(options, data));
  }

  record Grey(DatasetDescription description) implements Images {
    @Override
    public void read(int first, int count, ByteBuffer target) {
      for (int i = 0; i < count * 16; i++) {
        target.put((byte) ((first * 16 + i) * 37));
      }
    }

    @Override
    public int[] train() {
      return IntStream.range(0, TRAIN).toArray();
    }

    @Override
    public int[] test() {
      return IntStream.range(TRAIN, TRAIN + TEST).toArray();
    }

    @Override
    public int label(int image) {
      return -1;
    }

    @Override
    public int factor(int image, int factor) {
      throw new IllegalArgumentException("no factors are known");
    }
  }
}
