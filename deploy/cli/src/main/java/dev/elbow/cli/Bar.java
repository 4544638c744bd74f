package dev.elbow.cli;

/** A bar that fills from left to right. */
public final class Bar {
  private static final char DONE = '━';
  private static final char HALF = '╸';
  private static final char OPEN = '─';

  private Bar() {}

  /**
   * @param share from 0 to 1; what lies outside is cut
   * @param width in columns, at least 1
   */
  public static String of(double share, int width) {
    int halves = (int) Math.floor(Math.min(1, Math.max(0, share)) * width * 2);
    int full = halves / 2;
    String half = halves % 2 == 1 ? String.valueOf(HALF) : "";
    String open = String.valueOf(OPEN).repeat(width - full - half.length());
    return String.valueOf(DONE).repeat(full) + half + open;
  }
}
