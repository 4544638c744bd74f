package dev.elbow.messaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InstantTextTest {
  private static final JsonMapper MAPPER = WireFormat.mapper();

  private static Instant read(String text) throws JsonProcessingException {
    return MAPPER.readValue('"' + text + '"', Instant.class);
  }

  @Test
  void readsEveryTimeThatIsWritten() throws Exception {
    Random random = new Random(1);
    for (int i = 0; i < 1000; i++) {
      long second = random.nextInt();
      int nanos = random.nextInt(1000) * new int[] {0, 1, 1000, 1_000_000}[i % 4];
      Instant time = Instant.ofEpochSecond(second, nanos);
      assertEquals(time, read(time.toString()));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2024-02-29T23:59:59.5Z",
        "2024-02-29T23:59:59.12345Z",
        "2016-12-31T24:00:00Z",
        "+12024-01-01T00:00:00Z",
        "-0001-01-01T00:00:00.001Z"
      })
  void readsOtherFormsAsTheJdkDoes(String text) throws Exception {
    assertEquals(Instant.parse(text), read(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "now",
        "2023-02-29T00:00:00Z",
        "2024-01-01 00:00:00Z",
        "2024-13-01T00:00:00Z",
        "2024-01-01T00:00:00.1234567891Z",
        "2024-01-01T00:00:00.Z.Z",
        "2024-01-+1T00:00:00Z"
      })
  void refusesWhatIsNoTime(String text) {
    assertThrows(JsonProcessingException.class, () -> read(text), text);
  }
}
