package dev.elbow.coordinator.registry;

/** A model cannot be registered as somebody wishes; the message says why. */
public final class RegistryException extends Exception {
  private static final long serialVersionUID = 1;

  RegistryException(String message) {
    super(message);
  }
}
