package dev.elbow.trainer.libtorch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ProcessorTest {
  @Test
  void namesItsInstructionsForBf16() {
    Stream<String> lines =
        Stream.of("model name\t: some", "flags\t\t: fpu avx512f amx_bf16 avx512_bf16", "bugs\t\t:");
    assertEquals(List.of("avx512_bf16", "amx_bf16"), Processor.of(lines).bf16());
  }

  @Test
  void hasNoneWhereNoneIsNamed() {
    assertEquals(List.of(), Processor.of(Stream.of("flags\t\t: fpu avx512f")).bf16());
    assertEquals(List.of(), Processor.of(Stream.of("Features\t: asimd bf16")).bf16());
  }
}
