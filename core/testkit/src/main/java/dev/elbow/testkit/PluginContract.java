package dev.elbow.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.elbow.api.plugin.Option;
import dev.elbow.api.plugin.Options;
import dev.elbow.api.plugin.Plugin;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What every plugin keeps, whatever its kind. Adopt the contract of the kind, which includes this
 * one.
 */
public abstract class PluginContract<P extends Plugin> {
  private final Class<P> kind;

  PluginContract(Class<P> kind) {
    this.kind = kind;
  }

  /** A new instance of the plugin. */
  protected abstract P plugin();

  /** Values for the options that have no default; none by default. */
  protected Map<String, Object> required() {
    return Map.of();
  }

  /** {@code given} over {@link #required}, checked. */
  final Options options(Map<String, ?> given) {
    Map<String, Object> all = new LinkedHashMap<>(required());
    all.putAll(given);
    return Options.check(plugin().options(), all).orThrow();
  }

  @Test
  void itsNameIsWrittenAsSweepFilesNeedIt() {
    String name = plugin().name();
    assertTrue(
        name.matches("[a-z][a-z0-9-]*"),
        () -> "expected lower case letters, digits and hyphens, got '%s'".formatted(name));
  }

  @Test
  void itSaysWhatItDoesInOneSentence() {
    String description = plugin().description();
    assertTrue(
        description.matches("[^\\r\\n]{2,}\\."),
        () -> "expected one line that ends with a full stop, got '%s'".formatted(description));
  }

  @Test
  void itsOptionsAreAlwaysTheSame() {
    assertEquals(plugin().options(), plugin().options());
  }

  @Test
  void everyOptionHasANameOfItsOwnAndAMeaning() {
    HashSet<String> names = new HashSet<>();
    for (Option option : plugin().options()) {
      assertTrue(names.add(option.name()), () -> "option '%s' is there twice".formatted(option));
      assertFalse(option.meaning().isBlank(), () -> option.name() + " has no meaning");
    }
  }

  @Test
  void everyDefaultIsAccepted() {
    Options.Checked checked = Options.check(plugin().options(), required());
    assertEquals(List.of(), checked.problems());
    for (Option option : plugin().options()) {
      assertNotNull(checked.options().values().get(option.name()), option.name());
    }
  }

  @Test
  void anUnknownOptionIsRefused() {
    Map<String, Object> given = new LinkedHashMap<>(required());
    given.put("noSuchOption", 1);
    List<Options.Problem> problems = Options.check(plugin().options(), given).problems();
    assertEquals(List.of("noSuchOption"), problems.stream().map(Options.Problem::option).toList());
  }

  @TestFactory
  Stream<DynamicTest> valuesOutOfRangeAreRefused() {
    return plugin().options().stream()
        .flatMap(
            option -> OutOfRange.values(option.type()).map(value -> refusal(option.name(), value)));
  }

  private DynamicTest refusal(String option, Object value) {
    return DynamicTest.dynamicTest(
        "%s: %s".formatted(option, value),
        () -> {
          Map<String, Object> given = new LinkedHashMap<>(required());
          given.put(option, value);
          List<Options.Problem> problems = Options.check(plugin().options(), given).problems();
          assertEquals(List.of(option), problems.stream().map(Options.Problem::option).toList());
        });
  }

  @Test
  void itIsFoundByServiceLoader() {
    Optional<ServiceLoader.Provider<P>> found =
        ServiceLoader.load(kind).stream()
            .filter(provider -> provider.type().equals(plugin().getClass()))
            .findFirst();
    assertTrue(
        found.isPresent(),
        () ->
            "%s is not named in META-INF/services/%s"
                .formatted(plugin().getClass().getName(), kind.getName()));
  }

  @Test
  void itKeepsNoState() {
    for (Class<?> type = plugin().getClass(); type != null; type = type.getSuperclass()) {
      List<String> state =
          Arrays.stream(type.getDeclaredFields())
              .filter(field -> !Modifier.isFinal(field.getModifiers()) && !field.isSynthetic())
              .map(Field::getName)
              .toList();
      assertEquals(List.of(), state, "fields that can change: one instance serves all threads");
    }
  }
}
