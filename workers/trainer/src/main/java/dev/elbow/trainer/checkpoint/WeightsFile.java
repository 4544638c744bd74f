package dev.elbow.trainer.checkpoint;

import dev.elbow.api.Vae;
import dev.elbow.api.network.Parameter;
import dev.elbow.trainer.checkpoint.Safetensors.Stored;
import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What was trained, without what only training needs: what the optimizer remembers, an adversary. A
 * safetensors file.
 */
public final class WeightsFile {
  /** Its name in the folder of a trial. */
  public static final String NAME = "weights.safetensors";

  private WeightsFile() {}

  /**
   * Writes every parameter and buffer of the model {@code vae} under its name and with its shape,
   * as {@link CheckpointFile} does. Equal weights give equal bytes.
   *
   * @param parameters their values by name, in row-major order
   * @param metadata free text about the model
   */
  public static void write(
      OutputStream out, Vae vae, Map<String, float[]> parameters, Map<String, String> metadata)
      throws IOException {
    Map<String, Stored> tensors = new LinkedHashMap<>();
    for (Parameter parameter : vae.model()) {
      String name = parameter.name();
      tensors.put(name, new Stored(parameter.shape(), parameters.get(name)));
    }
    new Safetensors(metadata, tensors).write(out);
  }
}
