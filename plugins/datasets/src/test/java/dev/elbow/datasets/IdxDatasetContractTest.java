package dev.elbow.datasets;

import dev.elbow.api.data.DataFolder;
import dev.elbow.api.plugin.Dataset;
import dev.elbow.testkit.DatasetContract;
import dev.elbow.testkit.IdxFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class IdxDatasetContractTest extends DatasetContract {
  @TempDir private Path folder;

  @BeforeEach
  void writeFiles() throws IOException {
    IdxFiles.writeFolder(folder.resolve("tiny"), 23, 9, 6, 5);
    IdxFiles.writeFolder(folder.resolve("other"), 23, 10, 6, 5);
  }

  @Override
  protected Dataset plugin() {
    return new IdxDataset();
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
        Map.of("binarize", "fixed"),
        Map.of("resize", 4),
        Map.of("resize", 4, "binarize", "fixed"),
        Map.of("path", "other"));
  }
}
