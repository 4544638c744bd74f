package dev.elbow.cli.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** One HTML page that holds all it shows, written from top to bottom. */
final class Html {
  private final StringBuilder page = new StringBuilder();

  Html(String title) {
    page.append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    page.append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    page.append("<title>").append(Markup.escaped(title)).append("</title>\n");
    page.append("<style>\n").append(style()).append("</style>\n</head>\n<body>\n");
  }

  private static String style() {
    try (InputStream file = Html.class.getResourceAsStream("report.css")) {
      return new String(file.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  Html heading(int level, String text) {
    return element("h" + level, text);
  }

  Html paragraph(String text) {
    return element("p", text);
  }

  Html listing(String text) {
    return element("pre", text);
  }

  private Html element(String name, String text) {
    page.append('<').append(name).append('>').append(Markup.escaped(text));
    page.append("</").append(name).append(">\n");
    return this;
  }

  /** A picture with its caption. */
  Html figure(Figure figure) {
    page.append("<figure>\n").append(figure.svg());
    return caption(figure.caption());
  }

  /** Pictures beside each other as far as there is room. */
  Html figures(List<Figure> figures) {
    page.append("<div class=\"row\">\n");
    figures.forEach(this::figure);
    page.append("</div>\n");
    return this;
  }

  /** A PNG image with its caption. */
  Html image(byte[] png, String words, String caption) {
    page.append("<figure>\n<img alt=\"").append(Markup.escaped(words));
    page.append("\" src=\"data:image/png;base64,");
    page.append(Base64.getEncoder().encodeToString(png)).append("\">\n");
    return caption(caption);
  }

  private Html caption(String caption) {
    page.append("<figcaption>").append(Markup.escaped(caption));
    page.append("</figcaption>\n</figure>\n");
    return this;
  }

  /** A table with a header; cells that are figures stand at the right. */
  Html table(List<String> header, List<List<String>> rows) {
    page.append("<table>\n<thead><tr>");
    for (int i = 0; i < header.size(); i++) {
      int column = i;
      cell("th", header.get(i), rows.stream().allMatch(row -> isFigure(row.get(column))));
    }
    page.append("</tr></thead>\n<tbody>\n");
    for (List<String> row : rows) {
      page.append("<tr>");
      row.forEach(cell -> cell("td", cell, isFigure(cell)));
      page.append("</tr>\n");
    }
    page.append("</tbody>\n</table>\n");
    return this;
  }

  private static boolean isFigure(String text) {
    return text.matches("[-−+0-9.,eE ±]*");
  }

  private void cell(String name, String text, boolean figure) {
    page.append('<').append(name).append(figure ? " class=\"figure\">" : ">");
    page.append(Markup.escaped(text)).append("</").append(name).append('>');
  }

  /** Facts by name. */
  Html facts(Map<String, String> facts) {
    page.append("<dl>\n");
    facts.forEach(
        (name, value) ->
            page.append("<dt>")
                .append(Markup.escaped(name))
                .append("</dt><dd>")
                .append(Markup.escaped(value))
                .append("</dd>\n"));
    page.append("</dl>\n");
    return this;
  }

  /** The whole page. */
  String end() {
    return page + "</body>\n</html>\n";
  }
}
