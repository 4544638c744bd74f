package dev.elbow.cli;

import dev.elbow.coordinator.client.ClientException;
import dev.elbow.coordinator.client.ElbowClient;
import dev.elbow.coordinator.client.SubmittedSweep;
import dev.elbow.coordinator.sweep.Problem;
import dev.elbow.coordinator.sweep.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Hands a sweep to a coordinator. */
@Command(
    name = "submit",
    description = {
      "Hands a sweep to a coordinator, which checks it and queues its trials.",
      "",
      "The same sweep again changes nothing. Another one under the same name is refused.",
      ""
    },
    footer = {"", "Example:", "  elbow submit mnist.yaml --wait --url http://127.0.0.1:8080"})
final class SubmitCommand implements Callable<Integer> {
  @ParentCommand private Elbow elbow;
  @Mixin private CoordinatorUrl coordinator;

  @Parameters(
      paramLabel = "SWEEP.yaml",
      description = "The sweep file: YAML, JSON or a trial.json.")
  private Path file;

  @Option(
      names = "--wait",
      description = "Shows what happens until every trial has ended, then the results.")
  private boolean wait;

  @Override
  public Integer call() throws Exception {
    byte[] content = content();
    SubmittedSweep submitted = coordinator.ask(client -> submit(client, content));
    submitted.notices().forEach(elbow.people()::println);
    elbow.people().println(text(submitted));
    if (elbow.json()) {
      System.out.println(StatusText.json(submitted));
    }
    return wait ? new Watch(elbow, coordinator, submitted.sweep()).untilOver() : ExitCode.DONE;
  }

  private byte[] content() throws CommandException {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw CommandException.badInput(
          List.of("%s cannot be read: %s. Nothing was queued.".formatted(file, e)));
    }
  }

  private SubmittedSweep submit(ElbowClient client, byte[] content)
      throws ClientException, CommandException {
    boolean isJson = file.toString().endsWith(".json");
    try {
      return client.submit(content, isJson ? ElbowClient.Format.JSON : ElbowClient.Format.YAML);
    } catch (ClientException e) {
      List<Problem> problems = e.problem().map(problem -> problem.problems()).orElse(List.of());
      if (problems.isEmpty()) {
        throw e;
      }
      throw CommandException.badInput(List.of(report(file, problems)));
    }
  }

  /** The coordinator's problems as the local check prints them. */
  static String report(Path file, List<Problem> problems) {
    return new Reading(file.toString(), Optional.empty(), problems).report();
  }

  private static String text(SubmittedSweep sweep) {
    String form = sweep.created() ? "%s: %d trials are queued" : "%s was there before: %d trials";
    return form.formatted(sweep.sweep(), sweep.trials());
  }
}
