package dev.elbow.testkit;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * A certificate for 127.0.0.1 that nobody vouches for, and its key.
 *
 * @param store both in a PKCS12 file, under {@link #PASSWORD}
 * @param certificate in PEM
 * @param key in PEM, PKCS8
 */
public record SelfSigned(Path store, String certificate, String key) {
  /** Of every store, and of the key in it. */
  public static final String PASSWORD = "changeit";

  /**
   * Makes one with the JDK's {@code keytool}.
   *
   * @param folder gets the store, {@code NAME.p12}, which must not be there yet
   * @param algorithm {@code RSA} or {@code EC}
   */
  public static SelfSigned make(Path folder, String name, String algorithm)
      throws IOException, InterruptedException, GeneralSecurityException {
    Path store = folder.resolve(name + ".p12");
    keytool(
        "-genkeypair -alias a -validity 2 -storetype PKCS12 -ext san=ip:127.0.0.1 -dname CN=%s -keyalg %s -storepass %s"
            .formatted(name, algorithm, PASSWORD),
        store);
    char[] password = PASSWORD.toCharArray();
    KeyStore keys = KeyStore.getInstance(store.toFile(), password);
    return new SelfSigned(
        store,
        pem("CERTIFICATE", keys.getCertificate("a").getEncoded()),
        pem("PRIVATE KEY", keys.getKey("a", password).getEncoded()));
  }

  private static void keytool(String arguments, Path store)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments.split(" ")));
    // A folder's name may have blanks.
    command.addAll(List.of("-keystore", store.toString()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(output);
    }
  }

  private static String pem(String kind, byte[] content) {
    String lines = Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII)).encodeToString(content);
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(kind, lines, kind);
  }
}
