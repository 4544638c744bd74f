package dev.elbow.coordinator.http;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elbow.coordinator.sweep.Problem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The JSON object of a question to a model. Collects what is wrong with it, so that all is told at
 * once; what a caller gets before {@link #check} counts only after it.
 */
final class ModelQuestion {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final JsonNode fields;
  private final List<Problem> problems = new ArrayList<>();

  private ModelQuestion(JsonNode fields) {
    this.fields = fields;
  }

  /**
   * Reads the body of a request; an empty one is an object without fields.
   *
   * @throws Refusal if it is no JSON object
   */
  static ModelQuestion read(byte[] body) {
    JsonNode read = body.length == 0 ? MAPPER.createObjectNode() : tree(body);
    if (!(read instanceof ObjectNode)) {
      throw Refusal.question("body", "found %s, expected a JSON object".formatted(kind(read)));
    }
    return new ModelQuestion(read);
  }

  private static JsonNode tree(byte[] body) {
    try {
      return MAPPER.readTree(body);
    } catch (JsonProcessingException e) {
      JsonLocation at = e.getLocation() == null ? JsonLocation.NA : e.getLocation();
      int line = Math.max(0, at.getLineNr());
      Problem problem =
          new Problem(line, at.getColumnNr(), "body", "no JSON: " + e.getOriginalMessage());
      throw Refusal.question(List.of(problem));
    } catch (IOException e) {
      throw Refusal.question("body", "no JSON: its characters are not in UTF-8");
    }
  }

  private static String kind(JsonNode node) {
    return switch (node.getNodeType()) {
      case ARRAY -> "an array";
      case BOOLEAN -> "a boolean";
      case NUMBER -> "a number";
      case OBJECT -> "an object";
      case STRING -> "a text";
      case NULL -> "null";
      default -> "nothing";
    };
  }

  private void wrong(String place, String message) {
    problems.add(new Problem(0, 0, place, message));
  }

  /** What is found in place of something else. */
  private void wrong(String place, JsonNode found, String expected) {
    String number = found.isNumber() && found.asText().length() < 40 ? found.asText() : kind(found);
    wrong(place, "found %s, expected %s".formatted(number, expected));
  }

  /** Fields that there are; further ones are wrong. */
  void expect(List<String> known) {
    Set<String> unknown = new LinkedHashSet<>();
    fields.fieldNames().forEachRemaining(unknown::add);
    known.forEach(unknown::remove);
    String expected = known.isEmpty() ? "none" : "one of " + String.join(", ", known);
    unknown.stream()
        .limit(10)
        .map(name -> name.length() > 60 ? name.substring(0, 60) : name)
        .forEach(name -> wrong(name, "unknown, expected " + expected));
  }

  boolean has(String name) {
    return fields.hasNonNull(name);
  }

  void refuse(String name, String message) {
    wrong(name, message);
  }

  int whole(String name, int least, int most, int otherwise) {
    return has(name) ? whole(name, fields.get(name), least, most) : otherwise;
  }

  private int whole(String place, JsonNode found, int least, int most) {
    boolean fits = found.canConvertToInt() && found.canConvertToExactIntegral();
    if (!fits || found.intValue() < least || found.intValue() > most) {
      wrong(place, found, "an integer from %d to %d".formatted(least, most));
      return least;
    }
    return found.intValue();
  }

  /** Different integers; empty if there is no such field. */
  Optional<List<Integer>> wholes(String name, int least, int most) {
    if (!has(name)) {
      return Optional.empty();
    }
    JsonNode found = fields.get(name);
    int known = problems.size();
    Set<Integer> wholes = new LinkedHashSet<>();
    for (int i = 0; i < found.size() && problems.size() == known; i++) {
      wholes.add(whole("%s[%d]".formatted(name, i), found.path(i), least, most));
    }
    boolean well = found.isArray() && !found.isEmpty() && wholes.size() == found.size();
    if (!well && problems.size() == known) {
      wrong(name, found, "different integers from %d to %d".formatted(least, most));
    }
    return Optional.of(List.copyOf(wholes));
  }

  /** What noise is drawn from; empty if there is no such field. */
  Optional<Long> seed() {
    if (!has("seed")) {
      return Optional.empty();
    }
    JsonNode found = fields.get("seed");
    if (!found.isIntegralNumber() || !found.canConvertToLong()) {
      wrong("seed", found, "an integer of 64 bits");
    }
    return Optional.of(found.longValue());
  }

  float number(String name, float otherwise, float most) {
    if (!has(name)) {
      return otherwise;
    }
    JsonNode found = fields.get(name);
    if (!in(found, -most, most)) {
      wrong(name, found, "a number from %s to %s".formatted(-most, most));
    }
    return found.floatValue();
  }

  /** A number of a range; {@code otherwise} if there is no such field. */
  double number(String name, double least, double most, double otherwise) {
    if (!has(name)) {
      return otherwise;
    }
    JsonNode found = fields.get(name);
    double number = found.doubleValue();
    if (found.isNumber() && number >= least && number <= most) {
      return number;
    }
    wrong(name, found, "a number from %s to %s".formatted(least, most));
    return otherwise;
  }

  private static boolean in(JsonNode found, float least, float most) {
    // Whatever is not finite is not in.
    return found.isNumber() && found.floatValue() >= least && found.floatValue() <= most;
  }

  /**
   * Examples, one array each.
   *
   * @param most how many there may be; there must be at least one
   * @return one after the other
   */
  float[] examples(String name, int most, Example expected) {
    JsonNode found = fields.path(name);
    if (!found.isArray() || found.isEmpty() || found.size() > most) {
      String number = found.isArray() ? found.size() + " examples" : kind(found);
      wrong(
          name,
          "found %s, expected an array of 1 to %d examples, each %s"
              .formatted(number, most, expected));
      return new float[0];
    }
    float[] values = new float[found.size() * expected.size()];
    for (int i = 0; i < found.size(); i++) {
      if (!example("%s[%d]".formatted(name, i), found.get(i), expected, values, i)) {
        return values;
      }
    }
    return values;
  }

  /** What one example has to be. */
  record Example(String what, int size, float least, float most) {
    @Override
    public String toString() {
      return "an array of %d numbers from %s to %s: %s".formatted(size, least, most, what);
    }
  }

  private boolean example(
      String place, JsonNode found, Example expected, float[] values, int index) {
    if (!found.isArray() || found.size() != expected.size()) {
      String number = found.isArray() ? found.size() + " values" : kind(found);
      wrong(place, "found %s, expected %s".formatted(number, expected));
      return false;
    }
    for (int i = 0; i < found.size(); i++) {
      JsonNode value = found.get(i);
      if (!in(value, expected.least(), expected.most())) {
        String range = "a number from %s to %s".formatted(expected.least(), expected.most());
        wrong("%s[%d]".formatted(place, i), value, range);
        return false;
      }
      values[index * expected.size() + i] = value.floatValue();
    }
    return true;
  }

  /**
   * @throws Refusal with all problems, if there are any
   */
  void check() {
    if (!problems.isEmpty()) {
      throw Refusal.question(problems);
    }
  }
}
