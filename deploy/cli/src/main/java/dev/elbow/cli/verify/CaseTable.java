package dev.elbow.cli.verify;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Reads the table of reference cases. */
public final class CaseTable {
  private static final Set<String> KEYS =
      Set.of("case", "about", "sweep", "change", "data", "minutes", "long", "scores", "expect");
  private static final Set<String> CHECK_KEYS =
      Set.of(
          "figure", "where", "source", "is", "within", "atMost", "equals", "noWorse", "share",
          "rises", "falls", "shown");

  private CaseTable() {}

  /** Those that come with this release. */
  public static List<ReferenceCase> released() {
    try (InputStream file = CaseTable.class.getResourceAsStream("cases.yaml")) {
      return read(new String(file.readAllBytes(), UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * @throws IllegalArgumentException naming the case, if it is no table of cases
   */
  static List<ReferenceCase> read(String yaml) {
    Object parsed = new Load(LoadSettings.builder().build()).loadFromString(yaml);
    List<ReferenceCase> cases = new ArrayList<>();
    for (Object each : (List<?>) parsed) {
      cases.add(referenceCase(keyed(each)));
    }
    return cases;
  }

  private static ReferenceCase referenceCase(Map<String, Object> given) {
    require(given.keySet(), KEYS, given.get("case"));
    return new ReferenceCase(
        text(given, "case"),
        text(given, "about"),
        text(given, "sweep"),
        keyed(given.getOrDefault("change", Map.of())),
        text(given, "data"),
        ((Number) given.getOrDefault("minutes", 1)).doubleValue(),
        Boolean.TRUE.equals(given.get("long")),
        ((List<?>) given.getOrDefault("scores", List.of())).stream().map(String::valueOf).toList(),
        ((List<?>) given.get("expect"))
            .stream().map(CaseTable::keyed).map(CaseTable::check).toList());
  }

  private static Check check(Map<String, Object> given) {
    require(given.keySet(), CHECK_KEYS, given.get("figure"));
    Map<String, String> where = new LinkedHashMap<>();
    keyed(given.getOrDefault("where", Map.of()))
        .forEach((name, value) -> where.put(name, String.valueOf(value)));
    return new Check(text(given, "figure"), where, expectation(given), text(given, "source"));
  }

  private static Check.Expectation expectation(Map<String, Object> given) {
    if (given.containsKey("is")) {
      return new Check.Near(number(given, "is"), number(given, "within"));
    }
    if (given.containsKey("atMost")) {
      return new Check.AtMost(number(given, "atMost"));
    }
    if (given.containsKey("noWorse")) {
      return new Check.NoWorse(text(given, "noWorse"), number(given, "share"));
    }
    if (given.containsKey("equals")) {
      return new Check.Equal(text(given, "equals"), number(given, "within"));
    }
    if (given.containsKey("rises") || given.containsKey("falls")) {
      boolean rises = given.containsKey("rises");
      return new Check.Ordered(text(given, rises ? "rises" : "falls"), rises);
    }
    require(Set.of("shown"), given.keySet(), given.get("figure"));
    return new Check.Shown(text(given, "shown"));
  }

  private static Map<String, Object> keyed(Object map) {
    Map<String, Object> keyed = new LinkedHashMap<>();
    ((Map<?, ?>) map).forEach((key, value) -> keyed.put(String.valueOf(key), value));
    return keyed;
  }

  private static String text(Map<String, Object> given, String key) {
    Object value = given.get(key);
    return value == null ? "" : String.valueOf(value);
  }

  private static double number(Map<String, Object> given, String key) {
    if (given.get(key) instanceof Number number) {
      return number.doubleValue();
    }
    throw new IllegalArgumentException(
        "%s: %s: found %s, expected a number".formatted(given.get("figure"), key, given.get(key)));
  }

  private static void require(Set<String> found, Set<String> known, Object place) {
    for (String key : found) {
      if (!known.contains(key)) {
        throw new IllegalArgumentException(
            "%s: found '%s', expected one of %s".formatted(place, key, known));
      }
    }
  }
}
