package dev.elbow.coordinator.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Who may ask: one token for reading and one for writing, which reads too. Only their digests are
 * kept. Immutable.
 *
 * <p>Their file has a line {@code read: TOKEN} and a line {@code write: TOKEN}, or one of the two;
 * lines that begin with {@code #} are skipped.
 */
public final class Tokens {
  private static final String TOKEN = "[A-Za-z0-9._~+/=-]{16,200}";
  private static final Pattern LINE = Pattern.compile("(read|write)\\s*:\\s*(\\S+)");
  private static final String EXPECTED =
      "expected lines 'read: TOKEN' and 'write: TOKEN', tokens of 16 to 200 letters, digits and ._~+/=-";
  private static final String SCHEME = "bearer ";

  private final Map<Right, byte[]> digests = new EnumMap<>(Right.class);

  /** What a token allows. */
  enum Right {
    READ,
    WRITE;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private Tokens(Map<Right, String> tokens) {
    tokens.forEach((right, token) -> digests.put(right, digest(token)));
  }

  /**
   * Reads what a file of tokens holds.
   *
   * @throws IllegalArgumentException with one line for each problem, none of which shows a token
   */
  public static Tokens parse(String text) {
    return new Tokens(read(text));
  }

  /**
   * The token that a client shows: of a file of tokens the one for writing, if it is there. The
   * file may also hold a single token and nothing else.
   *
   * @throws IllegalArgumentException as {@link #parse}
   */
  public static String ofClient(String text) {
    if (text.strip().matches(TOKEN)) {
      return text.strip();
    }
    Map<Right, String> tokens = read(text);
    return Optional.ofNullable(tokens.get(Right.WRITE)).orElseGet(() -> tokens.get(Right.READ));
  }

  private static Map<Right, String> read(String text) {
    Map<Right, String> tokens = new EnumMap<>(Right.class);
    List<String> problems = new ArrayList<>();
    List<String> lines = text.lines().map(String::strip).toList();
    for (int i = 0; i < lines.size(); i++) {
      if (!lines.get(i).isEmpty() && !lines.get(i).startsWith("#")) {
        read(lines.get(i), "line " + (i + 1), tokens, problems);
      }
    }
    if (problems.isEmpty() && tokens.isEmpty()) {
      problems.add("found no token, " + EXPECTED);
    }
    if (tokens.size() == 2 && tokens.get(Right.READ).equals(tokens.get(Right.WRITE))) {
      problems.add("the tokens for reading and writing are the same, expected different ones");
    }
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("\n", problems));
    }
    return tokens;
  }

  private static void read(
      String line, String place, Map<Right, String> tokens, List<String> problems) {
    Matcher matcher = LINE.matcher(line);
    if (!matcher.matches() || !matcher.group(2).matches(TOKEN)) {
      problems.add(place + ": " + EXPECTED);
      return;
    }
    Right right = Right.valueOf(matcher.group(1).toUpperCase(Locale.ROOT));
    if (tokens.put(right, matcher.group(2)) != null) {
      problems.add("%s: a second token for '%s', expected one".formatted(place, right.word()));
    }
  }

  /**
   * What whoever sent this header may do; empty if that is nothing. Takes as long for every token.
   *
   * @param authorization null if there was none
   */
  Optional<Right> right(String authorization) {
    if (authorization == null || !authorization.toLowerCase(Locale.ROOT).startsWith(SCHEME)) {
      return Optional.empty();
    }
    byte[] given = digest(authorization.substring(SCHEME.length()).strip());
    Optional<Right> found = Optional.empty();
    for (Map.Entry<Right, byte[]> token : digests.entrySet()) {
      boolean same = MessageDigest.isEqual(token.getValue(), given);
      found = same ? Optional.of(token.getKey()) : found;
    }
    return found;
  }

  // Of one length, so that not even that of a token can be measured.
  private static byte[] digest(String token) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(token.getBytes(UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** What they are for, and nothing of them. */
  @Override
  public String toString() {
    return "Tokens" + digests.keySet();
  }
}
