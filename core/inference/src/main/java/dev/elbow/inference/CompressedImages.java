package dev.elbow.inference;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.CRC32;

/**
 * Images as rounded codes of one model: what {@code elbow compress} writes. Immutable as long as
 * nobody writes to its array.
 *
 * <p>The file, integers with the highest byte first: {@code ELBC}; the version, 2 bytes; the
 * SHA-256 of {@code decoder.onnx}, 32 bytes; how many images, and the values of a code, 4 bytes
 * each; the step, a 32-bit float; in version 2 alone, which is written where the model was told one
 * of them, the label, 4 bytes, −1 for none, and β, a 64-bit float, 0 for none; for each latent
 * dimension the smallest and the largest multiple of the step, 4 bytes each; then all multiples,
 * image by image, each less the smallest of its dimension, by arithmetic coding in registers of 31
 * bits (Witten, Neal and Cleary 1987); at the end the CRC-32 of everything before it, 4 bytes. Each
 * dimension has a model of its own, in which every symbol counts 1 at first and 32 more each time
 * that it occurs; when the counts together exceed 65,536, each {@code c} becomes {@code c - c / 2}.
 *
 * @param decoder SHA-256 of the file that makes images of the codes, 64 hexadecimal digits
 * @param told what the model was told of all images; nothing in files of version 1
 * @param latent values of a code, at least 1
 * @param step what codes are multiples of, above 0
 * @param multiples {@code [images, latent]} in row-major order
 */
public record CompressedImages(
    String decoder, ToldOfAll told, int latent, float step, int[] multiples) {
  private static final byte[] MAGIC = {'E', 'L', 'B', 'C'};
  private static final int TOLD_NOTHING = 1;
  private static final int TOLD = 2;
  private static final int HASH_BYTES = 32;
  private static final int CHECKSUM_BYTES = 4;
  private static final int MOST_VALUES = 1 << 26;
  private static final HexFormat HEX = HexFormat.of();

  /**
   * Rounds codes to multiples of a step.
   *
   * @param codes {@code [images, latent]}
   * @throws IllegalArgumentException if the step is not above 0, a code is not finite, or those of
   *     a dimension span more than 16,384 steps
   */
  public static CompressedImages of(
      String decoder, ToldOfAll told, float[] codes, int latent, float step) {
    if (!isStep(step)) {
      throw new IllegalArgumentException("the step must be above 0, got " + step);
    }
    int[] multiples = new int[codes.length];
    for (int i = 0; i < codes.length; i++) {
      double multiple = Math.rint((double) codes[i] / step);
      if (!(Math.abs(multiple) < 1 << 30)) {
        throw new IllegalArgumentException(
            "a code has the value %s, which no step of %s counts".formatted(codes[i], step));
      }
      multiples[i] = (int) multiple;
    }
    CompressedImages images = new CompressedImages(decoder, told, latent, step, multiples);
    images.spans();
    return images;
  }

  private static boolean isStep(float step) {
    return step > 0 && Float.isFinite(step);
  }

  /** How many images there are. */
  public int count() {
    return multiples.length / latent;
  }

  /** The rounded codes, {@code [images, latent]}. */
  public float[] codes() {
    float[] codes = new float[multiples.length];
    for (int i = 0; i < codes.length; i++) {
      codes[i] = multiples[i] * step;
    }
    return codes;
  }

  /** Smallest and largest multiple of each dimension. */
  private record Spans(int[] smallest, int[] largest) {
    AdaptiveModel[] models() {
      AdaptiveModel[] models = new AdaptiveModel[smallest.length];
      for (int i = 0; i < models.length; i++) {
        models[i] = new AdaptiveModel(largest[i] - smallest[i] + 1);
      }
      return models;
    }

    // A few bytes could ask for any amount of memory otherwise.
    boolean fits() {
      long all = 0;
      for (int i = 0; i < smallest.length; i++) {
        long symbols = (long) largest[i] - smallest[i] + 1;
        if (symbols < 1 || symbols > AdaptiveModel.MOST_SYMBOLS) {
          return false;
        }
        all += symbols;
      }
      return all <= MOST_VALUES;
    }
  }

  private Spans spans() {
    int[] smallest = Arrays.copyOf(multiples, latent);
    int[] largest = Arrays.copyOf(multiples, latent);
    for (int i = 0; i < multiples.length; i++) {
      smallest[i % latent] = Math.min(smallest[i % latent], multiples[i]);
      largest[i % latent] = Math.max(largest[i % latent], multiples[i]);
    }
    Spans spans = new Spans(smallest, largest);
    if (!spans.fits()) {
      throw new IllegalArgumentException(
          "codes span more than %d steps of %s, expected a larger step"
              .formatted(AdaptiveModel.MOST_SYMBOLS, step));
    }
    return spans;
  }

  /** The file. */
  public byte[] file() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      Spans spans = spans();
      writeHeader(out, spans);
      out.write(coded(spans));
      out.writeInt(checksum(bytes.toByteArray(), bytes.size()));
    } catch (IOException e) {
      throw new UncheckedIOException("memory cannot be written to", e);
    }
    return bytes.toByteArray();
  }

  private void writeHeader(DataOutputStream out, Spans spans) throws IOException {
    out.write(MAGIC);
    // A file that an older Elbow can read is written as it reads it.
    out.writeShort(told.isNothing() ? TOLD_NOTHING : TOLD);
    out.write(HEX.parseHex(decoder));
    out.writeInt(count());
    out.writeInt(latent);
    out.writeFloat(step);
    if (!told.isNothing()) {
      told.write(out);
    }
    for (int i = 0; i < latent; i++) {
      out.writeInt(spans.smallest()[i]);
      out.writeInt(spans.largest()[i]);
    }
  }

  private byte[] coded(Spans spans) {
    AdaptiveModel[] models = spans.models();
    ArithmeticCoder coder = new ArithmeticCoder();
    for (int i = 0; i < multiples.length; i++) {
      coder.write(models[i % latent], multiples[i] - spans.smallest()[i % latent]);
    }
    return coder.finish();
  }

  private static int checksum(byte[] bytes, int size) {
    CRC32 checksum = new CRC32();
    checksum.update(bytes, 0, size);
    return (int) checksum.getValue();
  }

  /**
   * Reads a file.
   *
   * @param name as messages name it
   * @throws ModelException if it is another file, of a later version, or not whole
   */
  public static CompressedImages read(String name, byte[] file) throws ModelException {
    if (file.length < MAGIC.length || !Arrays.equals(file, 0, 4, MAGIC, 0, 4)) {
      throw new ModelException(name + ": found another file, expected one of 'elbow compress'");
    }
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(file, 4, file.length))) {
      int version = in.readUnsignedShort();
      if (version != TOLD_NOTHING && version != TOLD) {
        throw new ModelException(
            "%s: found version %d, expected %d or %d; a later Elbow may have written it"
                .formatted(name, version, TOLD_NOTHING, TOLD));
      }
      requireWhole(name, file);
      return readBody(name, version, in);
    } catch (EOFException e) {
      throw new ModelException(name + ": ends within its header: truncated", e);
    } catch (IOException e) {
      throw e instanceof ModelException known ? known : new ModelException(name + ": " + e, e);
    }
  }

  private static void requireWhole(String name, byte[] file) throws ModelException {
    int size = file.length - CHECKSUM_BYTES;
    if (size < 0 || ByteBuffer.wrap(file).getInt(size) != checksum(file, size)) {
      throw new ModelException(
          name + ": its checksum is wrong, so it is truncated or was changed; nothing was decoded");
    }
  }

  private static CompressedImages readBody(String name, int version, DataInputStream in)
      throws IOException {
    String decoder = HEX.formatHex(in.readNBytes(HASH_BYTES));
    int count = in.readInt();
    int latent = in.readInt();
    float step = in.readFloat();
    ToldOfAll told = version == TOLD ? ToldOfAll.read(name, in) : ToldOfAll.NOTHING;
    boolean fits =
        count >= 0 && latent >= 1 && (long) count * latent <= MOST_VALUES && isStep(step);
    if (!fits || (long) latent * 8 > in.available()) {
      throw new ModelException(
          "%s: its header says %d images of %d values in steps of %s, which cannot be"
              .formatted(name, count, latent, step));
    }
    Spans spans = new Spans(new int[latent], new int[latent]);
    for (int i = 0; i < latent; i++) {
      spans.smallest()[i] = in.readInt();
      spans.largest()[i] = in.readInt();
    }
    if (!spans.fits()) {
      throw new ModelException(name + ": its header says ranges of codes that cannot be");
    }
    return new CompressedImages(decoder, told, latent, step, decoded(in, count, spans));
  }

  private static int[] decoded(DataInputStream in, int count, Spans spans) throws IOException {
    AdaptiveModel[] models = spans.models();
    byte[] coded = in.readNBytes(Math.max(0, in.available() - CHECKSUM_BYTES));
    ArithmeticDecoder decoder = new ArithmeticDecoder(coded);
    int[] multiples = new int[Math.multiplyExact(count, models.length)];
    for (int i = 0; i < multiples.length; i++) {
      multiples[i] = spans.smallest()[i % models.length] + decoder.read(models[i % models.length]);
    }
    return multiples;
  }
}
