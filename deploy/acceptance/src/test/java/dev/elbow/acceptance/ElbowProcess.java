package dev.elbow.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/**
 * The command in a process of its own, started as people start it: through {@code deploy/elbow}.
 */
final class ElbowProcess implements AutoCloseable {
  /** More than any run here needs, so that a hang fails the test instead of the build. */
  static final Duration LIMIT = Duration.ofMinutes(5);

  static {
    saveClasses();
  }

  private final Process process;
  private final Path out;
  private final Path err;

  private ElbowProcess(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  /** What a process left behind. */
  record Ended(int exitCode, String out, String err) {
    @Override
    public String toString() {
      return "exit code %d%n--- stdout%n%s%n--- stderr%n%s".formatted(exitCode, out, err);
    }
  }

  /**
   * Starts the command.
   *
   * @param folder its working folder; what it prints is kept there too
   */
  static ElbowProcess start(Path folder, List<String> arguments) throws IOException {
    return start(folder, Map.of(), arguments);
  }

  /** The same with more in its environment. */
  static ElbowProcess start(Path folder, Map<String, String> more, List<String> arguments)
      throws IOException {
    // A build in the background of a script ignores Ctrl-C, and would hand that on.
    List<String> command =
        new ArrayList<>(List.of("env", "--default-signal=INT", launcher().toString()));
    command.addAll(arguments);
    Path out = Files.createTempFile(folder, "elbow", ".out");
    Path err = Files.createTempFile(folder, "elbow", ".err");
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.redirectOutput(out.toFile()).redirectError(err.toFile());
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(name -> name.startsWith("ELBOW_"));
    // The build that runs these tests has just made it.
    environment.put("ELBOW_BUILD", "never");
    // For as short as it lives, what the optimizing compiler costs is not given back.
    environment.put("ELBOW_JAVA_OPTS", "-XX:TieredStopAtLevel=1");
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    environment.putAll(more);
    return new ElbowProcess(builder.start(), out, err);
  }

  // Once for all tests: each process then takes a third less of the processors until it works.
  private static void saveClasses() {
    ProcessBuilder builder = new ProcessBuilder(launcher().toString());
    builder.environment().put("ELBOW_BUILD", "classes");
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    try {
      builder.inheritIO().start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Runs the command to its end. */
  static Ended run(Path folder, String... arguments) throws IOException, InterruptedException {
    try (ElbowProcess started = start(folder, List.of(arguments))) {
      return started.await();
    }
  }

  /** The launcher of this checkout. */
  static Path launcher() {
    return Path.of("..", "elbow").toAbsolutePath().normalize();
  }

  /** Waits for the end. */
  Ended await() throws InterruptedException {
    if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("still running after " + LIMIT + "\n" + out() + "\n" + err());
    }
    return new Ended(process.exitValue(), out(), err());
  }

  /** What it has printed to stdout so far. */
  String out() {
    return text(out);
  }

  /** What it has printed to stderr so far. */
  String err() {
    return text(err);
  }

  /**
   * Waits for a line on stdout and returns what its one group matches.
   *
   * @param pattern of the whole line
   */
  String printed(String pattern) {
    Pattern line = Pattern.compile("^" + pattern + "$", Pattern.MULTILINE);
    Awaitility.await().atMost(LIMIT).until(() -> line.matcher(out()).find() || !isAlive());
    Matcher found = line.matcher(out());
    if (!found.find()) {
      throw new AssertionError("ended without " + pattern + "\n" + out() + "\n" + err());
    }
    return found.group(1);
  }

  /** Its number; the launcher becomes the JVM, so there is one process. */
  long pid() {
    return process.pid();
  }

  /** Whether it still runs. */
  boolean isAlive() {
    return process.isAlive();
  }

  /** What Ctrl-C sends. */
  void interrupt() throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-INT", String.valueOf(pid())).start().waitFor();
  }

  /** What a service manager sends. */
  void terminate() {
    process.destroy();
  }

  private static String text(Path file) {
    try {
      return Files.readString(file, UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends it at once if it still runs. */
  @Override
  public void close() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }
}
