package dev.elbow.coordinator.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * What a client shows, and whom it believes.
 *
 * @param token that is sent with every question; empty for none
 * @param trust of HTTPS; empty for what Java trusts
 */
public record Credentials(Optional<String> token, Optional<SSLContext> trust) {
  /** No token, and Java's own trust. */
  public static final Credentials NONE = new Credentials(Optional.empty(), Optional.empty());

  public Credentials {
    requireNonNull(token, "token is null");
    requireNonNull(trust, "trust is null");
  }

  /** The same with a token. */
  public Credentials token(String shown) {
    return new Credentials(Optional.of(shown), trust);
  }

  /**
   * The same, believing those alone for whom these certificates vouch.
   *
   * @param certificates PEM
   * @throws IllegalArgumentException if there is none that can be read
   */
  public Credentials trusting(String certificates) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, factory(certificates).getTrustManagers(), null);
      return new Credentials(token, Optional.of(context));
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalArgumentException("no certificates in PEM: " + e.getMessage(), e);
    }
  }

  private static TrustManagerFactory factory(String certificates)
      throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    ByteArrayInputStream pem = new ByteArrayInputStream(certificates.getBytes(UTF_8));
    for (Certificate certificate :
        CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
      store.setCertificateEntry("ca-" + store.size(), certificate);
    }
    if (store.size() == 0) {
      throw new IllegalArgumentException("found no certificate, expected PEM");
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory;
  }

  /** Whether there is a token, and nothing of it. */
  @Override
  public String toString() {
    return "Credentials[token=%s, trust=%s]"
        .formatted(token.isPresent() ? "[hidden]" : "none", trust.isPresent() ? "own" : "Java's");
  }
}
