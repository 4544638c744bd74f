package dev.elbow.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.rolling.FixedWindowRollingPolicy;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.RollingPolicy;
import ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy;
import ch.qos.logback.core.rolling.TriggeringPolicy;
import ch.qos.logback.core.spi.ContextAwareBase;
import ch.qos.logback.core.spi.FilterReply;
import ch.qos.logback.core.util.FileSize;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where logs go: warnings to stderr, and everything from INFO to {@code HOME/logs/elbow.log} once
 * there is a HOME. Public because logback looks for it as a service.
 */
public final class LogSetup extends ContextAwareBase implements Configurator {
  private static final String STDERR = "stderr";
  private static final String PATTERN = "%-5level %logger{0}: %msg %mdc%n";
  private static final List<String> KAFKA =
      List.of("org.apache.kafka", "kafka", "state.change.logger");

  @Override
  public ExecutionStatus configure(LoggerContext context) {
    context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.INFO);
    // A broker that starts and stops every few minutes has much to say that nobody needs.
    for (String chatty : KAFKA) {
      context.getLogger(chatty).setLevel(Level.WARN);
    }
    context.getLogger("io.netty").setLevel(Level.WARN);
    context.getLogger("io.vertx").setLevel(Level.WARN);
    context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(stderr(context));
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }

  /** From now on the log is also in a file below {@code home}, 10 MB at most and the last three. */
  static void addFile(Path home) {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    RollingFileAppender<ILoggingEvent> appender = new RollingFileAppender<>();
    String file = home.resolve("logs/elbow.log").toString();
    appender.setFile(file);
    appender.setRollingPolicy(keepTwoMore(context, appender, file));
    appender.setTriggeringPolicy(atTenMegabytes(context));
    context
        .getLogger(Logger.ROOT_LOGGER_NAME)
        .addAppender(started(context, appender, pattern(context, "%d " + PATTERN + "%ex")));
  }

  private static RollingPolicy keepTwoMore(
      LoggerContext context, RollingFileAppender<ILoggingEvent> appender, String file) {
    FixedWindowRollingPolicy policy = new FixedWindowRollingPolicy();
    policy.setContext(context);
    policy.setParent(appender);
    policy.setFileNamePattern(file + ".%i");
    policy.setMaxIndex(2);
    policy.start();
    return policy;
  }

  private static TriggeringPolicy<ILoggingEvent> atTenMegabytes(LoggerContext context) {
    SizeBasedTriggeringPolicy<ILoggingEvent> policy = new SizeBasedTriggeringPolicy<>();
    policy.setContext(context);
    policy.setMaxFileSize(FileSize.valueOf("10MB"));
    policy.start();
    return policy;
  }

  /** From now on stderr tells what Elbow does too, for those who collect the logs of services. */
  static void serve() {
    ForPeople.least = Level.INFO;
  }

  /** From now on stderr has this format. */
  static void format(Elbow.LogFormat format) {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    ch.qos.logback.classic.Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    boolean json = format == Elbow.LogFormat.JSON;
    root.detachAppender(STDERR);
    root.addAppender(json ? stderr(context, new JsonLines()) : stderr(context));
  }

  private static Appender<ILoggingEvent> stderr(LoggerContext context) {
    return stderr(context, pattern(context, "%d{HH:mm:ss} " + PATTERN + "%nopex"));
  }

  private static Appender<ILoggingEvent> stderr(
      LoggerContext context, Encoder<ILoggingEvent> encoder) {
    ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
    appender.setName(STDERR);
    appender.setTarget("System.err");
    appender.addFilter(new ForPeople());
    return started(context, appender, encoder);
  }

  private static Encoder<ILoggingEvent> pattern(LoggerContext context, String pattern) {
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setPattern(pattern);
    return encoder;
  }

  private static Appender<ILoggingEvent> started(
      LoggerContext context,
      OutputStreamAppender<ILoggingEvent> appender,
      Encoder<ILoggingEvent> encoder) {
    encoder.start();
    appender.setContext(context);
    appender.setEncoder(encoder);
    appender.start();
    return appender;
  }

  /**
   * What somebody at a terminal should see: our warnings, and errors of libraries. Kafka's are for
   * the file: it calls an error what passes by itself, and what does not reaches us as an
   * exception.
   */
  private static final class ForPeople extends Filter<ILoggingEvent> {
    private static volatile Level least = Level.WARN;

    @Override
    public FilterReply decide(ILoggingEvent event) {
      String logger = event.getLoggerName();
      Level needed = logger.startsWith("dev.elbow") ? least : Level.ERROR;
      boolean shown = event.getLevel().isGreaterOrEqual(needed) && !isKafka(logger);
      return shown ? FilterReply.NEUTRAL : FilterReply.DENY;
    }

    private static boolean isKafka(String logger) {
      return KAFKA.stream().anyMatch(logger::startsWith);
    }
  }
}
