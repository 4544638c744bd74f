package dev.elbow.catalog;

import dev.elbow.api.plugin.Plugin;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * Where plugins are looked for: the class path, or one jar or folder with a class loader of its
 * own.
 *
 * @param place the jar or folder; empty for the class path
 */
record PluginSource(Optional<Path> place, ClassLoader loader) {

  static PluginSource classPath() {
    return new PluginSource(Optional.empty(), PluginSource.class.getClassLoader());
  }

  /**
   * A source for each jar and each folder in {@code folder}, by name; none if it does not exist. A
   * folder may hold classes, or jars that belong together. What cannot be read is added to {@code
   * problems}.
   */
  static List<PluginSource> in(Path folder, List<String> problems) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    List<PluginSource> sources = new ArrayList<>();
    for (Path place : list(folder, problems)) {
      if (isSource(place)) {
        isolated(place, problems).ifPresent(sources::add);
      }
    }
    return sources;
  }

  private static List<Path> list(Path folder, List<String> problems) {
    try (Stream<Path> places = Files.list(folder)) {
      return places.sorted().toList();
    } catch (IOException | UncheckedIOException e) {
      problems.add("%s: cannot be read: %s".formatted(folder, e.getMessage()));
      return List.of();
    }
  }

  private static boolean isSource(Path place) {
    return Files.isDirectory(place) || isJar(place);
  }

  private static boolean isJar(Path place) {
    return place.toString().endsWith(".jar");
  }

  private static Optional<PluginSource> isolated(Path place, List<String> problems) {
    List<Path> jars =
        Files.isDirectory(place)
            ? list(place, problems).stream().filter(PluginSource::isJar).toList()
            : List.of(place);
    // A class loader passes over a jar that it cannot read: plugins would be missing unnoticed.
    if (!jars.stream().allMatch(jar -> readable(jar, problems))) {
      return Optional.empty();
    }
    URL[] urls =
        Stream.concat(Stream.of(place), jars.stream())
            .distinct()
            .map(PluginSource::url)
            .toArray(URL[]::new);
    ClassLoader loader = new URLClassLoader(place.getFileName().toString(), urls, new ApiOnly());
    return Optional.of(new PluginSource(Optional.of(place), loader));
  }

  private static boolean readable(Path jar, List<String> problems) {
    try (JarFile opened = new JarFile(jar.toFile())) {
      return opened.size() >= 0;
    } catch (IOException e) {
      problems.add("%s: cannot be read as a jar: %s".formatted(jar, e.getMessage()));
      return false;
    }
  }

  private static URL url(Path place) {
    try {
      return place.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The plugins of {@code kind} in this source; what is broken is added to {@code problems}. */
  <P extends Plugin> List<InstalledPlugin<P>> plugins(Kind<P> kind, List<String> problems) {
    List<InstalledPlugin<P>> found = new ArrayList<>();
    try {
      for (P plugin : ServiceLoader.load(kind.type(), loader)) {
        requireUsable(plugin);
        found.add(installed(kind, plugin));
      }
    } catch (ServiceConfigurationError | LinkageError | RuntimeException e) {
      problems.add("%s: %s plugins cannot be loaded: %s".formatted(name(), kind.name(), reason(e)));
    }
    return found;
  }

  private static String reason(Throwable e) {
    return e.getCause() == null ? e.toString() : e + ", because of " + e.getCause();
  }

  // What the testkit's contract checks too; here for plugins that never met it.
  private static void requireUsable(Plugin plugin) {
    String name = plugin.name();
    if (name == null || !name.matches("[a-z][a-z0-9-]*")) {
      throw new IllegalArgumentException(
          "%s is named '%s', expected lower case letters, digits and hyphens"
              .formatted(plugin.getClass().getName(), name));
    }
    if (plugin.description() == null || plugin.options() == null) {
      throw new IllegalArgumentException(
          "%s has no description or no list of options".formatted(plugin.getClass().getName()));
    }
  }

  private <P extends Plugin> InstalledPlugin<P> installed(Kind<P> kind, P plugin) {
    String version =
        Optional.ofNullable(plugin.getClass().getPackage().getImplementationVersion())
            .orElse("unknown");
    Optional<Path> jar = place.or(() -> codeSource(plugin)).filter(Files::isRegularFile);
    String source = place.or(() -> codeSource(plugin)).map(Path::toString).orElse("class path");
    return new InstalledPlugin<>(kind, plugin, version, source, jar.map(PluginSource::sha256));
  }

  private static Optional<Path> codeSource(Plugin plugin) {
    CodeSource source = plugin.getClass().getProtectionDomain().getCodeSource();
    return Optional.ofNullable(source)
        .map(CodeSource::getLocation)
        .map(url -> Path.of(URI.create(url.toString())));
  }

  private static String sha256(Path jar) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(Files.readAllBytes(jar)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** Whether it is a jar or folder that none of {@code plugins} comes from. */
  boolean isWithout(Collection<InstalledPlugin<?>> plugins) {
    return place.isPresent() && plugins.stream().noneMatch(p -> p.source().equals(name()));
  }

  private String name() {
    return place.map(Path::toString).orElse("class path");
  }

  // The loader of the class path is not ours, and may be of the same class.
  void close() {
    if (place.isPresent() && loader instanceof URLClassLoader own) {
      try {
        own.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Gives the JDK and the plugin API, and hides everything else of the application. */
  private static final class ApiOnly extends ClassLoader {
    private static final String API = "dev.elbow.api.";

    ApiOnly() {
      super("elbow-api", ClassLoader.getPlatformClassLoader());
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      if (name.startsWith(API)) {
        return Plugin.class.getClassLoader().loadClass(name);
      }
      throw new ClassNotFoundException(name);
    }
  }
}
