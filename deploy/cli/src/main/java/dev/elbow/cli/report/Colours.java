package dev.elbow.cli.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Colours that every kind of colour vision tells apart and that print well on white: an even scale
 * for what has an order (viridis without its light end), distinct ones for a few things that have
 * none (Okabe and Ito 2008).
 */
final class Colours {
  static final String INK = "#18212b";
  static final String FAINT = "#c3c9d2";

  private static final List<String> DISTINCT =
      List.of(
          "#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9", "#e69f00", "#6b4c9a", "#7f7f7f");

  private static final int[][] SCALE = {
    {68, 1, 84},
    {72, 40, 120},
    {62, 74, 137},
    {49, 104, 142},
    {38, 130, 142},
    {31, 158, 137},
    {53, 183, 121},
    {109, 205, 89},
    {180, 205, 30}
  };

  private Colours() {}

  /**
   * A colour for each of some labels.
   *
   * @param ordered whether their order means something
   */
  static Map<String, String> of(List<String> labels, boolean ordered) {
    Map<String, String> colours = new LinkedHashMap<>();
    for (int i = 0; i < labels.size(); i++) {
      boolean distinct = !ordered && labels.size() <= DISTINCT.size();
      colours.put(labels.get(i), distinct ? DISTINCT.get(i) : between(i, labels.size()));
    }
    return colours;
  }

  private static String between(int place, int count) {
    double at = count == 1 ? 2 : (SCALE.length - 1.0) * place / (count - 1);
    int lower = Math.min(SCALE.length - 2, (int) at);
    StringBuilder colour = new StringBuilder("#");
    for (int channel = 0; channel < 3; channel++) {
      double from = SCALE[lower][channel];
      double to = SCALE[lower + 1][channel];
      colour.append("%02x".formatted(Math.round(from + (to - from) * (at - lower))));
    }
    return colour.toString();
  }
}
