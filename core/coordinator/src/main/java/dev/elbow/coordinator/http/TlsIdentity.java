package dev.elbow.coordinator.http;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.PemKeyCertOptions;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.X509KeyManager;

/** What a server shows of itself: its certificate, with those that vouch for it, and its key. */
public final class TlsIdentity {
  private static final Map<String, String> SIGNATURES =
      Map.of("RSA", "SHA256withRSA", "EC", "SHA256withECDSA");

  private final X509KeyManager keys;
  private final X509Certificate certificate;

  private TlsIdentity(X509KeyManager keys, X509Certificate certificate) {
    this.keys = keys;
    this.certificate = certificate;
  }

  /**
   * Reads PEM.
   *
   * @param certificates the server's own first
   * @param key not encrypted
   * @throws IllegalArgumentException if they cannot be read or do not belong together
   */
  public static TlsIdentity of(String certificates, String key) {
    PemKeyCertOptions pem =
        new PemKeyCertOptions()
            .addCertValue(Buffer.buffer(certificates))
            .addKeyValue(Buffer.buffer(key));
    Vertx vertx = Vertx.vertx();
    try {
      return of(pem.getKeyManagerFactory(vertx));
    } catch (IllegalArgumentException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalArgumentException(
          "no certificate with its key in PEM: " + e.getMessage(), e);
    } finally {
      vertx.close();
    }
  }

  private static TlsIdentity of(KeyManagerFactory factory) throws GeneralSecurityException {
    X509KeyManager keys = (X509KeyManager) factory.getKeyManagers()[0];
    for (String type : SIGNATURES.keySet()) {
      String[] names = keys.getServerAliases(type, null);
      if (names != null && names.length > 0) {
        X509Certificate certificate = keys.getCertificateChain(names[0])[0];
        requirePair(type, certificate.getPublicKey(), keys.getPrivateKey(names[0]));
        return new TlsIdentity(keys, certificate);
      }
    }
    throw new IllegalArgumentException("found neither an RSA nor an EC key, expected one of them");
  }

  private static void requirePair(String type, PublicKey open, PrivateKey secret)
      throws GeneralSecurityException {
    byte[] text = {1};
    Signature signing = Signature.getInstance(SIGNATURES.get(type));
    signing.initSign(secret);
    signing.update(text);
    byte[] signature = signing.sign();
    signing.initVerify(open);
    signing.update(text);
    if (!signing.verify(signature)) {
      throw new IllegalArgumentException("the key is not that of the first certificate");
    }
  }

  KeyCertOptions options() {
    return KeyCertOptions.wrap(keys);
  }

  /** Whose it is, and nothing of the key. */
  @Override
  public String toString() {
    return "TlsIdentity[%s]".formatted(certificate.getSubjectX500Principal());
  }
}
