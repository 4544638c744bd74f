package dev.elbow.cli.models;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.elbow.inference.Encoding;
import dev.elbow.inference.VaeModel;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import picocli.CommandLine.Command;

/** Writes the codes of images. */
@Command(
    name = "encode",
    description = {
      "Writes the codes of images: mean and logarithm of the variance of each latent dimension.",
      "",
      "A table has a row for each image: name, label, mu_0, mu_1, …, logvar_0, …. An array has the shape [images, 2, latent], means first.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  elbow encode mnist-tutorial/0001 t10k-images-idx3-ubyte.gz --out codes.csv",
      "  elbow encode mnist-tutorial/0001 photos/ --out codes.npy --skip-broken"
    })
final class EncodeCommand extends ImagesCommand {
  @Override
  OutputKind[] kinds() {
    return new OutputKind[] {OutputKind.TABLE, OutputKind.ARRAY};
  }

  @Override
  Report run(VaeModel model, OutputKind kind) throws IOException, RefusedImages {
    ImageReading reading = reading(model);
    int latent = model.latent();
    try (WorkProgress progress = progress(reading.count());
        NewFile file = new NewFile(output().path())) {
      boolean table = kind == OutputKind.TABLE;
      file.out().write(table ? CodeTable.header(latent) : Npy.header(List.of(0, 2, latent)));
      reading.forEach(
          progress,
          batch -> {
            Encoding encoding = model.encode(batch.values());
            write(file.out(), table, batch, encoding, latent);
          });
      if (!table) {
        int count = reading.count() - reading.broken().size();
        file.rewriteStart(Npy.header(List.of(count, 2, latent)));
      }
      file.commit();
    }
    return new Report(counted(reading), counts(reading));
  }

  private static void write(
      OutputStream out, boolean table, ImageBatch batch, Encoding encoding, int latent)
      throws IOException {
    for (int i = 0; i < batch.count(); i++) {
      float[] values = new float[2 * latent];
      System.arraycopy(encoding.mu(), i * latent, values, 0, latent);
      System.arraycopy(encoding.logvar(), i * latent, values, latent, latent);
      out.write(table ? CodeTable.row(batch, i, values).getBytes(UTF_8) : Npy.content(values));
    }
  }
}
