package dev.elbow.cli.models;

import dev.elbow.inference.VaeModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes images of codes. */
@Command(
    name = "decode",
    description = {
      "Makes images of codes.",
      "",
      "Takes what encode writes (the means are decoded), an array [codes, latent], or a table of plain numbers without a header.",
      ""
    },
    footer = {"", "Example:", "  elbow decode mnist-tutorial/0001 codes.csv --out digits/"})
final class DecodeCommand extends ModelCommand {
  private static final int PIECE = 1024;

  @Parameters(index = "1", paramLabel = "CODES", description = "A .csv or .npy file.")
  private Path codes;

  @Option(names = "--columns", paramLabel = "N", description = "Images in a row of a picture.")
  private int columns;

  @Override
  List<String> problems() {
    return new Ranges().whole("--columns", columns, 0, ImageWriter.MOST_IN_A_PICTURE).problems();
  }

  @Override
  Report run(VaeModel model, OutputKind kind) throws IOException, RefusedImages {
    float[] all = CodeTable.read(codes, model.latent());
    int count = all.length / model.latent();
    ImagesCommand.requireFit(kind, count, 1);
    try (WorkProgress progress = progress(count);
        ImageWriter writer = ImageWriter.open(model, kind, output().path(), columns)) {
      write(model, all, writer, progress);
    }
    return new Report("%,d images".formatted(count), Map.of("images", count));
  }

  /** Decodes codes a piece at a time. */
  static void write(VaeModel model, float[] codes, ImageWriter writer, WorkProgress progress)
      throws IOException {
    int latent = model.latent();
    int count = codes.length / latent;
    for (int first = 0; first < count; first += PIECE) {
      int end = Math.min(count, first + PIECE);
      List<String> names = IntStream.range(first, end).mapToObj("%06d"::formatted).toList();
      float[] piece = Arrays.copyOfRange(codes, first * latent, end * latent);
      writer.add(names, model.decode(piece));
      progress.done(end);
    }
    writer.commit();
  }
}
