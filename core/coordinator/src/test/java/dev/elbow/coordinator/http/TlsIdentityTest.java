package dev.elbow.coordinator.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.elbow.testkit.SelfSigned;
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
    SelfSigned made = SelfSigned.make(folder, "elbow", algorithm);
    TlsIdentity identity = TlsIdentity.of(made.certificate(), made.key());
    assertEquals("TlsIdentity[CN=elbow]", identity.toString());
  }

  @Test
  void aKeyOfAnotherCertificateIsRefused() throws Exception {
    SelfSigned one = SelfSigned.make(folder, "one", "EC");
    SelfSigned other = SelfSigned.make(folder, "other", "EC");
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class, () -> TlsIdentity.of(one.certificate(), other.key()));
    assertEquals("the key is not that of the first certificate", e.getMessage());
  }

  @Test
  void whatIsNoPemIsRefused() throws Exception {
    SelfSigned one = SelfSigned.make(folder, "one", "EC");
    assertTrue(refusal("nothing", one.key()).contains("no certificate with its key in PEM"));
    assertTrue(
        refusal(one.certificate(), "nothing").contains("no certificate with its key in PEM"));
  }

  private static String refusal(String certificate, String key) {
    return assertThrows(IllegalArgumentException.class, () -> TlsIdentity.of(certificate, key))
        .getMessage();
  }
}
