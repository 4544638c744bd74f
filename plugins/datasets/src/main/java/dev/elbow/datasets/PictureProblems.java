package dev.elbow.datasets;

import dev.elbow.api.data.DatasetException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * Treats all pictures of a folder on all processors and tells all that went wrong at once.
 *
 * @param folder as messages name it
 */
record PictureProblems(String folder) {
  private static final int SHOWN = 20;

  /** What is done with a picture. */
  interface Treatment<T> {
    T of(PictureFile file) throws IOException;
  }

  /**
   * The result of each file, in their order.
   *
   * @throws DatasetException if some files cannot be treated; names them
   */
  <T> List<T> each(List<PictureFile> files, Treatment<T> treatment) throws DatasetException {
    List<T> results = new ArrayList<>(Collections.nCopies(files.size(), null));
    String[] problems = new String[files.size()];
    IntStream.range(0, files.size())
        .parallel()
        .forEach(
            i -> {
              try {
                results.set(i, treatment.of(files.get(i)));
              } catch (IOException e) {
                problems[i] = "%s: %s".formatted(files.get(i).name(), e.getMessage());
              }
            });
    List<String> found = Arrays.stream(problems).filter(Objects::nonNull).toList();
    if (!found.isEmpty()) {
      throw of(found, "expected whole PNG or JPEG files");
    }
    return results;
  }

  /** One message for all {@code problems}; of very many the first ones. */
  DatasetException of(List<String> problems, String expected) {
    String more = problems.size() > SHOWN ? "; and %d more".formatted(problems.size() - SHOWN) : "";
    return new DatasetException(
        "'%s': %d file%s cannot be used, %s: %s%s"
            .formatted(
                folder,
                problems.size(),
                problems.size() == 1 ? "" : "s",
                expected,
                String.join("; ", problems.stream().limit(SHOWN).toList()),
                more));
  }
}
