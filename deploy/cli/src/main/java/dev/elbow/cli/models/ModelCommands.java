package dev.elbow.cli.models;

import java.util.List;
import picocli.CommandLine;

/** The commands on exported models, as {@code elbow} offers them. */
public final class ModelCommands {
  private ModelCommands() {}

  /** Adds all of them behind the commands that there are. */
  public static void addTo(CommandLine elbow) {
    List.of(
            new SampleCommand(),
            new ReconstructCommand(),
            new EncodeCommand(),
            new DecodeCommand(),
            new TraverseCommand(),
            new InterpolateCommand(),
            new EditCommand(),
            new ScoreCommand(),
            new AugmentCommand(),
            new CompressCommand(),
            new DecompressCommand(),
            new ExportCommand(),
            new PromoteCommand())
        .forEach(elbow::addSubcommand);
  }
}
