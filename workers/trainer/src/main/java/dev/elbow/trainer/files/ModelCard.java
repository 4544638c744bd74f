package dev.elbow.trainer.files;

import dev.elbow.api.Trial;
import dev.elbow.api.network.Condition;
import dev.elbow.trainer.engine.ConditionValues;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * {@code MODEL_CARD.md}: what somebody who is handed a model should know, in words (Mitchell et al.
 * 2019). Everything in it stands in the trial's other files too, so it depends on nothing else.
 *
 * @param finished the trial
 * @param settings what the files say of themselves, by key
 * @param metrics as in {@code trial.json}, each as text
 * @param sha256 of the files beside it, by name
 */
record ModelCard(
    FinishedTrial finished,
    Map<String, String> settings,
    Map<String, String> metrics,
    Map<String, String> sha256) {
  private static final List<String> SECTIONS =
      List.of("dataset", "encoder", "decoder", "objective", "training");
  private static final List<String> SPLITS = List.of("train", "validation", "test");

  /** The file. */
  String markdown() {
    List<String> lines = new ArrayList<>();
    begin(lines);
    settings(lines);
    losses(lines);
    files(lines);
    use(lines);
    limits(lines);
    return String.join("\n", lines) + "\n";
  }

  private void begin(List<String> lines) {
    Trial trial = finished.trial();
    lines.add("# " + trial.id());
    lines.add("");
    lines.add(
        "A variational autoencoder for images of "
            + finished.vae().image()
            + " values (channels, height, width), with "
            + trial.latent()
            + " latent dimensions and "
            + metrics.get("parameter_count")
            + " parameters, trained by Elbow "
            + settings.get("versions.elbow")
            + " from seed "
            + trial.seed()
            + ".");
  }

  private void settings(List<String> lines) {
    section(lines, "Data and settings", "option", "value");
    settings.forEach(
        (key, value) -> {
          if (SECTIONS.contains(key.split("\\.")[0])) {
            lines.add(row(key, value));
          }
        });
    lines.add(row("likelihood", settings.get("likelihood")));
    lines.add(row("targets", settings.get("targets")));
  }

  private static void section(List<String> lines, String title, String... columns) {
    lines.add("");
    lines.add("## " + title);
    lines.add("");
    lines.add(row((Object[]) columns));
    lines.add("|" + " --- |".repeat(columns.length));
  }

  private static String row(Object... cells) {
    StringBuilder row = new StringBuilder("|");
    for (Object cell : cells) {
      row.append(' ').append(String.valueOf(cell).replace("|", "\\|").replace("\n", " "));
      row.append(" |");
    }
    return row.toString();
  }

  private void losses(List<String> lines) {
    section(lines, "Losses, nats per image", "images", "loss (-ELBO)", "reconstruction", "kl");
    for (String split : SPLITS) {
      if (metrics.containsKey(split + "_loss")) {
        lines.add(
            row(
                split,
                metrics.get(split + "_loss"),
                metrics.get(split + "_reconstruction"),
                metrics.get(split + "_kl")));
      }
    }
    lines.add("");
    lines.add(
        "Losses are unweighted, whatever was optimised. "
            + metrics.get("active_units")
            + " latent dimensions are active. The ONNX files and the trained model differ by at"
            + " most "
            + metrics.get("onnx_max_abs_error")
            + ".");
  }

  private void files(List<String> lines) {
    section(lines, "Files", "file", "SHA-256");
    sha256.forEach((file, hash) -> lines.add(row("`" + file + "`", "`" + hash + "`")));
  }

  private void use(List<String> lines) {
    lines.addAll(
        List.of(
            "",
            "## How to call it",
            "",
            "Any ONNX Runtime reads the files (opset "
                + settings.get("versions.opset")
                + ", 32-bit floats, any batch): `encoder.onnx` x -> mu, logvar; `decoder.onnx` z ->"
                + " x_hat; `vae.onnx` x, eps -> x_hat, mu, logvar, z. Images have values from 0 to"
                + " 1."
                + told(),
            "",
            "```",
            "elbow sample . --out samples.png",
            "elbow reconstruct . IMAGES --out reconstructions.png",
            "```",
            "",
            "```python",
            "decoder = onnxruntime.InferenceSession(\"decoder.onnx\")",
            "z = numpy.random.standard_normal((16, "
                + finished.trial().latent()
                + ")).astype(\"float32\")",
            "(images,) = decoder.run([\"x_hat\"], {\"z\": z})",
            "```",
            "",
            "```java",
            "try (VaeModel model = VaeModel.load(Path.of(\".\"))) {",
            "  float[] images = model.decode(Codes.normal(0, 16 * model.latent(), 1));",
            "}",
            "```"));
  }

  /** What goes in beside images and codes; empty for most models. */
  private String told() {
    List<String> told =
        ConditionValues.conditions(finished.vae()).stream()
            .map(
                condition ->
                    condition instanceof Condition.Beta beta
                        ? "`beta`, the weight of the KL term from %s to %s (`--beta`)"
                            .formatted(beta.least(), beta.most())
                        : "`label`, a 1 for its class among zeros (`--label`)")
            .toList();
    return told.isEmpty() ? "" : " Each example comes with " + String.join(" and ", told) + ".";
  }

  private static void limits(List<String> lines) {
    lines.addAll(
        List.of(
            "",
            "## Limits",
            "",
            "It knows images like those that it was trained on, with whatever was missing or wrong"
                + " in them. A low -ELBO does not prove that an image is of their kind. Elbow has"
                + " not examined it for any use that concerns people."));
  }
}
