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
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
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
   * folder may hold classes, or jars that belong together.
   */
  static List<PluginSource> in(Path folder) throws PluginException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> places = Files.list(folder)) {
      return places
          .filter(PluginSource::isSource)
          .sorted(Comparator.naturalOrder())
          .map(PluginSource::isolated)
          .toList();
    } catch (IOException | UncheckedIOException e) {
      throw new PluginException(
          List.of("plugins folder %s cannot be read: %s".formatted(folder, e.getMessage())));
    }
  }

  private static boolean isSource(Path place) {
    return Files.isDirectory(place) || place.toString().endsWith(".jar");
  }

  private static PluginSource isolated(Path place) {
    List<URL> urls = new ArrayList<>(List.of(url(place)));
    if (Files.isDirectory(place)) {
      jarsIn(place).forEach(jar -> urls.add(url(jar)));
    }
    ClassLoader loader =
        new URLClassLoader(place.getFileName().toString(), urls.toArray(URL[]::new), new ApiOnly());
    return new PluginSource(Optional.of(place), loader);
  }

  private static List<Path> jarsIn(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
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
      ServiceLoader.load(kind.type(), loader).forEach(plugin -> found.add(installed(kind, plugin)));
    } catch (ServiceConfigurationError | LinkageError | UncheckedIOException e) {
      problems.add(
          "%s: %s plugins cannot be loaded: %s".formatted(name(), kind.name(), e.getMessage()));
    }
    return found;
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

  private String name() {
    return place.map(Path::toString).orElse("class path");
  }

  void close() {
    if (loader instanceof URLClassLoader own) {
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
