package dev.elbow.cli.models;

import dev.elbow.inference.VaeModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Writes images as they come; they appear when all are there. */
abstract class ImageWriter implements AutoCloseable {
  /** More do not fit one picture that anybody looks at. */
  static final int MOST_IN_A_PICTURE = 1024;

  /**
   * A writer of what {@code kind} says.
   *
   * @param columns of a picture
   */
  static ImageWriter open(VaeModel model, OutputKind kind, Path out, int columns)
      throws IOException {
    return switch (kind) {
      case PICTURE -> new Sheet(model, out, columns);
      case ARRAY -> new Array(model, out);
      default -> new Folder(model, out);
    };
  }

  /**
   * Adds images.
   *
   * @param names for files, without ending; equal ones get numbers
   */
  abstract void add(List<String> names, float[] images) throws IOException;

  /** All are there. */
  abstract void commit() throws IOException;

  @Override
  public void close() throws IOException {}

  /** Columns of a picture of so many images, where nobody said: as wide as high, from 8 on. */
  static int columns(int wanted, int count) {
    return wanted > 0 ? wanted : Math.max(8, (int) Math.ceil(Math.sqrt(count)));
  }

  private static final class Sheet extends ImageWriter {
    private final VaeModel model;
    private final Path out;
    private final int columns;
    private final List<float[]> pieces = new ArrayList<>();

    Sheet(VaeModel model, Path out, int columns) {
      this.model = model;
      this.out = out;
      this.columns = columns;
    }

    @Override
    void add(List<String> names, float[] images) {
      pieces.add(images);
    }

    @Override
    void commit() throws IOException {
      float[] all = new float[pieces.stream().mapToInt(piece -> piece.length).sum()];
      int to = 0;
      for (float[] piece : pieces) {
        System.arraycopy(piece, 0, all, to, piece.length);
        to += piece.length;
      }
      NewFile.write(out, model.picture(all, columns(columns, all.length / model.imageSize())));
    }
  }

  private static final class Array extends ImageWriter {
    private final VaeModel model;
    private final NewFile file;
    private int count;

    Array(VaeModel model, Path out) throws IOException {
      this.model = model;
      this.file = new NewFile(out);
      file.out().write(header());
    }

    private byte[] header() {
      return Npy.header(List.of(count, model.channels(), model.height(), model.width()));
    }

    @Override
    void add(List<String> names, float[] images) throws IOException {
      count += names.size();
      file.out().write(Npy.content(images));
    }

    @Override
    void commit() throws IOException {
      file.rewriteStart(header());
      file.commit();
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }

  private static final class Folder extends ImageWriter {
    private final VaeModel model;
    private final NewFolder folder;
    private final Set<String> names = new HashSet<>();

    Folder(VaeModel model, Path out) throws IOException {
      this.model = model;
      this.folder = new NewFolder(out);
    }

    @Override
    void add(List<String> wanted, float[] images) throws IOException {
      for (int i = 0; i < wanted.size(); i++) {
        Path file = folder.part().resolve(unused(wanted.get(i)) + ".png");
        Files.createDirectories(file.getParent());
        Files.write(file, model.png(images, i));
      }
    }

    private String unused(String wanted) {
      String name = wanted;
      for (int number = 2; !names.add(name); number++) {
        name = wanted + "-" + number;
      }
      return name;
    }

    @Override
    void commit() throws IOException {
      folder.commit();
    }

    @Override
    public void close() throws IOException {
      folder.close();
    }
  }
}
