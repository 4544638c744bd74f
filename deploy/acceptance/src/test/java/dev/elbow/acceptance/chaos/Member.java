package dev.elbow.acceptance.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One process of the system, started through {@code deploy/elbow}. It keeps its name, its home and
 * its ports however often it is killed and started again. For one thread.
 */
final class Member implements AutoCloseable {
  private static final Duration TO_END = Duration.ofSeconds(60);

  private final String name;
  private final Path folder;
  private final Pattern serving;
  private final List<String> arguments;
  private final String options;
  private final List<String> failures = new ArrayList<>();
  private Optional<Process> process = Optional.empty();
  private int starts;
  private long startedNanos;
  private boolean held;
  private boolean asked;

  /**
   * @param folder its working folder; what it prints is kept there
   * @param serving a line of its stdout that says that it serves; the first group names it
   * @param options of its JVM
   */
  Member(String name, Path folder, String serving, String options, List<String> arguments) {
    this.name = name;
    this.folder = folder;
    this.serving = Pattern.compile("^" + serving + "$", Pattern.MULTILINE);
    this.options = options;
    this.arguments = List.copyOf(arguments);
  }

  String name() {
    return name;
  }

  /** Tells its starts apart, for people. */
  String life() {
    return "%s, start %d".formatted(name, starts);
  }

  /** Starts it if it does not run; one that was asked to end has done so before. */
  void start() throws IOException, InterruptedException {
    if (isAlive() && !asked) {
      return;
    }
    awaitEnd();
    starts++;
    startedNanos = System.nanoTime();
    held = false;
    asked = false;
    List<String> command = new ArrayList<>(List.of(Launcher.path().toString()));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.redirectOutput(printed("out").toFile()).redirectError(printed("err").toFile());
    Launcher.prepare(builder.environment(), folder, options);
    process = Optional.of(builder.start());
  }

  private Path printed(String suffix) {
    return folder.resolve("%s-%d.%s".formatted(name, starts, suffix));
  }

  boolean isAlive() {
    return process.filter(Process::isAlive).isPresent();
  }

  boolean isHeld() {
    return held;
  }

  /** Whether it was asked to end, and has perhaps not done so yet. */
  boolean isLeaving() {
    return asked;
  }

  /** How long the running process has been there. */
  Duration age() {
    return Duration.ofNanos(System.nanoTime() - startedNanos);
  }

  /** What it called itself when it began to serve; empty until then. */
  Optional<String> served() {
    Matcher line = serving.matcher(text(printed("out")));
    return isAlive() && line.find() ? Optional.of(line.group(1)) : Optional.empty();
  }

  /** As {@link #served}, after waiting for it. */
  String awaitServed(Duration patience) throws InterruptedException {
    Waiting.until(patience, name + " serves", () -> served().isPresent() || !isAlive(), this::said);
    return served().orElseThrow(() -> new StuckException(name + " ended:\n" + said()));
  }

  /** What it has said on stderr since its last start. */
  String said() {
    return text(printed("err"));
  }

  /** What {@code kill -9} does. */
  void kill() throws InterruptedException {
    if (process.isPresent()) {
      process.get().destroyForcibly().waitFor();
      process = Optional.empty();
    }
  }

  /** Stops its clock: it does nothing more, keeps its connections, and knows nothing of it. */
  void hold() throws IOException, InterruptedException {
    signal("STOP");
    held = true;
  }

  /** It goes on as if no time had passed. */
  void goOn() throws IOException, InterruptedException {
    signal("CONT");
    held = false;
  }

  private void signal(String name) throws IOException, InterruptedException {
    long pid = process.orElseThrow().pid();
    new ProcessBuilder("kill", "-" + name, String.valueOf(pid)).start().waitFor();
  }

  /** Asks it to end, as a service manager does. */
  void ask() {
    asked = true;
    process.ifPresent(Process::destroy);
  }

  /**
   * Waits until it has ended, unless it was killed. One that will not end, or not well, is
   * remembered as a failure.
   */
  void awaitEnd() throws InterruptedException {
    awaitEnd(TO_END);
  }

  /** As {@link #awaitEnd()}, for a command that ends by itself. */
  void awaitEnd(Duration patience) throws InterruptedException {
    if (process.isEmpty()) {
      return;
    }
    if (!process.get().waitFor(patience.toSeconds(), TimeUnit.SECONDS)) {
      failures.add("%s did not end within %d s".formatted(name, patience.toSeconds()));
      kill();
    } else if (process.get().exitValue() != 0) {
      failures.add(
          "%s ended with exit code %d: %s".formatted(name, process.get().exitValue(), said()));
    }
    process = Optional.empty();
  }

  /** What went wrong when it was asked to end. */
  List<String> failures() {
    return List.copyOf(failures);
  }

  /** Its memory now; 0 if it does not run. */
  long residentBytes() {
    Optional<String> line =
        process.stream()
            .flatMap(running -> text(Path.of("/proc", running.pid() + "", "status")).lines())
            .filter(text -> text.startsWith("VmRSS:"))
            .findFirst();
    return line.map(text -> Long.parseLong(text.replaceAll("[^0-9]", "")) << 10).orElse(0L);
  }

  /** The time of processors that it has taken so far; 0 if it does not run. */
  double processorSeconds() {
    return process
        .flatMap(running -> running.info().totalCpuDuration())
        .map(taken -> taken.toNanos() * 1e-9)
        .orElse(0.0);
  }

  private static String text(Path file) {
    try {
      return Files.exists(file) ? Files.readString(file, UTF_8) : "";
    } catch (IOException e) {
      // A process's entry may go between the two.
      if (file.startsWith("/proc")) {
        return "";
      }
      throw new UncheckedIOException(e);
    }
  }

  /** How the launcher is found, and what it is given. */
  private static final class Launcher {
    static Path path() {
      String told = System.getProperty("elbow.launcher", "../elbow");
      return Path.of(told).toAbsolutePath().normalize();
    }

    static void prepare(Map<String, String> environment, Path folder, String options) {
      environment.keySet().removeIf(name -> name.startsWith("ELBOW_"));
      environment.put("ELBOW_BUILD", "never");
      environment.put("JAVA_HOME", System.getProperty("java.home"));
      // What they leave behind must be found.
      String temporary = "-Djava.io.tmpdir=" + folder.resolve("tmp");
      environment.put("ELBOW_JAVA_OPTS", options + " " + temporary);
    }
  }

  /** Kills it if it still runs. */
  @Override
  public void close() {
    process.ifPresent(Process::destroyForcibly);
  }
}
