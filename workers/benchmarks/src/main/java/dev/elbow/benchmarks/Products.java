package dev.elbow.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@link MatrixProducts} in a process of its own. */
final class Products {
  private final Path folder;

  /**
   * @param folder for what it says on standard error
   */
  Products(Path folder) {
    this.folder = folder;
  }

  /** Images per second that the matrix products of two trainings at once would allow. */
  double imagesPerSecond(String precision) throws IOException {
    return Double.parseDouble(answer(precision));
  }

  /** In what the engine can train on this processor. */
  List<String> precisions() throws IOException {
    return List.of(answer("precisions").split(" "));
  }

  private String answer(String question) throws IOException {
    List<String> command =
        List.of(
            "env",
            "OMP_NUM_THREADS=1",
            "OPENBLAS_NUM_THREADS=1",
            "GLIBC_TUNABLES=glibc.malloc.hugetlb=1",
            "MALLOC_MMAP_THRESHOLD_=33554432",
            "MALLOC_TRIM_THRESHOLD_=4294967296",
            "MALLOC_TOP_PAD_=67108864",
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            MatrixProducts.class.getName(),
            question);
    List<String> lines = new ArrayList<>();
    Path errors = Files.createTempFile(folder, "products", ".txt");
    Lines.of(command, errors, (line, pid) -> lines.add(line));
    return lines.get(lines.size() - 1);
  }
}
