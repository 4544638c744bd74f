package dev.elbow.cli;

import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Takes an option that was not given from the environment, where {@code --kafka-config} is {@code
 * ELBOW_KAFKA_CONFIG}, and otherwise from a file.
 */
final class EnvironmentDefaults implements IDefaultValueProvider {
  private final Map<String, String> environment;
  private final Map<String, String> file;

  /**
   * @param file values by option
   */
  EnvironmentDefaults(Map<String, String> environment, Map<String, String> file) {
    this.environment = Map.copyOf(environment);
    this.file = Map.copyOf(file);
  }

  @Override
  public String defaultValue(ArgSpec argument) {
    if (!(argument instanceof OptionSpec option) || option.usageHelp() || option.versionHelp()) {
      return null;
    }
    String name = option.longestName();
    return environment.getOrDefault(variable(name), file.get(name));
  }

  /** The variable of an option's long name. */
  static String variable(String option) {
    return "ELBOW_" + option.substring(2).replace('-', '_').toUpperCase(Locale.ROOT);
  }
}
