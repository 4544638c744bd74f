package dev.elbow.cli;

import java.util.List;
import picocli.CommandLine.Option;

/** Where a coordinator of this process is asked. */
final class HttpOptions {
  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "8080",
      description = "For HTTP at 127.0.0.1; 0 for a free one. Default: 8080")
  private int port;

  /**
   * The port, 0 for a free one.
   *
   * @throws CommandException if it is no port
   */
  int port() throws CommandException {
    if (port < 0 || port > 65_535) {
      throw CommandException.badInput(
          List.of("--port: %d is out of range, expected 0 to 65535".formatted(port)));
    }
    return port;
  }
}
