package dev.elbow.acceptance;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** S3Proxy in a process of its own: an S3 server that keeps its objects as files of a folder. */
final class ObjectStore implements AutoCloseable {
  private static final String BUCKET = "bucket";

  private final Process process;
  private final Path store;
  private final Path log;
  private final int port;

  private ObjectStore(Process process, Path folder, int port) {
    this.process = process;
    this.store = storeIn(folder);
    this.log = logIn(folder);
    this.port = port;
  }

  private static Path storeIn(Path folder) {
    return folder.resolve("store");
  }

  private static Path logIn(Path folder) {
    return folder.resolve("s3proxy.log");
  }

  /** Starts one with an empty bucket. */
  static ObjectStore start(Path folder) throws IOException {
    int port = freePort();
    Path settings =
        Files.write(
            Files.createDirectories(folder).resolve("s3proxy.conf"),
            List.of(
                "s3proxy.authorization=none",
                "s3proxy.endpoint=http://127.0.0.1:" + port,
                "jclouds.provider=filesystem-nio2",
                "jclouds.filesystem.basedir=" + Files.createDirectories(storeIn(folder))));
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-jar",
                Path.of("target", "s3", "s3proxy.jar").toAbsolutePath().toString(),
                "--properties",
                settings.toString())
            .redirectErrorStream(true)
            .redirectOutput(logIn(folder).toFile())
            .start();
    ObjectStore store = new ObjectStore(process, folder, port);
    await().atMost(Duration.ofMinutes(2)).until(store::makesItsBucket);
    return store;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private boolean makesItsBucket() throws InterruptedException {
    if (!process.isAlive()) {
      throw new AssertionError("S3Proxy ended: " + log());
    }
    HttpRequest bucket =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/" + BUCKET))
            .PUT(HttpRequest.BodyPublishers.noBody())
            .build();
    try {
      return HttpClient.newHttpClient()
              .send(bucket, HttpResponse.BodyHandlers.discarding())
              .statusCode()
          == 200;
    } catch (IOException e) {
      return false; // it is not listening yet
    }
  }

  private String log() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a folder of the bucket is called. */
  String uri(String place) {
    return "s3://127.0.0.1:%d/%s/%s".formatted(port, BUCKET, place);
  }

  /** Where the objects of a folder of the bucket are files. */
  Path files(String place) {
    return store.resolve(BUCKET).resolve(place);
  }

  /** What somebody who keeps results here gives the command. */
  Map<String, String> environment() {
    Path jars = Path.of("..", "examples", "s3", "target", "lib").toAbsolutePath().normalize();
    return Map.of(
        "ELBOW_CLASS_PATH",
        jars + "/*",
        "ELBOW_JAVA_OPTS",
        "-Ds3fs.protocol=http -Ds3fs.path.style.access=true -Ds3fs.cache.attributes.ttl=0",
        "AWS_ACCESS_KEY_ID",
        "anybody",
        "AWS_SECRET_ACCESS_KEY",
        "secret",
        "AWS_REGION",
        "us-east-1");
  }

  @Override
  public void close() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }
}
