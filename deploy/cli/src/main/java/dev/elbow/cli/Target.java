package dev.elbow.cli;

import dev.elbow.api.TrialId;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * What a command is about.
 *
 * @param sweep its name
 * @param trial one trial of it; empty for the whole sweep
 */
record Target(String sweep, Optional<TrialId> trial) {
  /** Reads {@code SWEEP} and {@code SWEEP/NNNN}. */
  static final class Reader implements ITypeConverter<Target> {
    @Override
    public Target convert(String text) {
      if (!text.contains("/")) {
        return new Target(text, Optional.empty());
      }
      try {
        TrialId trial = TrialId.parse(text);
        return new Target(trial.sweep(), Optional.of(trial));
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(
            "found '%s', expected SWEEP or SWEEP/NNNN, as in mnist-beta/0007".formatted(text));
      }
    }
  }

  /**
   * The sweep, where a single trial cannot be meant.
   *
   * @param command for the message
   * @throws CommandException if one was named
   */
  String wholeSweep(String command) throws CommandException {
    if (trial.isPresent()) {
      throw CommandException.badInput(
          List.of(
              "%s: found the trial %s, expected a sweep; nothing was done"
                  .formatted(command, this)));
    }
    return sweep;
  }

  /** As somebody typed it. */
  @Override
  public String toString() {
    return trial.map(TrialId::toString).orElse(sweep);
  }
}
