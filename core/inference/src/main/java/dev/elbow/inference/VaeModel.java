package dev.elbow.inference;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An exported variational autoencoder, ready to use.
 *
 * <pre>{@code
 * try (VaeModel model = VaeModel.load(Path.of("sweeps/mnist-beta/trials/0007"))) {
 *   float[] code = model.encode(image).mu();
 *   float[] picture = model.decode(code);
 * }
 * }</pre>
 *
 * <p>Some models have to be told more: the class of an image, or the weight of the KL term at which
 * they are asked. See {@link #withLabel} and {@link #withBeta}.
 *
 * <p>Arrays hold any number of examples, one after the other in row-major order; large ones run in
 * pieces. Calls throw {@link IllegalArgumentException} for arrays that are no whole number of
 * examples, {@link IllegalStateException} after {@link #close}, and change no argument.
 *
 * <p><b>Thread safety.</b> Any number of threads may call one model at once. {@link #close} waits
 * for calls that are running.
 */
public final class VaeModel implements AutoCloseable {
  private static final String LABEL = "label";
  private static final String BETA = "beta";

  private final OnnxFile encoder;
  private final OnnxFile decoder;
  private final OnnxFile vae;
  private final Map<String, String> metadata;
  private final Told told;

  private VaeModel(OnnxFile encoder, OnnxFile decoder, OnnxFile vae) {
    this(encoder, decoder, vae, vae.metadata(), new Told(Map.of()));
  }

  private VaeModel(
      OnnxFile encoder, OnnxFile decoder, OnnxFile vae, Map<String, String> metadata, Told told) {
    this.encoder = encoder;
    this.decoder = decoder;
    this.vae = vae;
    this.metadata = metadata;
    this.told = told;
  }

  /**
   * Loads ONNX Runtime into this JVM, which otherwise the first model does and waits for some
   * tenths of a second. Thread-safe; further calls do nothing.
   */
  public static void loadRuntime() {
    NativeRuntime.environment();
  }

  /**
   * Opens the models of a trial, one thread for each call.
   *
   * @param folder holds {@code encoder.onnx}, {@code decoder.onnx} and {@code vae.onnx}
   * @throws ModelException if one of them is missing, truncated, foreign, or does not fit the
   *     others
   * @throws IOException if a file cannot be read
   */
  public static VaeModel load(Path folder) throws IOException {
    return load(folder, 1);
  }

  /**
   * As {@link #load(Path)}.
   *
   * @param threads that one call may use, at least 1
   */
  public static VaeModel load(Path folder, int threads) throws IOException {
    if (threads < 1) {
      throw new IllegalArgumentException("threads must be at least 1, got " + threads);
    }
    List<OnnxFile> open = new ArrayList<>();
    try {
      open.add(
          OnnxFile.open(
              folder.resolve("encoder.onnx"), List.of("x"), List.of("mu", "logvar"), threads));
      open.add(
          OnnxFile.open(folder.resolve("decoder.onnx"), List.of("z"), List.of("x_hat"), threads));
      open.add(
          OnnxFile.open(
              folder.resolve("vae.onnx"),
              List.of("x", "eps"),
              List.of("x_hat", "mu", "logvar", "z"),
              threads));
      VaeModel model = new VaeModel(open.get(0), open.get(1), open.get(2));
      model.requireFit(folder);
      return model.betas().map(betas -> model.withBeta(betas.usual())).orElse(model);
    } catch (IOException e) {
      open.forEach(OnnxFile::close);
      throw e;
    }
  }

  /** The version of ONNX Runtime that runs the models. */
  public static String runtimeVersion() {
    return NativeRuntime.environment().getVersion();
  }

  private void requireFit(Path folder) throws ModelException {
    long[] image = encoder.input(0).example();
    long[] code = encoder.output(0).example();
    requireShape(
        folder, "encoder.onnx", "x", image.length == 3, image, "[channels, height, width]");
    requireShape(folder, "encoder.onnx", "mu", code.length == 1, code, "[latent]");
    requireSame(folder, "encoder.onnx", encoder.output(1), code);
    requireSame(folder, "decoder.onnx", decoder.input(0), code);
    requireSame(folder, "decoder.onnx", decoder.output(0), image);
    requireSame(folder, "vae.onnx", vae.input(0), image);
    requireSame(folder, "vae.onnx", vae.input(1), code);
    requireSame(folder, "vae.onnx", vae.output(0), image);
    for (int output = 1; output <= 3; output++) {
      requireSame(folder, "vae.onnx", vae.output(output), code);
    }
  }

  private static void requireSame(Path folder, String file, Port port, long[] expected)
      throws ModelException {
    requireShape(
        folder,
        file,
        port.name(),
        Arrays.equals(port.example(), expected),
        port.example(),
        Arrays.toString(expected) + ", as in encoder.onnx");
  }

  private static void requireShape(
      Path folder, String file, String name, boolean fits, long[] found, String expected)
      throws ModelException {
    if (!fits) {
      throw new ModelException(
          "%s: an example of '%s' is %s, expected %s"
              .formatted(folder.resolve(file), name, Arrays.toString(found), expected));
    }
  }

  /** Channels of an image. */
  public int channels() {
    return Math.toIntExact(encoder.input(0).example()[0]);
  }

  /** Rows of an image. */
  public int height() {
    return Math.toIntExact(encoder.input(0).example()[1]);
  }

  /** Columns of an image. */
  public int width() {
    return Math.toIntExact(encoder.input(0).example()[2]);
  }

  /** Values of an image: channels × height × width. */
  public int imageSize() {
    return encoder.input(0).size();
  }

  /** Values of a code. */
  public int latent() {
    return decoder.input(0).size();
  }

  /** What the files say about themselves: sweep, trial, options, data, losses, versions. */
  public Map<String, String> metadata() {
    return metadata;
  }

  /** How many classes an image or a code may be said to have; 0 if the model asks for no label. */
  public int classes() {
    return vae.inputsFrom(2).stream()
        .filter(port -> port.name().equals(LABEL))
        .mapToInt(Port::size)
        .findFirst()
        .orElse(0);
  }

  /** The name that class {@code label} has in the data, or its number. */
  public String labelName(int label) {
    return metadata.getOrDefault(LABEL + "." + label, String.valueOf(label));
  }

  /** The weights of the KL term that the model may be asked at; empty if it is for one alone. */
  public Optional<Betas> betas() {
    return takes(BETA) && metadata.containsKey("beta.least") && metadata.containsKey("beta.most")
        ? Optional.of(
            new Betas(
                Double.parseDouble(metadata.get("beta.least")),
                Double.parseDouble(metadata.get("beta.most"))))
        : Optional.empty();
  }

  private boolean takes(String input) {
    return vae.inputsFrom(2).stream().anyMatch(port -> port.name().equals(input));
  }

  /**
   * This model for images and codes of one class. It shares the open files: closing either closes
   * both.
   *
   * @param label from 0 to {@link #classes} − 1
   * @throws IllegalArgumentException if the model knows no such class
   */
  public VaeModel withLabel(int label) {
    return withLabels(label);
  }

  /**
   * This model for calls with as many examples, each of its own class; as {@link #withLabel}
   * otherwise.
   */
  public VaeModel withLabels(int... labels) {
    int classes = classes();
    float[] values = new float[Math.multiplyExact(labels.length, classes)];
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] < 0 || labels[i] >= classes) {
        throw new IllegalArgumentException(
            classes == 0
                ? "the model asks for no label"
                : "label %d is unknown, expected one from 0 to %d"
                    .formatted(labels[i], classes - 1));
      }
      values[i * classes + labels[i]] = 1;
    }
    return with(LABEL, values);
  }

  /**
   * This model for as many of the test images that its trial's pictures show, from the first on: of
   * the classes that they have. The same model if it asks for no label.
   *
   * @throws IllegalArgumentException if there are fewer
   */
  public VaeModel withShownLabels(int images) {
    if (classes() == 0) {
      return this;
    }
    int[] labels =
        Stream.of(metadata.getOrDefault("shown.labels", "").split(","))
            .filter(label -> !label.isEmpty())
            .limit(images)
            .mapToInt(Integer::parseInt)
            .toArray();
    if (labels.length < images) {
      throw new IllegalArgumentException(
          "the labels of %d shown images are known, expected %d".formatted(labels.length, images));
    }
    return withLabels(labels);
  }

  /**
   * This model at one of the weights of the KL term that it was trained for; a model that was just
   * loaded is at {@link Betas#usual}. It shares the open files: closing either closes both.
   *
   * @throws IllegalArgumentException if it was not trained for {@code beta}
   */
  public VaeModel withBeta(double beta) {
    if (!takes(BETA)) {
      throw new IllegalArgumentException("the model is for one weight of the KL term alone");
    }
    if (!betas().map(betas -> betas.contains(beta)).orElse(beta > 0)) {
      throw new IllegalArgumentException(
          "beta %s is outside of what the model was trained for, %s to %s"
              .formatted(beta, metadata.get("beta.least"), metadata.get("beta.most")));
    }
    return with(BETA, (float) beta);
  }

  /** This model, told what {@code other} is told. It shares the open files. */
  public VaeModel toldAs(VaeModel other) {
    return new VaeModel(encoder, decoder, vae, metadata, other.told);
  }

  /**
   * This model, told {@code values} wherever one of its files has an input of that name: one
   * example for all, or as many as each call has. It shares the open files: closing either closes
   * both.
   */
  public VaeModel with(String input, float... values) {
    return new VaeModel(encoder, decoder, vae, metadata, told.with(input, values));
  }

  /**
   * The posteriors of images.
   *
   * @param x {@code [batch, channels, height, width]}, each value in [0, 1]
   */
  public Encoding encode(float[] x) {
    int batch = encoder.input(0).examples(x);
    float[][] results = encoder.run(batch, told.beside(encoder, batch, x));
    return new Encoding(results[0], results[1]);
  }

  /**
   * The mean images of codes.
   *
   * @param z {@code [batch, latent]}
   * @return {@code [batch, channels, height, width]}
   */
  public float[] decode(float[] z) {
    int batch = decoder.input(0).examples(z);
    return decoder.run(batch, told.beside(decoder, batch, z))[0];
  }

  /**
   * Images through the whole model.
   *
   * @param x {@code [batch, channels, height, width]}, each value in [0, 1]
   * @param eps standard normal noise, {@code [batch, latent]}; zeros decode the mean
   */
  public Reconstruction reconstruct(float[] x, float[] eps) {
    int batch = vae.input(0).examples(x);
    if (vae.input(1).examples(eps) != batch) {
      throw new IllegalArgumentException(
          "eps has %d examples and x has %d, expected as many"
              .formatted(vae.input(1).examples(eps), batch));
    }
    float[][] results = vae.run(batch, told.beside(vae, batch, x, eps));
    return new Reconstruction(results[0], results[1], results[2], results[3]);
  }

  /**
   * What the model loses on each image. An image's noise depends on the image and the seed alone,
   * so its loss does not depend on the images beside it.
   *
   * @param x {@code [batch, channels, height, width]}, each value in [0, 1]
   * @param loss what reconstructions are measured with, see {@link PixelLoss#ofLikelihood}
   * @param draws how many codes are drawn from each posterior, whose losses are averaged; with 0
   *     the mean alone is decoded, which is less than −ELBO
   */
  public ImageLosses losses(float[] x, PixelLoss loss, int draws, long seed) {
    Encoding encoding = encode(x);
    double[] reconstruction = new double[x.length / imageSize()];
    for (int draw = 0; draw < Math.max(1, draws); draw++) {
      float[] codes = draws == 0 ? encoding.mu() : drawn(x, encoding, seed + draw);
      float[] xHat = decode(codes);
      for (int i = 0; i < reconstruction.length; i++) {
        double one = loss.of(x, xHat, i * imageSize(), imageSize());
        reconstruction[i] += one / Math.max(1, draws);
      }
    }
    return new ImageLosses(reconstruction, encoding.kl(latent()));
  }

  private float[] drawn(float[] x, Encoding encoding, long seed) {
    float[] codes = new float[encoding.mu().length];
    for (int i = 0; i < codes.length; i += latent()) {
      int first = i / latent() * imageSize();
      float[] image = Arrays.copyOfRange(x, first, first + imageSize());
      long own = 1_000_003 * seed + Arrays.hashCode(image);
      float[] noise = Codes.normal(own, latent(), 1);
      for (int j = 0; j < noise.length; j++) {
        double deviation = Math.exp(0.5 * encoding.logvar()[i + j]);
        codes[i + j] = (float) (encoding.mu()[i + j] + deviation * noise[j]);
      }
    }
    return codes;
  }

  /**
   * Images in rows, as a PNG file.
   *
   * @param images {@code [batch, channels, height, width]}, at least one; values outside of [0, 1]
   *     are clipped
   * @param columns images in a row, at least 1
   */
  public byte[] picture(float[] images, int columns) {
    int count = encoder.input(0).examples(images);
    int wide = Math.min(count, columns);
    ImageSheet sheet = sheet((count + wide - 1) / wide, wide, 1);
    for (int i = 0; i < count; i++) {
      sheet.draw(i / wide, i % wide, images, i);
    }
    return sheet.png();
  }

  /**
   * Images in rows, and below each row what became of them, as a PNG file.
   *
   * @param images as for {@link #picture}
   * @param below as many
   */
  public byte[] comparison(float[] images, float[] below, int columns) {
    int count = encoder.input(0).examples(images);
    int wide = Math.min(count, columns);
    ImageSheet sheet = sheet(2 * ((count + wide - 1) / wide), wide, 2);
    for (int i = 0; i < count; i++) {
      sheet.draw(2 * (i / wide), i % wide, images, i);
      sheet.draw(2 * (i / wide) + 1, i % wide, below, i);
    }
    return sheet.png();
  }

  /**
   * One image as a PNG file of its own size, 8 bits a channel.
   *
   * @param images {@code [batch, channels, height, width]}; values outside of [0, 1] are clipped
   * @param index of the one that is drawn, from 0
   * @throws IllegalStateException if the model's images have neither 1 nor 3 channels
   */
  public byte[] png(float[] images, int index) {
    if (channels() != 1 && channels() != 3) {
      throw new IllegalStateException(
          "images of %d channels cannot be drawn, expected 1 or 3".formatted(channels()));
    }
    int area = height() * width();
    byte[] pixels = new byte[imageSize()];
    for (int i = 0; i < pixels.length; i++) {
      int from = index * imageSize() + i % channels() * area + i / channels();
      pixels[i] = ImageSheet.grey(images[from]);
    }
    return Png.encode(pixels, width(), height(), channels());
  }

  /**
   * An empty sheet for images of this model; every count is at least 1.
   *
   * @param rowsPerBand rows that belong together: where they are several, a wider gap follows them
   */
  public ImageSheet sheet(int rows, int columns, int rowsPerBand) {
    return new ImageSheet(channels(), height(), width(), rows, columns, rowsPerBand);
  }

  /**
   * The images of a sheet of this model that was written as a file, to 8 bits a value.
   *
   * @param png the file of a {@link #sheet} with as many rows in a band
   * @return by row and column; white where none was drawn
   * @throws ModelException if it is no such file, or does not show every value of its images: those
   *     of more than 256 pixels a side are drawn reduced, those of other than 1 or 3 channels in
   *     part
   */
  public float[][][] images(byte[] png, int rowsPerBand) throws ModelException {
    return ImageSheet.images(png, channels(), height(), width(), rowsPerBand);
  }

  @Override
  public void close() {
    encoder.close();
    decoder.close();
    vae.close();
  }
}
