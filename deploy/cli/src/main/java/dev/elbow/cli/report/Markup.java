package dev.elbow.cli.report;

/** Text within HTML and SVG. */
final class Markup {
  private Markup() {}

  /** The same text where markup is read: in elements and in quoted attributes. */
  static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
