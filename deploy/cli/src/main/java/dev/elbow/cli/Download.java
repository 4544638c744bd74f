package dev.elbow.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.function.LongConsumer;

/**
 * Fetches files of public data. A file has its name only when it is whole and its hash is right;
 * until then it is called {@code .part}, and goes on from there the next time.
 */
final class Download {
  private static final int BUFFER = 1 << 16;
  private static final int OK = 200;
  private static final int PARTIAL = 206;

  private final HttpClient client =
      HttpClient.newBuilder()
          .followRedirects(HttpClient.Redirect.NORMAL)
          .connectTimeout(Duration.ofSeconds(30))
          .build();

  /**
   * Fetches a file into {@code folder}.
   *
   * @param progress is told how many bytes are there
   * @return false if it was there already
   * @throws IOException if it cannot be fetched, or is another one than expected; then it is
   *     removed
   */
  boolean fetch(PublicData.Part part, Path folder, LongConsumer progress)
      throws IOException, InterruptedException {
    Path file = Files.createDirectories(folder).resolve(part.file());
    String expected = part.sha256().orElseThrow();
    if (Files.exists(file) && sha256(file).equals(expected)) {
      return false;
    }
    Path begun = folder.resolve(part.file() + ".part");
    if (!Files.exists(begun) || Files.size(begun) != part.sizeBytes()) {
      receive(part, begun, progress);
    }
    require(part, begun, expected);
    Files.move(begun, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    return true;
  }

  private void receive(PublicData.Part part, Path begun, LongConsumer progress)
      throws IOException, InterruptedException {
    long there = Files.exists(begun) ? Files.size(begun) : 0;
    if (there > part.sizeBytes()) {
      there = 0;
    }
    HttpRequest.Builder request = HttpRequest.newBuilder(part.address());
    if (there > 0) {
      request.header("Range", "bytes=%d-".formatted(there));
    }
    HttpResponse<InputStream> response =
        client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    try (InputStream in = response.body()) {
      if (response.statusCode() != OK && response.statusCode() != PARTIAL) {
        throw new IOException(
            "%s: answered with status %d, expected 200"
                .formatted(part.address(), response.statusCode()));
      }
      write(part, in, begun, response.statusCode() == PARTIAL ? there : 0, progress);
    }
  }

  // Never more than the size that is known: whoever answers may send without end.
  private static void write(
      PublicData.Part part, InputStream in, Path begun, long there, LongConsumer progress)
      throws IOException {
    StandardOpenOption how =
        there > 0 ? StandardOpenOption.APPEND : StandardOpenOption.TRUNCATE_EXISTING;
    long size = there;
    try (OutputStream out =
        Files.newOutputStream(begun, StandardOpenOption.CREATE, StandardOpenOption.WRITE, how)) {
      byte[] buffer = new byte[BUFFER];
      for (int n = in.read(buffer); n >= 0 && size <= part.sizeBytes(); n = in.read(buffer)) {
        out.write(buffer, 0, n);
        size += n;
        progress.accept(size);
      }
    }
    if (size < part.sizeBytes()) {
      throw new IOException(
          "%s: ended after %d of %d bytes; the same command goes on from there"
              .formatted(part.address(), size, part.sizeBytes()));
    }
  }

  private static void require(PublicData.Part part, Path begun, String expected)
      throws IOException {
    String found = sha256(begun);
    if (!found.equals(expected)) {
      Files.delete(begun);
      throw new IOException(
          "%s: has sha256 %s, expected %s; it was removed"
              .formatted(part.address(), found, expected));
    }
  }

  private static String sha256(Path file) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      Files.copy(file, new DigestOutputStream(OutputStream.nullOutputStream(), digest));
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
