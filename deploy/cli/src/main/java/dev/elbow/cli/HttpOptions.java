package dev.elbow.cli;

import dev.elbow.coordinator.http.Listening;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where a coordinator of this process is asked. */
final class HttpOptions {
  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "8080",
      description = "For HTTP; 0 for a free one. Default: 8080")
  private int port;

  @Mixin private ListenOptions listen;

  /**
   * What was given.
   *
   * @throws CommandException with what is wrong with it
   */
  Listening listening() throws CommandException {
    Listening listening = listen.listening("--port", port);
    if (listening.isAnywhere() && listening.advertised().isEmpty()) {
      throw CommandException.badInput(
          List.of(
              "--advertise: found none beside --bind %s, expected HOST:PORT, which others can be told"
                  .formatted(String.join(",", listening.bind()))));
    }
    return listening;
  }
}
