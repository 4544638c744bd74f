package dev.elbow.datasets;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import dev.elbow.api.data.DataFolder;
import dev.elbow.api.data.DatasetDescription;
import dev.elbow.api.data.DatasetException;
import dev.elbow.api.data.Images;
import dev.elbow.api.data.PixelFormat;
import dev.elbow.api.data.Targets;
import dev.elbow.api.network.Shape;
import dev.elbow.api.plugin.Options;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The pictures of one folder, their headers read and found to fit each other.
 *
 * @param name of the folder, below the data folder
 * @param files in the order of their names
 * @param shape of the images after treatment
 */
record ImageFolder(String name, List<PictureFile> files, Shape shape, double test) {
  private static final int VERSION = 1;

  /**
   * Reads the headers of all pictures.
   *
   * @throws DatasetException if there are none, or some are damaged or of another size; names them
   */
  static ImageFolder open(Options options, DataFolder data) throws DatasetException {
    String name = options.text("path");
    List<PictureFile> files = PictureFiles.below(name, data);
    List<PictureFile.Header> headers = new PictureProblems(name).each(files, PictureFile::header);
    int edge = options.count("resize");
    if (edge == 0) {
      requireEqualSizes(name, files, headers);
    }
    boolean colour =
        switch (options.text("channels")) {
          case "grey" -> false;
          case "colour" -> true;
          default -> headers.stream().anyMatch(header -> !header.grey());
        };
    Shape shape =
        Shape.of(
            colour ? 3 : 1,
            edge == 0 ? headers.get(0).height() : edge,
            edge == 0 ? headers.get(0).width() : edge);
    return new ImageFolder(name, files, shape, DataSplit.share(options));
  }

  private static void requireEqualSizes(
      String folder, List<PictureFile> files, List<PictureFile.Header> headers)
      throws DatasetException {
    Map<String, Long> sizes =
        headers.stream()
            .collect(groupingBy(PictureFile.Header::size, LinkedHashMap::new, counting()));
    String usual =
        sizes.entrySet().stream()
            .max(Comparator.comparingLong(Map.Entry::getValue))
            .orElseThrow()
            .getKey();
    List<String> others = new ArrayList<>();
    for (int i = 0; i < files.size(); i++) {
      if (!headers.get(i).size().equals(usual)) {
        others.add("%s: is %s".formatted(files.get(i).name(), headers.get(i).size()));
      }
    }
    if (!others.isEmpty()) {
      String expected =
          "expected %s as most have, or the option resize, which makes them equal".formatted(usual);
      throw new PictureProblems(folder).of(others, expected);
    }
  }

  DatasetDescription describe() throws DatasetException {
    return describe(split());
  }

  private DatasetDescription describe(DataSplit split) {
    return new DatasetDescription(
        shape,
        PixelFormat.UINT8,
        split.train().length,
        split.test().length,
        Targets.GREY,
        classes(),
        List.of());
  }

  private DataSplit split() throws DatasetException {
    long[] keys = files.stream().mapToLong(file -> key(file.name())).toArray();
    return DataSplit.byHash("'" + name + "'", keys, test);
  }

  private static long key(String name) {
    return ByteBuffer.wrap(new Sha256().text(name).bytes()).getLong();
  }

  private List<String> classes() {
    return files.stream()
        .filter(file -> file.name().contains("/"))
        .map(ImageFolder::label)
        .distinct()
        .sorted()
        .toList();
  }

  private static String label(PictureFile file) {
    return file.name().substring(0, Math.max(0, file.name().indexOf('/')));
  }

  /** Over names and contents of all files, and over what is made of them. */
  String sha256() throws DatasetException {
    Sha256 hash = new Sha256().text("images %d %s test %s".formatted(VERSION, shape, test));
    try {
      for (PictureFile file : files) {
        hash.text(file.name()).file(file.path());
      }
      return hash.hexadecimal();
    } catch (IOException e) {
      throw new DatasetException("'%s' cannot be read: %s".formatted(name, e.getMessage()), e);
    }
  }

  /** Decodes every file; all that are damaged are told at once. */
  Images load() throws DatasetException {
    DataSplit split = split();
    DatasetDescription description = describe(split);
    List<byte[]> pixels = new PictureProblems(name).each(files, file -> file.pixels(shape, true));
    List<String> classes = description.labels();
    int[] labels = files.stream().mapToInt(file -> classes.indexOf(label(file))).toArray();
    return new StoredImages(
        description, pixels.toArray(byte[][]::new), split, labels, new char[0][]);
  }
}
