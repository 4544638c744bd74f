package dev.elbow.broker;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.metadata.properties.MetaPropertiesEnsemble;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/** The folder of one broker: knows which node of which cluster its data belongs to. */
final class Folder {
  static final String CONTROLLER_LISTENER = "CONTROLLER";

  private final Path path;
  private final BrokerSettings settings;

  private Folder(BrokerSettings settings) {
    this.path = settings.folder().toAbsolutePath();
    this.settings = settings;
  }

  /**
   * Makes and formats the folder of a first start, checks that of a later one.
   *
   * @throws BrokerException if it cannot be written or belongs to another node, cluster or process
   */
  static void prepare(BrokerSettings settings) {
    new Folder(settings).prepare();
  }

  private void prepare() {
    try {
      Files.createDirectories(path);
      checkNotLocked();
      formatOrCheck();
    } catch (NotDirectoryException | FileAlreadyExistsException e) {
      throw new BrokerException(
          "folder %s: a file is in the way, expected a folder".formatted(path), e);
    } catch (AccessDeniedException e) {
      throw new BrokerException(
          "folder %s: %s may not be written, expected a folder of this user's"
              .formatted(path, e.getFile()),
          e);
    } catch (IOException e) {
      throw new BrokerException(
          "folder %s: %s, expected a folder to write to".formatted(path, e), e);
    }
  }

  // Kafka holds the same lock, but finds out only when half of it is started.
  private void checkNotLocked() throws IOException {
    Path lock = path.resolve(".lock");
    try (FileChannel channel =
            FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock held = channel.tryLock()) {
      if (held == null) {
        throw inUse(null);
      }
    } catch (OverlappingFileLockException e) {
      throw inUse(e);
    }
  }

  private BrokerException inUse(Exception cause) {
    return new BrokerException(
        "folder %s: in use by a running broker, expected a folder of this broker's own"
            .formatted(path),
        cause);
  }

  private void formatOrCheck() throws IOException {
    MetaPropertiesEnsemble found =
        new MetaPropertiesEnsemble.Loader()
            .addLogDirs(List.of(path.toString()))
            .addMetadataLogDir(path.toString())
            .load();
    if (found.clusterId().isPresent()) {
      check(found.clusterId().get(), found.nodeId());
    } else {
      format();
    }
  }

  private void check(String cluster, OptionalInt node) {
    List<String> problems = new ArrayList<>();
    if (node.isPresent() && node.getAsInt() != settings.nodeId()) {
      problems.add(
          "folder %s: holds the data of node %d, expected that of node %d"
              .formatted(path, node.getAsInt(), settings.nodeId()));
    }
    clusterOfVoters()
        .filter(expected -> !expected.equals(cluster))
        .ifPresent(
            expected ->
                problems.add(
                    "folder %s: holds the data of cluster %s, expected that of %s, the cluster of %s"
                        .formatted(path, cluster, expected, settings.voters())));
    if (!problems.isEmpty()) {
      throw new BrokerException(problems);
    }
  }

  private void format() throws IOException {
    try {
      new Formatter()
          .setPrintStream(
              new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
          .setClusterId(clusterOfVoters().orElseGet(() -> Uuid.randomUuid().toString()))
          .setNodeId(settings.nodeId())
          .addDirectory(path.toString())
          .setMetadataLogDirectory(path.toString())
          .setControllerListenerName(CONTROLLER_LISTENER)
          .setReleaseVersion(MetadataVersion.latestProduction())
          .run();
    } catch (IOException e) {
      throw e;
    } catch (Exception e) {
      throw new BrokerException("folder %s: cannot be formatted: %s".formatted(path, e), e);
    }
  }

  /**
   * The nodes of a cluster are started apart and must agree on its name, so it follows from the
   * only thing that all of them know.
   */
  private Optional<String> clusterOfVoters() {
    if (settings.voters().isEmpty()) {
      return Optional.empty();
    }
    String all =
        settings.voters().stream().map(Voter::toString).sorted().collect(Collectors.joining(","));
    UUID name = UUID.nameUUIDFromBytes(all.getBytes(StandardCharsets.UTF_8));
    return Optional.of(
        new Uuid(name.getMostSignificantBits(), name.getLeastSignificantBits()).toString());
  }
}
