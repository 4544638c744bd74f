package dev.elbow.cli;

import java.time.Duration;
import java.util.Locale;

/** Figures as people read them, the same in every locale. */
final class Figures {
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

  /** {@code 0:42}, {@code 12:03}, {@code 3:04:05}. */
  static String duration(Duration duration) {
    long seconds = Math.max(0, duration.toSeconds());
    return seconds < 3600
        ? String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60)
        : String.format(
            Locale.ROOT, "%d:%02d:%02d", seconds / 3600, seconds % 3600 / 60, seconds % 60);
  }
}
