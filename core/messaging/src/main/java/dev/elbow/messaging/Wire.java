package dev.elbow.messaging;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.databind.DatabindException;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Optional;

/**
 * Records as bytes and back: one JSON object each, UTF-8, with the version of the schema as {@code
 * v}. Equal records give equal bytes. Fields that are not known are passed over, so a later release
 * may add some; what it changes otherwise, it gives another version. Thread safe.
 */
final class Wire<T> {
  static final int VERSION = 1;
  private static final String VERSION_FIELD = "v";

  private final Class<T> type;
  private final JsonMapper mapper;
  private final ObjectReader reader;
  private final ObjectReader strict;

  private Wire(Class<T> type) {
    this.type = type;
    this.mapper = WireFormat.mapper(type);
    this.reader = mapper.readerFor(type);
    this.strict = WireFormat.strict(mapper).readerFor(type);
  }

  static <T> Wire<T> of(Class<T> type) {
    return new Wire<>(type);
  }

  byte[] write(T value) {
    try {
      ObjectNode versioned = mapper.createObjectNode().put(VERSION_FIELD, VERSION);
      versioned.setAll((ObjectNode) mapper.valueToTree(value));
      return mapper.writeValueAsBytes(versioned);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot write " + value, e);
    }
  }

  T read(byte[] bytes) throws UnreadableException {
    Optional<T> usual = readAsWritten(bytes);
    return usual.isPresent() ? usual.get() : readWhatever(bytes);
  }

  // In one go, for a replay reads half a million; what is wrong with a record finds out who has
  // more time for it.
  private Optional<T> readAsWritten(byte[] bytes) {
    try (JsonParser parser = mapper.createParser(bytes)) {
      return isOfThisVersion(parser) ? Optional.of(strict.readValue(parser)) : Optional.empty();
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static boolean isOfThisVersion(JsonParser parser) throws IOException {
    return parser.nextToken() == JsonToken.START_OBJECT
        && VERSION_FIELD.equals(parser.nextFieldName())
        && parser.nextIntValue(0) == VERSION
        && parser.nextToken() == JsonToken.FIELD_NAME;
  }

  private T readWhatever(byte[] bytes) throws UnreadableException {
    checkVersion(bytes);
    T value = bind(bytes);
    Optional<String> missing = Completeness.missing(value);
    if (missing.isPresent()) {
      throw new UnreadableException("%s is missing".formatted(missing.get()));
    }
    return value;
  }

  /** What was found in a topic, for whoever knows where. */
  @FunctionalInterface
  interface Found<T> {
    Delivery<T> at(long offset, String key);
  }

  /**
   * Reads what may be no record.
   *
   * @param bytes null if there are none
   */
  Found<T> find(byte[] bytes) {
    if (bytes == null) {
      return unreadable(new byte[0], "no content, expected JSON");
    }
    try {
      T value = read(bytes);
      return (offset, key) -> new Delivery.Message<>(offset, key, value);
    } catch (UnreadableException e) {
      return unreadable(bytes, e.getMessage());
    }
  }

  private Found<T> unreadable(byte[] bytes, String reason) {
    return (offset, key) -> new Delivery.Unreadable<>(offset, key, bytes, reason);
  }

  /** What was found at a place of a topic. */
  Delivery<T> deliver(long offset, String key, byte[] bytes) {
    return find(bytes).at(offset, key == null ? "" : key);
  }

  // By itself and first: a record of a later version need not be one of these types any more.
  private void checkVersion(byte[] bytes) throws UnreadableException {
    try (JsonParser parser = mapper.createParser(bytes)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new UnreadableException(
            "found %s, expected a JSON object".formatted(name(parser.currentToken())));
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        boolean version = parser.currentName().equals(VERSION_FIELD);
        parser.nextToken();
        if (version) {
          checkVersion(parser);
          return;
        }
        parser.skipChildren();
      }
      throw version("none");
    } catch (IOException e) {
      throw noJson(e);
    }
  }

  private static void checkVersion(JsonParser parser) throws IOException, UnreadableException {
    boolean known =
        parser.currentToken() == JsonToken.VALUE_NUMBER_INT
            && parser.getNumberType() == JsonParser.NumberType.INT
            && parser.getIntValue() >= 1
            && parser.getIntValue() <= VERSION;
    if (!known) {
      boolean text = parser.currentToken() == JsonToken.VALUE_STRING;
      throw version(text ? "\"" + parser.getText() + "\"" : parser.getText());
    }
  }

  private static UnreadableException version(String found) {
    return new UnreadableException(
        "schema version: found %s, expected 1 to %d".formatted(found, VERSION));
  }

  private static String name(JsonToken token) {
    return token == null ? "nothing" : token.asString() == null ? token.name() : token.asString();
  }

  private T bind(byte[] bytes) throws UnreadableException {
    try {
      return reader.readValue(bytes);
    } catch (StreamReadException e) {
      throw noJson(e);
    } catch (DatabindException e) {
      throw e.getCause() instanceof StreamReadException broken ? noJson(broken) : no(e);
    } catch (IOException | IllegalArgumentException e) {
      throw no(e);
    }
  }

  private UnreadableException no(Exception e) {
    return new UnreadableException("no %s: %s".formatted(WireFormat.name(type), reason(e)));
  }

  private static UnreadableException noJson(IOException e) {
    return new UnreadableException("found no JSON: " + reason(e));
  }

  private static String reason(Exception e) {
    String message =
        e instanceof JsonProcessingException json ? json.getOriginalMessage() : e.getMessage();
    return String.valueOf(message).lines().findFirst().orElse("");
  }
}
