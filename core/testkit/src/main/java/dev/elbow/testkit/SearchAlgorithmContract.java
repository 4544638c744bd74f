package dev.elbow.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.elbow.api.plugin.Options;
import dev.elbow.api.plugin.SearchAlgorithm;
import dev.elbow.api.search.Domain;
import dev.elbow.api.search.Domain.Range;
import dev.elbow.api.search.Domain.Scale;
import dev.elbow.api.search.Domain.Values;
import dev.elbow.api.search.SearchSpace;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.ThrowingConsumer;

/** What every search algorithm keeps. Extend it, return the plugin, inherit the tests. */
public abstract class SearchAlgorithmContract extends PluginContract<SearchAlgorithm> {
  private static final long MOST_CHECKED = 200;
  private static final Domain WIDTHS =
      new Values(List.of(List.of(400L), List.of(512L, 256L), List.of()));
  private static final Domain LATENT = new Range(2, 6, Scale.LINEAR, OptionalDouble.empty(), true);
  private static final Domain BETA = new Range(0.5, 4, Scale.LINEAR, OptionalDouble.of(0.5), false);

  /** For subclasses. */
  protected SearchAlgorithmContract() {
    super(SearchAlgorithm.class);
  }

  /** Options over {@link #required} that give at least one configuration; none by default. */
  protected Map<String, Object> few() {
    return Map.of();
  }

  /** Spaces that it must be able to search: lists, integers, steps, alternatives. */
  protected List<SearchSpace> spaces() {
    return List.of(
        space(Map.of()),
        space(ordered("encoder.hidden", WIDTHS)),
        space(ordered("latent", LATENT, "beta", BETA, "encoder.hidden", WIDTHS)),
        new SearchSpace(
            List.of(ordered("beta", BETA, "latent", LATENT), ordered("latent", LATENT), Map.of())));
  }

  private static SearchSpace space(Map<String, Domain> parameters) {
    return new SearchSpace(List.of(parameters));
  }

  private static Map<String, Domain> ordered(Object... namesAndDomains) {
    Map<String, Domain> parameters = new LinkedHashMap<>();
    for (int i = 0; i < namesAndDomains.length; i += 2) {
      parameters.put((String) namesAndDomains[i], (Domain) namesAndDomains[i + 1]);
    }
    return parameters;
  }

  @TestFactory
  Stream<DynamicTest> itAcceptsListsIntegersStepsAndAlternatives() {
    return onEach(space -> assertEquals(Map.of(), plugin().problems(space, options())));
  }

  @TestFactory
  Stream<DynamicTest> itGivesAtLeastOneConfiguration() {
    return onEach(space -> assertTrue(plugin().count(space, options()) > 0));
  }

  @TestFactory
  Stream<DynamicTest> everyConfigurationTakesOneOfTheAlternatives() {
    return onEach(
        space -> configurations(space).forEach(found -> requireAlternative(space, found)));
  }

  @TestFactory
  Stream<DynamicTest> configurationsAreTheSameEveryTime() {
    return onEach(
        space -> assertEquals(configurations(space).toList(), configurations(space).toList()));
  }

  private static void requireAlternative(
      SearchSpace space, List<Map.Entry<String, Object>> configuration) {
    List<String> names = configuration.stream().map(Map.Entry::getKey).toList();
    assertEquals(
        space.names().stream().filter(names::contains).toList(), names, "order of the parameters");
    assertTrue(
        space.alternatives().stream().anyMatch(alternative -> fits(alternative, configuration)),
        () -> "%s is in none of %s".formatted(configuration, space.alternatives()));
  }

  private static boolean fits(
      Map<String, Domain> alternative, List<Map.Entry<String, Object>> configuration) {
    return alternative.size() == configuration.size()
        && configuration.stream()
            .allMatch(
                entry ->
                    alternative.containsKey(entry.getKey())
                        && contains(alternative.get(entry.getKey()), entry.getValue()));
  }

  private static boolean contains(Domain domain, Object value) {
    if (domain instanceof Values given) {
      return given.values().contains(value);
    }
    Range range = (Range) domain;
    return value.getClass() == (range.whole() ? Long.class : Double.class)
        && contains(range, ((Number) value).doubleValue());
  }

  private static boolean contains(Range range, double value) {
    double step = range.step().orElse(range.whole() ? 1 : 0);
    double steps = step == 0 ? 0 : (value - range.min()) / step;
    return value >= range.min()
        && value <= range.max()
        && Math.abs(steps - Math.rint(steps)) < 1e-9 * Math.max(1, steps);
  }

  private Stream<List<Map.Entry<String, Object>>> configurations(SearchSpace space) {
    SearchAlgorithm search = plugin();
    long count = search.count(space, options());
    return LongStream.range(0, Math.min(MOST_CHECKED, count))
        .mapToObj(index -> search.configuration(space, options(), index));
  }

  private Options options() {
    return options(few());
  }

  private Stream<DynamicTest> onEach(ThrowingConsumer<SearchSpace> check) {
    return DynamicTest.stream(
        spaces().iterator(), space -> String.valueOf(space.alternatives()), check);
  }
}
