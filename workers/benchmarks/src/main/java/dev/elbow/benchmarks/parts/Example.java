package dev.elbow.benchmarks.parts;

import dev.elbow.api.DatasetChoice;
import dev.elbow.api.Evaluation;
import dev.elbow.api.Losses;
import dev.elbow.api.PluginChoice;
import dev.elbow.api.Training;
import dev.elbow.api.Trial;
import dev.elbow.api.TrialId;
import dev.elbow.api.Vae;
import dev.elbow.api.data.DataFolder;
import dev.elbow.api.data.Images;
import dev.elbow.api.data.Targets;
import dev.elbow.api.plugin.Decoder;
import dev.elbow.api.plugin.Encoder;
import dev.elbow.api.plugin.Objective;
import dev.elbow.api.plugin.Options;
import dev.elbow.api.plugin.Plugin;
import dev.elbow.datasets.SpritesDataset;
import dev.elbow.networks.ConvDecoder;
import dev.elbow.networks.ConvEncoder;
import dev.elbow.networks.DenseDecoder;
import dev.elbow.networks.DenseEncoder;
import dev.elbow.objectives.ElboObjective;
import dev.elbow.trainer.engine.Batch;
import dev.elbow.trainer.engine.Engine;
import dev.elbow.trainer.engine.ModelState;
import dev.elbow.trainer.engine.Session;
import dev.elbow.trainer.engine.SessionSpec;
import dev.elbow.trainer.engine.Steps;
import dev.elbow.trainer.engine.StoredImages;
import dev.elbow.trainer.files.FinishedTrial;
import dev.elbow.trainer.libtorch.LibtorchEngine;
import dev.elbow.trainer.random.StreamKey;
import dev.elbow.trainer.training.InitialWeights;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** A model with random weights on generated images. For one thread. */
final class Example implements AutoCloseable {
  private static final double RATE = 1e-3;

  private final Training training;
  private final Vae vae;
  private final ModelState state;
  private final StoredImages images;
  private final Session session;

  private Example(Vae vae, String precision, Engine engine, Images images) {
    Options options = Options.check(Training.declared(), Map.of("precision", precision)).orThrow();
    this.training = new Training(options);
    this.vae = vae;
    this.state = ModelState.untrained(InitialWeights.draw(vae, 1));
    this.images = engine.store(images);
    this.session = engine.open(new SessionSpec(vae, training, state));
  }

  /** 784-400-20, as on MNIST. */
  static Example dense(String precision) throws Exception {
    return of(28, 20, precision, new DenseEncoder(), new DenseDecoder());
  }

  /** 64 × 64 pixels through convolutions, a code of ten values. */
  static Example conv(String precision) throws Exception {
    return of(64, 10, precision, new ConvEncoder(), new ConvDecoder());
  }

  private static Example of(
      int side, int latent, String precision, Encoder encoder, Decoder decoder) throws Exception {
    SpritesDataset sprites = new SpritesDataset();
    Map<String, Object> given = Map.of("orientations", 2, "size", side);
    Images images =
        sprites.load(Options.check(sprites.options(), given).orThrow(), DataFolder.none());
    Vae vae =
        Vae.describe(
            images.description().image(),
            latent,
            part(encoder),
            part(decoder),
            part((Objective) new ElboObjective()));
    return new Example(vae, precision, LibtorchEngine.load(Optional.empty()), images);
  }

  private static <P extends Plugin> Vae.Part<P> part(P plugin) {
    return new Vae.Part<>(plugin, Options.defaults(plugin.options()));
  }

  Vae vae() {
    return vae;
  }

  Session session() {
    return session;
  }

  /** The first images, with noise. */
  Batch batch(int count) {
    int[] numbers = IntStream.range(0, count).map(i -> i % images.count()).toArray();
    float[] noise =
        StreamKey.ofTrial(1, "example", "noise").stream().gaussians(count * vae.latent());
    return new Batch(images, numbers, noise);
  }

  /** Steps of the same size each. */
  Steps steps(int count, int size) {
    int[] sizes = new int[count];
    Arrays.fill(sizes, size);
    double[] rates = new double[count];
    Arrays.fill(rates, RATE);
    return new Steps(batch(count * size), sizes, rates, Map.of(), Optional.empty());
  }

  /** As if it had been trained. */
  FinishedTrial finished() {
    Trial trial =
        new Trial(
            new TrialId("example", 1),
            Map.of(),
            1,
            new DatasetChoice(choice("sprites"), 0, "cafe"),
            choice("dense"),
            choice("dense"),
            choice("elbo"),
            vae.latent(),
            training);
    float[] shown = images.values(IntStream.range(0, FinishedTrial.TEST_IMAGES).toArray());
    return new FinishedTrial(
        trial, vae, state.parameters(), List.of(evaluation()), Targets.GREY, shown);
  }

  private static PluginChoice choice(String plugin) {
    return new PluginChoice(plugin, new Options(Map.of()));
  }

  private Evaluation evaluation() {
    Losses losses = new Losses(80, 25);
    List<Double> each = Collections.nCopies(vae.latent(), 1.0);
    return new Evaluation(1, 1, 105, losses, Optional.empty(), losses, each, each, 1, 1000);
  }

  @Override
  public void close() {
    session.close();
    images.close();
  }
}
