package dev.elbow.coordinator.sweep;

import dev.elbow.api.PluginChoice;
import dev.elbow.api.Vae;
import dev.elbow.api.data.DatasetDescription;
import dev.elbow.api.network.Conditions;
import dev.elbow.api.network.Graph;
import dev.elbow.api.network.Shape;
import dev.elbow.api.network.Tensor;
import dev.elbow.api.plugin.Decoder;
import dev.elbow.api.plugin.Encoder;
import dev.elbow.api.plugin.Objective;
import dev.elbow.api.plugin.Plugin;
import dev.elbow.catalog.Catalog;
import dev.elbow.catalog.Kind;
import dev.elbow.coordinator.sweep.Value.Entry;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Describes models, and puts what goes wrong to the section that is to blame. */
record Models(Catalog catalog, Value.Mapping root, Problems problems) {
  /** An ONNX file, being a protobuf message, ends at 2 GB. */
  private static final long MOST_WEIGHTS = 500_000_000;

  /**
   * How large a model is.
   *
   * @param weights how many figures training changes
   * @param multiplyAdds of one image, forward
   */
  record Size(long weights, long multiplyAdds) {}

  /**
   * Describes one model; empty and a problem if that cannot be done.
   *
   * @param chosen the configuration's values, by path
   * @param varied its varied parameters, for the message
   */
  Optional<Size> size(
      DatasetDescription data,
      Blueprint blueprint,
      Map<List<String>, Object> chosen,
      Map<String, Object> varied) {
    int latent = blueprint.latent(chosen);
    Vae.Part<Encoder> encoder = part(Kind.ENCODER, blueprint.plugin(Section.ENCODER, chosen));
    Vae.Part<Decoder> decoder = part(Kind.DECODER, blueprint.plugin(Section.DECODER, chosen));
    Vae.Part<Objective> objective =
        part(Kind.OBJECTIVE, blueprint.plugin(Section.OBJECTIVE, chosen));
    try {
      Graph graph =
          Vae.describe(data.image(), data.labels().size(), latent, encoder, decoder, objective)
              .training();
      return checked(new Size(graph.parameterCount(), graph.multiplyAdds()), varied);
    } catch (ArithmeticException e) {
      refuse(Section.ENCODER, "the model is too large to be counted", varied);
    } catch (RuntimeException | LinkageError | StackOverflowError e) {
      refuse(blame(data, latent, encoder, decoder, objective), message(e), varied);
    }
    return Optional.empty();
  }

  private <P extends Plugin> Vae.Part<P> part(Kind<P> kind, PluginChoice choice) {
    return new Vae.Part<>(catalog.find(kind, choice.plugin()).orElseThrow(), choice.options());
  }

  private Optional<Size> checked(Size size, Map<String, Object> varied) {
    if (size.weights() >= 0 && size.weights() <= MOST_WEIGHTS) {
      return Optional.of(size);
    }
    String message =
        "the model has %,d weights, expected at most %,d: no ONNX file holds more than 2 GB";
    refuse(Section.ENCODER, message.formatted(size.weights(), MOST_WEIGHTS), varied);
    return Optional.empty();
  }

  /** What a plugin complains of, in its words if it meant to. */
  static String message(Throwable failure) {
    return failure instanceof IllegalArgumentException && failure.getMessage() != null
        ? failure.getMessage()
        : "the plugin failed: " + failure;
  }

  private static Section blame(
      DatasetDescription data,
      int latent,
      Vae.Part<Encoder> encoder,
      Vae.Part<Decoder> decoder,
      Vae.Part<Objective> objective) {
    Conditions conditions;
    try {
      conditions = Vae.conditions(data.labels().size(), objective);
    } catch (RuntimeException | LinkageError | StackOverflowError e) {
      return Section.OBJECTIVE;
    }
    Tensor x = Tensor.input("x", data.image(), "encoder");
    if (fails(
        () ->
            encoder
                .plugin()
                .describe(x, conditions.rescoped("encoder"), latent, encoder.options()))) {
      return Section.ENCODER;
    }
    Tensor z = Tensor.input("z", Shape.of(latent), "decoder");
    return fails(
            () ->
                decoder
                    .plugin()
                    .describe(z, conditions.rescoped("decoder"), data.image(), decoder.options()))
        ? Section.DECODER
        : Section.OBJECTIVE;
  }

  private static boolean fails(Runnable description) {
    try {
      description.run();
      return false;
    } catch (RuntimeException | LinkageError | StackOverflowError e) {
      return true;
    }
  }

  private void refuse(Section section, String message, Map<String, Object> varied) {
    Entry entry = root.entries().get(section.name());
    String values =
        varied.entrySet().stream()
            .map(value -> value.getKey() + " " + value.getValue())
            .collect(Collectors.joining(", "));
    problems.add(
        entry == null ? Position.NONE : entry.value().at(),
        section.name(),
        values.isEmpty() ? message : "with %s: %s".formatted(values, message));
  }
}
