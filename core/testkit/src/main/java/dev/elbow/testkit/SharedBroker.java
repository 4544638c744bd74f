package dev.elbow.testkit;

import dev.elbow.broker.Broker;
import dev.elbow.broker.BrokerSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives a parameter of the type {@link Broker} the one Kafka broker that all tests of this JVM
 * share. It is started when the first test asks for it and stopped after the last, so no test
 * closes it, and each uses topics and groups that no other uses.
 *
 * <p>Members of a consumer group may have sessions of half a second.
 *
 * <p>Needs {@code elbow-broker} on the class path. Thread safe.
 */
public final class SharedBroker implements ParameterResolver {
  private static final Namespace PLACE = Namespace.create(SharedBroker.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Broker.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(PLACE)
        .getOrComputeIfAbsent(Running.class, key -> Running.start(), Running.class)
        .broker();
  }

  /** The broker and where its data is. */
  private record Running(Broker broker, Path folder) implements AutoCloseable {
    static Running start() {
      try {
        Path folder = Files.createTempDirectory("shared-broker");
        BrokerSettings settings =
            BrokerSettings.builder(folder).property("group.min.session.timeout.ms", "500").build();
        return new Running(Broker.start(settings), folder);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void close() throws IOException {
      broker.close();
      for (Path file : deepestFirst()) {
        Files.delete(file);
      }
    }

    private List<Path> deepestFirst() throws IOException {
      try (Stream<Path> all = Files.walk(folder)) {
        return all.sorted(Comparator.reverseOrder()).toList();
      }
    }
  }
}
