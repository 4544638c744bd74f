package dev.elbow.cli.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.elbow.coordinator.client.RateCurve;
import dev.elbow.coordinator.http.RatePoints;
import dev.elbow.coordinator.results.Results;
import dev.elbow.coordinator.results.Row;
import dev.elbow.coordinator.sweep.FileContent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What has come of a sweep, on one page, from its files alone. Equal files give an equal page.
 *
 * <p><b>Thread safety.</b> None: for one thread.
 */
public final class SweepReport {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path folder;
  private final Results results;
  private final Map<Integer, JsonNode> trials = new LinkedHashMap<>();
  private final Map<Integer, List<RateCurve.Point>> rates = new LinkedHashMap<>();
  private final List<Figure> figures = new ArrayList<>();
  private final List<Figure> influences = new ArrayList<>();
  private Optional<Traversals> traversals = Optional.empty();
  private String noTraversals = "";

  private SweepReport(Path folder, Results results) {
    this.folder = folder;
    this.results = results.bestFirst();
  }

  /**
   * Reads a sweep.
   *
   * @param folder of the sweep
   * @throws IOException if a file of it cannot be read
   */
  public static SweepReport read(Path folder, Results results) throws IOException {
    SweepReport report = new SweepReport(folder, results);
    report.readTrials();
    report.drawFigures();
    report.drawTraversals();
    return report;
  }

  private void readTrials() throws IOException {
    for (Row row : results.rows()) {
      Path file = trial(row).resolve("trial.json");
      if (Files.isRegularFile(file)) {
        trials.put(row.trial(), JSON.readTree(FileContent.read(file)));
      }
      Path curve = trial(row).resolve(RatePoints.FILE);
      if (Files.isRegularFile(curve)) {
        rates.put(row.trial(), RatePoints.read(curve));
      }
    }
  }

  private Path trial(Row row) {
    return folder.resolve("trials").resolve("%04d".formatted(row.trial()));
  }

  private void drawFigures() throws IOException {
    List<TrialCurve> curves = TrialCurve.read(folder, results);
    if (!curves.isEmpty()) {
      figures.add(new CurvesFigure(results, curves).figure());
    }
    drawRateDistortion();
    InfluenceFigure influence = new InfluenceFigure(results);
    Stream.concat(Stream.of(results.goal().column()), results.scores().stream())
        .distinct()
        .forEach(column -> influence.figure(column).ifPresent(influences::add));
  }

  private void drawRateDistortion() {
    Map<String, List<Row>> comparable = new LinkedHashMap<>();
    results.rows().stream()
        .filter(row -> row.state().equals("completed"))
        .forEach(
            row -> comparable.computeIfAbsent(yardstick(row), k -> new ArrayList<>()).add(row));
    RateDistortionFigure drawing = new RateDistortionFigure(results, rates);
    for (Map.Entry<String, List<Row>> entry : comparable.entrySet()) {
      int number = figures.stream().filter(f -> f.name().startsWith("rate")).toList().size() + 1;
      String name = number == 1 ? "rate-distortion" : "rate-distortion-" + number;
      String of = comparable.size() == 1 ? "" : entry.getKey();
      figures.add(drawing.figure(name, entry.getValue(), of));
    }
  }

  // Losses of other targets, likelihoods or data are other quantities.
  private String yardstick(Row row) {
    JsonNode told = told(row);
    return "%s targets, %s, data %.8s"
        .formatted(
            told.at("/data/targets").asText(),
            told.at("/objective/likelihood").asText(),
            told.at("/data/sha256").asText());
  }

  private JsonNode told(Row row) {
    return trials.getOrDefault(row.trial(), MissingNode.getInstance());
  }

  private Optional<Row> best() {
    return results.rows().stream()
        .filter(row -> row.state().equals("completed"))
        .filter(row -> Double.isFinite(row.figure(results.goal().column())))
        .findFirst();
  }

  private void drawTraversals() {
    if (best().isEmpty()) {
      return;
    }
    try {
      traversals = Optional.of(Traversals.of(trial(best().get()), told(best().get())));
    } catch (IOException e) {
      // A sweep that was pruned has figures without models.
      noTraversals = "There are none: " + e.getMessage();
    }
  }

  /**
   * Writes the page, each picture and its figures; what has these names is replaced.
   *
   * @param target a folder, which is made if it is not there
   * @return the page
   * @throws IOException if a file cannot be written
   */
  public Path write(Path target) throws IOException {
    Files.createDirectories(target);
    for (Figure figure : all()) {
      Files.writeString(target.resolve(figure.name() + ".svg"), figure.svg());
      Files.writeString(target.resolve(figure.name() + ".csv"), figure.csv());
    }
    if (traversals.isPresent()) {
      Files.write(target.resolve("traversals.png"), traversals.get().png());
    }
    return Files.writeString(target.resolve("report.html"), page());
  }

  /** The names of the pictures, each a file with {@code .svg} and one with {@code .csv}. */
  public List<String> pictures() {
    return all().stream().map(Figure::name).toList();
  }

  private List<Figure> all() {
    return Stream.concat(figures.stream(), influences.stream()).toList();
  }

  private String page() throws IOException {
    Html page = new Html(results.sweep());
    page.heading(1, results.sweep());
    summary(page);
    page.heading(2, "Results");
    results(page);
    for (Figure figure : figures) {
      page.heading(2, figure.title()).figure(figure);
    }
    influences(page);
    best().ifPresent(row -> traversals(page, row));
    settings(page);
    return page.end();
  }

  private void results(Html page) {
    ResultsSection section = new ResultsSection(results);
    page.paragraph(section.words()).table(section.losses().header(), section.losses().rows());
    if (!results.scores().isEmpty()) {
      page.table(section.scores().header(), section.scores().rows());
    }
  }

  private void influences(Html page) {
    if (!influences.isEmpty()) {
      page.heading(2, "Figures against parameters").paragraph(InfluenceFigure.CAPTION);
      page.figures(influences);
    }
  }

  private void summary(Html page) {
    Map<String, Integer> states = new LinkedHashMap<>();
    results.rows().forEach(row -> states.merge(row.state(), 1, Integer::sum));
    List<String> counts = new ArrayList<>();
    states.forEach((state, count) -> counts.add(count + " " + state));
    page.paragraph("Trials: " + String.join(", ", counts) + ".");
    best().ifPresent(row -> page.paragraph(best(row)));
    results.goal().notice().ifPresent(page::paragraph);
  }

  private String best(Row row) {
    return "Best by %s: trial %04d (%s, seed %d) with %s."
        .formatted(
            results.goal().column(),
            row.trial(),
            Setting.of(results).words(row),
            row.seed(),
            ResultsSection.figure(row.figure(results.goal().column())));
  }

  private void traversals(Html page, Row row) {
    page.heading(2, "Traversals of the best trial, %04d".formatted(row.trial()));
    if (traversals.isEmpty()) {
      page.paragraph(noTraversals);
      return;
    }
    String caption =
        "Made from its ONNX files: in each row one latent dimension goes from −3 to 3 while the others are 0. From the top: "
            + String.join(", ", traversals.get().rows())
            + "; in brackets the KL of the dimension on test images.";
    page.image(traversals.get().png(), "Traversals of trial %04d".formatted(row.trial()), caption);
  }

  private void settings(Html page) throws IOException {
    page.heading(2, "Settings, versions, hashes");
    byte[] yaml = FileContent.read(folder.resolve("sweep.yaml"));
    page.facts(new Provenance(folder, trials).facts(best()));
    page.heading(3, "sweep.yaml").listing(new String(yaml, UTF_8));
  }
}
