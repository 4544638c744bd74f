package dev.elbow.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A HOME that this process alone writes to, until it is closed or the process ends in any way. */
final class HomeLock implements AutoCloseable {
  // Behind the text, because some systems let nobody else read what is locked.
  private static final long LOCKED_BYTE = 1 << 20;

  private final FileChannel channel;

  private HomeLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Takes {@code home}, which is created if it is missing.
   *
   * @throws CommandException if another process has it, with that process's number, or if it cannot
   *     be written to
   */
  static HomeLock take(Path home) throws CommandException {
    Path file = home.resolve("lock");
    try {
      Files.createDirectories(home);
      FileChannel channel = FileChannel.open(file, CREATE, READ, WRITE);
      if (!locked(channel)) {
        String owner = Files.readString(file, US_ASCII).trim();
        channel.close();
        throw CommandException.system(inUse(home, owner), null);
      }
      channel.truncate(0);
      channel.write(US_ASCII.encode(ProcessHandle.current().pid() + "\n"), 0);
      return new HomeLock(channel);
    } catch (IOException e) {
      throw CommandException.system(
          "HOME %s cannot be used: %s; choose another with --home".formatted(home, e), e);
    }
  }

  private static boolean locked(FileChannel channel) throws IOException {
    try {
      return channel.tryLock(LOCKED_BYTE, 1, false) != null;
    } catch (OverlappingFileLockException e) {
      return false; // by this very process
    }
  }

  private static String inUse(Path home, String owner) {
    return "HOME %s is in use by process %s; wait for it, stop it, or choose another with --home"
        .formatted(home, owner.isEmpty() ? "(unknown)" : owner);
  }

  @Override
  public void close() throws IOException {
    channel.truncate(0);
    channel.close();
  }
}
