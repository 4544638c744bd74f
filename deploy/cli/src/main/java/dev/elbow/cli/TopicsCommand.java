package dev.elbow.cli;

import dev.elbow.messaging.KafkaSettings;
import dev.elbow.messaging.Provisioning;
import dev.elbow.messaging.Topics;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Shows or makes the topics. */
@Command(
    name = "topics",
    description = {
      "Shows the topics that Elbow needs, for those who create them with tools of their own, or creates them.",
      "",
      "A coordinator creates those that are missing when it starts. Topics that are there are checked and left as they are.",
      ""
    },
    footer = {"", "Example:", "  elbow topics --create --kafka alpha:9092 --replication 3"})
final class TopicsCommand implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @ParentCommand private Elbow elbow;
  @Spec private CommandSpec spec;
  @Mixin private KafkaOptions kafka;

  @ArgGroup(multiplicity = "1")
  private What what;

  @Option(
      names = "--replication",
      paramLabel = "N",
      defaultValue = "1",
      description = "Copies of each topic, at most one for each broker. Default: 1")
  private int replication;

  /** One of both. */
  private static final class What {
    @Option(names = "--print", required = true, description = "Only shows them; asks nobody.")
    private boolean print;

    @Option(names = "--create", required = true, description = "Creates those that are missing.")
    private boolean create;
  }

  @Override
  public Integer call() throws Exception {
    KafkaSettings settings = kafka.settings();
    if (replication < 1 || replication > Short.MAX_VALUE) {
      throw CommandException.badInput(
          List.of("--replication: %d is out of range, expected at least 1".formatted(replication)));
    }
    if (what.create) {
      Service.start("topics", () -> created(settings));
    }
    print(settings.topics());
    return ExitCode.DONE;
  }

  private Void created(KafkaSettings settings) {
    Provisioning.create(settings, replication, PATIENCE);
    return null;
  }

  private void print(Topics topics) {
    PrintWriter out = spec.commandLine().getOut();
    if (elbow.json()) {
      topics.kept(replication).forEach(topic -> out.println(Json.line(object(topic))));
      return;
    }
    List<List<String>> rows = topics.kept(replication).stream().map(this::cells).toList();
    List<String> header = List.of("topic", "partitions", "replication", "settings");
    new TextTable(header, rows).lines().forEach(out::println);
    out.println();
    out.println("share group of workers: " + topics.workers());
    out.println("group of coordinators:  " + topics.coordinators());
  }

  private List<String> cells(Topics.Kept topic) {
    String config =
        topic.config().entrySet().stream()
            .map(entry -> entry.getKey() + "=" + entry.getValue())
            .collect(Collectors.joining(" "));
    return List.of(topic.topic(), "1", String.valueOf(replication), config);
  }

  private Map<String, Object> object(Topics.Kept topic) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("topic", topic.topic());
    object.put("partitions", 1);
    object.put("replication", replication);
    object.put("settings", topic.config());
    return object;
  }
}
