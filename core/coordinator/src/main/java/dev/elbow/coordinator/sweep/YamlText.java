package dev.elbow.coordinator.sweep;

import dev.elbow.coordinator.sweep.Value.Entry;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * Text to values: YAML 1.2, of which JSON is a part. Refuses what could cost more than it says:
 * deep nesting, and aliases that stand for very much.
 */
final class YamlText {
  private static final int DEEPEST_NESTING = 32;
  private static final int MOST_VALUES = 600_000;

  private final Problems problems;
  private int values;
  private boolean usable = true;

  private YamlText(Problems problems) {
    this.problems = problems;
  }

  /**
   * The one document of {@code content}, a map, or empty and problems. Where a key is given twice
   * there is a problem, and the first counts.
   */
  static Optional<Value.Mapping> read(byte[] content, Problems problems) {
    return text(content, problems).flatMap(text -> new YamlText(problems).read(text));
  }

  private static Optional<String> text(byte[] content, Problems problems) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
      return Optional.of(text.startsWith("\uFEFF") ? text.substring(1) : text);
    } catch (CharacterCodingException e) {
      problems.add(Position.NONE, "", "is no text, expected YAML in UTF-8");
      return Optional.empty();
    }
  }

  private Optional<Value.Mapping> read(String text) {
    try {
      return allowed(text) ? compose(text) : Optional.empty();
    } catch (ReaderException e) {
      String found = "U+%04X is not allowed in YAML".formatted(e.getCodePoint());
      problems.add(Position.of(text, e.getPosition()), "", found);
    } catch (MarkedYamlEngineException e) {
      Position at = e.getProblemMark().map(Position::of).orElse(Position.NONE);
      problems.add(at, "", "is no YAML: " + e.getProblem());
    } catch (YamlEngineException e) {
      problems.add(Position.NONE, "", "is no YAML: " + e.getMessage());
    }
    return Optional.empty();
  }

  private static LoadSettings settings() {
    return LoadSettings.builder()
        .setSchema(new CoreSchema())
        .setMaxAliasesForCollections(MOST_VALUES) // what they stand for is counted here
        .build();
  }

  // Events come without recursion, so that nesting is measured before it can hurt.
  private boolean allowed(String text) {
    int depth = 0;
    int documents = 0;
    for (Event event : new Parse(settings()).parseString(text)) {
      depth += event instanceof CollectionStartEvent ? 1 : 0;
      depth -= event instanceof CollectionEndEvent ? 1 : 0;
      documents += event instanceof DocumentStartEvent ? 1 : 0;
      if (depth > DEEPEST_NESTING || documents > 1) {
        String found = documents > 1 ? "a second document" : "more than 32 levels";
        problems.add(
            event.getStartMark().map(Position::of).orElse(Position.NONE),
            "",
            "%s begins here, expected one sweep".formatted(found));
        return false;
      }
    }
    return true;
  }

  private Optional<Value.Mapping> compose(String text) {
    Optional<Node> root = new Compose(settings()).composeString(text);
    if (root.isPresent() && root.get() instanceof MappingNode mapping) {
      Value.Mapping value = mapping(mapping, "", 0);
      return usable ? Optional.of(value) : Optional.empty();
    }
    Position at = root.flatMap(Node::getStartMark).map(Position::of).orElse(Position.NONE);
    String found = root.isEmpty() ? "is empty" : "is no map";
    problems.add(at, "", found + ", expected a sweep: name, dataset, encoder, …");
    return Optional.empty();
  }

  private Value value(Node node, String place, int depth) {
    if (++values > MOST_VALUES || depth > DEEPEST_NESTING) {
      return tooMany(node, place);
    }
    if (node instanceof MappingNode mapping) {
      return mapping(mapping, place, depth);
    }
    if (node instanceof SequenceNode sequence) {
      List<Value> items = new ArrayList<>();
      for (Node item : sequence.getValue()) {
        items.add(value(item, place, depth + 1));
      }
      return new Value.Sequence(at(node), items);
    }
    return scalar((ScalarNode) node, place);
  }

  private Value tooMany(Node node, String place) {
    if (usable) {
      problems.add(at(node), place, "aliases stand for more than a sweep file may hold");
      usable = false;
    }
    return new Value.Scalar(at(node), null);
  }

  private Value.Mapping mapping(MappingNode node, String place, int depth) {
    Map<String, Entry> entries = new LinkedHashMap<>();
    for (NodeTuple tuple : node.getValue()) {
      entry(tuple, place, depth, entries);
    }
    return new Value.Mapping(at(node), entries);
  }

  private void entry(NodeTuple tuple, String place, int depth, Map<String, Entry> entries) {
    Position at = at(tuple.getKeyNode());
    if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
      problems.add(at, place, "a key is a list or a map, expected text");
      usable = false;
      return;
    }
    String inside = place.isEmpty() ? key.getValue() : place + "." + key.getValue();
    Entry entry = new Entry(at, value(tuple.getValueNode(), inside, depth + 1));
    Entry first = entries.putIfAbsent(key.getValue(), entry);
    if (first != null) {
      problems.add(at, inside, "given twice, first at " + first.at());
    }
  }

  private Value scalar(ScalarNode node, String place) {
    try {
      return new Value.Scalar(at(node), Scalars.parse(node));
    } catch (IllegalArgumentException e) {
      problems.add(at(node), place, e.getMessage());
      usable = false;
      return new Value.Scalar(at(node), null);
    }
  }

  private static Position at(Node node) {
    return node.getStartMark().map(Position::of).orElse(Position.NONE);
  }
}
