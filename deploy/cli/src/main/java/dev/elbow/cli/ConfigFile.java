package dev.elbow.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.schema.FailsafeSchema;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Options in a file, for those that are neither on the command line nor in the environment: YAML
 * such as {@code metrics-port: 9464}. One file may serve several commands, so what one of them does
 * not know is no problem as long as another does.
 */
final class ConfigFile {
  static final String OPTION = "--config";

  private ConfigFile() {}

  /**
   * What the file says that the command line or the environment names; empty if neither does.
   *
   * @param line knows all options that there are
   * @return by option, for example {@code --metrics-port}
   * @throws CommandException with all problems
   */
  static Map<String, String> read(
      CommandLine line, String[] arguments, Map<String, String> environment)
      throws CommandException {
    Optional<String> file =
        named(arguments)
            .or(() -> Optional.ofNullable(environment.get(EnvironmentDefaults.variable(OPTION))));
    return file.isEmpty() ? Map.of() : read(Path.of(file.get()), options(line.getCommandSpec()));
  }

  // Before the command line is read, because whatever it lacks is asked for while it is.
  private static Optional<String> named(String[] arguments) {
    Optional<String> named = Optional.empty();
    for (int i = 0; i < arguments.length && !arguments[i].equals("--"); i++) {
      if (arguments[i].startsWith(OPTION + "=")) {
        named = Optional.of(arguments[i].substring(OPTION.length() + 1));
      } else if (arguments[i].equals(OPTION) && i + 1 < arguments.length) {
        named = Optional.of(arguments[i + 1]);
      }
    }
    return named;
  }

  private static Set<String> options(CommandSpec command) {
    Set<String> options = new TreeSet<>();
    command.options().stream()
        .filter(option -> !option.usageHelp() && !option.versionHelp())
        .map(OptionSpec::longestName)
        .forEach(options::add);
    command.subcommands().values().forEach(sub -> options.addAll(options(sub.getCommandSpec())));
    options.remove(OPTION);
    return options;
  }

  private static Map<String, String> read(Path file, Set<String> options) throws CommandException {
    Map<String, String> values = new LinkedHashMap<>();
    List<String> problems = new ArrayList<>();
    for (Map.Entry<?, ?> entry : parsed(file).entrySet()) {
      String option = "--" + entry.getKey();
      if (!options.contains(option)) {
        // Without its value, which may be a secret in the wrong place.
        problems.add("%s: %s: unknown key, expected an option".formatted(file, entry.getKey()));
      } else if (entry.getValue() instanceof Map<?, ?>) {
        problems.add("%s: %s: found a map, expected a value".formatted(file, entry.getKey()));
      } else {
        values.put(option, text(entry.getValue()));
      }
    }
    if (!problems.isEmpty()) {
      throw CommandException.badInput(problems);
    }
    return values;
  }

  private static Map<?, ?> parsed(Path file) throws CommandException {
    try {
      LoadSettings words = LoadSettings.builder().setSchema(new FailsafeSchema()).build();
      Object document = new Load(words).loadFromString(Files.readString(file, UTF_8));
      if (document == null || document instanceof Map<?, ?>) {
        return document == null ? Map.of() : (Map<?, ?>) document;
      }
      throw CommandException.badInput(
          List.of("%s: %s: expected 'option: value' in each line".formatted(OPTION, file)));
    } catch (IOException | YamlEngineException e) {
      throw CommandException.badInput(
          List.of("%s: %s cannot be read: %s".formatted(OPTION, file, e)));
    }
  }

  private static String text(Object value) {
    return value instanceof List<?> list
        ? list.stream().map(String::valueOf).collect(Collectors.joining(","))
        : String.valueOf(value);
  }
}
