package dev.elbow.cli.models;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.elbow.cli.ElbowLine;
import dev.elbow.inference.Codes;
import dev.elbow.inference.VaeModel;
import dev.elbow.testkit.IdxFiles;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands on the model of the first release: grey images of 6 x 4 pixels, 2 dimensions. */
class ModelCommandsIT {
  private static final Path GOLDEN = Path.of("../../core/inference/src/test/resources/golden");
  private static final int SIZE = 24;

  @TempDir Path folder;
  private Path trial;
  private VaeModel model;
  private final ElbowLine elbow = new ElbowLine();

  @BeforeEach
  void copyModel() throws IOException {
    trial = Files.createDirectories(folder.resolve("home/sweeps/golden/trials/0001"));
    for (String file : List.of("encoder.onnx", "decoder.onnx", "vae.onnx")) {
      Files.copy(GOLDEN.resolve(file), trial.resolve(file));
    }
    model = VaeModel.load(trial);
  }

  @AfterEach
  void closeModel() {
    model.close();
  }

  private int execute(String... arguments) {
    return elbow.execute(folder.resolve("home"), arguments);
  }

  private void done(String... arguments) {
    assertEquals(0, execute(arguments), () -> String.join(" ", arguments) + "\n" + elbow.err());
  }

  private void refused(String says, String... arguments) {
    assertEquals(2, execute(arguments), () -> elbow.out() + elbow.err());
    assertTrue(elbow.err().contains(says), elbow.err());
    assertTrue(elbow.err().contains("Nothing was written."), elbow.err());
  }

  private String in(String name) {
    return folder.resolve(name).toString();
  }

  /** Pictures named {@code 0.png} and so on, of one grey level each. */
  private Path pictures(String name, int count) throws IOException {
    Path pictures = Files.createDirectories(folder.resolve(name));
    for (int i = 0; i < count; i++) {
      picture(pictures.resolve(i + ".png"), 6, 4, 10 * i);
    }
    return pictures;
  }

  private static void picture(Path file, int width, int height, int grey) throws IOException {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < width * height; i++) {
      image.getRaster().setSample(i % width, i / width, 0, grey);
    }
    ImageIO.write(image, "png", file.toFile());
  }

  private static float[] grey(int... levels) {
    float[] images = new float[levels.length * SIZE];
    for (int i = 0; i < images.length; i++) {
      images[i] = levels[i / SIZE] / 255f;
    }
    return images;
  }

  private Npy array(String name) throws BrokenImageException {
    return Npy.read(folder.resolve(name));
  }

  @Test
  void aModelThatIsToldNothingRefusesLabelsAndWeights() {
    String[] sample = {"sample", "golden/0001", "--out", in("a.npy")};
    refused("trained for one weight of the KL term alone", with(sample, "--beta", "2"));
    refused("trained without labels", with(sample, "--label", "2"));
  }

  private static String[] with(String[] all, String... more) {
    return Stream.concat(Arrays.stream(all), Arrays.stream(more)).toArray(String[]::new);
  }

  @Test
  void samplesAreDecodedCodesOfThePrior() throws Exception {
    done("sample", trial.toString(), "--count", "5", "--seed", "7", "--out", in("s.npy"));
    assertArrayEquals(new int[] {5, 1, 4, 6}, array("s.npy").shape());
    assertArrayEquals(model.decode(Codes.normal(7, 10, 1)), array("s.npy").values(), 1e-6f);
    done("sample", "golden/0001", "--temperature", "0", "--count", "3", "--out", in("s.png"));
    float[][][] sheet = model.images(Files.readAllBytes(folder.resolve("s.png")), 1);
    assertArrayEquals(model.decode(new float[2]), sheet[0][2], 0.5f / 255 + 1e-6f);
    done("sample", trial + "/vae.onnx", "--count", "2", "--out", in("pictures"));
    float[] first =
        Picture.read(folder.resolve("pictures/000000.png"), ImageShape.of(model, false));
    assertArrayEquals(
        Arrays.copyOf(model.decode(Codes.normal(0, 4, 1)), SIZE), first, 0.5f / 255 + 1e-6f);
  }

  @Test
  void reconstructionsStandBelowTheirImages() throws Exception {
    Path pictures = pictures("in", 3);
    done("reconstruct", trial.toString(), pictures.toString(), "--out", in("r.png"));
    float[][][] sheet = model.images(Files.readAllBytes(folder.resolve("r.png")), 2);
    assertArrayEquals(grey(20), sheet[0][2], 1e-6f);
    float[] expected = model.decode(model.encode(grey(20)).mu());
    assertArrayEquals(expected, sheet[1][2], 0.5f / 255 + 1e-6f);
  }

  @Test
  void codesThatAreWrittenAreDecodedToTheSameImages() throws Exception {
    Path pictures = pictures("in", 3);
    float[] expected = model.decode(model.encode(grey(0, 10, 20)).mu());
    for (String codes : List.of("c.csv", "c.npy")) {
      done("encode", trial.toString(), pictures.toString(), "--out", in(codes));
      done("decode", trial.toString(), in(codes), "--force", "--out", in("d.npy"));
      assertArrayEquals(expected, array("d.npy").values(), 1e-6f);
    }
    List<String> table = Files.readAllLines(folder.resolve("c.csv"));
    assertEquals("name,label,mu_0,mu_1,logvar_0,logvar_1", table.get(0));
    assertTrue(table.get(3).startsWith(pictures.resolve("2.png") + ",,"), table.get(3));
    Files.writeString(folder.resolve("plain.csv"), "0.5,-1\n0,2\n");
    done("decode", trial.toString(), in("plain.csv"), "--force", "--out", in("d.npy"));
    assertArrayEquals(model.decode(new float[] {0.5f, -1, 0, 2}), array("d.npy").values(), 1e-6f);
  }

  @Test
  void codesOfAnotherModelAreRefused() throws Exception {
    Files.writeString(folder.resolve("three.csv"), "mu_0,mu_1,mu_2\n1,2,3\n");
    refused("expected mu_0 to mu_1", decode("three.csv"));
    Files.writeString(folder.resolve("three.csv"), "1,2\n1,2,3\n");
    refused("line 2 has 3 values, expected 2", decode("three.csv"));
    Files.writeString(folder.resolve("three.csv"), "1,NaN\n");
    refused("line 1: found 'NaN', expected a number", decode("three.csv"));
    Files.writeString(folder.resolve("three.csv"), "");
    refused("has no codes", decode("three.csv"));
    refused("cannot be read", decode("nothing.csv"));
  }

  private String[] decode(String codes) {
    return new String[] {"decode", trial.toString(), in(codes), "--out", in("d.npy")};
  }

  @Test
  void aTraversalHasTheDimensionsThatSayMostFirst() throws Exception {
    Files.writeString(
        trial.resolve("trial.json"), "{\"metrics\": {\"kl_per_dimension\": [0.5, 2]}}");
    done("traverse", trial.toString(), "--steps", "3", "--json", "--out", in("t.png"));
    assertEquals("[1,0]", json().get("dimensions").toString());
    float[][][] sheet = model.images(Files.readAllBytes(folder.resolve("t.png")), 1);
    assertArrayEquals(model.decode(new float[] {0, -3}), sheet[0][0], 0.5f / 255 + 1e-6f);
    assertArrayEquals(model.decode(new float[] {3, 0}), sheet[1][2], 0.5f / 255 + 1e-6f);
    refused(
        "--dimensions: 2 is out of range, expected an integer from 0 to 1",
        "traverse",
        trial.toString(),
        "--dimensions=2",
        "--out",
        in("u.png"));
  }

  private JsonNode json() throws IOException {
    return new ObjectMapper().readTree(elbow.out());
  }

  @Test
  void anInterpolationBeginsAndEndsWithTheTwoImages() throws Exception {
    Path images = idx();
    String first = images + "#0";
    String second = images + "#1";
    done("interpolate", trial.toString(), first, second, "--steps=4", "--out", in("i.npy"));
    float[] codes = model.encode(idxValues()).mu();
    float[] from = Arrays.copyOf(codes, 2);
    float[] to = Arrays.copyOfRange(codes, 2, 4);
    assertArrayEquals(model.decode(Codes.line(from, to, 4)), array("i.npy").values(), 1e-5f);
    done("interpolate", trial.toString(), first, second, "--path=both", "--out", in("both.png"));
    assertEquals(2, model.images(Files.readAllBytes(folder.resolve("both.png")), 1).length);
    refused(
        "found 4 images, expected one",
        "interpolate",
        trial.toString(),
        images.toString(),
        second,
        "--out",
        in("j.png"));
  }

  /** Four images, labelled 0, 1, 0, 1. */
  private Path idx() throws IOException {
    byte[] pixels = new byte[4 * SIZE];
    new Random(1).nextBytes(pixels);
    Path file = folder.resolve("t10k-images-idx3-ubyte");
    IdxFiles.write(file, pixels, 4, 4, 6);
    IdxFiles.write(folder.resolve("t10k-labels-idx1-ubyte"), new byte[] {0, 1, 0, 1}, 4);
    return file;
  }

  private float[] idxValues() {
    byte[] pixels = new byte[4 * SIZE];
    new Random(1).nextBytes(pixels);
    float[] values = new float[pixels.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (pixels[i] & 0xff) / 255f;
    }
    return values;
  }

  @Test
  void anEditMovesCodesByTheDifferenceOfTheGroupsMeans() throws Exception {
    Path images = idx();
    done(
        "edit",
        trial.toString(),
        images + "#3",
        "--with",
        images + "#label=1",
        "--without",
        images + "#label!=1",
        "--strength=0,2",
        "--json",
        "--out",
        in("e.png"));
    float[] mu = model.encode(idxValues()).mu();
    float[] moved = new float[2];
    for (int i = 0; i < 2; i++) {
      float difference = (mu[2 + i] + mu[6 + i] - mu[i] - mu[4 + i]) / 2;
      assertEquals(difference, json().get("direction").get(i).asDouble(), 1e-5);
      moved[i] = mu[6 + i] + 2 * difference;
    }
    float[][][] sheet = model.images(Files.readAllBytes(folder.resolve("e.png")), 1);
    assertEquals(3, sheet[0].length);
    assertArrayEquals(model.decode(moved), sheet[0][2], 0.5f / 255 + 1e-5f);
  }

  private double[] direction(String... more) throws IOException {
    List<String> line =
        new ArrayList<>(List.of("edit", trial.toString(), idx() + "#0", "--examples", idx() + ""));
    line.addAll(List.of(more));
    line.addAll(List.of("--json", "--force", "--out", in("e.png")));
    done(line.toArray(String[]::new));
    return new ObjectMapper().convertValue(json().get("direction"), double[].class);
  }

  @Test
  void aDirectionIsMadeOfFiguresThatExamplesHave() throws Exception {
    float[] mu = model.encode(idxValues()).mu();
    Files.writeString(folder.resolve("order.csv"), "smiling,age\n-1,7\n1,2\n-1,9\n1,8\n");
    String byName = "name,smiling\n%s#3,1\n%s#1,1\n%s#0,-1\n%s#2,-1\n";
    String file = idx().getFileName().toString();
    Files.writeString(folder.resolve("named.csv"), byName.formatted(file, file, file, file));
    for (String table : List.of("order.csv", "named.csv")) {
      double[] found = direction("--attribute", in(table) + "#smiling");
      for (int i = 0; i < 2; i++) {
        assertEquals((mu[2 + i] + mu[6 + i] - mu[i] - mu[4 + i]) / 2, found[i], 1e-5);
      }
    }
    // Of label 0 the third is older than the first, of label 1 the fourth than the second.
    double[] within = direction("--attribute", in("order.csv") + "#age", "--within-labels");
    for (int i = 0; i < 2; i++) {
      assertEquals((mu[4 + i] - mu[i] + mu[6 + i] - mu[2 + i]) / 2, within[i], 1e-5);
    }
  }

  @Test
  void inkIsTheMeanOfAnImage() throws Exception {
    float[] x = idxValues();
    double[] ink = new double[4];
    for (int i = 0; i < x.length; i++) {
      ink[i / SIZE] += x[i] / SIZE;
    }
    float[] mu = model.encode(x).mu();
    double usual = Arrays.stream(ink).average().orElseThrow();
    long with = Arrays.stream(ink).filter(each -> each > usual).count();
    double[] expected = new double[2];
    for (int i = 0; i < 8; i++) {
      expected[i % 2] += ink[i / 2] > usual ? mu[i] / with : -mu[i] / (4 - with);
    }
    assertArrayEquals(expected, direction("--attribute=ink"), 1e-5);
  }

  @Test
  void figuresThatDoNotFitTheExamplesAreRefused() throws Exception {
    Files.writeString(folder.resolve("a.csv"), "smiling,odd\n1,x\n1,1\n1,1\n1,1\n");
    Files.writeString(folder.resolve("short.csv"), "smiling\n1\n");
    Files.writeString(folder.resolve("named.csv"), "name,smiling\nnobody,1\nx,0\n");
    Map<String, String> said =
        Map.of(
            "a.csv#smiling", "all images have the same",
            "a.csv#odd", "line 2: found 'x', expected a number",
            "a.csv#age", "it has the columns smiling, odd",
            "short.csv#smiling", "1 rows for 4 images",
            "named.csv#smiling", "the table has no row named",
            "none.csv#smiling", "cannot be read",
            "thickness", "expected ink or FILE.csv#COLUMN");
    for (Map.Entry<String, String> each : said.entrySet()) {
      String attribute = each.getKey().contains("#") ? in(each.getKey()) : each.getKey();
      refused(each.getValue(), edit("--examples", idx() + "", "--attribute", attribute));
    }
    refused("expected either --with and --without", edit("--with", idx() + ""));
  }

  private String[] edit(String... more) throws IOException {
    List<String> line = new ArrayList<>(List.of("edit", trial.toString(), idx() + "#0"));
    line.addAll(List.of(more));
    line.addAll(List.of("--out", in("e.png")));
    return line.toArray(String[]::new);
  }

  @Test
  void aModelThatHasANameIsFoundByItWhateverBecomesOfItsTrial() throws Exception {
    Files.writeString(
        trial.resolve("trial.json"),
        "{\"trial\": {\"sweep\": \"golden\", \"number\": 1}, \"data\": {\"sha256\": \"cafe\"}}");
    done("promote", "golden/0001", "--as", "digits", "--json");
    assertEquals("digits", json().get("name").asText());
    assertEquals(1, json().get("version").asInt());
    done("models");
    assertTrue(elbow.out().contains("digits:1  golden/0001"), elbow.out());
    Files.delete(trial.resolve("vae.onnx"));
    for (String name : List.of("digits", "digits:1")) {
      done("sample", name, "--count=2", "--force", "--out", in("s.npy"));
    }
    assertArrayEquals(model.decode(Codes.normal(0, 4, 1)), array("s.npy").values(), 1e-6f);
    refused("there is no folder 'digits:2'", "sample", "digits:2", "--out", in("t.npy"));
  }

  @Test
  void whatIsNoModelGetsNoName() throws Exception {
    Path registry = folder.resolve("home/sweeps/.registry");
    refusedName("golden/0002", "a", "TRIAL: ");
    refusedName("faces/0001", "a", "there is no sweep 'faces'");
    refusedName("nothing", "a", "there is no folder 'nothing'");
    refusedName("golden/0001", "a", "has no trial.json");
    refusedName("golden/0001", "Digits", "--as: found 'Digits', expected NAME or NAME:VERSION");
    refusedName("golden/0001", "a:0", "--as: found 'a:0'");
    Path attempt = Files.createDirectories(folder.resolve("home/sweeps/golden/.attempts/0001/x"));
    refusedName(attempt.toString(), "a", "is an attempt");
    Files.write(trial.resolve("vae.onnx"), new byte[] {1, 2, 3});
    refusedName("golden/0001", "a", "vae.onnx: ONNX Runtime cannot read it");
    assertFalse(Files.exists(registry));
  }

  private void refusedName(String trial, String name, String says) {
    assertEquals(2, execute("promote", trial, "--as", name), () -> elbow.out() + elbow.err());
    assertTrue(elbow.err().contains(says), elbow.err());
  }

  @Test
  void oneBrokenImageAmongThousandsIsNamed() throws Exception {
    Path pictures = pictures("many", 1);
    byte[] good = Files.readAllBytes(pictures.resolve("0.png"));
    for (int i = 1; i < 3000; i++) {
      Files.write(pictures.resolve(i + ".png"), i == 1234 ? Arrays.copyOf(good, 40) : good);
    }
    String[] line = {"encode", trial.toString(), pictures.toString(), "--out", in("c.npy")};
    refused("1234.png: ", line);
    assertFalse(Files.exists(folder.resolve("c.npy")));
    List<String> longer = new ArrayList<>(List.of(line));
    longer.addAll(List.of("--skip-broken", "--json"));
    done(longer.toArray(String[]::new));
    assertEquals(2999, json().get("images").asInt());
    assertTrue(json().get("skipped").get(0).asText().contains("1234.png: "), elbow.out());
    assertArrayEquals(new int[] {2999, 2, 2}, array("c.npy").shape());
  }

  @Test
  void filesOfAnotherKindOfModelAreRefused() throws Exception {
    Files.copy(trial.resolve("decoder.onnx"), trial.resolve("encoder.onnx"), REPLACE_EXISTING);
    refused("encoder.onnx: its inputs are [z], expected [x]", sampled());
    Files.writeString(trial.resolve("encoder.onnx"), "<html>not a model</html>");
    refused("encoder.onnx: ONNX Runtime cannot read it", sampled());
    Files.write(trial.resolve("encoder.onnx"), new byte[0]);
    refused("encoder.onnx: ", sampled());
  }

  private String[] sampled() {
    return new String[] {"sample", trial.toString(), "--out", in("s.png")};
  }

  @Test
  void scoresAreLossesAndTheThresholdIsTheQuantileOfTheNormalOnes() throws Exception {
    Path images = idx();
    done(
        "score",
        trial.toString(),
        images.toString(),
        "--normal",
        images + "#label=0",
        "--quantile=0.5",
        "--anomalous=1",
        "--draws=0",
        "--by=squared-error",
        "--json",
        "--out",
        in("s.csv"));
    double[] squares = squares();
    List<String> table = Files.readAllLines(folder.resolve("s.csv"));
    assertEquals("name,label,reconstruction,kl,score,anomaly", table.get(0));
    double threshold = Math.min(squares[0], squares[2]);
    assertEquals(threshold, json().get("threshold").asDouble(), 1e-4);
    double area = 0;
    for (int i = 0; i < 4; i++) {
      String[] cells = table.get(i + 1).split(",");
      assertEquals(images + "#" + i, cells[0]);
      assertEquals(squares[i], Double.parseDouble(cells[4]), 1e-4);
      assertEquals(String.valueOf(squares[i] > threshold), cells[5]);
      area +=
          i % 2 == 1 ? (squares[i] > squares[0] ? 1 : 0) + (squares[i] > squares[2] ? 1 : 0) : 0;
    }
    assertEquals(area / 4, json().get("auroc").asDouble(), 1e-9);
  }

  private double[] squares() {
    float[] x = idxValues();
    float[] xHat = model.decode(model.encode(x).mu());
    double[] squares = new double[4];
    for (int i = 0; i < x.length; i++) {
      squares[i / SIZE] += Math.pow(x[i] - xHat[i], 2);
    }
    return squares;
  }

  @Test
  void anAreaUnderTheCurveNeedsLabelsOfBothKinds() throws Exception {
    String pictures = pictures("in", 2).toString();
    refused(
        "0 images with these labels, 0 with others and 2 without any",
        "score",
        trial.toString(),
        pictures,
        "--anomalous=1",
        "--out",
        in("s.csv"));
    assertFalse(Files.exists(folder.resolve("s.csv")));
  }

  @Test
  void variantsStandBesideTheirImageAndBelowTheirLabel() throws Exception {
    Path images = idx();
    done("augment", trial.toString(), images + "#1-2", "--count=3", "--out", in("a"));
    for (String name : List.of("1/000001-1", "1/000001-3", "0/000002-2")) {
      assertTrue(Files.isRegularFile(folder.resolve("a").resolve(name + ".png")), name);
    }
    done(
        "augment",
        trial.toString(),
        images + "#1",
        "--count=2",
        "--temperature=0",
        "--out",
        in("a.npy"));
    float[] second = Arrays.copyOfRange(idxValues(), SIZE, 2 * SIZE);
    float[] mean = model.decode(model.encode(second).mu());
    assertArrayEquals(mean, Arrays.copyOf(array("a.npy").values(), SIZE), 1e-5f);
  }

  @Test
  void whatIsDecompressedIsWhatRoundedCodesDecodeTo() throws Exception {
    Path images = idx();
    done(
        "compress",
        trial.toString(),
        images.toString(),
        "--step=0.25",
        "--json",
        "--out",
        in("c.elbc"));
    long bytes = Files.size(folder.resolve("c.elbc"));
    assertEquals(8.0 * bytes / (4 * SIZE), json().get("bits_per_pixel").asDouble(), 1e-9);
    float[] codes = model.encode(idxValues()).mu();
    for (int i = 0; i < codes.length; i++) {
      codes[i] = Math.round(codes[i] / 0.25f) * 0.25f;
    }
    double error = json().get("mean_squared_error").asDouble();
    done("decompress", trial.toString(), in("c.elbc"), "--out", in("c.npy"));
    float[] made = array("c.npy").values();
    assertArrayEquals(model.decode(codes), made, 1e-5f);
    double squares = 0;
    for (int i = 0; i < made.length; i++) {
      squares += Math.pow(made[i] - idxValues()[i], 2) / made.length;
    }
    assertEquals(squares, error, 1e-6);
  }

  @Test
  void codesForAnotherDecoderAreRefused() throws Exception {
    done("compress", trial.toString(), idx().toString(), "--out", in("c.elbc"));
    byte[] decoder = Files.readAllBytes(trial.resolve("decoder.onnx"));
    byte[] text = "mean of the likelihood".getBytes();
    decoder[indexOf(decoder, text)] = 'M';
    Files.write(trial.resolve("decoder.onnx"), decoder);
    refused(
        "was compressed for the decoder.onnx with SHA-256",
        "decompress",
        trial.toString(),
        in("c.elbc"),
        "--out",
        in("c.npy"));
  }

  private static int indexOf(byte[] bytes, byte[] part) {
    for (int i = 0; i + part.length <= bytes.length; i++) {
      if (Arrays.equals(bytes, i, i + part.length, part, 0, part.length)) {
        return i;
      }
    }
    throw new AssertionError("the decoder says nothing of its output");
  }

  @Test
  void nothingIsOverwrittenUnlessSomebodySaysSo() throws Exception {
    Path out = Files.writeString(folder.resolve("s.png"), "precious");
    String[] line = {"sample", trial.toString(), "--out", out.toString()};
    refused("is there already; --force replaces it", line);
    assertEquals("precious", Files.readString(out));
    done("sample", trial.toString(), "--force", "--out", out.toString());
    assertEquals((byte) 0x89, Files.readAllBytes(out)[0]);
    Path full = pictures("full", 1);
    refused("is there already", "sample", trial.toString(), "--out", full.toString());
    done("sample", trial.toString(), "--count=1", "--force", "--out", full.toString());
    assertEquals(List.of("0.png", "000000.png"), names(full));
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void allBrokenImagesAreNamedAndTheOthersDoneWhereThatIsWanted() throws Exception {
    Path pictures = pictures("in", 5);
    picture(pictures.resolve("1.png"), 7, 4, 0);
    Files.writeString(pictures.resolve("3.png"), "no picture");
    String[] line = {"encode", trial.toString(), pictures.toString(), "--out", in("c.npy")};
    refused("1.png: is 4 x 7, expected 4 x 6 (height x width)", line);
    assertTrue(elbow.err().contains("3.png: begins as neither a PNG nor a JPEG"), elbow.err());
    assertTrue(elbow.err().contains("2 problems."), elbow.err());
    assertFalse(Files.exists(folder.resolve("c.npy")));
    List<String> longer = new ArrayList<>(List.of(line));
    longer.addAll(List.of("--skip-broken", "--json"));
    done(longer.toArray(String[]::new));
    assertEquals(3, json().get("images").asInt());
    assertEquals(2, json().get("skipped").size());
    float[] mu = model.encode(grey(0, 20, 40)).mu();
    assertEquals(mu[4], array("c.npy").values()[8], 1e-6f);
  }

  @Test
  void nothingIsLeftBehindWhereNothingWasWritten() throws Exception {
    Path pictures = pictures("in", 1);
    Files.writeString(pictures.resolve("1.png"), "no picture");
    List<String> before = names(folder);
    for (String out : List.of("c.csv", "c.npy")) {
      refused("1.png", "encode", trial.toString(), pictures.toString(), "--out", in(out));
    }
    for (String out : List.of("a", "a.npy", "a.png")) {
      refused("1.png", "augment", trial.toString(), pictures.toString(), "--out", in(out));
    }
    assertEquals(before, names(folder));
  }

  @Test
  void inputsThatAreNoImagesAreRefusedAllAtOnce() throws Exception {
    Files.createDirectories(folder.resolve("empty"));
    Files.writeString(folder.resolve("notes.txt"), "x");
    Path images = idx();
    execute(
        "encode",
        trial.toString(),
        in("empty"),
        in("notes.txt"),
        in("nothing"),
        images + "#9",
        images + "#label=5",
        images + "#first",
        "--out",
        in("c.csv"));
    for (String says :
        List.of(
            "empty: holds no picture, expected PNG or JPEG files",
            "notes.txt: expected a picture",
            "nothing: no such file or folder",
            "found '#9', expected numbers from 0 to 3",
            "found '#label=5', expected labels that there are: 0, 1",
            "found '#first', expected #7, #10-19",
            "6 problems.")) {
      assertTrue(elbow.err().contains(says), elbow.err());
    }
  }

  @Test
  void idxFilesAndArraysOfAnotherSizeAreRefused() throws Exception {
    Path file = folder.resolve("wide-idx3-ubyte");
    IdxFiles.write(file, new byte[SIZE], 1, 6, 4);
    refused(
        "has grey images of 6 x 4, the model expects 4 x 6 (height x width), grey",
        "encode",
        trial.toString(),
        file.toString(),
        "--out",
        in("c.csv"));
    Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 30));
    refused("expected 40", "encode", trial.toString(), file.toString(), "--out", in("c.csv"));
  }

  @Test
  void foldersThatAreNoModelsAreRefused() throws Exception {
    refused("there is no folder 'x', and no trial", "sample", "x", "--out", in("s.png"));
    refused("golden/0002", "sample", "golden/0002", "--out", in("s.png"));
    String empty = Files.createDirectories(folder.resolve("empty")).toString();
    refused("encoder.onnx: no such file", "sample", empty, "--out", in("s.png"));
    Path decoder = trial.resolve("decoder.onnx");
    Files.write(decoder, Arrays.copyOf(Files.readAllBytes(decoder), 200));
    refused(decoder + ": ONNX Runtime", "sample", trial.toString(), "--out", in("s.png"));
  }

  @Test
  void whatCannotBeWrittenIsRefusedBeforeAnyWork() {
    String[] kinds = {"sample", trial.toString(), "--out", in("s.jpg")};
    refused("s.jpg', expected a .png file or a .npy file or a folder", kinds);
    refused("there is no folder", "sample", trial.toString(), "--out", in("no/where.png"));
    refused(
        "--count: 0 is out of range", "sample", trial.toString(), "--count=0", "--out", "s.png");
    refused(
        "found 2,000 images to draw, expected at most 1,024",
        "sample",
        trial.toString(),
        "--count=2000",
        "--out",
        in("s.png"));
  }
}
