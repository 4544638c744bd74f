package dev.elbow.coordinator;

/** This coordinator only looks on: another one decides. */
public final class NotActiveException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String active;
  private final String address;

  NotActiveException(String active, String address) {
    super(text(active, address));
    this.active = active;
    this.address = address;
  }

  private static String text(String active, String address) {
    if (active.isEmpty()) {
      return "no coordinator is active at the moment; one is being elected";
    }
    String place = address.isEmpty() ? "" : " at " + address;
    return "this coordinator stands by; %s%s is the active one".formatted(active, place);
  }

  /** The name of the coordinator that was active last; empty text if that is none but this. */
  public String active() {
    return active;
  }

  /** Its URL; empty text if it has none. */
  public String address() {
    return address;
  }
}
