package dev.elbow.trainer.libtorch;

import dev.elbow.api.Training;
import dev.elbow.api.data.Images;
import dev.elbow.trainer.engine.Engine;
import dev.elbow.trainer.engine.Session;
import dev.elbow.trainer.engine.SessionSpec;
import dev.elbow.trainer.engine.StoredImages;
import dev.elbow.trainer.program.StepProgram;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.pytorch.global.torch;

/**
 * libtorch, training by compiled programs. One thread a session: on a machine with two cores, two
 * models side by side beat one model on two threads.
 */
public final class LibtorchEngine implements Engine {
  private final CompiledPrograms programs = new CompiledPrograms();
  private final Processor processor = Processor.here();
  private final String version;

  private LibtorchEngine(String version) {
    this.version = version;
  }

  /**
   * Loads libtorch into this JVM, which takes seconds the first time.
   *
   * @param nativeCache where native libraries are unpacked, about 400 MB, once for each version;
   *     empty for a place below the user's home
   */
  public static LibtorchEngine load(Optional<Path> nativeCache) {
    NativeLibraries.load(nativeCache);
    return new LibtorchEngine(version());
  }

  @Override
  public String name() {
    return "libtorch " + version + ", steps " + StepProgram.VERSION;
  }

  @Override
  public String processor() {
    String capability = torch.get_cpu_capability().getString();
    return Stream.concat(
            Stream.of(System.getProperty("os.arch"), capability), processor.bf16().stream())
        .collect(Collectors.joining(" "));
  }

  @Override
  public List<String> precisions() {
    return processor.bf16().isEmpty()
        ? List.of(Training.FP32)
        : List.of(Training.FP32, Training.BF16);
  }

  @Override
  public StoredImages store(Images images) {
    return ImageMemory.of(images);
  }

  @Override
  public Session open(SessionSpec spec) {
    return LibtorchSession.open(spec, programs);
  }

  // JavaCPP's version says both: 2.10.0-1.5.13 is libtorch 2.10.0, bound by JavaCPP 1.5.13.
  private static String version() {
    try {
      return Loader.getVersion("org.bytedeco", "pytorch");
    } catch (IOException e) {
      throw new UncheckedIOException("the version of libtorch cannot be read", e);
    }
  }
}
