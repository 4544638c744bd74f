package dev.elbow.cli;

import java.time.Duration;
import java.util.Locale;

/** Figures as people read them, the same in every locale. */
final class Figures {
  private static final String UNITS = "kMGTPE";

  private Figures() {}

  /** Nats, with two decimals: {@code 109.64}. */
  static String nats(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }

  /** {@code 41,203} from ten on, {@code 3.2} below. */
  static String rate(double perSecond) {
    return perSecond < 9.95
        ? String.format(Locale.ROOT, "%.1f", perSecond)
        : String.format(Locale.ROOT, "%,.0f", perSecond);
  }

  /** {@code 980 bytes}, {@code 34.2 MB}, in powers of a thousand. */
  static String size(long bytes) {
    if (bytes < 1000) {
      return bytes + " bytes";
    }
    double size = bytes / 1000.0;
    int unit = 0;
    while (size >= 999.95 && unit < UNITS.length() - 1) {
      size /= 1000;
      unit++;
    }
    return String.format(Locale.ROOT, "%.1f %cB", size, UNITS.charAt(unit));
  }

  /** {@code 0:42}, {@code 12:03}, {@code 3:04:05}. */
  static String duration(Duration duration) {
    long seconds = Math.max(0, duration.toSeconds());
    return seconds < 3600
        ? String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60)
        : String.format(
            Locale.ROOT, "%d:%02d:%02d", seconds / 3600, seconds % 3600 / 60, seconds % 60);
  }
}
