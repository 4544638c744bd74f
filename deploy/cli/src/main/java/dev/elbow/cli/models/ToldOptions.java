package dev.elbow.cli.models;

import dev.elbow.inference.Betas;
import dev.elbow.inference.VaeModel;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import picocli.CommandLine.Option;

/** What a model is told beside images and codes, where it asks for it. */
final class ToldOptions {
  @Option(
      names = "--label",
      paramLabel = "NAME",
      description = "Class of all images, by name or number; for a model trained with labels.")
  private String label;

  @Option(
      names = "--beta",
      paramLabel = "X",
      description =
          "Weight of the KL term; for a model trained for many. Default: 1, or what is nearest to"
              + " it")
  private Double beta;

  /**
   * {@code model}, told what it asks for.
   *
   * @throws RefusedImages if something is missing, unknown, or not asked for
   */
  VaeModel tell(VaeModel model) throws RefusedImages {
    return withBeta(withLabel(model));
  }

  private VaeModel withLabel(VaeModel model) throws RefusedImages {
    int classes = model.classes();
    if (classes > 0) {
      return model.withLabel(number(model));
    }
    if (label != null) {
      throw refused("--label: the model was trained without labels, expected none");
    }
    return model;
  }

  private int number(VaeModel model) throws RefusedImages {
    List<String> names = IntStream.range(0, model.classes()).mapToObj(model::labelName).toList();
    return IntStream.range(0, names.size())
        .filter(i -> names.get(i).equals(label) || String.valueOf(i).equals(label))
        .boxed()
        .findFirst()
        .orElseThrow(
            () ->
                refused(
                    "--label: found %s, expected one of %s: the model was trained with labels"
                        .formatted(
                            label == null ? "none" : "'" + label + "'", String.join(", ", names))));
  }

  private VaeModel withBeta(VaeModel model) throws RefusedImages {
    if (beta == null) {
      return model;
    }
    Optional<Betas> betas = model.betas();
    if (betas.isEmpty()) {
      throw refused(
          "--beta: the model was trained for one weight of the KL term alone, expected none");
    }
    if (!betas.get().contains(beta)) {
      throw refused(
          "--beta: %s is outside of what the model was trained for, expected a number from %s to %s"
              .formatted(beta, betas.get().least(), betas.get().most()));
    }
    return model.withBeta(beta);
  }

  private static RefusedImages refused(String problem) {
    return new RefusedImages(List.of(problem));
  }
}
