package dev.elbow.cli.models;

import dev.elbow.api.data.DatasetException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which images somebody means: a path, and behind {@code #} which of those that are there.
 *
 * @param path a picture, a folder of pictures, an IDX file or an array
 * @param selectors for example {@code 7}, {@code 10-19}, {@code label=3,5}; each chooses among what
 *     those before it left
 */
record ImageChoice(Path path, List<String> selectors) {
  private static final Pattern RANGE = Pattern.compile("(\\d{1,9})(?:-(\\d{1,9}))?");
  private static final Pattern LABELS = Pattern.compile("label(!?=)(.+)");

  static ImageChoice parse(String text) {
    if (!text.contains("#") || Files.exists(Path.of(text))) {
      return new ImageChoice(Path.of(text), List.of());
    }
    String[] parts = text.split("#");
    return new ImageChoice(Path.of(parts[0]), List.of(parts).subList(1, parts.length));
  }

  /** Opens what there is; pictures are looked at when they are read. */
  ImageSource open(ImageShape shape) throws BrokenImageException {
    ImageSource source = all(shape);
    for (String selector : selectors) {
      source = source.only(chosen(source, selector));
    }
    return source;
  }

  private ImageSource all(ImageShape shape) throws BrokenImageException {
    try {
      if (Files.isDirectory(path)) {
        return folder(shape);
      }
      if (!Files.isRegularFile(path)) {
        throw new BrokenImageException("no such file or folder");
      }
      String name = path.getFileName().toString();
      if (PictureFiles.isPictureName(name)) {
        return PictureFiles.file(path, shape);
      }
      return name.endsWith(".npy") ? NpyImages.open(path, shape) : idx(name, shape);
    } catch (IOException e) {
      throw new BrokenImageException("cannot be read: " + e.getMessage(), e);
    }
  }

  private ImageSource folder(ImageShape shape) throws IOException, BrokenImageException {
    PictureFiles files = PictureFiles.folder(path, shape);
    if (files.count() == 0) {
      throw new BrokenImageException("holds no picture, expected PNG or JPEG files");
    }
    return files;
  }

  private ImageSource idx(String name, ImageShape shape) throws BrokenImageException {
    if (!name.contains("idx")) {
      throw new BrokenImageException(
          "expected a picture (.png, .jpg), a folder of them, an array (.npy) or an IDX file (idx"
              + " in its name)");
    }
    try {
      return IdxImages.open(path, shape);
    } catch (DatasetException e) {
      throw BrokenImageException.without(path.toString(), e);
    }
  }

  private static int[] chosen(ImageSource source, String selector) throws BrokenImageException {
    Matcher range = RANGE.matcher(selector);
    if (range.matches()) {
      int first = Integer.parseInt(range.group(1));
      int last = range.group(2) == null ? first : Integer.parseInt(range.group(2));
      return numbered(source, selector, first, last);
    }
    Matcher labels = LABELS.matcher(selector);
    if (labels.matches()) {
      Set<String> wanted = Set.of(labels.group(2).split(",", -1));
      return labelled(source, selector, wanted, labels.group(1).equals("="));
    }
    throw new BrokenImageException(
        "found '#%s', expected #7, #10-19, #label=3, #label=3,5 or #label!=3".formatted(selector));
  }

  private static int[] numbered(ImageSource source, String selector, int first, int last)
      throws BrokenImageException {
    if (first > last || last >= source.count()) {
      throw new BrokenImageException(
          "found '#%s', expected numbers from 0 to %d".formatted(selector, source.count() - 1));
    }
    return source.indices().filter(i -> i >= first && i <= last).toArray();
  }

  private static int[] labelled(
      ImageSource source, String selector, Set<String> wanted, boolean those)
      throws BrokenImageException {
    if (source.indices().allMatch(i -> source.label(i).isEmpty())) {
      throw new BrokenImageException(
          "found '#%s', but its images have no labels; expected folders named as labels, or a file of labels beside an IDX file"
              .formatted(selector));
    }
    int[] found =
        source
            .indices()
            .filter(i -> source.label(i).filter(wanted::contains).isPresent() == those)
            .toArray();
    if (found.length == 0) {
      List<String> known =
          source.indices().mapToObj(i -> source.label(i).orElse("")).distinct().sorted().toList();
      throw new BrokenImageException(
          "found '#%s', expected labels that there are: %s"
              .formatted(
                  selector, String.join(", ", known.subList(0, Math.min(20, known.size())))));
    }
    return found;
  }

  /** All images of several choices; what is wrong with any of them is told at once. */
  static ImageSource open(List<String> texts, ImageShape shape) throws RefusedImages {
    List<ImageSource> sources = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    for (String text : texts) {
      try {
        sources.add(parse(text).open(shape));
      } catch (BrokenImageException e) {
        problems.add(text + ": " + e.getMessage());
      }
    }
    if (!problems.isEmpty()) {
      throw new RefusedImages(problems);
    }
    return ImageSource.joined(sources);
  }
}
