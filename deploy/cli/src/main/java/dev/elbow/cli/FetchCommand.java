package dev.elbow.cli;

import dev.elbow.api.plugin.Options;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.LongConsumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Fetches public data. */
@Command(
    name = "fetch",
    description = {
      "Fetches a public set into a folder of its name below --data; what is there already is kept.",
      ""
    })
final class FetchCommand implements Callable<Integer> {
  private static final long REPORT_BYTES = 4_000_000;

  @ParentCommand private DataCommand data;

  @Parameters(paramLabel = "NAME", description = "As 'elbow data' lists it.")
  private String name;

  @Override
  public Integer call() throws CommandException {
    PublicData chosen = chosen();
    Path folder =
        data.elbow()
            .dataFolder()
            .root()
            .orElseThrow(
                () -> refused("--data: missing, expected the folder that '" + name + "' goes into"))
            .resolve(name);
    try {
      Download download = new Download();
      for (PublicData.Part part : chosen.parts()) {
        boolean fetched = download.fetch(part, folder, progress(part));
        String what = fetched ? "fetched, its hash is right" : "was there, its hash is right";
        data.elbow().people().println("%s: %s".formatted(folder.resolve(part.file()), what));
      }
      data.elbow().people().println("In a sweep: dataset: " + chosen.sweep());
      return ExitCode.DONE;
    } catch (IOException e) {
      throw CommandException.system("'%s' was not fetched: %s".formatted(name, reason(e)), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ExitCode.INTERRUPTED;
    }
  }

  private static String reason(IOException e) {
    return e.getMessage() == null ? e.toString() : e.getMessage();
  }

  private PublicData chosen() throws CommandException {
    PublicData chosen =
        PublicData.ALL.stream().filter(set -> set.name().equals(name)).findFirst().orElse(null);
    if (chosen == null) {
      List<String> names = PublicData.ALL.stream().map(PublicData::name).toList();
      throw refused("'%s': %s".formatted(name, Options.unknown("set", name, names)));
    }
    if (!chosen.isVerifiable()) {
      throw refused(
          "'%s' has no hash to check it by; fetch %s yourself"
              .formatted(name, chosen.parts().get(0).address()));
    }
    return chosen;
  }

  private static CommandException refused(String problem) {
    return CommandException.badInput(List.of(problem, "Nothing was fetched."));
  }

  /** A line for every few megabytes, which reads well in logs too. */
  private LongConsumer progress(PublicData.Part part) {
    long[] told = {0};
    return there -> {
      if (there - told[0] >= REPORT_BYTES) {
        told[0] = there;
        data.elbow()
            .people()
            .println(
                "%s: %d of %d MB"
                    .formatted(part.file(), there / 1_000_000, part.sizeBytes() / 1_000_000));
      }
    };
  }
}
