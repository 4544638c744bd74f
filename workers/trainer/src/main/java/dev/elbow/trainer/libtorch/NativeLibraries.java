package dev.elbow.trainer.libtorch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.bytedeco.pytorch.global.torch;

/** Loads libtorch into this JVM, once. */
final class NativeLibraries {
  private static final List<String> LIBTORCH_ON_LINUX =
      List.of("libgomp.so.1", "libc10.so", "libtorch_cpu.so", "libtorch.so");

  private static boolean loaded;

  private NativeLibraries() {}

  /**
   * Loads libtorch, unless that was done before.
   *
   * @param cache where native libraries are unpacked; empty for JavaCPP's own place below the
   *     user's home
   */
  static synchronized void load(Optional<Path> cache) {
    if (!loaded) {
      configure(cache);
      unpack();
      openblas_nolapack.blas_set_num_threads(1);
      torch.set_num_threads(1);
      loaded = true;
    }
  }

  // JavaCPP reads these when its first class is touched. It would refuse an allocation when the
  // process grows beyond four heaps; our memory is native by intent.
  private static void configure(Optional<Path> cache) {
    setDefault("org.bytedeco.javacpp.maxBytes", "0");
    setDefault("org.bytedeco.javacpp.maxPhysicalBytes", "0");
    cache.ifPresent(
        folder -> setDefault("org.bytedeco.javacpp.cachedir", folder.toAbsolutePath().toString()));
  }

  private static void setDefault(String key, String value) {
    if (System.getProperty(key) == null) {
      System.setProperty(key, value);
    }
  }

  // All libraries must lie side by side before the first is opened, otherwise the dynamic linker
  // takes those that the system may have and the process crashes.
  private static void unpack() {
    String platform = Loader.getPlatform();
    if (platform.startsWith("linux")) {
      LIBTORCH_ON_LINUX.forEach(library -> unpack("/org/bytedeco/pytorch/" + platform, library));
    }
  }

  private static void unpack(String folder, String library) {
    try {
      Loader.cacheResource(folder + "/" + library);
    } catch (IOException e) {
      throw new UncheckedIOException(library + " cannot be unpacked", e);
    }
  }
}
