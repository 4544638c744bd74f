package dev.elbow.cli;

import dev.elbow.coordinator.client.ClientException;
import dev.elbow.coordinator.client.ElbowClient;
import java.net.URI;
import java.util.List;
import picocli.CommandLine.Option;

/** Where a command finds the coordinator. */
final class CoordinatorUrl {
  private static final URI USUAL = URI.create("http://127.0.0.1:8080");

  /** For those who have used {@code run} alone, where nothing serves. */
  private static final String HINT =
      System.lineSeparator()
          + "This needs a coordinator: start one with 'elbow up' and the same --home, or name one with --url.";

  @Option(
      names = "--url",
      paramLabel = "URL,…",
      split = ",",
      description =
          "Where the coordinator serves HTTP, as it prints at its start; of several, some or all.")
  private List<URI> urls;

  private ElbowClient client;

  /** A question, or something to do. */
  interface Question<T> {
    T ask(ElbowClient client) throws ClientException, CommandException;
  }

  /** Whether one was given; without it some commands read HOME. */
  boolean isGiven() {
    return urls != null;
  }

  /** Those given, or that of a coordinator on this machine at its usual port. */
  private List<URI> urls() {
    return urls == null ? List.of(USUAL) : urls;
  }

  /**
   * The coordinator's answer.
   *
   * @throws CommandException that says why there is none
   */
  <T> T ask(Question<T> question) throws CommandException {
    try {
      return question.ask(client());
    } catch (IllegalArgumentException e) {
      throw CommandException.badInput(List.of("--url: " + e.getMessage()));
    } catch (ClientException e) {
      throw failure(e, isGiven());
    }
  }

  // One for all questions: it remembers which coordinator is the active one.
  private ElbowClient client() {
    if (client == null) {
      client = ElbowClient.at(urls());
    }
    return client;
  }

  static CommandException failure(ClientException e, boolean isGiven) {
    if (e.reason() == ClientException.Reason.REFUSED) {
      return CommandException.badInput(List.of(e.getMessage()));
    }
    boolean isLost = e.reason() == ClientException.Reason.UNREACHABLE && !isGiven;
    return CommandException.system(isLost ? e.getMessage() + HINT : e.getMessage(), e);
  }
}
