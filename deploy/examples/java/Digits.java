import dev.elbow.inference.Codes;
import dev.elbow.inference.Encoding;
import dev.elbow.inference.ImageLosses;
import dev.elbow.inference.PixelLoss;
import dev.elbow.inference.VaeModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Samples, encodes, measures and interpolates with a trial's exported files. */
public class Digits {
  public static void main(String[] arguments) throws Exception {
    Path trial = Path.of(arguments[0]);
    try (VaeModel model = VaeModel.load(trial)) {
      System.out.printf(
          "%d x %d x %d, %d latent dimensions, trained by sweep %s%n",
          model.channels(),
          model.height(),
          model.width(),
          model.latent(),
          model.metadata().get("sweep"));

      // Any number of examples in one array; here 16 codes drawn from the prior.
      float[] images = model.decode(Codes.normal(1, 16 * model.latent(), 1));
      Files.write(Path.of("samples.png"), model.picture(images, 8));

      Encoding encoding = model.encode(images);
      System.out.println("nats by dimension: " + rounded(encoding.klPerDimension(model.latent())));

      PixelLoss loss = PixelLoss.ofLikelihood(model.metadata()).orElse(PixelLoss.SQUARED_ERROR);
      ImageLosses losses = model.losses(images, loss, 1, 0);
      System.out.println("-ELBO of each: " + rounded(losses.loss()));

      float[] first = Arrays.copyOf(encoding.mu(), model.latent());
      float[] second = Arrays.copyOfRange(encoding.mu(), model.latent(), 2 * model.latent());
      float[] way = model.decode(Codes.arc(first, second, 11));
      Files.write(Path.of("interpolation.png"), model.picture(way, 11));
    }
  }

  private static String rounded(double[] values) {
    return Arrays.toString(Arrays.stream(values).map(v -> Math.round(100 * v) / 100.0).toArray());
  }
}
