package dev.elbow.search;

import dev.elbow.api.plugin.SearchAlgorithm;
import dev.elbow.testkit.SearchAlgorithmContract;
import java.util.Map;

class RandomSearchContractTest extends SearchAlgorithmContract {
  @Override
  protected SearchAlgorithm plugin() {
    return new RandomSearch();
  }

  @Override
  protected Map<String, Object> few() {
    return Map.of("trials", 150);
  }
}
