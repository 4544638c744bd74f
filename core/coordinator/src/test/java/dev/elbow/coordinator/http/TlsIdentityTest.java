package dev.elbow.coordinator.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TlsIdentityTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"RSA", "EC"})
  void aCertificateAndItsKeyAreReadAndShownWithoutTheKey(String algorithm) throws Exception {
    TlsIdentity identity = TestCertificate.make(algorithm, folder).identity();
    assertEquals("TlsIdentity[CN=elbow]", identity.toString());
  }

  @Test
  void aKeyOfAnotherCertificateIsRefused() throws Exception {
    TestCertificate one = TestCertificate.make("EC", folder);
    TestCertificate other = TestCertificate.make("EC", folder);
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class, () -> TlsIdentity.of(one.certificate(), other.key()));
    assertEquals("the key is not that of the first certificate", e.getMessage());
  }

  @Test
  void whatIsNoPemIsRefused() throws Exception {
    TestCertificate one = TestCertificate.make("EC", folder);
    assertTrue(refusal("nothing", one.key()).contains("no certificate with its key in PEM"));
    assertTrue(
        refusal(one.certificate(), "nothing").contains("no certificate with its key in PEM"));
  }

  private static String refusal(String certificate, String key) {
    return assertThrows(IllegalArgumentException.class, () -> TlsIdentity.of(certificate, key))
        .getMessage();
  }
}
