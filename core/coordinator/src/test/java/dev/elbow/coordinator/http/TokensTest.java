package dev.elbow.coordinator.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.elbow.coordinator.http.Tokens.Right;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokensTest {
  private static final String READ = "reads-0123456789";
  private static final String WRITE = "writes-0123456789";
  private static final String FILE = "# of alpha\nread: %s\n\nwrite: %s\n".formatted(READ, WRITE);

  @ParameterizedTest
  @CsvSource({
    "Bearer reads-0123456789, READ",
    "bearer writes-0123456789, WRITE",
    "Bearer   writes-0123456789, WRITE",
    "Bearer writes-012345678,",
    "Bearer writes-01234567890,",
    "Bearer,",
    "Bearer ,",
    "Basic reads-0123456789,",
    "reads-0123456789,",
    ","
  })
  void aTokenAllowsWhatItIsFor(String header, Right expected) {
    assertEquals(Optional.ofNullable(expected), Tokens.parse(FILE).right(header));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "reads-0123456789",
        "read: short",
        "read: with a blank in it 0123456789",
        "admin: reads-0123456789",
        "read: reads-0123456789\nread: reads-9876543210",
        "read: reads-0123456789\nwrite: reads-0123456789"
      })
  void aFileThatIsNoneIsRefusedWithoutShowingIt(String file) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> Tokens.parse(file)).getMessage();
    assertFalse(message.contains("0123456789"), message);
  }

  @Test
  void aClientShowsTheStrongestThatItHas() {
    assertEquals(WRITE, Tokens.ofClient(FILE));
    assertEquals(READ, Tokens.ofClient("read: " + READ));
    assertEquals(READ, Tokens.ofClient(READ + "\n"));
  }

  @Test
  void neverShowsItself() {
    assertEquals("Tokens[READ, WRITE]", Tokens.parse(FILE).toString());
  }
}
