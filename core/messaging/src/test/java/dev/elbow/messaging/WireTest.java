package dev.elbow.messaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class WireTest {
  private static final Pattern FIELD = Pattern.compile("\"[a-zA-Z.0-9]+\":");

  private final Wire<Event> events = Wire.of(Event.class);

  @TestFactory
  Stream<DynamicTest> readsTheGoldenFilesForEver() {
    return each((name, sample) -> assertEquals(sample.value(), read(sample.topic(), golden(name))));
  }

  @TestFactory
  Stream<DynamicTest> writesTheBytesOfTheGoldenFiles() {
    return each((name, sample) -> assertEquals(golden(name), text(sample)));
  }

  @Test
  void hasAGoldenFileForEachRecord() {
    Set<Class<?>> golden =
        Samples.all().values().stream()
            .map(sample -> sample.value().getClass())
            .collect(Collectors.toSet());
    Set<Class<?>> records =
        Stream.of(Event.class, Control.class, MetricPoint.class, Heartbeat.class, QueuedTrial.class)
            .flatMap(WireFormat::leaves)
            .collect(Collectors.toSet());
    assertEquals(records, golden);
  }

  @Test
  void aRecordWithoutScoresIsReadInOneGo() throws Exception {
    for (Class<?> type : List.of(Event.Ended.class, QueuedTrial.class)) {
      String name = type == QueuedTrial.class ? "queuedTrial" : "event-ended-completed";
      Object read =
          WireFormat.strict(WireFormat.mapper(type)).readerFor(type).readValue(golden(name));
      assertEquals(Samples.all().get(name).value(), read);
    }
  }

  @Test
  void passesOverFieldsThatItDoesNotKnow() throws Exception {
    String later = golden("event-leader").replace("{\"v\":1,", "{\"v\":1,\"mood\":{\"a\":[1]},");
    assertEquals(Samples.all().get("event-leader").value(), events.read(bytes(later)));
  }

  @Test
  void namesTheFieldThatIsMissing() throws IOException {
    assertEquals(
        "trial is missing", refused("{\"v\":1,\"type\":\"started\",\"attempt\":1,\"slot\":0}"));
    String inner = golden("event-ended-completed").replace("\"test\":{", "\"tests\":{");
    assertTrue(refused(inner).contains("test is null"), refused(inner));
  }

  @TestFactory
  Stream<DynamicTest> handsOutNothingThatLacksSomething() {
    return each(
        (name, sample) -> {
          String text = golden(name);
          checkWhole(sample.topic(), text.replace("[", "[null,"));
          Matcher field = FIELD.matcher(text);
          while (field.find()) {
            String behind = text.substring(field.end());
            String before = text.substring(0, field.start());
            checkWhole(sample.topic(), before + "\"gone\":" + behind);
            checkWhole(sample.topic(), before + field.group() + "null,\"gone\":" + behind);
          }
        });
  }

  private static void checkWhole(Class<?> topic, String text) {
    Object found;
    try {
      found = read(topic, text);
    } catch (UnreadableException e) {
      return;
    }
    assertEquals(Optional.empty(), Completeness.missing(found), text);
  }

  @Test
  void readsARecordWhoseVersionComesLast() throws Exception {
    String first = golden("event-queued");
    String last = first.replace("\"v\":1,", "").replaceFirst("}$", ",\"v\":1}");
    assertEquals(Samples.all().get("event-queued").value(), events.read(bytes(last)));
  }

  @Test
  void refusesALaterVersionAndNamesBoth() {
    assertEquals("schema version: found 2, expected 1 to 1", refused("{\"v\":2}"));
    assertEquals("schema version: found none, expected 1 to 1", refused("{}"));
    assertEquals("schema version: found \"1\", expected 1 to 1", refused("{\"v\":\"1\"}"));
  }

  @Test
  void refusesWhatIsNoRecordAndSaysWhy() throws IOException {
    assertEquals("found nothing, expected a JSON object", refused(""));
    assertEquals("found [, expected a JSON object", refused("[]"));
    assertTrue(refused("{\"v\":1").startsWith("found no JSON: Unexpected end-of-input"));
    assertTrue(refused(golden("event-leader") + "{}").contains("Trailing token"));
    assertTrue(refused("{\"v\":1,\"type\":\"leader\",\"epoch\":x}").startsWith("found no JSON: "));
    assertTrue(refused("{\"v\":1,\"type\":\"danced\"}").contains("'danced'"));
    assertTrue(refused("{\"v\":1}").contains("'type'"));
  }

  @Test
  void refusesValuesThatCannotBe() throws IOException {
    String zero = golden("event-queued").replace("mnist-beta/0007", "mnist-beta/0000");
    assertTrue(refused(zero).contains("at least 1"), refused(zero));
    String word = golden("event-queued").replace("\"attempt\":1", "\"attempt\":\"one\"");
    assertTrue(refused(word).contains("one"), refused(word));
  }

  @Test
  void refusesJsonThatIsTooDeep() {
    refused("{\"v\":1,\"a\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}");
  }

  @Test
  void deliversWhatItCannotReadWithItsBytesAndTheReason() {
    var found = (Delivery.Unreadable<Event>) events.deliver(5, null, bytes("[]"));
    assertEquals(5, found.offset());
    assertEquals("", found.key());
    assertEquals("[]", new String(found.bytes(), StandardCharsets.UTF_8));
    assertEquals("found [, expected a JSON object", found.reason());
    var empty = (Delivery.Unreadable<Event>) events.deliver(6, "key", null);
    assertEquals("no content, expected JSON", empty.reason());
  }

  private String refused(String text) {
    return assertThrows(UnreadableException.class, () -> events.read(bytes(text))).getMessage();
  }

  private interface Check {
    void accept(String name, Samples.Sample sample) throws Exception;
  }

  private static Stream<DynamicTest> each(Check check) {
    return Samples.all().entrySet().stream()
        .map(
            entry ->
                DynamicTest.dynamicTest(
                    entry.getKey(), () -> check.accept(entry.getKey(), entry.getValue())));
  }

  private static Object read(Class<?> topic, String text) throws UnreadableException {
    return Wire.of(topic).read(bytes(text));
  }

  private static String text(Samples.Sample sample) {
    return text(sample.topic(), sample.value());
  }

  static <T> String text(Class<T> topic, Object value) {
    return new String(Wire.of(topic).write(topic.cast(value)), StandardCharsets.UTF_8);
  }

  private static String golden(String name) throws IOException {
    try (InputStream file = WireTest.class.getResourceAsStream("/golden/" + name + ".json")) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8).strip();
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
