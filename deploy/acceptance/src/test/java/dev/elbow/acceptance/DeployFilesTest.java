package dev.elbow.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** What the files for operators promise each other. */
class DeployFilesTest {
  private static final Path DEPLOY = Path.of("..");
  private static final Path PROMETHEUS = DEPLOY.resolve("prometheus");
  private static final String RUNBOOK = "deploy/prometheus/README.md#";

  @Test
  void everyAlertHasARunbookUnderItsName() throws IOException {
    List<String> headings =
        Files.readAllLines(PROMETHEUS.resolve("README.md")).stream()
            .filter(line -> line.startsWith("### "))
            .map(line -> line.substring(4))
            .toList();
    assertEquals(new TreeSet<>(headings), new TreeSet<>(names()));
    for (Map<String, Object> alert : alerts()) {
      String name = (String) alert.get("alert");
      assertEquals(
          RUNBOOK + name.toLowerCase(Locale.ROOT), map(alert.get("annotations")).get("runbook"));
    }
  }

  @Test
  void everyAlertHasATestInWhichItFiresAndOneInWhichItDoesNot() throws IOException {
    for (String name : names()) {
      List<Map<String, Object>> expected =
          list(yaml(PROMETHEUS.resolve("tests/" + name + ".yml")).get("tests")).stream()
              .flatMap(test -> list(test.get("alert_rule_test")).stream())
              .filter(test -> test.get("alertname").equals(name))
              .toList();
      assertTrue(expected.stream().anyMatch(t -> !list(t.get("exp_alerts")).isEmpty()), name);
      assertTrue(expected.stream().anyMatch(t -> list(t.get("exp_alerts")).isEmpty()), name);
    }
  }

  private static List<String> names() throws IOException {
    return alerts().stream().map(alert -> (String) alert.get("alert")).toList();
  }

  private static List<Map<String, Object>> alerts() throws IOException {
    List<Map<String, Object>> alerts =
        list(yaml(PROMETHEUS.resolve("rules/alerts.yml")).get("groups")).stream()
            .flatMap(group -> list(group.get("rules")).stream())
            .toList();
    assertFalse(alerts.isEmpty());
    return alerts;
  }

  @Test
  void everyPanelAsksTheDataSourceThatIsProvisioned() throws IOException {
    Path file = DEPLOY.resolve("grafana/provisioning/datasources/elbow.yml");
    Object uid = list(yaml(file).get("datasources")).get(0).get("uid");
    for (JsonNode target : Boards.targets()) {
      assertEquals(uid, target.at("/datasource/uid").asText(), target::toString);
    }
    for (JsonNode board : Boards.all()) {
      List<Integer> ids =
          Boards.children(board.get("panels")).map(panel -> panel.get("id").asInt()).toList();
      assertEquals(ids.size(), new TreeSet<>(ids).size(), () -> "ids of " + board.get("title"));
    }
  }

  @Test
  void everyFileThatIsMountedIsThere() throws IOException {
    Path compose = DEPLOY.resolve("compose");
    for (Object service : map(yaml(compose.resolve("compose.yaml")).get("services")).values()) {
      Object volumes = map(service).getOrDefault("volumes", List.of());
      for (Object volume : (List<?>) volumes) {
        String source = volume.toString().split(":")[0];
        if (source.startsWith(".")) {
          assertTrue(Files.exists(compose.resolve(source)), source);
        }
      }
    }
  }

  // It has no parent that would keep them together.
  @Test
  void theBomNamesWhatTheParentManagesInItsVersion() throws IOException {
    Path parent = Path.of("../..", "pom.xml");
    Path bom = DEPLOY.resolve("bom/pom.xml");
    assertEquals(
        found(parent, "<artifactId>elbow-parent</artifactId>\\s*<version>([^<]+)<"),
        found(bom, "<artifactId>elbow-bom</artifactId>\\s*<version>([^<]+)<"));
    String managed = "<artifactId>(elbow-[a-z]+)</artifactId>\\s*<version>\\$";
    assertEquals(found(parent, managed), found(bom, managed));
    assertTrue(found(bom, managed).contains("elbow-api"));
  }

  private static List<String> found(Path pom, String pattern) throws IOException {
    return Pattern.compile(pattern)
        .matcher(Files.readString(pom))
        .results()
        .map(result -> result.group(1))
        .toList();
  }

  @Test
  void everyManifestSaysWhatItIs() throws IOException {
    try (Stream<Path> files = Files.list(DEPLOY.resolve("kubernetes"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".yaml")).toList()) {
        for (Object document : documents(file)) {
          for (String key : List.of("apiVersion", "kind", "metadata")) {
            assertTrue(map(document).containsKey(key), () -> file + " lacks " + key);
          }
        }
      }
    }
  }

  private static Map<String, Object> yaml(Path file) throws IOException {
    return map(documents(file).iterator().next());
  }

  private static Iterable<Object> documents(Path file) throws IOException {
    return new Load(LoadSettings.builder().build()).loadAllFromString(Files.readString(file));
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(Object value) {
    return (Map<String, Object>) value;
  }

  @SuppressWarnings("unchecked")
  private static List<Map<String, Object>> list(Object value) {
    return (List<Map<String, Object>>) value;
  }
}
