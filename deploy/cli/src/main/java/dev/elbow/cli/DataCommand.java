package dev.elbow.cli;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Lists public data. */
@Command(
    name = "data",
    description = {
      "Lists public sets of images, and fetches them into the folder of --data.",
      "",
      "What is fetched is compared with a hash that is known beforehand, and removed if it is another.",
      ""
    },
    footer = {"", "Examples:", "  elbow data", "  elbow data fetch fashion-mnist --data data"},
    subcommands = FetchCommand.class)
final class DataCommand implements Callable<Integer> {
  @ParentCommand private Elbow elbow;
  @Spec private CommandSpec spec;

  Elbow elbow() {
    return elbow;
  }

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    if (elbow.json()) {
      PublicData.ALL.forEach(data -> out.println(Json.line(json(data))));
      return ExitCode.DONE;
    }
    List<String> header = List.of("name", "MB", "licence", "what it holds", "in a sweep");
    new TextTable(header, PublicData.ALL.stream().map(DataCommand::row).toList())
        .lines()
        .forEach(out::println);
    out.println();
    PublicData.ALL.forEach(data -> print(data, out));
    return ExitCode.DONE;
  }

  private static List<String> row(PublicData data) {
    String size =
        data.isVerifiable() ? String.format(Locale.ROOT, "%.1f", data.sizeBytes() / 1e6) : "";
    return List.of(data.name(), size, data.licence(), data.about(), data.sweep());
  }

  private static void print(PublicData data, PrintWriter out) {
    for (PublicData.Part part : data.parts()) {
      out.println(part.address());
      out.println("  " + part.sha256().map(h -> "sha256 " + h).orElse("hash unknown: not fetched"));
    }
  }

  private static Map<String, Object> json(PublicData data) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", data.name());
    json.put("about", data.about());
    json.put("licence", data.licence());
    json.put("dataset", data.sweep());
    json.put("files", data.parts().stream().map(DataCommand::json).toList());
    return json;
  }

  private static Map<String, Object> json(PublicData.Part part) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("address", part.address().toString());
    json.put("size_bytes", part.sha256().isPresent() ? part.sizeBytes() : null);
    json.put("sha256", part.sha256().orElse(null));
    return json;
  }
}
