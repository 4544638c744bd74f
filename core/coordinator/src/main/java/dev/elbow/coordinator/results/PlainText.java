package dev.elbow.coordinator.results;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Values as tables show them: numbers without exponent, in every locale alike. */
public final class PlainText {
  private PlainText() {}

  /** A value of {@link dev.elbow.api.plugin.Options}; empty text for null. */
  public static String of(Object value) {
    if (value instanceof Double number) {
      return of(number.doubleValue());
    }
    if (value instanceof List<?> list) {
      return list.stream().map(PlainText::of).collect(Collectors.joining(", ", "[", "]"));
    }
    if (value instanceof Map<?, ?> map) {
      return map.entrySet().stream()
          .map(entry -> entry.getKey() + ": " + of(entry.getValue()))
          .collect(Collectors.joining(", ", "{", "}"));
    }
    return value == null ? "" : value.toString();
  }

  /** A figure, whole ones without a point; empty text for what is no finite number. */
  public static String of(double figure) {
    if (!Double.isFinite(figure)) {
      return "";
    }
    BigDecimal exact = new BigDecimal(Double.toString(figure)).stripTrailingZeros();
    return figure == 0 ? "0" : exact.toPlainString();
  }
}
