package dev.elbow.cli.report;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Draws panels side by side as SVG: one element that stands by itself, in a file or within HTML.
 * Equal panels give equal text.
 */
final class Drawing {
  private static final int WIDTH = 892;
  private static final int MOST_IN_A_ROW = 3;
  private static final int LARGE = 640;
  // Two of them stand beside each other on the page.
  private static final int HALF = 436;
  private static final int LEFT = 58;
  private static final int RIGHT = 14;
  private static final int TOP = 28;
  private static final int BOTTOM = 46;
  private static final int LEGEND_LINE = 20;
  private static final double LETTER = 6.6;

  private final StringBuilder svg = new StringBuilder();
  private final List<Panel> panels;
  private final int columns;
  private final double panelWidth;
  private final double panelHeight;
  private final Legend legend;

  private Drawing(List<Panel> panels, Map<String, String> colours, boolean isLarge) {
    this.panels = panels;
    this.columns = Math.min(MOST_IN_A_ROW, panels.size());
    this.panelWidth = isLarge ? LARGE : columns == 1 ? HALF : (double) WIDTH / columns;
    this.panelHeight = isLarge ? 400 : columns < MOST_IN_A_ROW ? 300 : 270;
    this.legend = new Legend(colours, columns * panelWidth - LEFT - RIGHT);
  }

  /**
   * The text of the SVG: panels in rows of up to three.
   *
   * @param words what it shows, for those who do not see it
   * @param colours the legend: by label; none for fewer than two
   */
  static String svg(List<Panel> panels, Map<String, String> colours, String words) {
    return new Drawing(panels, colours, false).draw(words);
  }

  /** The same with one panel that has much to show. */
  static String large(Panel panel, Map<String, String> colours, String words) {
    return new Drawing(List.of(panel), colours, true).draw(words);
  }

  private String draw(String words) {
    double width = columns * panelWidth;
    int rows = (panels.size() + columns - 1) / columns;
    double height = rows * panelHeight + legend.height();
    put(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %s %s\" width=\"%s\" height=\"%s\""
            + " role=\"img\" font-family=\"Helvetica, Arial, Liberation Sans, sans-serif\""
            + " font-size=\"11.5\" fill=\"%s\">",
        number(width), number(height), number(width), number(height), Colours.INK);
    put("<title>%s</title>", Markup.escaped(words));
    put("<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>");
    for (int i = 0; i < panels.size(); i++) {
      put(
          "<g transform=\"translate(%s %s)\">",
          number(i % columns * panelWidth), number(i / columns * panelHeight));
      panel(panels.get(i));
      put("</g>");
    }
    legend.draw(rows * panelHeight);
    put("</svg>");
    return svg.toString();
  }

  private void panel(Panel panel) {
    grid(panel);
    if (!panel.title().isEmpty()) {
      put(
          "<text x=\"%s\" y=\"%s\" font-size=\"12.5\" font-weight=\"bold\">%s</text>",
          LEFT, TOP - 11, Markup.escaped(panel.title()));
    }
    panel.marks().forEach(mark -> mark(panel, mark));
    put(
        "<text x=\"%s\" y=\"%s\" text-anchor=\"middle\">%s</text>",
        number((LEFT + panelWidth - RIGHT) / 2),
        number(panelHeight - 8),
        Markup.escaped(panel.x().label()));
    put(
        "<text transform=\"translate(13 %s) rotate(-90)\" text-anchor=\"middle\">%s</text>",
        number((TOP + panelHeight - BOTTOM) / 2), Markup.escaped(panel.y().label()));
  }

  private void grid(Panel panel) {
    double bottom = panelHeight - BOTTOM;
    double right = panelWidth - RIGHT;
    for (double mark : panel.y().marks(6)) {
      double y = y(panel, mark);
      rule(LEFT, y, right, y, "#e8ebef");
      put(
          "<text x=\"%s\" y=\"%s\" text-anchor=\"end\">%s</text>",
          LEFT - 6, number(y + 4), label(mark));
    }
    for (double mark : panel.x().marks(panelWidth >= LARGE ? 8 : 5)) {
      double x = x(panel, mark);
      rule(x, bottom, x, bottom + 4, Colours.INK);
      put(
          "<text x=\"%s\" y=\"%s\" text-anchor=\"middle\">%s</text>",
          number(x), number(bottom + 17), label(mark));
    }
    rule(LEFT, bottom, right, bottom, Colours.INK);
    rule(LEFT, TOP, LEFT, bottom, Colours.INK);
  }

  private void rule(double x1, double y1, double x2, double y2, String colour) {
    put(
        "<line x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\" stroke=\"%s\"/>",
        number(x1), number(y1), number(x2), number(y2), colour);
  }

  private void mark(Panel panel, Mark mark) {
    if (mark instanceof Mark.Line line) {
      line(panel, line);
    } else if (mark instanceof Mark.Dots dots) {
      dots(panel, dots);
    } else if (mark instanceof Mark.Ring ring) {
      ring(panel, ring);
    } else if (mark instanceof Mark.Words words) {
      put(
          "<text x=\"%s\" y=\"%s\" font-size=\"9.5\" fill=\"#5f6b78\" stroke=\"white\""
              + " stroke-width=\"3\" paint-order=\"stroke\">%s</text>",
          number(x(panel, words.point().x())),
          number(y(panel, words.point().y()) + 3),
          Markup.escaped(words.words()));
    }
  }

  private void line(Panel panel, Mark.Line line) {
    StringBuilder path = new StringBuilder();
    boolean pen = false;
    for (Point point : line.points()) {
      boolean shown = holds(panel, point);
      if (shown) {
        path.append(pen ? "L" : "M").append(place(panel, point));
      }
      pen = shown;
    }
    put(
        "<path d=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"%s\""
            + " stroke-linejoin=\"round\"%s/>",
        path,
        line.colour(),
        number(line.width()),
        line.dashed() ? " stroke-dasharray=\"4 4\"" : "");
  }

  private void dots(Panel panel, Mark.Dots dots) {
    put("<g fill=\"%s\" stroke=\"white\" stroke-width=\"0.8\">", dots.colour());
    for (Point point : dots.points()) {
      if (holds(panel, point)) {
        put(
            "<circle cx=\"%s\" cy=\"%s\" r=\"%s\"/>",
            number(x(panel, point.x())), number(y(panel, point.y())), number(dots.radius()));
      }
    }
    put("</g>");
  }

  private void ring(Panel panel, Mark.Ring ring) {
    double x = x(panel, ring.point().x());
    double y = y(panel, ring.point().y());
    boolean atRight = x + 14 + LETTER * ring.words().length() > panelWidth - RIGHT;
    put(
        "<circle cx=\"%s\" cy=\"%s\" r=\"9\" fill=\"none\" stroke=\"%s\" stroke-width=\"1.6\"/>",
        number(x), number(y), Colours.INK);
    put(
        "<text x=\"%s\" y=\"%s\" text-anchor=\"%s\" font-weight=\"bold\" stroke=\"white\""
            + " stroke-width=\"3\" paint-order=\"stroke\">%s</text>",
        number(atRight ? x - 13 : x + 13),
        number(y - 7),
        atRight ? "end" : "start",
        Markup.escaped(ring.words()));
  }

  private static boolean holds(Panel panel, Point point) {
    return point.isFinite() && panel.x().holds(point.x()) && panel.y().holds(point.y());
  }

  private String place(Panel panel, Point point) {
    return number(x(panel, point.x())) + " " + number(y(panel, point.y()));
  }

  private double x(Panel panel, double value) {
    return LEFT + panel.x().share(value) * (panelWidth - LEFT - RIGHT);
  }

  private double y(Panel panel, double value) {
    double bottom = panelHeight - BOTTOM;
    return bottom - panel.y().share(value) * (bottom - TOP);
  }

  private void put(String format, Object... values) {
    svg.append(format.formatted(values)).append('\n');
  }

  private static String number(double value) {
    String text = String.format(Locale.ROOT, "%.2f", value);
    return text.replaceAll("\\.?0+$", "");
  }

  private static String label(double mark) {
    return mark == Math.rint(mark) && Math.abs(mark) < 1e6
        ? String.valueOf((long) mark)
        : String.format(Locale.ROOT, "%.6g", mark).replaceAll("\\.?0+$", "");
  }

  /** Labels below the panels, in as many lines as they need. */
  private final class Legend {
    private final Map<String, String> colours;
    private final double width;

    Legend(Map<String, String> colours, double width) {
      this.colours = colours;
      this.width = width;
    }

    double height() {
      return colours.size() < 2 ? 0 : LEGEND_LINE * lines() + 6;
    }

    private double column() {
      int longest = colours.keySet().stream().mapToInt(String::length).max().orElse(0);
      return Math.min(width, 26 + LETTER * longest);
    }

    private int inALine() {
      return Math.max(1, (int) (width / column()));
    }

    private int lines() {
      return (colours.size() + inALine() - 1) / inALine();
    }

    void draw(double top) {
      int place = 0;
      if (colours.size() < 2) {
        return;
      }
      for (Map.Entry<String, String> entry : colours.entrySet()) {
        double x = LEFT + place % inALine() * column();
        double y = top + 10 + place / inALine() * LEGEND_LINE;
        put(
            "<circle cx=\"%s\" cy=\"%s\" r=\"4.5\" fill=\"%s\"/>",
            number(x + 5), number(y), entry.getValue());
        put(
            "<text x=\"%s\" y=\"%s\">%s</text>",
            number(x + 15), number(y + 4), Markup.escaped(entry.getKey()));
        place++;
      }
    }
  }
}
