package dev.elbow.catalog;

import dev.elbow.api.PluginChoice;
import dev.elbow.api.Trial;
import dev.elbow.api.Vae;
import dev.elbow.api.data.DatasetDescription;
import dev.elbow.api.plugin.Plugin;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The installed plugins. Immutable and thread-safe; the class loaders of plugin jars stay open
 * until {@link #close}.
 *
 * <p>Kinds are listed in {@link Kind#ALL}, plugins within a kind by name.
 */
public final class Catalog implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Catalog.class);

  private final List<InstalledPlugin<?>> plugins;
  private final List<PluginSource> sources;

  private Catalog(List<InstalledPlugin<?>> plugins, List<PluginSource> sources) {
    this.plugins = List.copyOf(plugins);
    this.sources = List.copyOf(sources);
  }

  /** The plugins on the class path. */
  public static Catalog ofClassPath() throws PluginException {
    return of(List.of(PluginSource.classPath()), new ArrayList<>());
  }

  /**
   * The plugins on the class path and those in {@code folder}, where each jar and each folder of
   * classes is a plugin source of its own.
   *
   * @param folder may be missing
   * @throws PluginException if a source cannot be read or two plugins of a kind have one name;
   *     names all that is wrong
   */
  public static Catalog load(Path folder) throws PluginException {
    List<String> problems = new ArrayList<>();
    List<PluginSource> sources = new ArrayList<>(List.of(PluginSource.classPath()));
    sources.addAll(PluginSource.in(folder, problems));
    return of(sources, problems);
  }

  private static Catalog of(List<PluginSource> sources, List<String> problems)
      throws PluginException {
    Map<String, InstalledPlugin<?>> found = new LinkedHashMap<>();
    for (Kind<?> kind : Kind.ALL) {
      sources.stream()
          .flatMap(source -> source.plugins(kind, problems).stream())
          .sorted(Comparator.comparing(plugin -> plugin.plugin().name()))
          .forEach(plugin -> add(plugin, found, problems));
    }
    if (!problems.isEmpty()) {
      sources.forEach(PluginSource::close);
      throw new PluginException(problems);
    }
    found.values().forEach(Catalog::log);
    sources.stream().filter(source -> source.isWithout(found.values())).forEach(Catalog::warn);
    return new Catalog(List.copyOf(found.values()), sources);
  }

  private static void log(InstalledPlugin<?> plugin) {
    LOG.debug("{} {} from {}", plugin.announced(), plugin.version(), plugin.source());
  }

  private static void warn(PluginSource source) {
    LOG.warn("{} holds no plugins", source.place().orElseThrow());
  }

  private static void add(
      InstalledPlugin<?> plugin, Map<String, InstalledPlugin<?>> found, List<String> problems) {
    InstalledPlugin<?> other = found.putIfAbsent(plugin.announced(), plugin);
    if (other != null) {
      problems.add(
          "%s '%s' is in %s and in %s; remove one of them"
              .formatted(
                  plugin.kind().name(), plugin.plugin().name(), other.source(), plugin.source()));
    }
  }

  /** Every plugin. */
  public List<InstalledPlugin<?>> plugins() {
    return plugins;
  }

  /** The names of the plugins of a kind. */
  public List<String> names(Kind<?> kind) {
    return plugins.stream()
        .filter(p -> p.kind().equals(kind))
        .map(p -> p.plugin().name())
        .sorted()
        .toList();
  }

  /** The plugin of that kind and name, if it is installed. */
  public <P extends Plugin> Optional<P> find(Kind<P> kind, String name) {
    return plugins.stream()
        .filter(p -> p.kind().equals(kind) && p.plugin().name().equals(name))
        .map(p -> kind.type().cast(p.plugin()))
        .findFirst();
  }

  /**
   * The model that {@code trial} names. Each of its plugins is here.
   *
   * @param data what the trial's dataset holds
   * @throws dev.elbow.api.network.DescriptionException if a layer does not fit; a plugin may throw
   *     anything else
   * @throws java.util.NoSuchElementException if a plugin is not here
   */
  public Vae describe(Trial trial, DatasetDescription data) {
    return Vae.describe(
        data.image(),
        data.labels().size(),
        trial.latent(),
        part(Kind.ENCODER, trial.encoder()),
        part(Kind.DECODER, trial.decoder()),
        part(Kind.OBJECTIVE, trial.objective()));
  }

  private <P extends Plugin> Vae.Part<P> part(Kind<P> kind, PluginChoice choice) {
    P plugin = find(kind, choice.plugin()).orElseThrow();
    // A trial may have been queued by a release whose plugin had fewer options.
    return new Vae.Part<>(plugin, choice.options().completed(plugin.options()));
  }

  /** Closes the plugins' class loaders: their code must not run any more. */
  @Override
  public void close() {
    sources.forEach(PluginSource::close);
  }
}
