package dev.elbow.datasets;

import dev.elbow.api.data.DataFolder;
import dev.elbow.api.plugin.Dataset;
import dev.elbow.testkit.DatasetContract;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class ImagesDatasetContractTest extends DatasetContract {
  @TempDir private Path folder;

  @BeforeEach
  void writePictures() throws IOException {
    for (int i = 0; i < 30; i++) {
      Pictures.writeGrey(folder.resolve("tiny/class%d/%02d.png".formatted(i % 3, i)), 6, 5, i);
      Pictures.writeGrey(folder.resolve("other/%02d.png".formatted(i)), 6, 5, i + 1);
    }
  }

  @Override
  protected Dataset plugin() {
    return new ImagesDataset();
  }

  @Override
  protected DataFolder data() {
    return DataFolder.of(folder);
  }

  @Override
  protected Map<String, Object> required() {
    return Map.of("path", "tiny");
  }

  @Override
  protected List<Map<String, Object>> others() {
    return List.of(
        Map.of("resize", 4),
        Map.of("channels", "colour"),
        Map.of("test", 0.3),
        Map.of("path", "other"));
  }
}
