package dev.elbow.coordinator.http;

import dev.elbow.coordinator.results.ScoreTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Scores that were computed when trials were over, read again once their file has changed. Blocks;
 * thread-safe.
 */
final class LaterScores {
  private static final Logger LOG = LoggerFactory.getLogger(LaterScores.class);
  private static final ScoreTable NONE = new ScoreTable();

  private final Path results;
  private final Map<String, Read> read = new ConcurrentHashMap<>();

  LaterScores(Path results) {
    this.results = results;
  }

  private record Read(FileTime changed, long sizeBytes, ScoreTable scores) {}

  /** Those of a sweep; not to be changed. */
  ScoreTable of(String sweep) {
    Path folder = results.resolve(sweep);
    try {
      BasicFileAttributes now =
          Files.readAttributes(ScoreTable.file(folder), BasicFileAttributes.class);
      Read known = read.get(sweep);
      if (known == null
          || !known.changed().equals(now.lastModifiedTime())
          || known.sizeBytes() != now.size()) {
        known = new Read(now.lastModifiedTime(), now.size(), ScoreTable.read(folder));
        read.put(sweep, known);
      }
      return known.scores();
    } catch (NoSuchFileException e) {
      read.remove(sweep);
    } catch (IOException e) {
      LOG.info("scores of {} are not told: {}", sweep, e.toString());
    }
    return NONE;
  }
}
