package dev.elbow.datasets;

import dev.elbow.api.plugin.Dataset;
import dev.elbow.testkit.DatasetContract;
import java.util.List;
import java.util.Map;

class SpritesDatasetContractTest extends DatasetContract {
  @Override
  protected Dataset plugin() {
    return new SpritesDataset();
  }

  @Override
  protected Map<String, Object> few() {
    return Map.of("orientations", 3, "positionsX", 2, "positionsY", 1);
  }

  @Override
  protected List<Map<String, Object>> others() {
    return List.of(
        Map.of(),
        Map.of("orientations", 3, "positionsX", 1, "positionsY", 2),
        Map.of("orientations", 3, "positionsX", 2, "positionsY", 1, "size", 32));
  }
}
