package dev.elbow.trainer;

import dev.elbow.api.FailureKind;
import dev.elbow.api.network.DescriptionException;
import dev.elbow.trainer.data.UnfitImagesException;
import dev.elbow.trainer.engine.OutOfEngineMemoryException;
import dev.elbow.trainer.onnx.ExportException;
import dev.elbow.trainer.training.DivergedException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What an exception means for a trial.
 *
 * @param message for people: what happened, and the plugin's line where it was a plugin
 */
record Faults(FailureKind kind, String message) {
  private static final List<String> JAVA_AND_API = List.of("java.", "jdk.", "dev.elbow.api.");
  private static final List<String> OURS = List.of("dev.elbow.trainer.", "org.bytedeco.");

  static Faults of(Throwable thrown) {
    if (thrown instanceof DivergedException) {
      return new Faults(FailureKind.DIVERGED, thrown.getMessage());
    }
    if (thrown instanceof ExportException export) {
      return new Faults(export.kind(), export.getMessage());
    }
    if (thrown instanceof OutOfMemoryError || thrown instanceof OutOfEngineMemoryException) {
      return new Faults(FailureKind.OUT_OF_MEMORY, text(thrown));
    }
    if (thrown instanceof DescriptionException || thrown instanceof UnfitImagesException) {
      return new Faults(FailureKind.INVALID_PARAMETERS, thrown.getMessage());
    }
    return thrown instanceof RuntimeException || thrown instanceof Error
        ? ofUnexpected(thrown)
        : new Faults(FailureKind.INFRASTRUCTURE, text(thrown));
  }

  /** As {@link #of}, where everything that is not expected is the fault of {@code plugin}. */
  static Faults ofPlugin(String plugin, Throwable thrown) {
    Faults faults = of(thrown);
    return faults.kind() != FailureKind.INFRASTRUCTURE && faults.kind() != FailureKind.PLUGIN_FAULT
        ? faults
        : new Faults(FailureKind.PLUGIN_FAULT, plugin + ": " + text(thrown) + place(thrown));
  }

  // A plugin's schedule runs in the middle of training: who threw shows in the stack alone.
  private static Faults ofUnexpected(Throwable thrown) {
    boolean isPlugin = !place(thrown).isEmpty() && !isOfFiles(thrown);
    FailureKind kind = isPlugin ? FailureKind.PLUGIN_FAULT : FailureKind.INFRASTRUCTURE;
    return new Faults(kind, text(thrown) + place(thrown));
  }

  // The file system of an object store throws what it likes, and is called by Java for us.
  private static boolean isOfFiles(Throwable thrown) {
    return Arrays.stream(thrown.getStackTrace())
        .map(StackTraceElement::getClassName)
        .takeWhile(name -> OURS.stream().noneMatch(name::startsWith))
        .reduce((inner, outer) -> outer)
        .filter(name -> name.startsWith("java.nio.file."))
        .isPresent();
  }

  /** The innermost line that is not Java's, if it is a plugin's; otherwise nothing. */
  private static String place(Throwable thrown) {
    Optional<StackTraceElement> line =
        Arrays.stream(thrown.getStackTrace())
            .filter(frame -> JAVA_AND_API.stream().noneMatch(frame.getClassName()::startsWith))
            .findFirst()
            .filter(frame -> OURS.stream().noneMatch(frame.getClassName()::startsWith));
    return line.map(at -> " (at %s:%d)".formatted(at.getFileName(), at.getLineNumber())).orElse("");
  }

  private static String text(Throwable thrown) {
    String name = thrown.getClass().getSimpleName();
    return thrown.getMessage() == null ? name : name + ": " + thrown.getMessage();
  }
}
