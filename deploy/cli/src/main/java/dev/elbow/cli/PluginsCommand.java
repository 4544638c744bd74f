package dev.elbow.cli;

import dev.elbow.api.plugin.Option;
import dev.elbow.catalog.Catalog;
import dev.elbow.catalog.InstalledPlugin;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Shows the installed plugins. */
@Command(
    name = "plugins",
    description = {
      "Lists the installed plugins and their options.",
      "",
      "Plugins are on the class path and in HOME/plugins, where each jar and each folder is one.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  elbow plugins                 all of them",
      "  elbow plugins conv            those called conv, with every option",
      "  elbow plugins --json | jq .   for programs"
    })
final class PluginsCommand implements Callable<Integer> {
  @ParentCommand private Elbow elbow;
  @Spec private CommandSpec spec;

  @Parameters(arity = "0..1", paramLabel = "NAME", description = "Only plugins of this name.")
  private String name;

  @Override
  public Integer call() throws CommandException {
    try (Catalog catalog = Plugins.load(elbow.plugins())) {
      List<InstalledPlugin<?>> plugins =
          catalog.plugins().stream()
              .filter(p -> name == null || p.plugin().name().equals(name))
              .toList();
      if (plugins.isEmpty() && name != null) {
        throw CommandException.badInput(
            List.of("no plugin is called '%s'; see elbow plugins".formatted(name)));
      }
      print(plugins, spec.commandLine().getOut());
      return ExitCode.DONE;
    }
  }

  private void print(List<InstalledPlugin<?>> plugins, PrintWriter out) {
    if (elbow.json()) {
      plugins.forEach(plugin -> out.println(Json.line(json(plugin))));
      return;
    }
    List<String> header = List.of("kind", "name", "version", "from", "what it does");
    new TextTable(header, plugins.stream().map(PluginsCommand::row).toList())
        .lines()
        .forEach(out::println);
    plugins.stream()
        .filter(p -> !p.plugin().options().isEmpty())
        .forEach(plugin -> printOptions(plugin, out));
  }

  private static List<String> row(InstalledPlugin<?> plugin) {
    String file = Path.of(plugin.source()).getFileName().toString();
    return List.of(
        plugin.kind().name(),
        plugin.plugin().name(),
        plugin.version(),
        file,
        plugin.plugin().description());
  }

  private static void printOptions(InstalledPlugin<?> plugin, PrintWriter out) {
    out.println();
    out.println("Options of " + plugin.announced());
    List<String> header = List.of("option", "default", "meaning", "accepts");
    List<List<String>> rows = plugin.plugin().options().stream().map(PluginsCommand::row).toList();
    new TextTable(header, rows).lines().forEach(line -> out.println("  " + line));
  }

  private static List<String> row(Option option) {
    String value = option.defaultValue().map(OptionText::of).orElse("(required)");
    return List.of(option.name(), value, option.meaning(), option.type().expected());
  }

  private static Map<String, Object> json(InstalledPlugin<?> plugin) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("kind", plugin.kind().name());
    json.put("name", plugin.plugin().name());
    json.put("description", plugin.plugin().description());
    json.put("version", plugin.version());
    json.put("jar", plugin.source());
    json.put("sha256", plugin.sha256().orElse(null));
    json.put("options", plugin.plugin().options().stream().map(PluginsCommand::json).toList());
    return json;
  }

  private static Map<String, Object> json(Option option) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", option.name());
    json.put("type", OptionText.type(option.type()));
    json.put("accepts", option.type().expected());
    json.put("default", option.defaultValue().orElse(null));
    json.put("meaning", option.meaning());
    return json;
  }
}
