package dev.elbow.cli;

import dev.elbow.coordinator.client.ClientException;
import dev.elbow.coordinator.client.ElbowClient;
import java.net.URI;
import java.util.List;
import picocli.CommandLine.Option;

/** Where a command finds the coordinator. */
final class CoordinatorUrl {
  private static final URI USUAL = URI.create("http://127.0.0.1:8080");

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "Where the coordinator serves HTTP, as it prints at its start.")
  private URI url;

  /** A question, or something to do. */
  interface Question<T> {
    T ask(ElbowClient client) throws ClientException, CommandException;
  }

  /** Whether one was given; without it some commands read HOME. */
  boolean isGiven() {
    return url != null;
  }

  /** The one given, or that of a coordinator on this machine at its usual port. */
  URI url() {
    return url == null ? USUAL : url;
  }

  /**
   * The coordinator's answer.
   *
   * @throws CommandException that says why there is none
   */
  <T> T ask(Question<T> question) throws CommandException {
    try {
      return question.ask(ElbowClient.at(url()));
    } catch (IllegalArgumentException e) {
      throw CommandException.badInput(List.of("--url: " + e.getMessage()));
    } catch (ClientException e) {
      throw failure(e);
    }
  }

  private static CommandException failure(ClientException e) {
    return e.reason() == ClientException.Reason.REFUSED
        ? CommandException.badInput(List.of(e.getMessage()))
        : CommandException.system(e.getMessage(), e);
  }
}
