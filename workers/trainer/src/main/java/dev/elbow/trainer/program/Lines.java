package dev.elbow.trainer.program;

import dev.elbow.api.network.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** The calls of a step in their order. Equal calls on equal values are made once. */
final class Lines {
  private record Key(Call call, List<Value> operands) {}

  private final Map<Key, Value> known = new HashMap<>();
  private final List<Value> values = new ArrayList<>();

  /** What {@code call} gives: as many as there are of its operands. */
  Value make(Call call, Shape shape, Value... operands) {
    return make(call, rows(operands), shape, operands);
  }

  /** As above, for other numbers of rows. */
  Value make(Call call, String rows, Shape shape, Value... operands) {
    return make(call, rows, shape, learners(operands), operands);
  }

  /** As above, where a parameter of {@code network} is named in the call itself. */
  Value learned(Call call, Network network, Shape shape, Value... operands) {
    Set<Network> learners = learners(operands);
    learners.add(network);
    return make(call, rows(operands), shape, learners, operands);
  }

  private static Set<Network> learners(Value... operands) {
    Set<Network> learners = EnumSet.noneOf(Network.class);
    Arrays.stream(operands).forEach(operand -> learners.addAll(operand.learners()));
    return learners;
  }

  /** {@code x} as something that no gradient flows through. */
  Value unlearned(Value x) {
    return make(Call.view("{0}.detach()"), x.rows(), x.shape(), Set.of(), x);
  }

  /** A call that is made for what it changes. */
  void change(String text, Value... operands) {
    make(Call.change(text), Value.EXAMPLES, Shape.of(), Set.of(), operands);
  }

  private static String rows(Value... operands) {
    return Arrays.stream(operands)
        .filter(operand -> !operand.isNumber())
        .map(Value::rows)
        .findFirst()
        .orElse(Value.EXAMPLES);
  }

  private Value make(
      Call call, String rows, Shape shape, Set<Network> learners, Value... operands) {
    return known.computeIfAbsent(
        new Key(call, List.of(operands)),
        key -> {
          Value value = new Value(call, key.operands(), rows, shape, learners, values.size());
          values.add(value);
          return value;
        });
  }

  /** The program text, one line each, without what nobody reads. */
  List<String> text() {
    boolean[] read = read();
    int[] lastUse = lastUse(read);
    return values.stream()
        .filter(value -> read[value.line()] && !value.isOnlyNamed())
        .map(value -> text(value, lastUse))
        .toList();
  }

  private boolean[] read() {
    boolean[] read = new boolean[values.size()];
    for (int line = values.size() - 1; line >= 0; line--) {
      Value value = values.get(line);
      read[line] |= value.call().memory() == Call.Memory.CHANGED;
      if (read[line]) {
        value.operands().forEach(operand -> read[operand.line()] = true);
      }
    }
    return read;
  }

  /** For each value the last line that reads its memory, through whatever view. */
  private int[] lastUse(boolean[] read) {
    int[] last = new int[values.size()];
    for (Value value : values) {
      if (read[value.line()]) {
        value.operands().forEach(operand -> last[operand.owner().line()] = value.line());
      }
    }
    return last;
  }

  private static String text(Value value, int[] lastUse) {
    String call = isOver(value, lastUse) ? value.call().inPlace() : value.call().text();
    for (int i = 0; i < value.operands().size(); i++) {
      call = call.replace("{" + i + "}", name(value.operand(i)));
    }
    return value.call().memory() == Call.Memory.CHANGED ? call : name(value) + " = " + call;
  }

  /** Whether the first operand's memory can be written over. */
  private static boolean isOver(Value value, int[] lastUse) {
    if (value.call().inPlace().isEmpty()) {
      return false;
    }
    Value first = value.operand(0);
    Value owner = first.owner();
    return owner.call().memory() == Call.Memory.OWN
        && first.shape().equals(value.shape())
        && lastUse[owner.line()] == value.line()
        && IntStream.range(1, value.operands().size())
            .mapToObj(value::operand)
            .allMatch(other -> other == first || other.owner() != owner);
  }

  private static String name(Value value) {
    return value.isOnlyNamed() ? value.call().text() : "v" + value.line();
  }
}
