package dev.elbow.search;

import dev.elbow.api.plugin.SearchAlgorithm;
import dev.elbow.testkit.SearchAlgorithmContract;

class GridSearchContractTest extends SearchAlgorithmContract {
  @Override
  protected SearchAlgorithm plugin() {
    return new GridSearch();
  }
}
