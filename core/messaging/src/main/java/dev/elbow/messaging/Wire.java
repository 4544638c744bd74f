package dev.elbow.messaging;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
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

  private Wire(Class<T> type) {
    this.type = type;
    this.mapper = WireFormat.mapper(type);
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
    JsonNode node = parse(bytes);
    checkVersion(node.path(VERSION_FIELD));
    T value = bind(node);
    Optional<String> missing = Completeness.missing(value);
    if (missing.isPresent()) {
      throw new UnreadableException("%s is missing".formatted(missing.get()));
    }
    return value;
  }

  /** What was found at a place of a topic. */
  Delivery<T> deliver(long offset, String key, byte[] bytes) {
    String name = key == null ? "" : key;
    if (bytes == null) {
      return new Delivery.Unreadable<>(offset, name, new byte[0], "no content, expected JSON");
    }
    try {
      return new Delivery.Message<>(offset, name, read(bytes));
    } catch (UnreadableException e) {
      return new Delivery.Unreadable<>(offset, name, bytes, e.getMessage());
    }
  }

  private JsonNode parse(byte[] bytes) throws UnreadableException {
    try {
      JsonNode node = mapper.readTree(bytes);
      if (!node.isObject()) {
        throw new UnreadableException(
            "found %s, expected a JSON object".formatted(node.getNodeType()));
      }
      return node;
    } catch (IOException e) {
      throw new UnreadableException("found no JSON: " + reason(e));
    }
  }

  private static void checkVersion(JsonNode version) throws UnreadableException {
    boolean known =
        version.isIntegralNumber() && version.asLong() >= 1 && version.asLong() <= VERSION;
    if (!known) {
      throw new UnreadableException(
          "schema version: found %s, expected 1 to %d"
              .formatted(version.isMissingNode() ? "none" : version, VERSION));
    }
  }

  private T bind(JsonNode node) throws UnreadableException {
    try {
      return mapper.treeToValue(node, type);
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw new UnreadableException("no %s: %s".formatted(WireFormat.name(type), reason(e)));
    }
  }

  private static String reason(Exception e) {
    String message =
        e instanceof JsonProcessingException json ? json.getOriginalMessage() : e.getMessage();
    return String.valueOf(message).lines().findFirst().orElse("");
  }
}
