package dev.elbow.search;

import dev.elbow.api.search.Domain;
import dev.elbow.api.search.Domain.Range;
import dev.elbow.api.search.Domain.Scale;
import dev.elbow.api.search.Domain.Values;
import dev.elbow.api.search.SearchSpace;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** Short words for search spaces. */
final class Spaces {
  private Spaces() {}

  static Values values(Object... values) {
    return new Values(Arrays.asList(values));
  }

  static Range real(double min, double max) {
    return new Range(min, max, Scale.LINEAR, OptionalDouble.empty(), false);
  }

  static Range steps(double min, double max, double step) {
    return new Range(min, max, Scale.LINEAR, OptionalDouble.of(step), false);
  }

  static Range log(double min, double max) {
    return new Range(min, max, Scale.LOG, OptionalDouble.empty(), false);
  }

  static Range whole(double min, double max) {
    return new Range(min, max, Scale.LINEAR, OptionalDouble.empty(), true);
  }

  static Range wholeLog(double min, double max) {
    return new Range(min, max, Scale.LOG, OptionalDouble.empty(), true);
  }

  static SearchSpace space(String name, Domain domain) {
    return space(Map.of(name, domain));
  }

  static SearchSpace space(Map<String, Domain> parameters) {
    return new SearchSpace(List.of(parameters));
  }

  static Map<String, Domain> map(String a, Domain inA, String b, Domain inB) {
    Map<String, Domain> map = new LinkedHashMap<>();
    map.put(a, inA);
    map.put(b, inB);
    return map;
  }
}
