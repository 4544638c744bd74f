package dev.elbow.coordinator.http;

import dev.elbow.coordinator.client.RegisteredModel;
import dev.elbow.coordinator.registry.ModelName;
import dev.elbow.coordinator.registry.Registry;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The registered models that addresses name. Blocks; thread-safe. */
record NamedModels(Registry registry) {
  /**
   * All versions of the model of an address.
   *
   * @throws Refusal if there is none
   */
  List<RegisteredModel> versions(RoutingContext asked) throws IOException {
    String name = asked.pathParam("model");
    boolean isName = ModelName.isOne(name) && !name.contains(":");
    List<RegisteredModel> models = isName ? registry.models(name) : List.of();
    if (models.isEmpty()) {
      throw missing(name);
    }
    return models;
  }

  /**
   * The version of an address.
   *
   * @throws Refusal if there is none
   */
  RegisteredModel model(RoutingContext asked) throws IOException {
    String text = asked.pathParam("model") + ":" + asked.pathParam("version");
    if (!ModelName.isOne(text)) {
      throw missing(text);
    }
    return registry.find(ModelName.parse(text)).orElseThrow(() -> missing(text));
  }

  /** Where its files are. */
  Path folder(RegisteredModel model) {
    return registry.folder(model);
  }

  private static Refusal missing(String name) {
    return Refusal.unknown("there is no model '%s'".formatted(name));
  }
}
