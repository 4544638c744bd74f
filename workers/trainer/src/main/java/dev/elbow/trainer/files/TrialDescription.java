package dev.elbow.trainer.files;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.elbow.api.Evaluation;
import dev.elbow.api.Losses;
import dev.elbow.api.RatePoint;
import dev.elbow.api.Trial;
import dev.elbow.api.Vae;
import dev.elbow.api.network.Adversary;
import dev.elbow.api.network.Condition;
import dev.elbow.catalog.Catalog;
import dev.elbow.catalog.InstalledPlugin;
import dev.elbow.catalog.Kind;
import dev.elbow.inference.ModelVersion;
import dev.elbow.inference.VaeModel;
import dev.elbow.messaging.TrialDocument;
import dev.elbow.trainer.engine.ConditionValues;
import dev.elbow.trainer.onnx.OnnxExporter;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What is told of a finished trial beside its weights: {@code trial.json}, and what every file that
 * holds weights says of itself. Nothing of it depends on time, host, path or attempt. Immutable.
 */
final class TrialDescription {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final FinishedTrial finished;
  private final List<InstalledPlugin<?>> plugins;
  private final String engine;
  private final String processor;

  TrialDescription(FinishedTrial finished, Catalog catalog, String engine, String processor) {
    this.finished = finished;
    this.plugins = used(finished.trial(), catalog);
    this.engine = engine;
    this.processor = processor;
  }

  private static List<InstalledPlugin<?>> used(Trial trial, Catalog catalog) {
    Set<String> names = new HashSet<>();
    names.add("dataset/" + trial.dataset().choice().plugin());
    names.add("encoder/" + trial.encoder().plugin());
    names.add("decoder/" + trial.decoder().plugin());
    names.add("objective/" + trial.objective().plugin());
    trial.scores().forEach(score -> names.add("score/" + score.choice().plugin()));
    return catalog.plugins().stream()
        .filter(plugin -> names.contains(plugin.announced()))
        .collect(Collectors.toUnmodifiableList());
  }

  /**
   * The trial in the words of a sweep file, and where the model comes from.
   *
   * @param verified what was measured of the exported models
   */
  String json(TrialFiles.Verified verified) {
    Map<String, Object> document = TrialDocument.of(finished.trial());
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("sha256", finished.trial().dataset().sha256());
    data.put("targets", finished.targets().word());
    document.put("data", data);
    document.put("versions", versions());
    document.put("plugins", plugins());
    document.put("processor", processor);
    document.put("metrics", metrics(verified));
    if (!finished.rates().isEmpty()) {
      document.put("rate_distortion", each(finished.rates(), TrialDescription::rate));
    }
    return write(document) + "\n";
  }

  /** By key; every value is text, and what is no single value is JSON. */
  Map<String, String> modelMetadata() {
    Trial trial = finished.trial();
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("sweep", trial.id().sweep());
    metadata.put("trial", trial.id().folder());
    Map<String, Object> document = TrialDocument.of(trial);
    List.of("dataset", "encoder", "decoder", "objective", "training")
        .forEach(section -> flatten(section, document.get(section), metadata));
    metadata.put("latent", String.valueOf(trial.latent()));
    metadata.put("seed", String.valueOf(trial.seed()));
    trial.parameters().forEach((name, value) -> metadata.putIfAbsent(name, text(value)));
    metadata.put("dataset.sha256", trial.dataset().sha256());
    metadata.put("targets", finished.targets().word());
    conditions(metadata);
    metadata.put("likelihood", finished.vae().likelihood().name());
    losses("test", finished.last().test())
        .forEach((name, value) -> metadata.put(name, text(value)));
    versions().forEach((name, value) -> metadata.put("versions." + name, text(value)));
    plugins.stream()
        // A model does not depend on who judges it.
        .filter(p -> p.kind() != Kind.SCORE)
        .forEach(p -> metadata.put("versions." + p.kind().name(), p.version()));
    return metadata;
  }

  /** What somebody has to know to tell the model what it asks for. */
  private void conditions(Map<String, String> metadata) {
    for (Condition condition : ConditionValues.conditions(finished.vae())) {
      if (condition instanceof Condition.Beta beta) {
        metadata.put("beta.least", text(beta.least()));
        metadata.put("beta.most", text(beta.most()));
      } else {
        List<String> labels = finished.labels();
        IntStream.range(0, labels.size()).forEach(i -> metadata.put("label." + i, labels.get(i)));
        metadata.put("shown.labels", shownLabels());
      }
    }
  }

  private String shownLabels() {
    return ConditionValues.apart(finished.vae(), finished.conditions()).entrySet().stream()
        .filter(each -> each.getKey().shape().rank() == 1)
        .flatMap(each -> classes(each.getValue(), each.getKey().shape().dimension(0)))
        .collect(Collectors.joining(","));
  }

  private static Stream<String> classes(float[] told, int classes) {
    return IntStream.range(0, told.length)
        .filter(i -> told[i] > 0)
        .mapToObj(i -> String.valueOf(i % classes));
  }

  /**
   * The same for people.
   *
   * @param written SHA-256 of the trial's other files, by name
   */
  String card(TrialFiles.Verified verified, Map<String, String> written) {
    Map<String, String> metrics = new LinkedHashMap<>();
    metrics(verified).forEach((name, value) -> metrics.put(name, text(value)));
    return new ModelCard(finished, modelMetadata(), metrics, written).markdown();
  }

  private Map<String, Object> versions() {
    Map<String, Object> versions = new LinkedHashMap<>();
    versions.put("elbow", elbow());
    versions.put("engine", engine);
    versions.put("onnxruntime", VaeModel.runtimeVersion());
    versions.put("opset", (long) OnnxExporter.OPSET);
    versions.put("models", ModelVersion.CURRENT);
    return versions;
  }

  private static String elbow() {
    return Optional.ofNullable(TrialDescription.class.getPackage().getImplementationVersion())
        .orElse("unknown");
  }

  private Map<String, Object> plugins() {
    return plugins.stream()
        .collect(
            Collectors.toMap(
                InstalledPlugin::announced,
                TrialDescription::origin,
                (first, second) -> first,
                LinkedHashMap::new));
  }

  private static Object origin(InstalledPlugin<?> plugin) {
    Map<String, Object> origin = new LinkedHashMap<>();
    origin.put("version", plugin.version());
    plugin.sha256().ifPresent(hash -> origin.put("sha256", hash));
    return origin;
  }

  /** Of the model: what it was set against is gone when it is finished. */
  private static long parameterCount(Vae vae) {
    return vae.training().parameters().stream()
        .filter(parameter -> !Adversary.owns(parameter))
        .mapToLong(parameter -> parameter.shape().size())
        .sum();
  }

  private Map<String, Object> metrics(TrialFiles.Verified verified) {
    Evaluation last = finished.last();
    Map<String, Object> metrics = new LinkedHashMap<>();
    metrics.put("epochs", (long) last.epoch());
    metrics.put("steps", last.step());
    metrics.put("parameter_count", parameterCount(finished.vae()));
    metrics.put("train_objective", measured(last.trainObjective()));
    metrics.putAll(losses("train", last.train()));
    last.validation().ifPresent(losses -> metrics.putAll(losses("validation", losses)));
    metrics.putAll(losses("test", last.test()));
    metrics.put("active_units", (long) last.activeUnits());
    metrics.put("kl_per_dimension", each(last.klPerDimension(), TrialDescription::measured));
    metrics.put("onnx_max_abs_error", measured(verified.onnxMaxAbsError()));
    verified.scores().forEach((column, figure) -> metrics.put(column, measured(figure)));
    return metrics;
  }

  private static Map<String, Object> losses(String split, Losses losses) {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put(split + "_loss", measured(losses.loss()));
    figures.put(split + "_reconstruction", measured(losses.reconstruction()));
    figures.put(split + "_kl", measured(losses.kl()));
    return figures;
  }

  private static Map<String, Object> rate(RatePoint point) {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("beta", measured(point.beta()));
    point.validation().ifPresent(losses -> figures.putAll(losses("validation", losses)));
    figures.putAll(losses("test", point.test()));
    return figures;
  }

  // JSON has no word for what is not a number.
  private static Object measured(double value) {
    return Double.isFinite(value) ? Figures.rounded(value) : String.valueOf(value);
  }

  private static void flatten(String path, Object value, Map<String, String> into) {
    if (value instanceof Map<?, ?> section) {
      section.forEach((key, inner) -> flatten(path + "." + key, inner, into));
    } else {
      into.put(path, text(value));
    }
  }

  private static String text(Object value) {
    return value instanceof List || value instanceof Map
        ? write(value)
        : String.valueOf(plain(value));
  }

  private static String write(Object value) {
    DefaultIndenter lines = new DefaultIndenter("  ", "\n");
    DefaultPrettyPrinter printer = new DefaultPrettyPrinter().withObjectIndenter(lines);
    try {
      return value instanceof Map
          ? JSON.writer(printer).writeValueAsString(plain(value))
          : JSON.writeValueAsString(plain(value));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("plain values always have JSON: " + e.getMessage(), e);
    }
  }

  /** The same value with numbers that print alike on every JDK. */
  private static Object plain(Object value) {
    if (value instanceof Double number && Double.isFinite(number)) {
      return new BigDecimal(Figures.exact(number));
    }
    if (value instanceof List<?> list) {
      return each(list, TrialDescription::plain);
    }
    if (value instanceof Map<?, ?> map) {
      Map<Object, Object> plain = new LinkedHashMap<>();
      map.forEach((key, inner) -> plain.put(key, plain(inner)));
      return plain;
    }
    return value;
  }

  private static <T> List<Object> each(List<T> values, Function<? super T, Object> change) {
    return values.stream().map(change).collect(Collectors.toList());
  }
}
