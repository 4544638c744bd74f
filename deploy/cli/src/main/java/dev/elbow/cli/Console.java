package dev.elbow.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.Optional;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.terminal.impl.DumbTerminal;
import org.jline.terminal.spi.SystemStream;
import org.jline.terminal.spi.TerminalExt;

/** The terminal that this process prints to, if it does; otherwise lines go to files or pipes. */
public final class Console implements AutoCloseable {
  private final Terminal terminal;
  private final LiveLines lines;
  private final PrintStream formerErr = System.err;

  private Console(Terminal terminal, boolean colours) {
    this.terminal = terminal;
    this.lines = new LiveLines(System.out, terminal::getWidth, colours);
  }

  /**
   * The terminal, if both stdin and stdout are one that can move its cursor. What is printed to
   * stderr then appears above the live lines.
   *
   * @param colours whether styles are wanted
   */
  public static Optional<Console> open(boolean colours) {
    try {
      Terminal terminal = systemTerminal();
      if (terminal instanceof DumbTerminal || terminal.getType().startsWith("dumb")) {
        terminal.close();
        return Optional.empty();
      }
      Console console = new Console(terminal, colours);
      console.takeStderr();
      return Optional.of(console);
    } catch (IOException | IllegalStateException e) {
      return Optional.empty(); // a terminal that cannot be asked is no terminal to draw on
    }
  }

  private static Terminal systemTerminal() throws IOException {
    return TerminalBuilder.builder()
        .system(true)
        .systemOutput(TerminalBuilder.SystemOutput.SysOut)
        .dumb(true)
        .nativeSignals(false) // they are Interrupt's
        .build();
  }

  private void takeStderr() {
    if (((TerminalExt) terminal).getProvider().isSystemStream(SystemStream.Error)) {
      System.setErr(new PrintStream(new Lines(), true, UTF_8));
    }
  }

  /** The lines that are redrawn in place. */
  public LiveLines lines() {
    return lines;
  }

  @Override
  public void close() {
    System.setErr(formerErr);
    lines.close();
    try {
      terminal.close();
    } catch (IOException e) {
      // The terminal is gone, and with it whatever could be put in order.
    }
  }

  /** Gathers bytes until a line is whole. */
  private final class Lines extends OutputStream {
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    @Override
    public synchronized void write(int b) {
      line.write(b);
      if (b == '\n') {
        lines.print(line.toString(UTF_8));
        line.reset();
      }
    }
  }
}
