package dev.elbow.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The boards of {@code deploy/grafana}. */
final class Boards {
  private static final Path FOLDER = Path.of("..", "grafana", "boards");

  private Boards() {}

  /** All of them. */
  static List<JsonNode> all() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.sorted().map(Boards::read).toList();
    }
  }

  private static JsonNode read(Path file) {
    try {
      return new ObjectMapper().readTree(file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be read", e);
    }
  }

  /** What their panels ask Prometheus for. */
  static List<JsonNode> targets() throws IOException {
    return all().stream()
        .flatMap(board -> children(board.get("panels")))
        .flatMap(panel -> children(panel.get("targets")))
        .toList();
  }

  /** The same, as Prometheus is asked when somebody looks at all sweeps. */
  static List<String> expressions() throws IOException {
    return targets().stream()
        .map(target -> target.get("expr").asText())
        .map(text -> text.replace("$__rate_interval", "1m").replace("$sweep", ".*"))
        .distinct()
        .toList();
  }

  static Stream<JsonNode> children(JsonNode array) {
    return Stream.iterate(0, i -> i < array.size(), i -> i + 1).map(array::get);
  }
}
