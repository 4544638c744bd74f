package dev.elbow.datasets;

import dev.elbow.api.data.DataFolder;
import dev.elbow.api.data.DatasetDescription;
import dev.elbow.api.data.DatasetException;
import dev.elbow.api.data.Images;
import dev.elbow.api.network.Shape;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** The files of one folder, opened and found to fit each other. */
record IdxFolder(Split train, Split test) {

  /** Images, and their labels if there are any. */
  record Split(IdxFile images, Optional<IdxFile> labels) {
    int count() {
      return images.dimension(0);
    }
  }

  /**
   * Opens the files in {@code folder}.
   *
   * @throws DatasetException if one is missing, damaged, or does not fit the others
   */
  static IdxFolder open(String folder, DataFolder data) throws DatasetException {
    if (!Files.isDirectory(data.resolve(folder))) {
      throw new DatasetException("'%s' is a file, expected a folder".formatted(folder));
    }
    IdxFolder opened = new IdxFolder(split(folder, data, "train"), split(folder, data, "t10k"));
    opened.requireEqualSizes();
    return opened;
  }

  private static Split split(String folder, DataFolder data, String split) throws DatasetException {
    String wanted = split + "-images-idx3-ubyte";
    IdxFile images =
        find(folder, data, wanted, 3)
            .orElseThrow(
                () ->
                    new DatasetException(
                        "'%s' has neither %s nor %s.gz".formatted(folder, wanted, wanted)));
    Optional<IdxFile> labels = find(folder, data, split + "-labels-idx1-ubyte", 1);
    if (labels.isPresent() && labels.get().dimension(0) != images.dimension(0)) {
      throw new DatasetException(
          "%s: has %d labels, expected %d, one for each image of %s"
              .formatted(
                  labels.get().name(),
                  labels.get().dimension(0),
                  images.dimension(0),
                  images.name()));
    }
    return new Split(images, labels);
  }

  private static Optional<IdxFile> find(String folder, DataFolder data, String stem, int rank)
      throws DatasetException {
    Path place = data.resolve(folder);
    for (String file : List.of(stem, stem + ".gz")) {
      if (Files.exists(place.resolve(file))) {
        String name = folder + "/" + file;
        return Optional.of(IdxFile.open(name, data.resolve(name), rank));
      }
    }
    return Optional.empty();
  }

  private void requireEqualSizes() throws DatasetException {
    IdxFile a = train.images();
    IdxFile b = test.images();
    if (a.dimension(1) != b.dimension(1) || a.dimension(2) != b.dimension(2)) {
      throw new DatasetException(
          "%s: has images of %d x %d, expected %d x %d as in %s"
              .formatted(
                  b.name(),
                  b.dimension(1),
                  b.dimension(2),
                  a.dimension(1),
                  a.dimension(2),
                  a.name()));
    }
    if ((long) train.count() + test.count() > Integer.MAX_VALUE) {
      throw new DatasetException(
          "%s and %s: have more than %d images together"
              .formatted(a.name(), b.name(), Integer.MAX_VALUE));
    }
  }

  DatasetDescription describe(IdxTreatment treatment) throws DatasetException {
    return describe(treatment, classes(labels(train), labels(test)));
  }

  private DatasetDescription describe(IdxTreatment treatment, List<String> classes) {
    return new DatasetDescription(
        Shape.of(1, treatment.height(train.images()), treatment.width(train.images())),
        treatment.format(),
        train.count(),
        test.count(),
        treatment.targets(),
        classes,
        List.of());
  }

  // Headers do not tell how many classes there are. Labels are small: a byte an image.
  private static byte[] labels(Split split) throws DatasetException {
    return split.labels().isPresent() ? split.labels().get().read() : new byte[0];
  }

  private static List<String> classes(byte[] trainLabels, byte[] testLabels) {
    int count = Math.max(most(trainLabels), most(testLabels)) + 1;
    return IntStream.range(0, count).mapToObj(String::valueOf).toList();
  }

  private static int most(byte[] labels) {
    return IntStream.range(0, labels.length).map(i -> labels[i] & 0xff).max().orElse(-1);
  }

  /** Over the decompressed files, so that it is all one whether a copy is gzipped. */
  String sha256(IdxTreatment treatment) throws DatasetException {
    MessageDigest digest = digest();
    digest.update(treatment.effect(train.images()).getBytes(StandardCharsets.UTF_8));
    for (Split split : List.of(train, test)) {
      feed(digest, split.images());
      if (split.labels().isPresent()) {
        feed(digest, split.labels().get());
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  // A file's header tells its length, so that no two sets of files feed the same bytes.
  private static void feed(MessageDigest digest, IdxFile file) throws DatasetException {
    try (InputStream in = file.content()) {
      in.transferTo(new DigestOutputStream(OutputStream.nullOutputStream(), digest));
    } catch (IOException e) {
      throw IdxFile.unreadable(file.name(), e);
    }
  }

  Images load(IdxTreatment treatment) throws DatasetException {
    byte[] trainLabels = labels(train);
    byte[] testLabels = labels(test);
    DatasetDescription description = describe(treatment, classes(trainLabels, testLabels));
    return new IdxImages(
        description,
        IdxPixels.read(train.images(), treatment),
        IdxPixels.read(test.images(), treatment),
        padded(trainLabels, train.count()),
        padded(testLabels, test.count()));
  }

  /** −1 for each image of a split without labels. */
  private static int[] padded(byte[] labels, int count) {
    int[] padded = new int[count];
    Arrays.setAll(padded, i -> labels.length == 0 ? -1 : labels[i] & 0xff);
    return padded;
  }
}
