package dev.elbow.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ConfigFileTest {
  @TempDir Path folder;
  private final StringWriter err = new StringWriter();

  private int execute(Map<String, String> environment, String... arguments) {
    CommandLine line = Elbow.commandLine(environment);
    line.setOut(new PrintWriter(new StringWriter())).setErr(new PrintWriter(err, true));
    return Elbow.execute(line, environment, arguments);
  }

  private String file(String text) throws IOException {
    return Files.writeString(folder.resolve("elbow.yaml"), text).toString();
  }

  private String home(String name) {
    return folder.resolve(name).toString();
  }

  // `results` of a sweep that does not exist names the folder that it looked in.
  private void assertLooksIn(String home) {
    assertTrue(err.toString().contains(Path.of(home, "sweeps").toString()), err::toString);
    err.getBuffer().setLength(0);
  }

  @Test
  void aVariableCountsMoreThanTheFileAndTheCommandLineMoreThanBoth() throws Exception {
    String file = file("home: " + home("file") + "\n");
    Map<String, String> variable = Map.of("ELBOW_HOME", home("variable"));
    execute(Map.of(), "results", "x", "--config", file);
    assertLooksIn(home("file"));
    execute(variable, "--config=" + file, "results", "x");
    assertLooksIn(home("variable"));
    execute(variable, "results", "x", "--config", file, "--home", home("given"));
    assertLooksIn(home("given"));
  }

  @Test
  void theFileMayBeNamedByAVariable() throws Exception {
    String file = file("home: " + home("file") + "\n");
    execute(Map.of("ELBOW_CONFIG", file), "results", "x");
    assertLooksIn(home("file"));
    String other = Files.writeString(folder.resolve("other"), "home: " + home("other")).toString();
    execute(Map.of("ELBOW_CONFIG", file), "results", "x", "--config", other);
    assertLooksIn(home("other"));
  }

  @Test
  void requiredOptionsAndListsMayComeFromTheFile() throws Exception {
    String file =
        file(
            """
            kafka: [alpha:9092, beta:9092]   # of a coordinator
            replication: 0
            metrics-port: 9464               # of workers alone
            """);
    assertEquals(ExitCode.BAD_INPUT, execute(Map.of(), "coordinator", "--config", file));
    assertTrue(err.toString().contains("--replication: 0 is out of range"), err::toString);
  }

  @Test
  void allThatIsNoOptionIsRefusedWithoutItsValue() throws Exception {
    String file = file("hom: x\ntoken: fedcba9876543210\nresults: {path: x}\nhome: y\n");
    assertEquals(ExitCode.BAD_INPUT, execute(Map.of(), "list", "--config", file));
    assertEquals(
        List.of(
            file + ": hom: unknown key, expected an option",
            file + ": token: unknown key, expected an option",
            file + ": results: found a map, expected a value"),
        err.toString().lines().toList());
  }

  @Test
  void aFileThatIsNotThereOrNoMapIsRefused() throws Exception {
    assertEquals(ExitCode.BAD_INPUT, execute(Map.of(), "list", "--config", home("gone")));
    assertTrue(err.toString().contains("--config: " + home("gone")), err::toString);
    String file = file("just words\n");
    CommandLine line = Elbow.commandLine(Map.of());
    CommandException e =
        assertThrows(
            CommandException.class,
            () -> ConfigFile.read(line, new String[] {"list", "--config", file}, Map.of()));
    assertFalse(e.getMessage().isEmpty());
  }

  @Test
  void everyOptionMayStandInTheFile() throws Exception {
    CommandLine line = Elbow.commandLine(Map.of());
    for (CommandLine command : line.getSubcommands().values()) {
      for (CommandLine.Model.OptionSpec option : command.getCommandSpec().options()) {
        String name = option.longestName().substring(2);
        if (!List.of("help", "version", "config").contains(name)) {
          String[] named = {"--config", file(name + ": x\n")};
          assertEquals(
              Map.of("--" + name, "x"), ConfigFile.read(line, named, Map.of()), () -> name);
        }
      }
    }
  }
}
