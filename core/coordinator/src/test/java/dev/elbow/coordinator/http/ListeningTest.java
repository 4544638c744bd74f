package dev.elbow.coordinator.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListeningTest {
  private static final Optional<Tokens> TOKENS =
      Optional.of(Tokens.parse("read: 0123456789abcdef\nwrite: fedcba9876543210\n"));

  private static Listening at(Optional<Tokens> tokens, int port, String... bind) {
    return new Listening(List.of(bind), port, List.of(), tokens, Optional.empty());
  }

  private static String problems(Optional<Tokens> tokens, int port, String... bind) {
    return assertThrows(IllegalArgumentException.class, () -> at(tokens, port, bind)).getMessage();
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "127.0.0.2", "::1", "localhost"})
  void needsNoTokenOnTheLoopbackNetwork(String bind) {
    assertEquals(List.of(bind), at(Optional.empty(), 8080, bind).bind());
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.1"})
  void listensWhereOthersReachItWithTokensAlone(String bind) {
    assertEquals(
        "bind: found '%s', expected a loopback address such as 127.0.0.1, or tokens (token-file): others can reach it"
            .formatted(bind),
        problems(Optional.empty(), 8080, "127.0.0.1", bind));
    assertEquals(List.of(bind), at(TOKENS, 8080, bind).bind());
  }

  @Test
  void tellsAllProblemsAtOnce() {
    assertEquals(
        List.of(
            "port: 70000 is out of range, expected 0 to 65535",
            "bind: found 'no host', expected a name or address",
            "advertise: found 'alpha', expected HOST:PORT or https://HOST"),
        assertThrows(
                IllegalArgumentException.class,
                () ->
                    new Listening(
                        List.of("no host"), 70_000, List.of("alpha"), TOKENS, Optional.empty()))
            .getMessage()
            .lines()
            .toList());
  }

  @Test
  void othersAreToldTheFirstAdvertisedNameAndEveryOneIsAnswered() {
    Listening listening =
        new Listening(
            List.of("0.0.0.0"),
            8080,
            List.of("Alpha.example:80", "[fd00::1]:81"),
            TOKENS,
            Optional.empty());
    assertEquals("http://Alpha.example:80", listening.url(8080));
    assertEquals(Set.of("localhost", "0.0.0.0", "alpha.example", "fd00::1"), listening.names());
    assertTrue(listening.isAnywhere());
  }

  @Test
  void aProxyThatEndsTlsIsToldOfAsItIsAndServesPagesOfItsOwnOrigin() {
    Listening listening = behind(List.of("0.0.0.0"), "https://Elbow.example:443", "alpha:8080");
    assertEquals("https://Elbow.example:443", listening.url(8080));
    assertEquals(Set.of("https://elbow.example"), listening.origins());
    assertEquals(Set.of("localhost", "0.0.0.0", "elbow.example", "alpha"), listening.names());
  }

  @Test
  void tokensAreShownWhereNothingEndsTlsBeyondLoopback() {
    assertTrue(behind(List.of("127.0.0.1", "0.0.0.0"), "alpha:8080").showsTokens());
    assertFalse(behind(List.of("127.0.0.1", "::1"), "alpha:8080").showsTokens());
    assertFalse(behind(List.of("0.0.0.0"), "https://alpha").showsTokens());
    assertFalse(Listening.locally(0).showsTokens());
  }

  private static Listening behind(List<String> bind, String... advertised) {
    return new Listening(bind, 8080, List.of(advertised), TOKENS, Optional.empty());
  }

  @Test
  void withoutOneTheyAreToldTheAddress() {
    assertEquals("http://127.0.0.1:1", Listening.locally(0).url(1));
    assertEquals("http://[::1]:1", at(Optional.empty(), 0, "::1").url(1));
    assertFalse(Listening.locally(0).isAnywhere());
  }

  @Test
  void neverShowsAToken() {
    String text = at(TOKENS, 0, "127.0.0.1").toString();
    assertFalse(text.contains("0123456789abcdef") || text.contains("fedcba9876543210"), text);
  }
}
