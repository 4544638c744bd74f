package dev.elbow.cli.models;

import dev.elbow.inference.Betas;
import dev.elbow.inference.ToldOfAll;
import dev.elbow.inference.VaeModel;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
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
   * What {@code model} is told.
   *
   * @throws RefusedImages if something is missing, unknown, or not asked for
   */
  ToldOfAll chosen(VaeModel model) throws RefusedImages {
    return chosen(model, ToldOfAll.NOTHING);
  }

  /**
   * What {@code model} is told, and where the command line says nothing, what it was told when
   * codes were made.
   *
   * @param before what it was told then, as far as it is known
   * @throws RefusedImages likewise, or if the command line says otherwise
   */
  ToldOfAll chosen(VaeModel model, ToldOfAll before) throws RefusedImages {
    OptionalInt known = before.label();
    ToldOfAll chosen =
        new ToldOfAll(
            label == null && known.isPresent() ? known : label(model),
            beta == null && before.beta().isPresent() ? before.beta() : beta(model));
    if (known.isPresent() && !chosen.label().equals(known)) {
      throw differs("--label", label, model.labelName(known.getAsInt()));
    }
    if (before.beta().isPresent() && !chosen.beta().equals(before.beta())) {
      throw differs("--beta", beta, before.beta().getAsDouble());
    }
    return chosen;
  }

  private static RefusedImages differs(String option, Object found, Object before) {
    return refused(
        "%s: found %s, but the codes were made with %s; without the option that is taken"
            .formatted(option, found, before));
  }

  private OptionalInt label(VaeModel model) throws RefusedImages {
    if (model.classes() > 0) {
      return OptionalInt.of(number(model));
    }
    if (label != null) {
      throw refused("--label: the model was trained without labels, expected none");
    }
    return OptionalInt.empty();
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

  private OptionalDouble beta(VaeModel model) throws RefusedImages {
    Optional<Betas> betas = model.betas();
    if (betas.isEmpty() && beta != null) {
      throw refused(
          "--beta: the model was trained for one weight of the KL term alone, expected none");
    }
    if (betas.isPresent() && beta != null && !betas.get().contains(beta)) {
      throw refused(
          "--beta: %s is outside of what the model was trained for, expected a number from %s to %s"
              .formatted(beta, betas.get().least(), betas.get().most()));
    }
    return betas.isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(beta != null ? beta : betas.get().usual());
  }

  private static RefusedImages refused(String problem) {
    return new RefusedImages(List.of(problem));
  }
}
