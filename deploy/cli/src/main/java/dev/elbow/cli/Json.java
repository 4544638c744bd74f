package dev.elbow.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;

/** One JSON object on one line. */
public final class Json {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Json() {}

  /**
   * @param object strings, numbers, booleans, lists and maps, in the order in which they are
   *     written
   */
  public static String line(Map<String, ?> object) {
    try {
      return MAPPER.writeValueAsString(object);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot be written: " + object, e);
    }
  }

  /** What a cell of a table stands for: a number, a list, true or false; otherwise its text. */
  static Object value(String text) {
    try {
      return MAPPER.readTree(text).isMissingNode() ? text : MAPPER.readValue(text, Object.class);
    } catch (JsonProcessingException e) {
      return text;
    }
  }
}
