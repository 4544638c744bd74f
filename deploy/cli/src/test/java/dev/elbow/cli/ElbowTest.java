package dev.elbow.cli;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.elbow.coordinator.results.Results;
import dev.elbow.coordinator.results.Row;
import dev.elbow.coordinator.sweep.Goal;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ElbowTest {
  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int execute(Map<String, String> environment, String... arguments) {
    CommandLine line = Elbow.commandLine(environment);
    line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return line.execute(arguments);
  }

  private int execute(String... arguments) {
    return execute(Map.of("ELBOW_HOME", folder.resolve("home").toString()), arguments);
  }

  @Test
  void everyCommandHasHelp() {
    for (String command : Elbow.commandLine(Map.of()).getSubcommands().keySet()) {
      out.getBuffer().setLength(0);
      assertEquals(0, execute(command, "--help"), command);
      assertTrue(out.toString().startsWith("Usage: elbow " + command), out.toString());
    }
  }

  @Test
  void theVersionsThatOthersRelyOnAreShown() {
    execute("--version");
    String versions = out.toString().lines().skip(1).findFirst().orElseThrow();
    assertTrue(
        versions.matches(
            "plugins \\d+\\.\\d+\\.\\d+, wire 1\\.\\d+\\.\\d+, models \\d+\\.\\d+\\.\\d+"),
        versions);
  }

  @Test
  void theHelpOfRunSaysWhichLossesItPrints() {
    execute("run", "--help");
    assertTrue(out.toString().contains("losses on the test images"), out.toString());
  }

  @Test
  void optionsComeFromTheEnvironmentUnlessTheyAreGiven() {
    Map<String, String> environment = Map.of("ELBOW_HOME", folder.resolve("env").toString());
    execute(environment, "results", "x");
    assertTrue(err.toString().contains(folder.resolve("env/sweeps").toString()), err.toString());
    execute(environment, "results", "x", "--home", folder.resolve("given").toString());
    assertTrue(err.toString().contains(folder.resolve("given/sweeps").toString()), err.toString());
  }

  @Test
  void optionsMayStandBeforeTheCommandToo() {
    execute("--results", folder.resolve("elsewhere").toString(), "results", "x");
    assertTrue(err.toString().contains(folder.resolve("elsewhere").toString()), err.toString());
  }

  @Test
  void resultsInAFileSystemThatIsNotInstalledAreRefused() {
    assertEquals(2, execute("results", "x", "--results", "s3://bucket/sweeps"));
    assertTrue(err.toString().contains("found 's3://bucket/sweeps'"), err.toString());
    assertTrue(err.toString().contains("(file, jar"), err.toString());
  }

  @Test
  void aWrongCommandLineEndsWithTwoAndSaysWhereHelpIs() {
    assertEquals(ExitCode.BAD_INPUT, execute("lst"));
    assertTrue(err.toString().contains("elbow list"), err.toString());
    assertEquals(ExitCode.BAD_INPUT, execute("run", "x.yaml", "--slots", "0"));
    assertTrue(err.toString().contains("--slots: 0 is out of range"), err.toString());
    assertEquals(ExitCode.BAD_INPUT, execute("run", "x.yaml", "--slots", "two"));
    assertTrue(err.toString().contains("'elbow run --help' says more"), err.toString());
  }

  @Test
  void numbersThatNoServerCanHaveAreRefusedBeforeAnythingStarts() {
    List<List<String>> lines =
        List.of(
            List.of("coordinator", "--kafka=127.0.0.1:1", "--replication=0"),
            List.of("topics", "--create", "--kafka=127.0.0.1:1", "--replication=0"));
    for (List<String> line : lines) {
      err.getBuffer().setLength(0);
      assertEquals(ExitCode.BAD_INPUT, execute(line.toArray(String[]::new)), line.toString());
      assertTrue(err.toString().contains("--replication: 0 is out of range"), err.toString());
    }
    assertEquals(ExitCode.BAD_INPUT, execute("up", "--port", "65536"));
    assertTrue(err.toString().contains("--port: 65536 is out of range"), err.toString());
  }

  @Test
  void pluginsShowsEveryOptionWithItsRangeDefaultAndMeaning() throws Exception {
    assertEquals(0, execute("plugins", "elbo"));
    assertAll(
        List.of("objective", "beta", "likelihood", "of at least 0").stream()
            .map(word -> () -> assertTrue(out.toString().contains(word), out.toString())));
    out.getBuffer().setLength(0);
    assertEquals(0, execute("plugins", "elbo", "--json"));
    JsonNode plugin = new ObjectMapper().readTree(out.toString());
    assertEquals("objective", plugin.get("kind").asText());
    assertEquals("beta", plugin.get("options").get(0).get("name").asText());
    assertEquals("number", plugin.get("options").get(0).get("type").asText());
  }

  @Test
  void aPluginThatIsNotThereIsNamed() {
    assertEquals(ExitCode.BAD_INPUT, execute("plugins", "nothing"));
    assertTrue(err.toString().contains("no plugin is called 'nothing'"), err.toString());
  }

  @Test
  void validateTellsTrialsModelsAndTime() throws Exception {
    assertEquals(0, execute("validate", sweep("2").toString(), "--slots", "2"));
    assertTrue(
        out.toString().contains("no problems; 4 trials (2 configurations × 2 seeds)"),
        out.toString());
    assertTrue(out.toString().contains("with 2 slots"), out.toString());
    assertFalse(Files.exists(folder.resolve("home")), "validate leaves nothing behind");
  }

  @Test
  void validateTellsEveryProblemWithItsPlace() throws Exception {
    Path file = sweep("-1");
    assertEquals(ExitCode.BAD_INPUT, execute("validate", file.toString()));
    assertTrue(err.toString().contains(file + ":5:33 "), err.toString());
    assertTrue(err.toString().contains("1 problem. Nothing was queued."), err.toString());
  }

  @Test
  void validateTellsProgramsTheSame() throws Exception {
    assertEquals(ExitCode.BAD_INPUT, execute("validate", sweep("-1").toString(), "--json"));
    JsonNode found = new ObjectMapper().readTree(out.toString());
    assertFalse(found.get("valid").asBoolean());
    assertEquals(5, found.get("problems").get(0).get("line").asInt());
    assertEquals(33, found.get("problems").get(0).get("column").asInt());
  }

  @Test
  void explainShowsParametersOperationsAndTheProgramOfATrial() throws Exception {
    assertEquals(0, execute("explain", sweep("2").toString(), "--trial", "4"), err::toString);
    assertAll(
        List.of(
                "0004",
                "encoder.mu.weight",
                "multiply-adds for one image",
                "def train(",
                "def evaluate(")
            .stream()
            .map(word -> () -> assertTrue(out.toString().contains(word), out.toString())));
    out.getBuffer().setLength(0);
    assertEquals(0, execute("explain", sweep("2").toString(), "--json"));
    JsonNode found = new ObjectMapper().readTree(out.toString());
    assertTrue(found.get("program").asText().contains("_fused_adam_"), out.toString());
    assertTrue(found.get("weights").asLong() > 0);
  }

  @Test
  void explainNamesTheTrialsThatThereAre() throws Exception {
    assertEquals(ExitCode.BAD_INPUT, execute("explain", sweep("2").toString(), "--trial", "5"));
    assertTrue(err.toString().contains("expected an integer from 1 to 4"), err.toString());
  }

  private void stored(String name, Row... rows) throws Exception {
    Goal goal = new Goal(Goal.Direction.MINIMIZE, "test_loss", Optional.empty());
    Results results = new Results(name, List.of(), goal, List.of(rows));
    Path sweep = Files.createDirectories(folder.resolve("home/sweeps").resolve(name));
    Files.writeString(sweep.resolve("sweep.yaml"), "name: " + name + "\n");
    Files.writeString(sweep.resolve("results.csv"), results.csv());
  }

  private static Row row(double loss) {
    return new Row(1, "completed", 1, 1, Map.of(), Map.of("test_loss", loss), "", "");
  }

  @Test
  void listTellsOfFoldersThatAreNotWholeAndShowsTheOthers() throws Exception {
    stored("whole", row(105.5));
    stored("first");
    Files.delete(folder.resolve("home/sweeps/first/results.csv"));
    stored("second");
    Files.delete(folder.resolve("home/sweeps/second/sweep.yaml"));
    stored("third");
    Files.writeString(folder.resolve("home/sweeps/third/results.csv"), "no table");
    Files.createDirectories(folder.resolve("home/sweeps/lost+found"));
    assertEquals(0, execute("list", "--json"));
    assertEquals(1, out.toString().lines().count(), out.toString());
    assertEquals("whole", new ObjectMapper().readTree(out.toString()).get("sweep").asText());
    assertAll(
        List.of("first lacks results.csv", "second lacks sweep.yaml", "sweep 'third': ").stream()
            .map(said -> () -> assertTrue(err.toString().contains(said), err.toString())));
    assertFalse(err.toString().contains("lost+found"), err.toString());
    err.getBuffer().setLength(0);
    assertEquals(ExitCode.SYSTEM, execute("status", "first"));
    assertTrue(err.toString().contains("sweep 'first' is not whole"), err.toString());
  }

  @Test
  void resultsPrintsNothingButObjectsWithJsonAndRefusesAFormatThatContradicts() throws Exception {
    stored("s", row(105.5));
    assertEquals(0, execute("results", "s", "--json"));
    assertEquals(105.5, new ObjectMapper().readTree(out.toString()).get("test_loss").asDouble());
    String objects = out.toString();
    assertEquals(0, execute("results", "s", "--json", "--format", "json"));
    assertEquals(objects + objects, out.toString());
    for (String format : List.of("table", "csv")) {
      assertEquals(ExitCode.BAD_INPUT, execute("results", "s", "--json", "--format", format));
      String said = "--format: found " + format + " together with --json";
      assertTrue(err.toString().contains(said), err.toString());
    }
    assertEquals(objects + objects, out.toString());
  }

  @Test
  void curvesAreALongTableAndNeverOneForPeople() throws Exception {
    stored("s", row(105.5));
    Path trial = Files.createDirectories(folder.resolve("home/sweeps/s/trials/0001"));
    Files.writeString(trial.resolve("metrics.csv"), "epoch,test_kl,step\n1,20.5,469\n");
    assertEquals(0, execute("results", "s", "--curves"), err::toString);
    assertEquals(
        "sweep,trial,state,seed,epoch,step,split,kl\ns,0001,completed,1,1,469,test,20.5\n",
        out.toString());
    out.getBuffer().setLength(0);
    assertEquals(0, execute("results", "s", "--curves", "--json"));
    JsonNode point = new ObjectMapper().readTree(out.toString());
    assertEquals("0001", point.get("trial").asText());
    assertEquals(20.5, point.get("kl").asDouble());
    assertEquals(ExitCode.BAD_INPUT, execute("results", "s", "--curves", "--format", "table"));
    assertTrue(err.toString().contains("found table together with --curves"), err.toString());
  }

  @Test
  void aReportOfASweepWithoutEndedTrialsIsRefused() throws Exception {
    stored("s");
    assertEquals(
        ExitCode.BAD_INPUT, execute("report", "s", "--out", folder.resolve("paper").toString()));
    assertTrue(err.toString().contains("no trial of s has ended"), err.toString());
    assertFalse(Files.exists(folder.resolve("paper")));
  }

  @Test
  void verifyListsItsCasesWithTheirSources() {
    assertEquals(0, execute("verify", "--list"));
    assertTrue(out.toString().contains("test_loss: 105.60 ± 0.500"), out.toString());
    assertTrue(out.toString().contains("Burda et al. 2016"), out.toString());
  }

  @Test
  void verifyNamesWhatItCannotRunAndDoesNotCallThatSuccess() {
    assertEquals(ExitCode.TRIAL_FAILED, execute("verify", "--case", "verify-mnist-tutorial"));
    assertTrue(out.toString().contains("not run"), out.toString());
    assertTrue(out.toString().contains("no --data folder was given"), out.toString());
    assertTrue(out.toString().contains("1 cases not run"), out.toString());
    assertEquals(ExitCode.BAD_INPUT, execute("verify", "--case", "nothing"));
    assertTrue(err.toString().contains("found 'nothing'"), err.toString());
  }

  private Path sweep(String beta) throws Exception {
    String yaml =
        """
        name: tiny
        dataset: {plugin: sprites}
        encoder: {plugin: dense, hidden: [8]}
        decoder: {plugin: dense, hidden: [8]}
        parameters: {beta: {values: [1, %s]}, latent: 2}
        objective: {plugin: elbo}
        training: {epochs: 1}
        search: {plugin: grid}
        seeds: [1, 2]
        """;
    return Files.writeString(folder.resolve("sweep.yaml"), yaml.formatted(beta));
  }
}
