package dev.elbow.coordinator.http;

import static dev.elbow.coordinator.TestSystem.done;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.OutputUnit;
import io.vertx.json.schema.SchemaRepository;
import io.vertx.openapi.contract.OpenAPIVersion;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** An OpenAPI document, and whether what was asked and answered is what it says. */
final class ApiDocument {
  private static final String BASE = "app://elbow/openapi";
  private static final Set<String> METHODS = Set.of("get", "post", "put", "delete", "patch");

  private final SchemaRepository schemas;
  private final JsonObject document;
  private final Set<String> used = new TreeSet<>();

  private ApiDocument(SchemaRepository schemas, JsonObject document) {
    this.schemas = schemas;
    this.document = document;
  }

  /** Reads a document of OpenAPI 3.1, which it has to be. */
  static ApiDocument read(Vertx vertx, String yaml) {
    Object loaded = new Load(LoadSettings.builder().build()).loadFromString(yaml);
    // Once through text: anchors are objects that are shared, and are about to be changed.
    JsonObject document = new JsonObject(Json.encode(loaded));
    SchemaRepository schemas = done(OpenAPIVersion.V3_1.getRepository(vertx, BASE));
    OutputUnit found = done(OpenAPIVersion.V3_1.validateContract(vertx, schemas, document));
    assertTrue(found.getValid(), () -> "no OpenAPI 3.1: " + found.toJson().encodePrettily());
    closeObjects(document.getJsonObject("components").getJsonObject("schemas"));
    return new ApiDocument(schemas, done(OpenAPIVersion.V3_1.resolve(vertx, schemas, document)));
  }

  // Clients are to ignore what they do not know, but here it would be something undocumented.
  private static void closeObjects(Object part) {
    if (part instanceof JsonObject object) {
      object.forEach(entry -> closeObjects(entry.getValue()));
      boolean open = object.getValue("properties") instanceof JsonObject;
      if (open && !object.containsKey("additionalProperties")) {
        object.put("additionalProperties", false);
      }
    } else if (part instanceof JsonArray array) {
      array.forEach(ApiDocument::closeObjects);
    }
  }

  /** {@code GET /api/sweeps/{sweep}} and so on. */
  Set<String> operations() {
    Set<String> operations = new TreeSet<>();
    // Beside paths there are notes of the resolver.
    Stream<String> paths = paths().fieldNames().stream().filter(name -> name.startsWith("/"));
    paths.forEach(
        path ->
            paths().getJsonObject(path).fieldNames().stream()
                .filter(METHODS::contains)
                .forEach(method -> operations.add(method.toUpperCase(Locale.ROOT) + " " + path)));
    return operations;
  }

  private JsonObject paths() {
    return document.getJsonObject("paths");
  }

  /** Those of which an answer was checked. */
  Set<String> used() {
    return used;
  }

  /** Checks what was sent. */
  void checkRequest(String method, String path, String type, String body) {
    JsonObject content = operation(method, path).getJsonObject("requestBody");
    if (content != null && !body.isEmpty()) {
      check(method + " " + path, content.getJsonObject("content"), type, body);
    }
  }

  /** Checks an answer: its status, its type and what it holds. */
  void checkAnswer(String method, String path, int status, String type, String body) {
    String key = String.valueOf(status);
    JsonObject answers = operation(method, path).getJsonObject("responses");
    boolean known = answers.containsKey(key);
    assertTrue(known || status >= 400, () -> method + " " + path + " has no answer " + status);
    JsonObject content = answers.getJsonObject(known ? key : "default").getJsonObject("content");
    check("%s %s %d".formatted(method, path, status), content, type, body);
    used.add(method + " " + template(method, path));
  }

  private void check(String where, JsonObject content, String type, String body) {
    String bare = type.split(";")[0];
    assertTrue(content.containsKey(bare), () -> where + " knows no type " + bare);
    JsonObject schema = content.getJsonObject(bare).getJsonObject("schema");
    if (schema != null) {
      Object value = bare.endsWith("json") ? Json.decodeValue(body) : body;
      OutputUnit found = schemas.validator(JsonSchema.of(schema)).validate(value);
      assertTrue(
          found.getValid(), () -> where + "\n" + body + "\n" + found.toJson().encodePrettily());
    }
  }

  private JsonObject operation(String method, String path) {
    JsonObject of = paths().getJsonObject(template(method, path));
    return of.getJsonObject(method.toLowerCase(Locale.ROOT));
  }

  private String template(String method, String path) {
    List<String> fitting =
        operations().stream()
            .filter(known -> known.startsWith(method + " "))
            .map(known -> known.substring(method.length() + 1))
            .filter(known -> path.split("\\?")[0].matches(known.replaceAll("\\{[a-z]+}", "[^/]+")))
            .toList();
    assertTrue(fitting.size() == 1, () -> method + " " + path + " fits " + fitting);
    return fitting.get(0);
  }
}
