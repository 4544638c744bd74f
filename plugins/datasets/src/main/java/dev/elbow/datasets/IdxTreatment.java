package dev.elbow.datasets;

import dev.elbow.api.data.PixelFormat;
import dev.elbow.api.data.Targets;
import dev.elbow.api.plugin.Options;
import java.util.Locale;

/**
 * What is done to each image of a file.
 *
 * @param targets grey and dynamic keep grey values, fixed makes bits of them
 * @param edge height and width to resample to; 0 for none
 */
record IdxTreatment(Targets targets, int edge) {

  static IdxTreatment of(Options options) {
    String binarize = options.text("binarize");
    Targets targets =
        binarize.equals("none") ? Targets.GREY : Targets.valueOf(binarize.toUpperCase(Locale.ROOT));
    return new IdxTreatment(targets, options.count("resize"));
  }

  boolean bits() {
    return targets == Targets.FIXED;
  }

  PixelFormat format() {
    return bits() ? PixelFormat.BITS : PixelFormat.UINT8;
  }

  int height(IdxFile images) {
    return edge == 0 ? images.dimension(1) : edge;
  }

  int width(IdxFile images) {
    return edge == 0 ? images.dimension(2) : edge;
  }

  /** What it changes of those images, in words: equal exactly if the results are equal. */
  String effect(IdxFile images) {
    return "%dx%d %s".formatted(height(images), width(images), format());
  }
}
