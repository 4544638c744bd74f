package dev.elbow.cli.models;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A figure that each of some images has, by which they are told apart. */
interface Attribute {
  /**
   * The figures of the next images.
   *
   * @throws RefusedImages if one has none
   */
  double[] of(ImageBatch batch) throws RefusedImages;

  /**
   * Reads {@code ink} and {@code FILE.csv#COLUMN}.
   *
   * @param images how many there are
   * @throws RefusedImages if it is neither, or the table does not fit
   */
  static Attribute parse(String text, int images) throws RefusedImages {
    if (text.equals("ink")) {
      return Attribute::ink;
    }
    int place = text.lastIndexOf('#');
    if (place < 1) {
      throw new RefusedImages(
          List.of(
              "--attribute: found '%s', expected ink or FILE.csv#COLUMN, as in faces.csv#smiling"
                  .formatted(text)));
    }
    try {
      return column(Path.of(text.substring(0, place)), text.substring(place + 1), images);
    } catch (BrokenImageException e) {
      throw new RefusedImages(List.of("--attribute: %s: %s".formatted(text, e.getMessage())));
    }
  }

  /** The mean of all values of an image. */
  private static double[] ink(ImageBatch batch) {
    double[] ink = new double[batch.count()];
    int size = batch.values().length / batch.count();
    for (int i = 0; i < batch.values().length; i++) {
      ink[i / size] += (double) batch.values()[i] / size;
    }
    return ink;
  }

  private static Attribute column(Path file, String column, int images)
      throws BrokenImageException {
    List<List<String>> rows = CodeTable.rows(file);
    List<String> header = rows.get(0);
    int values = header.indexOf(column);
    if (values < 0) {
      throw new BrokenImageException("it has the columns %s".formatted(String.join(", ", header)));
    }
    double[] figures = new double[rows.size() - 1];
    for (int row = 1; row < rows.size(); row++) {
      if (rows.get(row).size() != header.size()) {
        throw new BrokenImageException(
            "row %d has %d values, expected %d"
                .formatted(row, rows.get(row).size(), header.size()));
      }
      figures[row - 1] = CodeTable.number(rows.get(row).get(values), row + 1);
    }
    int names = header.indexOf("name");
    return names < 0 ? inOrder(figures, images) : byName(rows, names, figures);
  }

  private static Attribute inOrder(double[] figures, int images) throws BrokenImageException {
    if (figures.length != images) {
      throw new BrokenImageException(
          "%d rows for %d images, expected one for each, or a column 'name'"
              .formatted(figures.length, images));
    }
    return batch -> {
      double[] own = new double[batch.count()];
      for (int i = 0; i < own.length; i++) {
        own[i] = figures[batch.places().get(i)];
      }
      return own;
    };
  }

  private static Attribute byName(List<List<String>> rows, int names, double[] figures) {
    Map<String, Double> known = new HashMap<>();
    for (int row = 1; row < rows.size(); row++) {
      known.put(rows.get(row).get(names), figures[row - 1]);
    }
    return batch -> {
      double[] own = new double[batch.count()];
      for (int i = 0; i < own.length; i++) {
        own[i] = named(known, batch.names().get(i));
      }
      return own;
    };
  }

  /** By the whole name, or that of the file alone. */
  private static double named(Map<String, Double> known, String name) throws RefusedImages {
    String file = name.substring(name.replace('\\', '/').lastIndexOf('/') + 1);
    Double figure = known.getOrDefault(name, known.get(file));
    if (figure == null) {
      throw new RefusedImages(
          List.of("--attribute: the table has no row named '%s'".formatted(name)));
    }
    return figure;
  }
}
