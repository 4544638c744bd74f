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

class NpzDatasetContractTest extends DatasetContract {
  @TempDir private Path folder;

  @BeforeEach
  void copyFixtures() throws IOException {
    NpzFixtures.copy(folder);
  }

  @Override
  protected Dataset plugin() {
    return new NpzDataset();
  }

  @Override
  protected DataFolder data() {
    return DataFolder.of(folder);
  }

  @Override
  protected Map<String, Object> required() {
    return Map.of("path", "dsprites.npz");
  }

  @Override
  protected List<Map<String, Object>> others() {
    return List.of(Map.of("test", 0.3), Map.of("path", "xy.npz"), Map.of("path", "floats.npz"));
  }
}
