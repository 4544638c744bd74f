package dev.elbow.cli.models;

import dev.elbow.inference.CompressedImages;
import dev.elbow.inference.ModelException;
import dev.elbow.inference.ToldOfAll;
import dev.elbow.inference.VaeModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes images of what {@code compress} wrote. */
@Command(
    name = "decompress",
    description = {
      "Makes images of what compress wrote.",
      "",
      "MODEL must be the one that compressed them: a file for another is refused. What it was told"
          + " then by --label and --beta is in the file; files of older releases do not have it,"
          + " and it must be told again.",
      ""
    },
    footer = {
      "",
      "Example:",
      "  elbow decompress mnist-tutorial/0001 digits.elbc --out digits.npy"
    })
final class DecompressCommand extends ModelCommand {
  @Parameters(index = "1", paramLabel = "FILE", description = "An .elbc file.")
  private Path file;

  @Option(names = "--columns", paramLabel = "N", description = "Images in a row of a picture.")
  private int columns;

  private CompressedImages images;

  @Override
  OutputKind[] kinds() {
    return new OutputKind[] {OutputKind.PICTURE, OutputKind.ARRAY, OutputKind.FOLDER};
  }

  @Override
  List<String> problems() {
    return new Ranges().whole("--columns", columns, 0, ImageWriter.MOST_IN_A_PICTURE).problems();
  }

  @Override
  ToldOfAll chosen(VaeModel model, ToldOptions options) throws IOException, RefusedImages {
    images = read();
    requireDecoder(images, model);
    return options.chosen(model, images.told());
  }

  @Override
  Report run(VaeModel model, OutputKind kind) throws IOException, RefusedImages {
    ImagesCommand.requireFit(kind, images.count(), 1);
    try (WorkProgress progress = progress(images.count());
        ImageWriter writer = ImageWriter.open(model, kind, output().path(), columns)) {
      DecodeCommand.write(model, images.codes(), writer, progress);
    }
    return new Report("%,d images".formatted(images.count()), Map.of("images", images.count()));
  }

  private CompressedImages read() throws IOException, RefusedImages {
    if (!Files.isRegularFile(file)) {
      throw new RefusedImages(List.of(file + ": no such file"));
    }
    try {
      return CompressedImages.read(file.toString(), Files.readAllBytes(file));
    } catch (ModelException e) {
      throw new RefusedImages(List.of(e.getMessage()));
    }
  }

  private void requireDecoder(CompressedImages images, VaeModel model)
      throws IOException, RefusedImages {
    String found = folder().decoderHash();
    if (!images.decoder().equals(found) || images.latent() != model.latent()) {
      throw new RefusedImages(
          List.of(
              "%s: was compressed for the decoder.onnx with SHA-256 %s, found %s in %s"
                  .formatted(file, images.decoder(), found, folder().path())));
    }
  }
}
