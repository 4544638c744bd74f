package dev.elbow.cli;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A public set of images.
 *
 * @param name of its folder below the data folder
 * @param licence as its makers state it; that of MNIST as others report it
 * @param sweep how a sweep names it
 */
record PublicData(String name, String about, String licence, String sweep, List<Part> parts) {

  /**
   * A file of it.
   *
   * @param sha256 in lower-case hexadecimal; empty where none is known that could be trusted: such
   *     a file is not fetched
   */
  record Part(URI address, long sizeBytes, Optional<String> sha256) {
    /** The name of the file. */
    String file() {
      String path = address.getPath();
      return path.substring(path.lastIndexOf('/') + 1);
    }
  }

  private static final List<String> MNIST_FILES =
      List.of(
          "train-images-idx3-ubyte.gz",
          "train-labels-idx1-ubyte.gz",
          "t10k-images-idx3-ubyte.gz",
          "t10k-labels-idx1-ubyte.gz");

  /**
   * Sizes and hashes are those of TensorFlow Datasets ({@code url_checksums}), which fetches them.
   */
  static final List<PublicData> ALL =
      List.of(
          idx(
              "mnist",
              "70,000 grey digits, 28 x 28",
              "CC BY-SA 3.0",
              "https://storage.googleapis.com/cvdf-datasets/mnist/",
              List.of(9_912_422L, 28_881L, 1_648_877L, 4_542L),
              List.of(
                  "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609",
                  "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c",
                  "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6",
                  "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6")),
          idx(
              "fashion-mnist",
              "70,000 grey pieces of clothing, 28 x 28",
              "MIT",
              "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/",
              List.of(26_421_880L, 29_515L, 4_422_102L, 5_148L),
              List.of(
                  "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84",
                  "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845",
                  "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073",
                  "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5")),
          idx(
              "kmnist",
              "70,000 grey Kuzushiji characters, 28 x 28",
              "CC BY-SA 4.0",
              "http://codh.rois.ac.jp/kmnist/dataset/kmnist/",
              List.of(18_165_135L, 29_497L, 3_041_136L, 5_120L),
              List.of(
                  "51467d22d8cc72929e2a028a0428f2086b092bb31cfb79c69cc0a90ce135fde4",
                  "e38f9ebcd0f3ebcdec7fc8eabdcdaef93bb0df8ea12bee65224341c8183d8e17",
                  "edd7a857845ad6bb1d0ba43fe7e794d164fe2dce499a1694695a792adfac43c5",
                  "20bb9a0ef54c7db3efc55a92eef5582c109615df22683c380526788f98e42a1c")),
          new PublicData(
              "dsprites",
              "737,280 sprites with their factors, 64 x 64",
              "see the address",
              "{plugin: npz, path: dsprites/dsprites_ndarray_co1sh3sc6or40x32y32_64x64.npz}",
              List.of(
                  new Part(
                      URI.create(
                          "https://github.com/deepmind/dsprites-dataset/raw/master/dsprites_ndarray_co1sh3sc6or40x32y32_64x64.npz"),
                      0,
                      Optional.empty()))));

  private static PublicData idx(
      String name,
      String about,
      String licence,
      String address,
      List<Long> sizes,
      List<String> hashes) {
    Function<Integer, Part> part =
        i ->
            new Part(
                URI.create(address + MNIST_FILES.get(i)), sizes.get(i), Optional.of(hashes.get(i)));
    String sweep = "{plugin: idx, path: %s}".formatted(name);
    return new PublicData(name, about, licence, sweep, Stream.of(0, 1, 2, 3).map(part).toList());
  }

  /** Whether every file can be checked. */
  boolean isVerifiable() {
    return parts.stream().allMatch(part -> part.sha256().isPresent());
  }

  long sizeBytes() {
    return parts.stream().mapToLong(Part::sizeBytes).sum();
  }
}
