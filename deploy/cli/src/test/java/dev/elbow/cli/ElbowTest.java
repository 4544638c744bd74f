package dev.elbow.cli;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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
  void aWrongCommandLineEndsWithTwoAndSaysWhereHelpIs() {
    assertEquals(ExitCode.BAD_INPUT, execute("lst"));
    assertTrue(err.toString().contains("elbow list"), err.toString());
    assertEquals(ExitCode.BAD_INPUT, execute("run", "x.yaml", "--slots", "0"));
    assertTrue(err.toString().contains("--slots: 0 is out of range"), err.toString());
    assertEquals(ExitCode.BAD_INPUT, execute("run", "x.yaml", "--slots", "two"));
    assertTrue(err.toString().contains("'elbow run --help' says more"), err.toString());
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
