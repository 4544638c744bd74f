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
  @Mixin private ReplicationOption replication;

  @ArgGroup(multiplicity = "1")
  private What what;

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
    int copies = replication.copies();
    if (what.create) {
      Service.start("topics", () -> created(settings, copies));
    }
    print(settings.topics(), copies);
    return ExitCode.DONE;
  }

  private static Void created(KafkaSettings settings, int copies) {
    Provisioning.create(settings, copies, PATIENCE);
    return null;
  }

  private void print(Topics topics, int copies) {
    PrintWriter out = spec.commandLine().getOut();
    List<Topics.Kept> kept = topics.kept(copies);
    if (elbow.json()) {
      kept.forEach(topic -> out.println(Json.line(object(topic, copies))));
      return;
    }
    List<List<String>> rows = kept.stream().map(topic -> cells(topic, copies)).toList();
    List<String> header = List.of("topic", "partitions", "replication", "settings");
    new TextTable(header, rows).lines().forEach(out::println);
    out.println();
    out.println("share group of workers: " + topics.workers());
    out.println("group of coordinators:  " + topics.coordinators());
  }

  private static List<String> cells(Topics.Kept topic, int copies) {
    String config =
        topic.config().entrySet().stream()
            .map(entry -> entry.getKey() + "=" + entry.getValue())
            .collect(Collectors.joining(" "));
    return List.of(topic.topic(), "1", String.valueOf(copies), config);
  }

  private static Map<String, Object> object(Topics.Kept topic, int copies) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("topic", topic.topic());
    object.put("partitions", 1);
    object.put("replication", copies);
    object.put("settings", topic.config());
    return object;
  }
}
