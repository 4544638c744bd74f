package dev.elbow.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.elbow.api.data.DataFolder;
import dev.elbow.api.plugin.SpiVersion;
import dev.elbow.cli.models.ModelCommands;
import dev.elbow.inference.ModelVersion;
import dev.elbow.messaging.WireVersion;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The {@code elbow} command: its common options, and what becomes of errors. */
@Command(
    name = "elbow",
    description = {
      "Trains families of Variational Autoencoders: a sweep file goes in, verified ONNX models come out.",
      ""
    },
    synopsisSubcommandLabel = "COMMAND",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    versionProvider = Elbow.Version.class,
    usageHelpAutoWidth = true,
    optionListHeading =
        "%nOptions (each also as a variable, --home as ELBOW_HOME, or in a file, --config):%n",
    commandListHeading = "%nCommands:%n",
    subcommands = {
      RunCommand.class,
      ValidateCommand.class,
      ExplainCommand.class,
      ResultsCommand.class,
      EvaluateCommand.class,
      ReportCommand.class,
      VerifyCommand.class,
      ListCommand.class,
      ModelsCommand.class,
      PluginsCommand.class,
      DataCommand.class,
      UpCommand.class,
      BrokerCommand.class,
      CoordinatorCommand.class,
      WorkerCommand.class,
      TopicsCommand.class,
      SubmitCommand.class,
      StatusCommand.class,
      WatchCommand.class,
      PauseCommand.class,
      ResumeCommand.class,
      CancelCommand.class,
      RetryCommand.class,
      DeleteCommand.class,
      PruneCommand.class
    })
public final class Elbow {
  @Option(
      names = "--home",
      paramLabel = "DIR",
      scope = ScopeType.INHERIT,
      defaultValue = "elbow-home",
      description = "Where state and plugins are. Default: ./elbow-home")
  private Path home;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      scope = ScopeType.INHERIT,
      description = "The folder below which a sweep may name files. Default: none")
  private Path data;

  @Option(
      names = "--results",
      paramLabel = "PATH",
      scope = ScopeType.INHERIT,
      converter = FolderText.class,
      description = "Where results go: a folder or a file system URI. Default: HOME/sweeps")
  private Path results;

  @Option(
      names = "--json",
      scope = ScopeType.INHERIT,
      description = "One JSON object a line on stdout; text for people goes to stderr.")
  private boolean json;

  @Option(
      names = "--slots",
      paramLabel = "N",
      scope = ScopeType.INHERIT,
      description = "How many trials are trained at once. Default: one for each core")
  private Integer slots;

  @Option(
      names = ConfigFile.OPTION,
      paramLabel = "FILE",
      scope = ScopeType.INHERIT,
      description =
          "YAML with options that are given neither here nor as variables: 'metrics-port: 9464'.")
  private Path config;

  @Option(
      names = "--log-format",
      paramLabel = "text|json",
      scope = ScopeType.INHERIT,
      defaultValue = "text",
      description = "How logs are written to stderr. Default: text")
  private void logFormat(LogFormat format) {
    LogSetup.format(format);
  }

  /** How logs are written for those who collect them. */
  enum LogFormat {
    TEXT,
    JSON
  }

  /** Runs the command and ends the process with its exit code. */
  public static void main(String[] arguments) {
    // Bars and ± need it, and most systems that claim ASCII (containers without a locale) show it.
    PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, UTF_8);
    PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, UTF_8);
    System.setOut(out);
    System.setErr(err);
    CommandLine line = commandLine(System.getenv());
    int exitCode = execute(line, System.getenv(), arguments);
    line.getOut().flush();
    System.exit(exitCode);
  }

  /** Executes the command, with options of the file that it or the environment names. */
  static int execute(CommandLine line, Map<String, String> environment, String... arguments) {
    try {
      Map<String, String> file = ConfigFile.read(line, arguments, environment);
      line.setDefaultValueProvider(new EnvironmentDefaults(environment, file));
      return line.execute(arguments);
    } catch (CommandException e) {
      line.getErr().println(e.getMessage());
      return e.exitCode();
    }
  }

  /** The command as it behaves with these environment variables. */
  static CommandLine commandLine(Map<String, String> environment) {
    CommandLine line = new CommandLine(new Elbow());
    ModelCommands.addTo(line);
    line.setDefaultValueProvider(new EnvironmentDefaults(environment, Map.of()));
    line.setOut(new PrintWriter(System.out, true));
    line.setErr(new PrintWriter(System.err, true));
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setExecutionExceptionHandler(Failures::ofExecution);
    line.setParameterExceptionHandler(Failures::ofArguments);
    return line;
  }

  /** Where state and plugins are. */
  public Path home() {
    return home;
  }

  /** Where installed plugins are. */
  Path plugins() {
    return home.resolve("plugins");
  }

  /** Below which a sweep may name files. */
  DataFolder dataFolder() {
    return Optional.ofNullable(data).map(DataFolder::of).orElseGet(DataFolder::none);
  }

  /** Where results go. */
  public Path results() {
    return results == null ? home.resolve("sweeps") : results;
  }

  /**
   * How many trials are trained at once.
   *
   * @throws CommandException if it is below 1
   */
  int slots() throws CommandException {
    if (slots != null && slots < 1) {
      throw CommandException.badInput(
          List.of("--slots: %d is out of range, expected at least 1".formatted(slots)));
    }
    return slots == null ? Runtime.getRuntime().availableProcessors() : slots;
  }

  /** Whether stdout is for programs. */
  public boolean json() {
    return json;
  }

  /** Where text for people goes. */
  public PrintStream people() {
    return json ? System.err : System.out;
  }

  /** The version in the jar's manifest, and those of what others rely on. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Elbow.class.getPackage().getImplementationVersion();
      return new String[] {
        "elbow " + (version == null ? "(unpacked classes)" : version),
        "plugins %s, wire %s, models %s"
            .formatted(SpiVersion.CURRENT, WireVersion.CURRENT, ModelVersion.CURRENT)
      };
    }
  }
}
