package dev.elbow.trainer.libtorch;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.bytedeco.pytorch.global.torch;

/** Loads libtorch into this JVM, once. */
final class NativeLibraries {
  /** For which systems there is a libtorch, in the words of JavaCPP. */
  private static final Set<String> PUBLISHED =
      Set.of("linux-x86_64", "macosx-arm64", "windows-x86_64");

  private static final List<String> LIBTORCH_ON_LINUX =
      List.of("libgomp.so.1", "libc10.so", "libtorch_cpu.so", "libtorch.so");

  private static boolean loaded;

  private NativeLibraries() {}

  /**
   * Loads libtorch, unless that was done before. Where the class path has no libraries for this
   * system, those in a folder of {@code java.library.path} are taken as they lie there.
   *
   * @param cache where native libraries are unpacked; empty for JavaCPP's own place below the
   *     user's home
   * @throws IllegalStateException that says what there is, if there is none for this system
   */
  static synchronized void load(Optional<Path> cache) {
    if (!loaded) {
      boolean lying = isIn(System.getProperty("java.library.path", ""));
      configure(cache, lying);
      if (!lying) {
        unpack(Loader.getPlatform());
      }
      openblas_nolapack.blas_set_num_threads(1);
      torch.set_num_threads(1);
      loaded = true;
    }
  }

  private static boolean isIn(String folders) {
    String library = System.mapLibraryName("jnitorch");
    return Pattern.compile(File.pathSeparator, Pattern.LITERAL)
        .splitAsStream(folders)
        .anyMatch(folder -> !folder.isEmpty() && Files.exists(Path.of(folder, library)));
  }

  // JavaCPP reads these when its first class is touched. It would refuse an allocation when the
  // process grows beyond four heaps; our memory is native by intent. And it would look for what
  // lies there in folders of the system first, and copy some of it.
  private static void configure(Optional<Path> cache, boolean lying) {
    setDefault("org.bytedeco.javacpp.maxBytes", "0");
    setDefault("org.bytedeco.javacpp.maxPhysicalBytes", "0");
    cache.ifPresent(
        folder -> setDefault("org.bytedeco.javacpp.cachedir", folder.toAbsolutePath().toString()));
    if (lying) {
      setDefault("org.bytedeco.javacpp.findLibraries", "false");
    }
  }

  private static void setDefault(String key, String value) {
    if (System.getProperty(key) == null) {
      System.setProperty(key, value);
    }
  }

  // All libraries must lie side by side before the first is opened, otherwise the dynamic linker
  // takes those that the system may have and the process crashes.
  private static void unpack(String platform) {
    String folder = "/org/bytedeco/pytorch/" + platform;
    missing(platform, has(folder))
        .ifPresent(
            text -> {
              throw new IllegalStateException(text);
            });
    if (platform.startsWith("linux")) {
      LIBTORCH_ON_LINUX.forEach(library -> unpack(folder, library));
    }
  }

  private static boolean has(String folder) {
    return NativeLibraries.class.getResource(folder + "/" + System.mapLibraryName("jnitorch"))
        != null;
  }

  /**
   * Why nothing can be trained here; empty if it can.
   *
   * @param platform this system in the words of JavaCPP
   * @param shipped whether this installation has libraries for it
   */
  static Optional<String> missing(String platform, boolean shipped) {
    if (shipped) {
      return Optional.empty();
    }
    String systems = String.join(", ", PUBLISHED.stream().sorted().toList());
    String there =
        PUBLISHED.contains(platform)
            ? "this installation was made without it"
            : "libtorch exists for %s, and not for %s".formatted(systems, platform);
    return Optional.of(
        "found no libtorch for %s, which workers train with: %s. Coordinators and what asks exported models run here."
            .formatted(platform, there));
  }

  private static void unpack(String folder, String library) {
    try {
      Loader.cacheResource(folder + "/" + library);
    } catch (IOException e) {
      throw new UncheckedIOException(library + " cannot be unpacked", e);
    }
  }
}
