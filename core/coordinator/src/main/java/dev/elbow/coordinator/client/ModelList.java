package dev.elbow.coordinator.client;

import java.util.List;

/**
 * Answer to {@code GET /api/models} and {@code GET /api/models/{model}}.
 *
 * @param models by name, the oldest version first
 */
public record ModelList(List<RegisteredModel> models) {
  public ModelList {
    models = List.copyOf(models);
  }
}
