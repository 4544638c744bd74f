package dev.elbow.inference;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * What a model is told beside images and codes: for each input one example, which then goes for
 * all, or one for each of a call. Immutable as long as nobody writes to its arrays.
 */
record Told(Map<String, float[]> values) {
  Told with(String input, float[] value) {
    Map<String, float[]> all = new HashMap<>(values);
    all.put(input, value);
    return new Told(Map.copyOf(all));
  }

  /**
   * What {@code file} is given for {@code batch} examples.
   *
   * @param known what it is given first
   */
  float[][] beside(OnnxFile file, int batch, float[]... known) {
    float[][] all = Arrays.copyOf(known, known.length + file.inputsFrom(known.length).size());
    for (int i = known.length; i < all.length; i++) {
      all[i] = examples(file.input(i), batch);
    }
    return all;
  }

  private float[] examples(Port port, int batch) {
    float[] given = values.get(port.name());
    if (given == null) {
      throw new IllegalStateException(
          "the model has to be told '%s' beside its images and codes: each example is %s"
              .formatted(port.name(), Arrays.toString(port.example())));
    }
    int examples = port.examples(given);
    if (examples == 1) {
      return repeated(given, batch);
    }
    if (examples != batch) {
      throw new IllegalArgumentException(
          "'%s' was told for %d examples, expected 1 or %d"
              .formatted(port.name(), examples, batch));
    }
    return given;
  }

  private static float[] repeated(float[] example, int batch) {
    float[] all = new float[Math.multiplyExact(batch, example.length)];
    for (int to = 0; to < all.length; to += example.length) {
      System.arraycopy(example, 0, all, to, example.length);
    }
    return all;
  }
}
