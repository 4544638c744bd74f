package dev.elbow.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Where commands listen, and what they refuse before anything starts. */
class ListenOptionsTest {
  private static final String TOKENS = "read: reads-0123456789\nwrite: writes-0123456789\n";

  @TempDir Path folder;
  private final StringWriter err = new StringWriter();

  private String refusal(String command, String... options) {
    List<String> arguments = new ArrayList<>(List.of(command.split(" ")));
    arguments.addAll(List.of(options));
    CommandLine line = Elbow.commandLine(Map.of("ELBOW_HOME", folder.resolve("home").toString()));
    line.setErr(new PrintWriter(err, true));
    assertEquals(ExitCode.BAD_INPUT, line.execute(arguments.toArray(String[]::new)), err::toString);
    assertFalse(Files.exists(folder.resolve("home")), "something was started");
    return err.toString();
  }

  private Path file(String permissions, String text) throws Exception {
    Path file = Files.createTempFile(folder, "tokens", "");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    return Files.writeString(file, text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"up", "coordinator --kafka=127.0.0.1:1", "worker --kafka=127.0.0.1:1"})
  void nothingListensBeyondThisMachineWithoutTokens(String command) {
    String said = refusal(command, "--bind", "127.0.0.1,0.0.0.0", "--advertise", "alpha:8080");
    assertTrue(said.contains("--bind: found '0.0.0.0', expected a loopback address"), said);
    assertTrue(said.contains("or tokens (token-file)"), said);
  }

  @Test
  void whoListensEverywhereSaysWhatOthersAreTold() throws Exception {
    Path tokens = file("rw-------", TOKENS);
    String said = refusal("up", "--bind", "0.0.0.0", "--token-file", tokens.toString());
    assertTrue(said.contains("--advertise: found none beside --bind 0.0.0.0"), said);
    assertTrue(refusal("up", "--advertise", "alpha").contains("found 'alpha', expected HOST:PORT"));
  }

  @Test
  void tokensThatEverybodyMayReadAreRefused() throws Exception {
    Path tokens = file("rw-r--r--", TOKENS);
    String said = refusal("up", "--token-file", tokens.toString());
    assertTrue(said.contains("everybody on this machine may read " + tokens), said);
    String asking = refusal("list --url=http://127.0.0.1:1", "--token-file", tokens.toString());
    assertTrue(asking.contains("--token-file: everybody"), asking);
  }

  @Test
  void whatIsWrongWithAFileIsSaidWithoutItsSecrets() throws Exception {
    Path tokens = file("rw-r-----", "admin: very-secret-0123456789\n");
    String said = refusal("up", "--token-file", tokens.toString());
    assertTrue(said.contains(tokens + ": line 1: expected lines 'read: TOKEN'"), said);
    assertFalse(said.contains("very-secret"), said);
    Path key = file("rw-------", "very-secret");
    String tls = refusal("up", "--tls-cert", tokens.toString(), "--tls-key", key.toString());
    assertTrue(tls.contains("--tls-cert, --tls-key: no certificate with its key"), tls);
    assertFalse(tls.contains("very-secret"), tls);
    assertTrue(refusal("up", "--tls-key", key.toString()).contains("expected both or none"));
  }

  @Test
  void whoAsksNamesFilesThatAreThere() throws Exception {
    Path none = folder.resolve("none");
    String url = "list --url=https://127.0.0.1:1";
    assertTrue(refusal(url, "--token-file", none.toString()).contains("none cannot be read"));
    Path empty = file("rw-r--r--", "");
    assertTrue(refusal(url, "--tls-ca", empty.toString()).contains("found no certificate"));
  }
}
