package dev.elbow.cli;

import dev.elbow.coordinator.http.Listening;
import dev.elbow.coordinator.http.TlsIdentity;
import dev.elbow.coordinator.http.Tokens;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine.Option;

/** Where a process of many serves HTTP, and who may ask there. */
final class ListenOptions {
  @Option(
      names = "--bind",
      paramLabel = "HOST,…",
      split = ",",
      defaultValue = "127.0.0.1",
      description =
          "The addresses at which HTTP is served; beyond this machine with --token-file alone. Default: 127.0.0.1")
  private List<String> bind;

  // One option for both, because a name that others are told has to be answered too.
  @Option(
      names = "--advertise",
      paramLabel = "HOST:PORT,…",
      split = ",",
      description =
          "Further names by which it is reached, as https://HOST where a proxy ends TLS; the first is told to others. What asks for another host is refused.")
  private List<String> advertised;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description =
          "Lines 'read: TOKEN' and 'write: TOKEN': whoever asks shows one of them. Readable by its owner alone.")
  private Path tokenFile;

  @Option(
      names = "--tls-cert",
      paramLabel = "FILE",
      description = "Serves HTTPS with this certificate and those that vouch for it, PEM.")
  private Path certificate;

  @Option(
      names = "--tls-key",
      paramLabel = "FILE",
      description = "The key of --tls-cert, PEM. Readable by its owner alone.")
  private Path key;

  /**
   * What was given.
   *
   * @param option that names the port
   * @throws CommandException with what is wrong with it
   */
  Listening listening(String option, int port) throws CommandException {
    if (port < 0 || port > 65_535) {
      throw CommandException.badInput(
          List.of("%s: %d is out of range, expected 0 to 65535".formatted(option, port)));
    }
    Optional<Tokens> tokens = tokens();
    Optional<TlsIdentity> identity = identity();
    List<String> names = advertised == null ? List.of() : advertised;
    return checked("--", () -> new Listening(bind, port, names, tokens, identity));
  }

  private Optional<Tokens> tokens() throws CommandException {
    if (tokenFile == null) {
      return Optional.empty();
    }
    String text = SecretFile.read("--token-file", tokenFile);
    return Optional.of(
        checked("--token-file: %s: ".formatted(tokenFile), () -> Tokens.parse(text)));
  }

  private Optional<TlsIdentity> identity() throws CommandException {
    if (certificate == null && key == null) {
      return Optional.empty();
    }
    if (certificate == null || key == null) {
      throw CommandException.badInput(
          List.of("--tls-cert, --tls-key: found one of them, expected both or none"));
    }
    String certificates = SecretFile.readOpen("--tls-cert", certificate);
    String secret = SecretFile.read("--tls-key", key);
    return Optional.of(
        checked("--tls-cert, --tls-key: ", () -> TlsIdentity.of(certificates, secret)));
  }

  /** What can say in several lines what is wrong, each to begin with {@code place}. */
  static <T> T checked(String place, Supplier<T> reading) throws CommandException {
    try {
      return reading.get();
    } catch (IllegalArgumentException e) {
      List<String> problems = new ArrayList<>();
      e.getMessage().lines().forEach(line -> problems.add(place + line));
      throw CommandException.badInput(problems);
    }
  }
}
