package dev.elbow.datasets;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.elbow.api.data.DataFolder;
import dev.elbow.api.data.Images;
import dev.elbow.api.network.Shape;
import dev.elbow.api.plugin.Options;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** On the files that everybody has. */
@EnabledIfSystemProperty(named = "elbow.data", matches = ".+", disabledReason = "needs MNIST")
class MnistIT {
  private static final DataFolder DATA =
      DataFolder.of(Path.of(System.getProperty("elbow.data", "")));
  private final IdxDataset idx = new IdxDataset();

  private Images load(Map<String, Object> given) throws Exception {
    return idx.load(Options.check(idx.options(), given).orThrow(), DATA);
  }

  @Test
  void mnistIsReadAsItIsKnown() throws Exception {
    Images images = load(Map.of("path", "mnist"));
    assertEquals(Shape.of(1, 28, 28), images.description().image());
    assertEquals(60_000, images.description().trainImages());
    assertEquals(10_000, images.description().testImages());
    assertEquals(10, images.description().labels().size());
    assertEquals(5, images.label(0));
    assertEquals(7, images.label(60_000));
    assertEquals(0.1307, mean(images), 5e-5); // as every MNIST tutorial normalises with
  }

  @Test
  void resizedMnistIsAsBright() throws Exception {
    assertEquals(0.1307, mean(load(Map.of("path", "mnist", "resize", 32))), 1e-3);
    assertEquals(0.1307, mean(load(Map.of("path", "mnist", "resize", 14))), 1e-3);
  }

  private static double mean(Images images) {
    int train = images.train().length;
    ByteBuffer pixels =
        ByteBuffer.allocate(Math.toIntExact(train * images.description().image().size()));
    images.read(0, train, pixels);
    return IntStream.range(0, pixels.capacity()).map(i -> pixels.get(i) & 0xff).average().orElse(0)
        / 255;
  }
}
