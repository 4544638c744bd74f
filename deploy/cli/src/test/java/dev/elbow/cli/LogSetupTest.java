package dev.elbow.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.FileAppender;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

class LogSetupTest {
  private static final String ROOT = org.slf4j.Logger.ROOT_LOGGER_NAME;

  @TempDir Path home;
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final PrintStream former = System.err;

  @BeforeEach
  void listen() {
    System.setErr(new PrintStream(written, true, UTF_8));
  }

  @AfterEach
  void restore() {
    System.setErr(former);
    Logger root = (Logger) LoggerFactory.getLogger(ROOT);
    root.iteratorForAppenders().forEachRemaining(appender -> stop(root, appender));
  }

  private static void stop(Logger root, Appender<ILoggingEvent> appender) {
    if (appender instanceof FileAppender) {
      root.detachAppender(appender);
      appender.stop();
    }
  }

  @Test
  void peopleSeeOurWarningsAndTheFileHasEverythingWithItsTrial() throws Exception {
    LogSetup.addFile(home);
    try (MDC.MDCCloseable ignored = MDC.putCloseable("trial", "0003")) {
      LoggerFactory.getLogger("dev.elbow.x").info("it goes on");
      LoggerFactory.getLogger("dev.elbow.x").warn("no checkpoint", new Exception("disk full"));
      LoggerFactory.getLogger("org.apache.kafka.x").error("passes by itself");
    }
    String seen = written.toString(UTF_8);
    assertEquals(1, seen.lines().count(), seen);
    assertTrue(seen.contains("no checkpoint trial=0003"), seen);
    String log = Files.readString(home.resolve("logs/elbow.log"));
    assertTrue(log.contains("it goes on trial=0003"), log);
    assertTrue(log.contains("java.lang.Exception: disk full"), log);
    assertTrue(log.contains("passes by itself"), log);
    assertFalse(seen.contains("disk full"), seen);
  }

  @Test
  void logsAreJsonOnRequestAndNameTheTrial() throws Exception {
    LogSetup.format(Elbow.LogFormat.JSON);
    try (MDC.MDCCloseable ignored = MDC.putCloseable("trial", "0003")) {
      LoggerFactory.getLogger("dev.elbow.x").warn("no \"{}\"", "end", new Exception("disk full"));
    } finally {
      LogSetup.format(Elbow.LogFormat.TEXT);
    }
    JsonNode said = new ObjectMapper().readTree(written.toString(UTF_8));
    assertEquals("no \"end\"", said.get("message").asText());
    assertEquals("WARN", said.get("level").asText());
    assertEquals("0003", said.get("trial").asText());
    assertTrue(said.get("error").asText().startsWith("java.lang.Exception: disk full"));
    assertTrue(Instant.parse(said.get("time").asText()).isAfter(Instant.EPOCH));
    assertEquals(1, written.toString(UTF_8).lines().count());
  }
}
