package dev.elbow.trainer.libtorch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a processor can do with bf16 by itself. libtorch computes with it on any, but on one without
 * such instructions far more slowly than in single precision.
 *
 * @param bf16 the names of the instructions, as Linux has them; they decide which bits come out
 */
record Processor(List<String> bf16) {
  private static final Path CPUINFO = Path.of("/proc/cpuinfo");
  private static final List<String> INSTRUCTIONS = List.of("avx512_bf16", "amx_bf16");

  /** The one that this runs on; where there is no Linux to ask, one without bf16. */
  static Processor here() {
    try (Stream<String> lines = Files.exists(CPUINFO) ? Files.lines(CPUINFO) : Stream.empty()) {
      return of(lines);
    } catch (IOException e) {
      throw new UncheckedIOException(CPUINFO + " cannot be read", e);
    }
  }

  /**
   * @param cpuinfo lines of {@code /proc/cpuinfo}
   */
  static Processor of(Stream<String> cpuinfo) {
    List<String> flags =
        cpuinfo
            .filter(line -> line.startsWith("flags"))
            .findFirst()
            .map(line -> Arrays.asList(line.substring(line.indexOf(':') + 1).trim().split(" ")))
            .orElse(List.of());
    return new Processor(INSTRUCTIONS.stream().filter(flags::contains).toList());
  }
}
