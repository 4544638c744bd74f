package dev.elbow.coordinator.sweep;

import dev.elbow.api.plugin.Options;
import dev.elbow.coordinator.sweep.Goal.Direction;
import dev.elbow.coordinator.sweep.Value.Entry;
import dev.elbow.coordinator.sweep.Value.Mapping;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads {@code goal: {minimize: validation_loss}}. */
record GoalReader(Problems problems) {
  private static final List<String> DIRECTIONS =
      Arrays.stream(Direction.values()).map(Direction::word).toList();
  private static final String VALIDATION = "validation_";

  /**
   * The goal.
   *
   * @param split whether there are validation images; otherwise test stands in for validation
   */
  Goal read(Optional<Value> given, boolean split) {
    Goal wanted = given.map(this::read).orElse(goal(Direction.MINIMIZE, "validation_loss"));
    if (split || !wanted.column().startsWith(VALIDATION)) {
      return wanted;
    }
    String test = "test_" + wanted.column().substring(VALIDATION.length());
    return new Goal(wanted.direction(), test, Optional.of(wanted.column()));
  }

  private Goal read(Value value) {
    if (!(value instanceof Mapping mapping) || mapping.entries().size() != 1) {
      problems.add(value.at(), "goal", "expected {minimize: COLUMN} or {maximize: COLUMN}");
      return goal(Direction.MINIMIZE, "test_loss");
    }
    Map.Entry<String, Entry> only = mapping.entries().entrySet().iterator().next();
    if (!DIRECTIONS.contains(only.getKey())) {
      String message = Options.unknown("key", only.getKey(), DIRECTIONS);
      problems.add(only.getValue().at(), "goal." + only.getKey(), message);
      return goal(Direction.MINIMIZE, "test_loss");
    }
    Direction direction = Direction.valueOf(only.getKey().toUpperCase(Locale.ROOT));
    return goal(direction, column(only.getKey(), only.getValue().value()));
  }

  private String column(String key, Value value) {
    String column = String.valueOf(value.plain());
    if (!Goal.COLUMNS.contains(column)) {
      String message =
          "'%s' is an %s".formatted(column, Options.unknown("column", column, Goal.COLUMNS));
      problems.add(value.at(), "goal." + key, message);
    }
    return column;
  }

  private static Goal goal(Direction direction, String column) {
    return new Goal(direction, column, Optional.empty());
  }
}
