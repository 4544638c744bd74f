package dev.elbow.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.elbow.api.TrialId;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class TargetTest {
  private final Target.Reader reader = new Target.Reader();

  @Test
  void aNameIsAWholeSweepAndANumberBehindItATrial() {
    assertEquals(new Target("tiny", Optional.empty()), reader.convert("tiny"));
    assertEquals(
        new Target("tiny", Optional.of(new TrialId("tiny", 7))), reader.convert("tiny/0007"));
    assertEquals("tiny/0007", reader.convert("tiny/0007").toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"tiny/", "tiny/7", "tiny/x", "/0001", "tiny/0000"})
  void anythingElseIsRefusedWithTheForm(String text) {
    Exception e = assertThrows(TypeConversionException.class, () -> reader.convert(text));
    assertTrue(e.getMessage().contains("expected SWEEP or SWEEP/NNNN"), e.getMessage());
  }

  @Test
  void aDurationHasAUnit() {
    assertEquals(Duration.ofSeconds(25), new DurationText().convert("25s"));
    assertEquals(Duration.ofMillis(500), new DurationText().convert("500ms"));
    assertEquals(Duration.ofMinutes(2), new DurationText().convert("2m"));
    assertThrows(TypeConversionException.class, () -> new DurationText().convert("25"));
    assertThrows(TypeConversionException.class, () -> new DurationText().convert("-1s"));
  }
}
