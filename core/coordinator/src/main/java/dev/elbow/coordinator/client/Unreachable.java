package dev.elbow.coordinator.client;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Locale;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;

/** Says why nothing answered: what the JDK reports is a class name or nothing at all. */
final class Unreachable {
  private Unreachable() {}

  static String text(String url, IOException e) {
    return "nothing answers at %s: %s".formatted(url, reason(e));
  }

  /** Whether the question cannot have arrived. */
  static boolean neverBegun(IOException e) {
    return e instanceof ConnectException
        || e instanceof HttpConnectTimeoutException
        || e instanceof SSLHandshakeException
        || caused(e, UnresolvedAddressException.class);
  }

  private static String reason(IOException e) {
    if (caused(e, UnresolvedAddressException.class)) {
      return "the host name is unknown";
    }
    if (e instanceof HttpConnectTimeoutException) {
      return "no connection within %d s".formatted(ElbowClient.LONGEST_CONNECT.toSeconds());
    }
    if (e instanceof HttpTimeoutException) {
      return "connected, and no answer came in time";
    }
    if (e instanceof SSLException) {
      return "it is not trusted, or speaks no TLS (%s)".formatted(e.getMessage());
    }
    if (e instanceof ConnectException) {
      return e.getMessage() == null
          ? "connection refused"
          : e.getMessage().toLowerCase(Locale.ROOT);
    }
    return "the connection broke off (%s)".formatted(e.getMessage());
  }

  private static boolean caused(Throwable e, Class<? extends Throwable> type) {
    return e != null && (type.isInstance(e) || caused(e.getCause(), type));
  }
}
