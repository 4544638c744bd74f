package dev.elbow.acceptance.chaos;

import dev.elbow.acceptance.TinyImages;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;

/**
 * Brokers, coordinators and workers, each a process of its own on loopback, below one folder. For
 * one thread.
 */
final class Installation implements AutoCloseable {
  static final Duration START = Duration.ofSeconds(120);
  // A dozen of them share a small machine.
  private static final String SMALL = "-XX:TieredStopAtLevel=1 -Xmx256m";
  private static final String QUEUE = "elbow.trials";
  // A sweep that is wrong, or that another of the same name stands in the way of.
  private static final Set<Integer> REFUSED = Set.of(400, 409);

  private final Path folder;
  private final Size size;
  private final List<Member> brokers = new ArrayList<>();
  private final List<Member> coordinators = new ArrayList<>();
  private final List<Member> workers = new ArrayList<>();
  private final List<Integer> ports;
  private final Thread atExit = new Thread(this::killAll);
  private final HttpClient http = HttpClient.newHttpClient();
  private int workersMade;
  private EventLog log;

  /**
   * How many of each.
   *
   * @param brokers with three, every topic is kept three times
   * @param slots of each worker
   */
  record Size(int brokers, int coordinators, int workers, int slots) {}

  private Installation(Path folder, Size size) throws IOException {
    this.folder = Files.createDirectories(folder);
    this.size = size;
    this.ports = FreePorts.take(size.brokers() * 2);
    Files.createDirectories(folder.resolve("tmp"));
    TinyImages.write(folder.resolve("data"));
    IntStream.rangeClosed(1, size.brokers()).forEach(node -> brokers.add(broker(node)));
    IntStream.rangeClosed(1, size.coordinators()).forEach(n -> coordinators.add(coordinator(n)));
    IntStream.rangeClosed(1, size.workers()).forEach(n -> workers.add(worker()));
  }

  /** Prepares everything below {@code folder} and starts nothing. */
  static Installation in(Path folder, Size size) throws IOException {
    Installation made = new Installation(folder, size);
    Runtime.getRuntime().addShutdownHook(made.atExit);
    return made;
  }

  private Member broker(int node) {
    List<String> arguments =
        new ArrayList<>(List.of("broker", "--home", "b" + node, "--port", clientPort(node) + ""));
    if (size.brokers() > 1) {
      arguments.addAll(List.of("--node-id", node + "", "--voters", voters()));
    }
    return new Member("b" + node, folder, "Kafka at (\\S+)", SMALL, arguments);
  }

  private int clientPort(int node) {
    return ports.get(node - 1);
  }

  private String voters() {
    return IntStream.rangeClosed(1, size.brokers())
        .mapToObj(n -> n + "@127.0.0.1:" + ports.get(size.brokers() + n - 1))
        .reduce((a, b) -> a + "," + b)
        .orElseThrow();
  }

  private Member coordinator(int number) {
    String name = "c" + number;
    String copies = String.valueOf(size.brokers());
    List<String> own =
        List.of(
            "coordinator", "--home", name, "--name", name, "--port", "0", "--replication", copies);
    return new Member(name, folder, "Coordinator at (\\S+)", "", joined(own, shared()));
  }

  private Member worker() {
    String name = "w" + ++workersMade;
    List<String> own =
        List.of("worker", "--home", name, "--name", name, "--slots", size.slots() + "");
    return new Member(name, folder, "(\\S+) takes trials, .*", SMALL, joined(own, shared()));
  }

  private List<String> shared() {
    return List.of("--kafka", kafka(), "--results", "sweeps", "--data", "data");
  }

  private static <T> List<T> joined(List<T> first, List<T> second) {
    return Stream.concat(first.stream(), second.stream()).toList();
  }

  /** Starts all of them and waits until they serve. */
  void start() throws Exception {
    for (Member broker : brokers) {
      broker.start();
    }
    for (Member broker : brokers) {
      broker.awaitServed(START);
    }
    for (Member other : joined(coordinators, workers)) {
      other.start();
    }
    for (Member other : joined(coordinators, workers)) {
      other.awaitServed(START);
    }
    log = new EventLog(kafka());
    log.await(START, "a coordinator leads", history -> history.epoch() > 0);
  }

  /** Where any of the brokers is reached. */
  String kafka() {
    return IntStream.rangeClosed(1, size.brokers())
        .mapToObj(node -> "127.0.0.1:" + clientPort(node))
        .reduce((a, b) -> a + "," + b)
        .orElseThrow();
  }

  Path folder() {
    return folder;
  }

  /** Where sweeps leave their files. */
  Path results() {
    return folder.resolve("sweeps");
  }

  EventLog log() {
    return log;
  }

  List<Member> brokers() {
    return List.copyOf(brokers);
  }

  List<Member> coordinators() {
    return List.copyOf(coordinators);
  }

  List<Member> workers() {
    return List.copyOf(workers);
  }

  List<Member> members() {
    return joined(brokers, joined(coordinators, workers));
  }

  /** One more worker, which does not run yet. */
  Member addWorker() {
    workers.add(worker());
    return workers.get(workers.size() - 1);
  }

  /** The coordinator that leads by the log, if it is one that still runs. */
  Optional<Member> leader() {
    String name = log.ask(History::leader);
    return coordinators.stream()
        .filter(coordinator -> name.startsWith(coordinator.name() + "-"))
        .findFirst();
  }

  /** The broker that leads the queue; empty while there is none. */
  Optional<Member> queueLeader() {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka()))) {
      int node =
          admin
              .describeTopics(List.of(QUEUE))
              .allTopicNames()
              .get()
              .get(QUEUE)
              .partitions()
              .stream()
              .map(partition -> partition.leader() == null ? -1 : partition.leader().id())
              .findFirst()
              .orElse(-1);
      return node < 1 ? Optional.empty() : Optional.of(brokers.get(node - 1));
    } catch (ExecutionException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Hands a sweep to whichever coordinator takes it. */
  void submit(String yaml) throws InterruptedException {
    Waiting.until(
        START,
        "a coordinator takes the sweep",
        () -> coordinators.stream().anyMatch(coordinator -> took(coordinator, yaml)),
        () -> log.ask(History::leader));
  }

  private boolean took(Member coordinator, String yaml) {
    return coordinator
        .served()
        .map(url -> status(url + "/api/sweeps", Optional.of(yaml)))
        .filter(code -> code / 100 == 2)
        .isPresent();
  }

  /**
   * Asks over HTTP.
   *
   * @param yaml what is posted; empty to get
   * @return 0 where nobody answers
   */
  int status(String url, Optional<String> yaml) {
    HttpRequest.Builder asked =
        HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(10));
    yaml.ifPresent(text -> asked.header("Content-Type", "application/yaml").POST(body(text)));
    try {
      HttpResponse<String> answer = http.send(asked.build(), HttpResponse.BodyHandlers.ofString());
      if (REFUSED.contains(answer.statusCode())) {
        throw new IllegalStateException(answer.body());
      }
      return answer.statusCode();
    } catch (IOException e) {
      return 0;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static HttpRequest.BodyPublisher body(String text) {
    return HttpRequest.BodyPublishers.ofString(text);
  }

  /** What is there. */
  String read(String url) throws IOException, InterruptedException {
    HttpRequest asked = HttpRequest.newBuilder(URI.create(url)).build();
    return http.send(asked, HttpResponse.BodyHandlers.ofString()).body();
  }

  /**
   * Asks all of them to end, workers first, and waits until they have. All must run.
   *
   * @return what was wrong about that
   */
  List<String> end() throws Exception {
    List<String> problems = new ArrayList<>();
    for (Member member : members()) {
      // Until it serves, a signal ends it at once and not in order.
      Waiting.until(START, member.name(), () -> isSettled(member), member::said);
      if (!member.isAlive()) {
        problems.add("%s has ended by itself: %s".formatted(member.name(), member.said()));
      }
    }
    log.close();
    for (List<Member> kind : List.of(workers, coordinators, brokers)) {
      kind.forEach(Member::ask);
      for (Member member : kind) {
        member.awaitEnd();
      }
    }
    members().forEach(member -> problems.addAll(member.failures()));
    return problems;
  }

  private static boolean isSettled(Member member) {
    return !member.isAlive() || member.served().isPresent();
  }

  private void killAll() {
    members().forEach(Member::close);
  }

  /** Kills what still runs. */
  @Override
  public void close() {
    killAll();
    Runtime.getRuntime().removeShutdownHook(atExit);
  }
}
