package dev.elbow.cli;

import dev.elbow.coordinator.client.ClientException;
import dev.elbow.coordinator.client.Credentials;
import dev.elbow.coordinator.client.ElbowClient;
import dev.elbow.coordinator.http.Tokens;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Option;

/** Where a command finds the coordinator. */
final class CoordinatorUrl {
  private static final Logger LOG = LoggerFactory.getLogger(CoordinatorUrl.class);
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

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description =
          "The token that the coordinator asks for, or its own file of tokens. Readable by its owner alone.")
  private Path tokenFile;

  @Option(
      names = "--tls-ca",
      paramLabel = "FILE",
      description = "Certificates, PEM, that vouch for coordinators of https. Default: Java's own")
  private Path authorities;

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
    } catch (ClientException e) {
      throw failure(e, isGiven());
    }
  }

  // One for all questions: it remembers which coordinator is the active one.
  private ElbowClient client() throws CommandException {
    if (client == null) {
      Credentials credentials = credentials();
      if (credentials.token().isPresent()) {
        urls().stream().filter(CoordinatorUrl::isOpen).forEach(CoordinatorUrl::warn);
      }
      client = ListenOptions.checked("--url: ", () -> ElbowClient.at(urls(), credentials));
    }
    return client;
  }

  // Of a name it is not asked where it leads to: that would be a question to the network.
  private static boolean isOpen(URI url) {
    String host = String.valueOf(url.getHost());
    return "http".equals(url.getScheme()) && !host.matches("localhost|127\\.[0-9.]+|\\[(0*:)*0*1]");
  }

  private static void warn(URI url) {
    LOG.warn("the token goes to {} in the clear, for everybody on the way to read", url);
  }

  private Credentials credentials() throws CommandException {
    Credentials credentials = Credentials.NONE;
    if (tokenFile != null) {
      String text = SecretFile.read("--token-file", tokenFile);
      String place = "--token-file: %s: ".formatted(tokenFile);
      credentials = credentials.token(ListenOptions.checked(place, () -> Tokens.ofClient(text)));
    }
    return authorities == null ? credentials : trusting(credentials);
  }

  private Credentials trusting(Credentials credentials) throws CommandException {
    String text = SecretFile.readOpen("--tls-ca", authorities);
    return ListenOptions.checked(
        "--tls-ca: %s: ".formatted(authorities), () -> credentials.trusting(text));
  }

  static CommandException failure(ClientException e, boolean isGiven) {
    if (e.reason() == ClientException.Reason.REFUSED) {
      return CommandException.badInput(List.of(e.getMessage()));
    }
    boolean isLost = e.reason() == ClientException.Reason.UNREACHABLE && !isGiven;
    return CommandException.system(isLost ? e.getMessage() + HINT : e.getMessage(), e);
  }
}
