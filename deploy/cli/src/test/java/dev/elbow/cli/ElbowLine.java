package dev.elbow.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine;

/**
 * Runs the command within this JVM and keeps what the last one said. For one thread each; they wait
 * for each other, since a run takes the streams of the JVM.
 */
public final class ElbowLine {
  private StringWriter out = new StringWriter();
  private StringWriter err = new StringWriter();

  /** Runs one command and returns its exit code; what it prints for people is discarded. */
  public int execute(Path home, String... arguments) {
    out = new StringWriter();
    err = new StringWriter();
    synchronized (ElbowLine.class) {
      return alone(home, arguments);
    }
  }

  private int alone(Path home, String... arguments) {
    PrintStream formerOut = System.out;
    PrintStream formerErr = System.err;
    PrintStream people = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
    System.setOut(people);
    System.setErr(people);
    try {
      CommandLine line = Elbow.commandLine(Map.of("ELBOW_HOME", home.toString()));
      line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
      return line.execute(arguments);
    } finally {
      System.setOut(formerOut);
      System.setErr(formerErr);
    }
  }

  /** What the last one wrote for programs. */
  public String out() {
    return out.toString();
  }

  /** What the last one complained about. */
  public String err() {
    return err.toString();
  }
}
